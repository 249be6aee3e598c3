//! Audit lines.

use super::*;
use sea_orm_migration::schema::{big_integer, text, timestamp_with_time_zone};

migration!("m0008_audit", manager => {
    let audit_lines = sheet("audit_lines", ["seq"])
        .col(big_integer("seq"))
        .col(text("prev_hash"))
        .col(text("hash"))
        .col(timestamp_with_time_zone("at"))
        .col(text("actor_code"))
        .col(text("actor_name"))
        .col(text("actor_role"))
        .col(text("action"))
        .col(text("subject"))
        .col(text("detail"))
        .to_owned();
    manager.create_table(audit_lines).await?;
});
