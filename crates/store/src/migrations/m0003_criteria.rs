//! Criteria, inputs, levels.

use super::*;
use sea_orm_migration::schema::{boolean_null, text, text_null};

migration!("m0003_criteria", manager => {
    let criteria = sheet("criteria", ["block", "code"])
        .col(text("block"))
        .col(text("code"))
        .col(text_null("parent"))
        .col(text("kind"))
        .col(text("title"))
        .col(text_null("title_en"))
        .col(text("max_points"))
        .col(text_null("half"))
        .col(text_null("rule"))
        .col(text_null("parameter"))
        .col(text_null("formula"))
        .col(text_null("applies_to"))
        .col(text_null("guidance"))
        .col(text_null("guidance_en"))
        .col(text_null("evidence"))
        .col(text_null("evidence_en"))
        .col(text_null("appraising_body"))
        .foreign_key(&mut refers("criteria", ["block"], "blocks", ["code"]))
        .to_owned();
    manager.create_table(criteria).await?;

    let inputs = sheet("inputs", ["block", "item", "name"])
        .col(text("block"))
        .col(text("item"))
        .col(text("name"))
        .col(text("label"))
        .col(text_null("label_en"))
        .col(text("kind"))
        .col(text_null("unit"))
        .col(text_null("min"))
        .col(text_null("max"))
        .foreign_key(&mut refers("inputs", ["block", "item"], "criteria", ["block", "code"]))
        .to_owned();
    manager.create_table(inputs).await?;

    let levels = sheet("levels", ["block", "item", "level"])
        .col(text("block"))
        .col(text("item"))
        .col(text("level"))
        .col(text("label"))
        .col(text_null("label_en"))
        .col(text("points"))
        .col(text_null("from"))
        .col(boolean_null("inclusive"))
        .foreign_key(&mut refers("levels", ["block", "item"], "criteria", ["block", "code"]))
        .to_owned();
    manager.create_table(levels).await?;
});
