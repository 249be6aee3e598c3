//! Rows of `domain` as rows of tables: the mapping, and what all sheets of a campaign have in common.

use crate::{Changes, Result, Snapshot, Transaction, campaign};
use domain::Code;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ActiveModelBehavior, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Most values in one statement; SQLite takes 32,766, PostgreSQL 65,535.
const MOST_VALUES: usize = 30_000;
/// Most rows in one statement; more make it no faster, only bigger.
const MOST_ROWS: usize = 1_000;

pub(crate) type Model<R> = <<R as Stored>::Entity as EntityTrait>::Model;
pub(crate) type ActiveModel<R> = <<R as Stored>::Entity as EntityTrait>::ActiveModel;

/// A row of `domain` that has a table. The macro `table!` writes it.
pub(crate) trait Stored: Sized {
    type Entity: EntityTrait;
    /// The row's own columns: one per field.
    const COLUMNS: &'static [&'static str];

    /// The values of the row's own columns; the others are not set.
    fn to_model(&self) -> ActiveModel<Self>;

    /// # Errors
    /// The first column whose value has no meaning.
    fn from_model(model: Model<Self>) -> Result<Self>;
}

/// A row of a sheet: it belongs to a campaign, and its key is unique there. The macro `sheet!` writes it.
pub(crate) trait Sheet: Stored + PartialEq {
    const TABLE: &'static str;
    const KEY: &'static [&'static str];

    fn in_campaign(&self, campaign: i64) -> ActiveModel<Self>;

    /// The canonical order: by the key.
    fn order(&self, other: &Self) -> Ordering;

    fn id(model: &Model<Self>) -> i64;
}

/// Declares a table: an entity, and its mapping to a row of `domain`.
///
/// The first list of columns is the table's own; those in braces are the row's fields, in the types they have in the table.
macro_rules! table {
    (
        $table:literal holds $row:ty as $entity:ident
        [ $($own:ident: $own_type:ty),* ] { $($field:ident: $column:ty),+ $(,)? }
    ) => {
        pub(crate) mod $entity {
            #[allow(unused_imports, reason = "not every table has decimals")]
            use $crate::column::Exact;
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                #[sea_orm(primary_key)]
                pub id: i64,
                $(pub $own: $own_type,)*
                $(pub $field: $column,)+
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }

        impl $crate::sheet::Stored for $row {
            type Entity = $entity::Entity;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),+];

            fn to_model(&self) -> $entity::ActiveModel {
                $entity::ActiveModel {
                    $($field: sea_orm::Set($crate::column::Field::to_column(&self.$field)),)+
                    ..Default::default()
                }
            }

            fn from_model(model: $entity::Model) -> $crate::Result<Self> {
                Ok(Self { $(
                    $field: $crate::column::Field::from_column(model.$field).map_err(|value| {
                        $crate::Error::Corrupt { table: $table, column: stringify!($field), value }
                    })?,
                )+ })
            }
        }
    };
}
pub(crate) use table;

/// Declares the table of a sheet.
macro_rules! sheet {
    ($table:literal holds $row:ty as $entity:ident by ($($key:ident),+) { $($field:ident: $column:ty),+ $(,)? }) => {
        $crate::sheet::table! { $table holds $row as $entity [campaign_id: i64] { $($field: $column),+ } }

        impl $crate::sheet::Sheet for $row {
            const TABLE: &'static str = $table;
            const KEY: &'static [&'static str] = &[$(stringify!($key)),+];

            fn in_campaign(&self, campaign: i64) -> $entity::ActiveModel {
                $entity::ActiveModel { campaign_id: sea_orm::Set(campaign), ..$crate::sheet::Stored::to_model(self) }
            }

            fn order(&self, other: &Self) -> std::cmp::Ordering {
                ($(&self.$key,)+).cmp(&($(&other.$key,)+))
            }

            fn id(model: &$entity::Model) -> i64 {
                model.id
            }
        }
    };
}
pub(crate) use sheet;

