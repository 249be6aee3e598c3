//! What agencies write in their own words for their reports.

use super::*;
use sea_orm_migration::schema::{big_integer, text, timestamp_with_time_zone};

migration!("m0024_overviews", manager => {
    let overviews = sheet("overviews", ["agency", "revision"])
        .col(text("agency"))
        .col(big_integer("revision"))
        .col(text("results"))
        .col(text("limits"))
        .col(text("causes"))
        .col(text("proposals"))
        .col(text("changed_by"))
        .col(timestamp_with_time_zone("changed_at"))
        .to_owned();
    manager.create_table(overviews).await?;
});
