//! Sessions of those who are signed in.

use super::*;
use sea_orm_migration::schema::{big_pk_auto, boolean, text, text_uniq, timestamp_with_time_zone};

migration!("m0009_sessions", manager => {
    let mut sessions = Table::create();
    sessions.table("sessions").col(big_pk_auto("id")).col(text_uniq("token_hash")).col(text("person"));
    sessions.col(timestamp_with_time_zone("created_at")).col(timestamp_with_time_zone("last_seen_at"));
    sessions.col(timestamp_with_time_zone("expires_at")).col(text("browser")).col(boolean("awaits_code"));
    manager.create_table(sessions).await?;
    let mut of_person = Index::create();
    of_person.table("sessions").name("sessions_person").col("person");
    manager.create_index(of_person).await?;
});
