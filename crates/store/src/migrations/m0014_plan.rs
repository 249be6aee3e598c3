//! What happened to the campaign and to its tasks, and what was delivered.

use super::*;
use sea_orm_migration::schema::{big_integer_null, text, text_null, timestamp_with_time_zone};

migration!("m0014_plan", manager => {
    let phase_events = of_campaign("phase_events")
        .col(text("event"))
        .col(text("phase"))
        .col(text_null("remark"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(text("by_role"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    manager.create_table(phase_events).await?;

    let task_events = of_campaign("task_events")
        .col(text("task"))
        .col(text("field"))
        .col(text_null("before"))
        .col(text_null("after"))
        .col(text("reason"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(text("by_role"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    manager.create_table(task_events).await?;
    let mut of_task = Index::create();
    of_task.name("task_events_of_task").table("task_events").col("campaign_id").col("task");
    manager.create_index(of_task).await?;

    let deliverables = of_campaign("deliverables")
        .col(text("task"))
        .col(text("title"))
        .col(text_null("file"))
        .col(text_null("media"))
        .col(text_null("name"))
        .col(big_integer_null("size"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(text("by_role"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    manager.create_table(deliverables).await?;
});
