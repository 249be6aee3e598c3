//! The survey under way: its stages, its frozen designs, who is invited, and what was answered.

use super::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary_null, boolean, date_null, text, text_null, text_uniq,
    timestamp_with_time_zone,
};

/// Responses lie in the order of their nullifiers, which is no order: nothing tells which came first. Neither has a foreign key: checking
/// one for every answer costs more than the answer, and targets are never removed.
const RESPONSES: [(DbBackend, &str); 2] = [
    (
        DbBackend::Sqlite,
        "CREATE TABLE survey_responses (nullifier BLOB NOT NULL PRIMARY KEY, target BIGINT NOT NULL, channel TEXT NOT NULL, \
         pace BIGINT, marks TEXT NOT NULL, others TEXT) WITHOUT ROWID",
    ),
    (
        DbBackend::Postgres,
        "CREATE TABLE survey_responses (nullifier BYTEA NOT NULL PRIMARY KEY, target BIGINT NOT NULL, channel TEXT NOT NULL, \
         pace BIGINT, marks TEXT NOT NULL, others TEXT)",
    ),
];

migration!("m0017_survey", manager => {
    let settings = [
        text_null("survey_error"),
        text_null("survey_response"),
        text_null("valid_share"),
        text_null("straight_line"),
        text_null("too_fast"),
        big_integer_null("fast_seconds"),
    ];
    // SQLite adds one column at a time.
    for setting in settings {
        let mut alter = Table::alter();
        manager.alter_table(alter.table("campaigns").add_column(setting).to_owned()).await?;
    }

    let events = of_campaign("survey_events")
        .col(text("event"))
        .col(text("stage"))
        .col(text_null("reason"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(text("by_role"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    manager.create_table(events).await?;

    let designs = sheet("survey_designs", ["version"])
        .col(big_integer("version"))
        .col(text("hash"))
        .col(text("document"))
        .col(text_null("reason"))
        .col(text("by_code"))
        .col(text("by_name"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    manager.create_table(designs).await?;

    let targets = sheet("survey_targets", ["form", "agencies"])
        .col(text("form"))
        .col(text("agencies"))
        .foreign_key(&mut refers("survey_targets", ["form"], "forms", ["code"]))
        .to_owned();
    manager.create_table(targets).await?;

    for (backend, create) in RESPONSES {
        if manager.get_database_backend() == backend {
            manager.get_connection().execute_unprepared(create).await?;
        }
    }

    let invitations = sheet("survey_invitations", ["number"])
        .col(big_integer("number"))
        .col(big_integer("target"))
        .col(text("person"))
        .col(text("name"))
        .col(text_null("email"))
        .col(text_null("place"))
        .col(text_null("language"))
        .col(boolean("reserve"))
        // What is derived from the link's code; none before one was made.
        .col(binary_null("tag"))
        .col(big_integer("issued").default(0))
        .col(date_null("issued_on"))
        .col(text_null("way"))
        .col(text_null("fault"))
        .col(big_integer("reminded").default(0))
        .col(date_null("reminded_on"))
        .col(boolean("used").default(false))
        .to_owned();
    manager.create_table(invitations).await?;
    // With all that a link is asked for, so that nothing else is read.
    let mut by_tag = Index::create();
    by_tag.name("survey_invitations_tag").table("survey_invitations").col("tag").col("target").col("used");
    manager.create_index(by_tag).await?;

    let doors = Table::create()
        .table("survey_doors")
        .col(big_pk_auto("id"))
        .col(big_integer("campaign_id"))
        .col(text_uniq("code"))
        .col(big_integer("target"))
        .col(text("place"))
        .col(big_integer("limit"))
        .col(big_integer("answered").default(0))
        .col(boolean("closed").default(false))
        .foreign_key(ForeignKey::create().from("survey_doors", "campaign_id").to("campaigns", "id"))
        .to_owned();
    manager.create_table(doors).await?;

    let progress = sheet("survey_progress", ["target", "channel", "at"])
        .col(big_integer("target"))
        .col(text("channel"))
        .col(timestamp_with_time_zone("at"))
        .col(big_integer("responses"))
        .to_owned();
    manager.create_table(progress).await?;
});