/// The rows of a campaign, in canonical order, each with its place in the table.
async fn stored<R: Sheet>(snapshot: &Snapshot, campaign: i64) -> Result<Vec<(i64, R)>> {
    let models = R::Entity::find().filter(Expr::col("campaign_id").eq(campaign)).all(snapshot.connection()).await?;
    let rows = models.into_iter().map(|model| Ok((R::id(&model), R::from_model(model)?)));
    let mut rows = rows.collect::<Result<Vec<_>>>()?;
    // Sorted here: no database knows that 1.2 comes before 1.10.
    rows.sort_by(|(_, a), (_, b)| a.order(b));
    Ok(rows)
}

/// The rows of a campaign, in canonical order.
pub(crate) async fn read<R: Sheet>(snapshot: &Snapshot, campaign: i64) -> Result<Vec<R>> {
    Ok(stored(snapshot, campaign).await?.into_iter().map(|(_, row)| row).collect())
}

/// The rows of the campaign with this code, in canonical order.
pub(crate) async fn of_campaign<R: Sheet>(snapshot: &Snapshot, code: &Code) -> Result<Vec<R>> {
    read(snapshot, campaign::id(snapshot, code).await?).await
}

/// Rows that are no longer wanted. They go after all sheets are written, last sheet first, when nothing refers to them any more.
#[must_use]
pub(crate) struct Gone {
    table: &'static str,
    ids: Vec<i64>,
}

/// Makes the sheet of a campaign hold these rows: writes those that are new or differ, and tells which are gone.
/// A row that stays keeps its place in the table.
pub(crate) async fn write<R: Sheet>(tx: &Transaction, campaign: i64, rows: &[R], changes: &mut Changes) -> Result<Gone> {
    let known = stored::<R>(tx, campaign).await?;
    let mut gone: BTreeSet<i64> = known.iter().map(|(id, _)| *id).collect();
    let mut differing = Vec::new();
    for row in rows {
        let place = known.binary_search_by(|(_, known)| known.order(row));
        match place.ok().and_then(|at| known.get(at)) {
            Some((id, before)) => {
                gone.remove(id);
                if before == row {
                    continue;
                }
                changes.changed += 1;
            }
            None => changes.added += 1,
        }
        differing.push(row.in_campaign(campaign));
    }
    changes.removed += gone.len();

    let rest = R::COLUMNS.iter().copied().filter(|column| !R::KEY.contains(column));
    let mut newest_wins = OnConflict::columns(["campaign_id"].iter().chain(R::KEY).copied());
    newest_wins.update_columns(rest);
    insert::<R>(tx, differing, Some(newest_wins)).await?;

    Ok(Gone { table: R::TABLE, ids: gone.into_iter().collect() })
}

/// Inserts many rows, in as few statements as the databases allow.
pub(crate) async fn insert<R: Stored>(tx: &Transaction, models: Vec<ActiveModel<R>>, conflict: Option<OnConflict>) -> Result<()>
where
    ActiveModel<R>: ActiveModelBehavior + IntoActiveModel<ActiveModel<R>>,
{
    // Beside the row's own columns a table has at most half a dozen.
    let rows = MOST_ROWS.min(MOST_VALUES / (R::COLUMNS.len() + 6));
    let mut models = models.into_iter().peekable();
    while models.peek().is_some() {
        let mut insert = R::Entity::insert_many(models.by_ref().take(rows));
        if let Some(conflict) = &conflict {
            insert = insert.on_conflict(conflict.clone());
        }
        insert.exec_without_returning(tx.connection()).await?;
    }
    Ok(())
}

/// Removes rows that are gone.
pub(crate) async fn remove(tx: &Transaction, gone: &Gone) -> Result<()> {
    for ids in gone.ids.chunks(MOST_VALUES) {
        let ids = ids.iter().copied();
        let delete = Query::delete().from_table(gone.table).and_where(Expr::col("id").is_in(ids)).to_owned();
        tx.connection().execute(&delete).await?;
    }
    Ok(())
}
