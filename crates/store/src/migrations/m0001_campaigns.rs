//! Campaigns.

use super::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, boolean_null, date, text, text_null};

migration!("m0001_campaigns", manager => {
    let campaigns = Table::create()
        .table("campaigns")
        .col(big_pk_auto("id"))
        .col(text("code").unique_key())
        .col(big_integer("revision").default(0))
        .col(text("title"))
        .col(text_null("title_en"))
        .col(big_integer("year"))
        .col(text("authority"))
        .col(text_null("authority_en"))
        .col(text_null("legal_basis"))
        .col(text_null("legal_basis_en"))
        .col(date("period_start"))
        .col(date("period_end"))
        .col(text_null("timezone"))
        .col(text_null("phase"))
        .col(boolean_null("sample_criteria"))
        .col(boolean_null("simulated"))
        .col(big_integer_null("decimals"))
        .col(text_null("rounding"))
        .col(text_null("ties"))
        .col(text_null("tiebreakers"))
        .col(text_null("averaging"))
        .col(big_integer_null("minimum_responses"))
        .col(text_null("below_minimum"))
        .col(big_integer_null("small_cell"))
        .to_owned();
    manager.create_table(campaigns).await?;
});
