//! Evidence. Like claims, what was said of documents refers to no agency or item: it stays, even when the workbook drops those.

use super::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, boolean, date_null, text, text_null, text_uniq, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

migration!("m0012_evidence", manager => {
    let mut files = Table::create();
    files.table("files").col(big_pk_auto("id")).col(text_uniq("hash")).col(big_integer("size")).col(text("media"));
    files.col(timestamp_with_time_zone("announced_at")).col(timestamp_with_time_zone_null("stored_at"));
    manager.create_table(files).await?;

    let uploads = of_campaign("uploads")
        .col(text_uniq("token"))
        .col(text("agency"))
        .col(text_null("item"))
        .col(big_integer_null("document"))
        .col(text("name"))
        .col(big_integer_null("size"))
        .col(big_integer("received"))
        .col(text("begun_by"))
        .col(timestamp_with_time_zone("touched_at"))
        .col(big_integer_null("became_document"))
        .col(big_integer_null("became_version"))
        .col(boolean("known"))
        .to_owned();
    manager.create_table(uploads).await?;

    let mut parts = Table::create();
    parts.table("upload_parts").col(big_pk_auto("id")).col(text("token")).col(big_integer("begins")).col(big_integer("size"));
    parts.col(text("hash"));
    parts.index(Index::create().unique().name("upload_parts_key").col("token").col("begins"));
    manager.create_table(parts).await?;

    let revisions = of_campaign("document_revisions")
        .col(text("agency"))
        .col(big_integer("document"))
        .col(big_integer("revision"))
        .col(big_integer("version"))
        .col(text("file"))
        .col(text("media"))
        .col(big_integer("size"))
        .col(text("name"))
        .col(boolean("mislabelled"))
        .col(text_null("number"))
        .col(text_null("issuer"))
        .col(text_null("title"))
        .col(date_null("signed_on"))
        .col(text("acknowledged"))
        .col(text_null("explanation"))
        .col(text("by"))
        .col(timestamp_with_time_zone("at"))
        .index(Index::create().unique().name("document_revisions_key").col("campaign_id").col("agency").col("document").col("revision"))
        .to_owned();
    manager.create_table(revisions).await?;
    manager.create_index(Index::create().name("document_revisions_file").table("document_revisions").col("file").to_owned()).await?;

    let links = of_campaign("evidence_links")
        .col(text("agency"))
        .col(text("item"))
        .col(big_integer("document"))
        .col(big_integer("revision"))
        .col(text_null("pages"))
        .col(text_null("note"))
        .col(boolean("withdrawn"))
        .col(text("by"))
        .col(timestamp_with_time_zone("at"))
        .index(
            Index::create().unique().name("evidence_links_key").col("campaign_id").col("agency").col("item").col("document").col("revision"),
        )
        .to_owned();
    manager.create_table(links).await?;
});
