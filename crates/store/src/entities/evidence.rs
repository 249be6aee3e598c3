//! Files, uploads, and what is said of documents.

use crate::evidence::rows::{LinkRow, RevisionRow};
use crate::evidence::{Part, Upload};
use crate::sheet::table;

table! {
    "document_revisions" holds RevisionRow as document_revisions [campaign_id: i64, agency: String] {
        document: i64,
        revision: i64,
        version: i64,
        file: String,
        media: String,
        size: i64,
        name: String,
        mislabelled: bool,
        number: Option<String>,
        issuer: Option<String>,
        title: Option<String>,
        signed_on: Option<Date>,
        acknowledged: String,
        explanation: Option<String>,
        by: String,
        at: DateTimeUtc,
    }
}

table! {
    "evidence_links" holds LinkRow as evidence_links [campaign_id: i64, agency: String] {
        item: String,
        document: i64,
        revision: i64,
        pages: Option<String>,
        note: Option<String>,
        withdrawn: bool,
        by: String,
        at: DateTimeUtc,
    }
}

table! {
    "uploads" holds Upload as uploads [campaign_id: i64] {
        token: String,
        agency: String,
        item: Option<String>,
        document: Option<i64>,
        name: String,
        size: Option<i64>,
        received: i64,
        begun_by: String,
        touched_at: DateTimeUtc,
        became_document: Option<i64>,
        became_version: Option<i64>,
        known: bool,
    }
}

table! {
    "upload_parts" holds Part as upload_parts [token: String] {
        begins: i64,
        size: i64,
        hash: String,
    }
}

pub(crate) mod files {
    use sea_orm::entity::prelude::*;

    /// A file, by its content. It counts once `stored_at` is set: then its bytes are on disk.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "files")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub hash: String,
        pub size: i64,
        pub media: String,
        pub announced_at: DateTimeUtc,
        pub stored_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
