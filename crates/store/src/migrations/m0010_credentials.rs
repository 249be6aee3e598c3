//! What lets people in. It belongs to the person, in whichever campaign: a new year asks for no new passwords.

use super::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, text, text_null, text_uniq, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

migration!("m0010_credentials", manager => {
    let mut credentials = Table::create();
    credentials.table("credentials").col(big_pk_auto("id")).col(text_uniq("person")).col(text_null("password_hash"));
    credentials.col(timestamp_with_time_zone_null("changed_at")).col(text_null("totp_secret"));
    credentials.col(timestamp_with_time_zone_null("totp_since")).col(big_integer_null("totp_step"));
    manager.create_table(credentials).await?;

    let mut recovery_codes = Table::create();
    recovery_codes.table("recovery_codes").col(big_pk_auto("id")).col(text("person")).col(text_uniq("code_hash"));
    recovery_codes.col(timestamp_with_time_zone_null("used_at"));
    manager.create_table(recovery_codes).await?;

    let mut links = Table::create();
    links.table("one_time_links").col(big_pk_auto("id")).col(text_uniq("token_hash")).col(text("person"));
    links.col(text("purpose")).col(text("issued_by")).col(timestamp_with_time_zone("issued_at"));
    links.col(timestamp_with_time_zone("expires_at")).col(timestamp_with_time_zone_null("used_at"));
    manager.create_table(links).await?;

    let mut attempts = Table::create();
    attempts.table("sign_in_attempts").col(big_pk_auto("id")).col(text_uniq("subject")).col(big_integer("count"));
    attempts.col(timestamp_with_time_zone("last_at")).col(timestamp_with_time_zone_null("locked_until"));
    manager.create_table(attempts).await?;

    for (table, name) in [("recovery_codes", "recovery_codes_person"), ("one_time_links", "one_time_links_person")] {
        let mut of_person = Index::create();
        of_person.table(table).name(name).col("person");
        manager.create_index(of_person).await?;
    }
});
