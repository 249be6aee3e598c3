//! Sessions of those who are signed in.

use super::*;
use sea_orm_migration::schema::{big_pk_auto, text, text_uniq, timestamp_with_time_zone};

migration!("m0009_sessions", manager => {
    let mut sessions = Table::create();
    sessions.table("sessions").col(big_pk_auto("id")).col(text_uniq("token_hash")).col(text("person"));
    sessions.col(timestamp_with_time_zone("expires_at"));
    manager.create_table(sessions).await?;
});
