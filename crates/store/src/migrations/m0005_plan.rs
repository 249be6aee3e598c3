//! Tasks, and the budget lines that pay for them.

use super::*;
use sea_orm_migration::schema::{date_null, text, text_null};

migration!("m0005_plan", manager => {
    let tasks = sheet("tasks", ["code"])
        .col(text("code"))
        .col(text_null("section"))
        .col(text_null("section_en"))
        .col(text("title"))
        .col(text_null("title_en"))
        .col(text_null("product"))
        .col(text_null("product_en"))
        .col(text("owner"))
        .col(text_null("owner_en"))
        .col(date_null("start"))
        .col(date_null("due"))
        .col(text_null("due_text"))
        .col(text_null("due_text_en"))
        .col(text_null("status"))
        .col(date_null("done_on"))
        .col(text_null("note"))
        .col(text_null("window"))
        .to_owned();
    manager.create_table(tasks).await?;

    let budget_lines = sheet("budget_lines", ["code"])
        .col(text("code"))
        .col(text_null("task"))
        .col(text("title"))
        .col(text_null("title_en"))
        .col(text_null("unit"))
        .col(text_null("unit_en"))
        .col(text("quantity"))
        .col(text("unit_cost"))
        .col(text_null("note"))
        .foreign_key(&mut refers("budget_lines", ["task"], "tasks", ["code"]))
        .to_owned();
    manager.create_table(budget_lines).await?;
});
