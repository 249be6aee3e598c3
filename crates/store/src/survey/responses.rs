//! What was answered. A response is added once, under its nullifier, and never changed; nothing says when it came or through which link.

use crate::survey::in_sizes;
use crate::{Error, Result, Snapshot, Transaction, campaign};
use domain::Code;
use domain::survey::secrecy::Nullifier;
use domain::survey::tally::{Channel, Counted};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DbBackend, ExecResult, QueryResult, Statement, Value};

const TABLE: &str = "survey_responses";
const COLUMNS: [&str; 6] = ["nullifier", "target", "channel", "pace", "marks", "others"];

/// A response as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// What it is stored under.
    pub nullifier: Nullifier,
    /// [`domain::survey::answers::Target::id`].
    pub target: i64,
    /// How it came.
    pub channel: Channel,
    /// [`domain::survey::validity::pace`].
    pub pace: Option<u8>,
    /// [`domain::survey::answers::Answers::marks`].
    pub marks: String,
    /// [`domain::survey::answers::Answers::others_packed`]; none where that is empty.
    pub others: Option<String>,
}

impl Response {
    /// As it is counted.
    #[must_use]
    pub fn counted(&self) -> Counted<'_> {
        Counted { target: self.target, channel: self.channel, pace: self.pace, marks: self.marks.as_bytes() }
    }
}

/// Adds responses; one whose nullifier is there already, or twice among these, is there once. Gives how many were new.
///
/// # Errors
/// What the database says.
pub async fn add(tx: &Transaction, responses: &[Response]) -> Result<u64> {
    let mut added = 0;
    for responses in in_sizes(responses) {
        added += insert(tx, responses).await?.rows_affected();
    }
    Ok(added)
}

async fn insert(tx: &Transaction, responses: &[Response]) -> Result<ExecResult> {
    let connection = tx.connection();
    let backend = connection.get_database_backend();
    let mut values: Vec<Value> = Vec::with_capacity(responses.len() * COLUMNS.len());
    for response in responses {
        values.extend([
            response.nullifier.0.to_vec().into(),
            response.target.into(),
            response.channel.word().into(),
            response.pace.map(i64::from).into(),
            response.marks.clone().into(),
            response.others.clone().into(),
        ]);
    }
    // Written out here: it is the one statement that thousands wait for each second.
    let row = |row: usize| match backend {
        DbBackend::Postgres => {
            let places: Vec<String> = (1..=COLUMNS.len()).map(|at| format!("${}", row * COLUMNS.len() + at)).collect();
            format!("({})", places.join(","))
        }
        _ => "(?,?,?,?,?,?)".to_owned(),
    };
    let rows: Vec<String> = (0..responses.len()).map(row).collect();
    let sql =
        format!("INSERT INTO {TABLE} ({}) VALUES {} ON CONFLICT (nullifier) DO NOTHING", COLUMNS.join(", "), rows.join(","));
    Ok(connection.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?)
}

/// Which of these are there.
///
/// # Errors
/// What the database says.
pub async fn known(snapshot: &Snapshot, nullifiers: &[Nullifier]) -> Result<Vec<Nullifier>> {
    Ok(named(snapshot, nullifiers).await?.into_iter().map(|response| response.nullifier).collect())
}

/// Those with these nullifiers.
///
/// # Errors
/// What the database says.
pub async fn named(snapshot: &Snapshot, nullifiers: &[Nullifier]) -> Result<Vec<Response>> {
    let mut found = Vec::new();
    for some in in_sizes(nullifiers) {
        let mut select = Query::select();
        select.columns(COLUMNS).from(TABLE);
        select.and_where(Expr::col("nullifier").is_in(some.iter().map(|nullifier| nullifier.0.to_vec())));
        for row in snapshot.connection().query_all(&select).await? {
            found.push(response(&row)?);
        }
    }
    Ok(found)
}

/// At most so many of a campaign's responses, in the order of their nullifiers, behind the one named: for whoever looks at each.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn after(snapshot: &Snapshot, campaign: &Code, last: Option<Nullifier>, most: u64) -> Result<Vec<Response>> {
    let id = campaign::id(snapshot, campaign).await?;
    let mut targets = Query::select();
    targets.column("id").from("survey_targets").and_where(Expr::col("campaign_id").eq(id));
    let mut select = Query::select();
    select.columns(COLUMNS).from(TABLE).order_by("nullifier", sea_orm::Order::Asc).limit(most);
    select.and_where(Expr::col("target").in_subquery(targets));
    if let Some(last) = last {
        select.and_where(Expr::col("nullifier").gt(last.0.to_vec()));
    }
    let rows = snapshot.connection().query_all(&select).await?;
    rows.iter().map(response).collect()
}

/// Every response of a target, in the order of nullifiers. It looks through all responses: for when nobody answers any more.
///
/// # Errors
/// What the database says.
pub async fn of_target(snapshot: &Snapshot, target: i64) -> Result<Vec<Response>> {
    let mut select = Query::select();
    select.columns(COLUMNS).from(TABLE).order_by("nullifier", sea_orm::Order::Asc);
    select.and_where(Expr::col("target").eq(target));
    let rows = snapshot.connection().query_all(&select).await?;
    rows.iter().map(response).collect()
}

