//! Files with results of other surveys: what they came to in our words, and whether that counts.

use super::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, boolean, text, text_null, timestamp_with_time_zone};

migration!("m0020_sources", manager => {
    let sources = sheet("survey_sources", ["number"])
        .col(big_integer("number"))
        .col(text("name"))
        .col(text("file"))
        .col(big_integer("size"))
        .col(big_integer("rows"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    manager.create_table(sources).await?;

    let verdicts = sheet("survey_source_verdicts", ["source"])
        .col(big_integer("source"))
        .col(boolean("taken"))
        .col(text_null("note"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut refers("survey_source_verdicts", ["source"], "survey_sources", ["number"]))
        .to_owned();
    manager.create_table(verdicts).await?;

    let counts = of_campaign("survey_source_counts")
        .col(big_integer("source"))
        .col(text("agency"))
        .col(text("form"))
        .col(text("question"))
        .col(text("choice"))
        .col(big_integer("count"))
        .foreign_key(&mut refers("survey_source_counts", ["source"], "survey_sources", ["number"]))
        .to_owned();
    manager.create_table(counts).await?;

    let figures = of_campaign("survey_source_figures")
        .col(big_integer("source"))
        .col(text("agency"))
        .col(text("item"))
        .col(text("value"))
        .col(big_integer_null("n"))
        .foreign_key(&mut refers("survey_source_figures", ["source"], "survey_sources", ["number"]))
        .to_owned();
    manager.create_table(figures).await?;

    let left = of_campaign("survey_source_misfits")
        .col(big_integer("source"))
        .col(big_integer("row"))
        .col(text("why"))
        .col(text("what"))
        .foreign_key(&mut refers("survey_source_misfits", ["source"], "survey_sources", ["number"]))
        .to_owned();
    manager.create_table(left).await?;
});
