//! Lists from which samples are drawn, the draws; why a sample is not the formula's; which groups rate all agencies; what of the budget is
//! the survey's.

use super::*;
use sea_orm_migration::schema::{big_integer, text, text_null, timestamp_with_time_zone};

migration!("m0021_frames", manager => {
    for (table, column) in [("samples", "reason"), ("budget_lines", "forms"), ("respondent_groups", "rates")] {
        let mut alter = Table::alter();
        manager.alter_table(alter.table(table).add_column(text_null(column)).to_owned()).await?;
    }

    let frames = sheet("survey_frames", ["number"])
        .col(big_integer("number"))
        .col(text("name"))
        .col(text("file"))
        .col(big_integer("people"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    manager.create_table(frames).await?;

    let people = of_campaign("survey_frame_people")
        .col(big_integer("frame"))
        .col(text("form"))
        .col(text("person"))
        .col(text("name"))
        .col(text_null("email"))
        .col(text_null("agency"))
        .col(text_null("place"))
        .col(text_null("language"))
        .foreign_key(&mut refers("survey_frame_people", ["frame"], "survey_frames", ["number"]))
        .to_owned();
    manager.create_table(people).await?;

    let draws = sheet("survey_draws", ["number"])
        .col(big_integer("number"))
        .col(big_integer("frame"))
        .col(text("seed"))
        .col(big_integer("reserve"))
        .col(big_integer("main"))
        .col(big_integer("reserved"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut refers("survey_draws", ["frame"], "survey_frames", ["number"]))
        .to_owned();
    manager.create_table(draws).await?;
});
