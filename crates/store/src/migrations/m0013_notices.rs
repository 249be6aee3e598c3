//! Notices, each with its mail, and how people want them.

use super::*;
use sea_orm_migration::schema::{
    big_integer, text, text_null, text_uniq, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

migration!("m0013_notices", manager => {
    // A notice with the same key is the same notice, so that jobs may run twice, and in several processes at once.
    let notices = sheet("notices", ["person", "key"])
        .col(text("person"))
        .col(text("key"))
        .col(text("kind"))
        .col(text("carries"))
        .col(text_null("secret"))
        .col(timestamp_with_time_zone("at"))
        .col(timestamp_with_time_zone_null("read_at"))
        .col(text("mail"))
        .col(big_integer("attempts").default(0))
        .col(timestamp_with_time_zone_null("next_try"))
        .col(timestamp_with_time_zone_null("sent_at"))
        .col(text_null("fault"))
        .to_owned();
    manager.create_table(notices).await?;
    // The inbox, and how much of it is unread: asked for by every page.
    let mut inbox = Index::create();
    inbox.table("notices").name("notices_inbox").col("campaign_id").col("person").col("read_at");
    manager.create_index(inbox).await?;
    let mut outbox = Index::create();
    outbox.table("notices").name("notices_outbox").col("campaign_id").col("mail").col("next_try");
    manager.create_index(outbox).await?;

    let mut preferences = Table::create();
    preferences.table("notice_preferences").col(schema::big_pk_auto("id")).col(text_uniq("person"));
    preferences.col(text("language")).col(text("muted"));
    manager.create_table(preferences).await?;
});
