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
        // What is searched. No part of the chain: whoever changes it hides nothing but from a search.
        .col(text("searched").default(""))
        .to_owned();
    manager.create_table(audit_lines).await?;
    let mut of_subject = Index::create();
    of_subject.table("audit_lines").name("audit_lines_of_subject").col("campaign_id").col("subject").col("seq");
    manager.create_index(of_subject).await?;
});
