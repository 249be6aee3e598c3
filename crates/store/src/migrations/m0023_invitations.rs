//! Mails to those who are invited: what waits to be sent, and who has been replaced by somebody of the reserve.

use super::*;
use sea_orm_migration::schema::{big_integer, boolean, text_null, timestamp_with_time_zone_null};

migration!("m0023_invitations", manager => {
    let columns = [
        text_null("due"),
        big_integer("attempts").default(0).take(),
        timestamp_with_time_zone_null("held_until"),
        boolean("replaced").default(false).take(),
    ];
    // SQLite adds one column at a time.
    for column in columns {
        let mut alter = Table::alter();
        manager.alter_table(alter.table("survey_invitations").add_column(column).to_owned()).await?;
    }
});
