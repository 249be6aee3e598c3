//! Claims. They refer to no agency or item: what was said stays, even when the workbook drops what it was said of.

use super::*;
use sea_orm_migration::schema::{big_integer, boolean, boolean_null, text, text_null, timestamp_with_time_zone};

migration!("m0007_claims", manager => {
    let claims = of_campaign("claims")
        .col(text("agency"))
        .col(text("item"))
        .col(text("stream"))
        .col(text_null("input"))
        .col(big_integer("revision"))
        .col(boolean("retracted"))
        .col(text_null("value"))
        .col(text_null("score"))
        .col(boolean_null("applicable"))
        .col(text_null("remark"))
        .col(text("recorded_by"))
        .col(timestamp_with_time_zone("recorded_at"))
        .to_owned();
    manager.create_table(claims).await?;
    // An absent input is a key as well, and NULLs would all differ.
    let unique = "CREATE UNIQUE INDEX claims_key ON claims (campaign_id, agency, item, stream, COALESCE(input, ''), revision)";
    manager.get_connection().execute_unprepared(unique).await?;
});
