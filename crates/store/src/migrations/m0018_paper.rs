//! Paper: batches, what became of their sheets, and the copies that are keyed. What is said of single sheets while they are keyed is
//! removed when their batch is closed.

use super::*;
use sea_orm_migration::schema::{big_integer, text, text_null, timestamp_with_time_zone};

migration!("m0018_paper", manager => {
    let batches = sheet("survey_paper_batches", ["number"])
        .col(big_integer("number"))
        .col(big_integer("target"))
        .col(big_integer("first"))
        .col(big_integer("last"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    manager.create_table(batches).await?;

    let of_batch = |table| refers(table, ["batch"], "survey_paper_batches", ["number"]);
    let marks = of_campaign("survey_paper_marks")
        .col(big_integer("batch"))
        .col(big_integer("first"))
        .col(big_integer("last"))
        .col(text("state"))
        .col(text_null("reason"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut of_batch("survey_paper_marks"))
        .to_owned();
    manager.create_table(marks).await?;

    // Whoever keys at the same moment as another is given the other place, or refused.
    let keyings = sheet("survey_paper_keyings", ["batch", "serial", "place"])
        .col(big_integer("batch"))
        .col(big_integer("serial"))
        .col(big_integer("place"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(timestamp_with_time_zone("at"))
        .col(text("marks"))
        .col(text_null("others"))
        .foreign_key(&mut of_batch("survey_paper_keyings"))
        .to_owned();
    manager.create_table(keyings).await?;
    let mut once = Index::create();
    once.unique().name("survey_paper_keyings_once").table("survey_paper_keyings");
    manager.create_index(once.col("campaign_id").col("serial").col("by_code").to_owned()).await?;

    // A sheet is settled once: the response is stored in the same transaction.
    let settlings = sheet("survey_paper_settlings", ["serial"])
        .col(big_integer("batch"))
        .col(big_integer("serial"))
        .col(big_integer("fields"))
        .col(big_integer("wrong_first"))
        .col(big_integer("wrong_second"))
        .col(text_null("by_code"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut of_batch("survey_paper_settlings"))
        .to_owned();
    manager.create_table(settlings).await?;

    let counts = sheet("survey_paper_counts", ["batch", "keyer"])
        .col(big_integer("batch"))
        .col(text("keyer"))
        .col(text("name"))
        .col(big_integer("sheets"))
        .col(big_integer("fields"))
        .col(big_integer("wrong"))
        .foreign_key(&mut of_batch("survey_paper_counts"))
        .to_owned();
    manager.create_table(counts).await?;

    let closings = sheet("survey_paper_closings", ["batch"])
        .col(big_integer("batch"))
        .col(big_integer("settled"))
        .col(big_integer("decided"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut of_batch("survey_paper_closings"))
        .to_owned();
    manager.create_table(closings).await?;
});
