//! What people decide about responses; who is called back, and what supervision has found.

use super::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, binary, text, text_null, timestamp_with_time_zone};

migration!("m0019_quality", manager => {
    let decisions = of_campaign("survey_decisions")
        .col(binary("nullifier"))
        .col(text("ground"))
        .col(text("ruling"))
        .col(text("reason"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    manager.create_table(decisions).await?;

    let draws = sheet("survey_call_backs", ["number"])
        .col(big_integer("number"))
        .col(text("seed"))
        .col(text("cells"))
        .col(big_integer("each"))
        .col(text("people"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    manager.create_table(draws).await?;

    let findings = of_campaign("survey_findings")
        .col(big_integer_null("draw"))
        .col(big_integer_null("invitation"))
        .col(text_null("reached"))
        .col(text_null("confirms"))
        .col(text_null("complaint"))
        .col(text_null("remark"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    manager.create_table(findings).await?;
});
