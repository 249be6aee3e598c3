//! How the schema came to be: migrations, written once for both engines, applied in order, never changed once released.
//!
//! To add one, write a module that declares a `migration!` and put its name at the end of the list.

use crate::{Error, Result};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr};

mod m0001_campaigns;
mod m0002_agencies;
mod m0003_criteria;
mod m0004_survey;
mod m0005_plan;
mod m0006_people;
mod m0007_claims;
mod m0008_audit;
mod m0009_sessions;
mod m0010_credentials;
mod m0011_assessments;
mod m0012_evidence;
mod m0013_notices;
mod m0014_plan;
mod m0015_appraisal;
mod m0016_council;
mod m0017_survey;
mod m0018_paper;
mod m0019_quality;
mod m0020_sources;
mod m0021_frames;
mod m0022_paper_votes;
mod m0023_invitations;
mod m0024_overviews;
mod m0025_releases;

struct Migrations;

#[async_trait::async_trait]
impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_campaigns::Migration),
            Box::new(m0002_agencies::Migration),
            Box::new(m0003_criteria::Migration),
            Box::new(m0004_survey::Migration),
            Box::new(m0005_plan::Migration),
            Box::new(m0006_people::Migration),
            Box::new(m0007_claims::Migration),
            Box::new(m0008_audit::Migration),
            Box::new(m0009_sessions::Migration),
            Box::new(m0010_credentials::Migration),
            Box::new(m0012_evidence::Migration),
            Box::new(m0013_notices::Migration),
            Box::new(m0011_assessments::Migration),
            Box::new(m0014_plan::Migration),
            Box::new(m0015_appraisal::Migration),
            Box::new(m0016_council::Migration),
            Box::new(m0017_survey::Migration),
            Box::new(m0021_frames::Migration),
            Box::new(m0020_sources::Migration),
            Box::new(m0022_paper_votes::Migration),
            Box::new(m0023_invitations::Migration),
            Box::new(m0024_overviews::Migration),
            Box::new(m0019_quality::Migration),
            Box::new(m0018_paper::Migration),
            Box::new(m0025_releases::Migration),
        ]
    }
}

/// Names the lock under which one process at a time migrates a PostgreSQL database ("parindex" as a number).
const LOCK: i64 = 0x7061_7269_6e64_6578;

/// Applies the migrations that are missing, or so many of them, within this transaction: all or none.
pub(crate) async fn apply(tx: &DatabaseTransaction, steps: Option<u32>) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    }
    Migrations::up(tx, steps).await.map_err(|error| match error {
        // So SeaORM says that the database knows migrations which we do not.
        DbErr::Custom(why) => Error::Unusable(format!("a newer parindex has changed it. {why}")),
        other => other.into(),
    })
}

/// Declares a migration: its name, and the statements that it runs.
macro_rules! migration {
    ($name:literal, $manager:ident => { $($up:tt)* }) => {
        pub(super) struct Migration;

        impl MigrationName for Migration {
            fn name(&self) -> &str {
                $name
            }
        }

        #[async_trait::async_trait]
        impl MigrationTrait for Migration {
            async fn up(&self, $manager: &SchemaManager) -> std::result::Result<(), DbErr> {
                $($up)*
                Ok(())
            }
        }
    };
}
use migration;

/// A table of rows that belong to a campaign.
fn of_campaign(table: &'static str) -> TableCreateStatement {
    let mut create = Table::create();
    create.table(table).col(schema::big_pk_auto("id")).col(schema::big_integer("campaign_id"));
    create.foreign_key(ForeignKey::create().from(table, "campaign_id").to("campaigns", "id")).to_owned()
}

/// A table of a sheet: `key` names the rows of a campaign.
fn sheet<const N: usize>(table: &'static str, key: [&'static str; N]) -> TableCreateStatement {
    let mut unique = Index::create();
    unique.unique().name(format!("{table}_key")).col("campaign_id");
    for column in key {
        unique.col(column);
    }
    of_campaign(table).index(&mut unique).to_owned()
}

/// These columns name a row of another sheet of the same campaign.
fn refers<const N: usize>(
    from: &'static str,
    columns: [&'static str; N],
    to: &'static str,
    key: [&'static str; N],
) -> ForeignKeyCreateStatement {
    let mut refers = ForeignKey::create();
    refers.from_tbl(from).from_col("campaign_id").to_tbl(to).to_col("campaign_id");
    for (column, key) in columns.into_iter().zip(key) {
        refers.from_col(column).to_col(key);
    }
    refers
}
