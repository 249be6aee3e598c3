//! Releases: what was made public, or is about to be, with the files themselves, and what happened to each.

use super::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, text, text_null, timestamp_with_time_zone};

migration!("m0025_releases", manager => {
    let releases = sheet("releases", ["number"])
        .col(big_integer("number"))
        .col(text("manifest"))
        .col(big_integer_null("corrects"))
        .col(text_null("reason"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    manager.create_table(releases).await?;

    let archives = sheet("release_archives", ["number"])
        .col(big_integer("number"))
        .col(ColumnDef::new("bytes").blob().not_null())
        .foreign_key(&mut refers("release_archives", ["number"], "releases", ["number"]))
        .to_owned();
    manager.create_table(archives).await?;

    let steps = of_campaign("release_steps")
        .col(big_integer("number"))
        .col(text("event"))
        .col(text("state"))
        .col(text_null("remark"))
        .col(text_null("signature"))
        .col(text_null("key"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(text("by_role"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut refers("release_steps", ["number"], "releases", ["number"]))
        .to_owned();
    manager.create_table(steps).await?;
});