fn response(row: &QueryResult) -> Result<Response> {
    let corrupt = |column: &'static str, value: String| Error::Corrupt { table: TABLE, column, value };
    let nullifier: Vec<u8> = row.try_get_by("nullifier")?;
    let channel: String = row.try_get_by("channel")?;
    let pace: Option<i64> = row.try_get_by("pace")?;
    Ok(Response {
        nullifier: Nullifier(nullifier.try_into().map_err(|_| corrupt("nullifier", String::new()))?),
        target: row.try_get_by("target")?,
        channel: Channel::from_word(&channel).ok_or_else(|| corrupt("channel", channel))?,
        pace: pace.map(|pace| u8::try_from(pace).map_err(|_| corrupt("pace", pace.to_string()))).transpose()?,
        marks: row.try_get_by("marks")?,
        others: row.try_get_by("others")?,
    })
}

/// How many responses each target has, by channel. One that has none is not among them.
///
/// # Errors
/// What the database says.
pub async fn counts(snapshot: &Snapshot) -> Result<Vec<(i64, Channel, u64)>> {
    let mut select = Query::select();
    select.columns(["target", "channel"]).expr_as(Expr::col("nullifier").count(), "many").from(TABLE);
    select.group_by_columns(["target", "channel"]);
    let rows = snapshot.connection().query_all(&select).await?;
    let count = |row: &QueryResult| {
        let channel: String = row.try_get_by("channel")?;
        let many: i64 = row.try_get_by("many")?;
        let corrupt = || Error::Corrupt { table: TABLE, column: "channel", value: channel.clone() };
        Ok((
            row.try_get_by("target")?,
            Channel::from_word(&channel).ok_or_else(corrupt)?,
            u64::try_from(many).unwrap_or_default(),
        ))
    };
    rows.iter().map(count).collect()
}

/// Looks at every response in the database once, in whatever order, without keeping them: the databases glue thousands of them into one
/// text, which is many times faster than a row each. `each` is given what is counted of a response.
///
/// # Errors
/// What the database says, or [`Error::Corrupt`].
pub async fn fold(snapshot: &Snapshot, mut each: impl FnMut(Counted<'_>)) -> Result<()> {
    let connection = snapshot.connection();
    let backend = connection.get_database_backend();
    // In both: a range of where the rows lie, so that each text has at most some megabytes and no row is sorted.
    let (ranges, sql) = match backend {
        DbBackend::Postgres => {
            let pages = Statement::from_string(backend, format!("SELECT pg_relation_size('{TABLE}') / 8192 AS pages"));
            let pages: i64 = match connection.query_one_raw(pages).await? {
                Some(row) => row.try_get_by("pages")?,
                None => 0,
            };
            let bounds = (0..=pages / PAGES).map(|at| (at * PAGES, (at + 1) * PAGES));
            let ranges: Vec<[Value; 2]> =
                bounds.map(|(from, to)| [format!("({from},0)").into(), format!("({to},0)").into()]).collect();
            (ranges, format!("{} WHERE ctid >= $1::tid AND ctid < $2::tid", gather("string_agg")))
        }
        _ => {
            let bound = |at: u16| -> Value { u8::try_from(at).map_or_else(|_| vec![0xff; 17], |byte| vec![byte]).into() };
            let ranges: Vec<[Value; 2]> = (0..=255).map(|at| [bound(at), bound(at + 1)]).collect();
            (ranges, format!("{} WHERE nullifier >= ? AND nullifier < ?", gather("group_concat")))
        }
    };
    for range in ranges {
        let row = connection.query_one_raw(Statement::from_sql_and_values(backend, &sql, range)).await?;
        let text: Option<String> = row.map(|row| row.try_get_by("glued")).transpose()?.flatten();
        for glued in text.iter().flat_map(|text| text.split(';')) {
            each(unglue(glued).ok_or_else(|| Error::Corrupt { table: TABLE, column: "marks", value: glued.into() })?);
        }
    }
    Ok(())
}

/// Pages of a PostgreSQL table that are read at once: 16 MB.
const PAGES: i64 = 2_048;

fn gather(aggregate: &str) -> String {
    let parts = "target || ',' || channel || ',' || coalesce(cast(pace AS text), '') || ',' || marks";
    format!("SELECT {aggregate}({parts}, ';') AS glued FROM {TABLE}")
}

fn unglue(glued: &str) -> Option<Counted<'_>> {
    let mut parts = glued.splitn(4, ',');
    let (target, channel, pace) = (parts.next()?.parse().ok()?, Channel::from_word(parts.next()?)?, parts.next()?);
    let pace = if pace.is_empty() { None } else { Some(pace.parse().ok()?) };
    Some(Counted { target, channel, pace, marks: parts.next()?.as_bytes() })
}
