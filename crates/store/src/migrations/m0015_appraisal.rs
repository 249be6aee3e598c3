//! Phrases that appraisers keep for their remarks.

use super::*;
use sea_orm_migration::schema::{text, timestamp_with_time_zone};

migration!("m0015_appraisal", manager => {
    let phrases = sheet("phrases", ["person", "text"])
        .col(text("person"))
        .col(text("text"))
        .col(timestamp_with_time_zone("added_at"))
        .to_owned();
    manager.create_table(phrases).await?;
});
