//! How far each agency's assessment and each of its items is, what happened to them, and what was extended.

use super::*;
use sea_orm_migration::schema::{big_integer, text, text_null, timestamp_with_time_zone};

migration!("m0011_assessments", manager => {
    let assessments = sheet("assessments", ["agency"])
        .col(text("agency"))
        .col(text("state"))
        .col(big_integer("revision"))
        .col(big_integer("claims_revision"))
        .col(text("changed_by"))
        .col(timestamp_with_time_zone("changed_at"))
        .to_owned();
    manager.create_table(assessments).await?;

    let items = sheet("items", ["agency", "item"])
        .col(text("agency"))
        .col(text("item"))
        .col(text("state"))
        .col(big_integer("revision"))
        .col(text_null("assigned_to"))
        .col(text("changed_by"))
        .col(timestamp_with_time_zone("changed_at"))
        .to_owned();
    manager.create_table(items).await?;
    // All agencies beside each other, for one item.
    let mut across = Index::create();
    across.name("items_across").table("items").col("campaign_id").col("item");
    manager.create_index(across).await?;

    let item_events = of_campaign("item_events")
        .col(text("agency"))
        .col(text("item"))
        .col(text("event"))
        .col(text("state"))
        .col(text_null("reason"))
        .col(text_null("remark"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(text("by_role"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    manager.create_table(item_events).await?;
    let mut of_item = Index::create();
    of_item.name("item_events_of_item").table("item_events").col("campaign_id").col("agency").col("item");
    manager.create_index(of_item).await?;

    let explanations = sheet("explanations", ["agency", "item", "revision"])
        .col(text("agency"))
        .col(text("item"))
        .col(big_integer("revision"))
        .col(text("text"))
        .col(text("changed_by"))
        .col(timestamp_with_time_zone("changed_at"))
        .to_owned();
    manager.create_table(explanations).await?;

    let extensions = of_campaign("extensions")
        .col(text("agency"))
        .col(text("window"))
        .col(timestamp_with_time_zone("until"))
        .col(text("reason"))
        .col(text("given_by"))
        .col(timestamp_with_time_zone("given_at"))
        .to_owned();
    manager.create_table(extensions).await?;
});
