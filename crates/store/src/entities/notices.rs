//! Notices and preferences. A notice is mapped by hand: what it carries depends on its kind.

pub(crate) mod rows {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notices")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub campaign_id: i64,
        pub person: String,
        pub key: String,
        pub kind: String,
        pub carries: String,
        pub secret: Option<String>,
        pub at: DateTimeUtc,
        pub read_at: Option<DateTimeUtc>,
        pub mail: String,
        pub attempts: i64,
        pub next_try: Option<DateTimeUtc>,
        pub sent_at: Option<DateTimeUtc>,
        pub fault: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

crate::sheet::table! {
    "notice_preferences" holds crate::notices::Row as notice_preferences [] {
        person: String,
        language: String,
        muted: String,
    }
}
