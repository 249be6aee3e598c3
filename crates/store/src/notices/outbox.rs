//! Mails that wait, and how one process takes them without another doing the same.

use super::{Notice, from_model};
use crate::entities::notices::rows::{ActiveModel, Column, Entity};
use crate::{Error, Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::notices::{Kind, Mail};
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

/// Takes the mails that are to be tried at `now`, the oldest first, at most so many. Until `until` nobody else takes them; whoever
/// dies meanwhile leaves them to others from then on. Each of them counts one more attempt.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn claim(
    tx: &Transaction,
    campaign: &Code,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    most: u64,
) -> Result<Vec<Notice>> {
    let id = campaign::id(tx, campaign).await?;
    let select = Entity::find()
        .filter(Column::CampaignId.eq(id))
        .filter(Column::Mail.eq(Mail::Queued.word()))
        .filter(Column::NextTry.lte(now))
        .order_by_asc(Column::Id)
        .limit(most)
        // SQLite has no such lock and needs none: there, the whole transaction is the only one that writes.
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let models = select.all(tx.connection()).await?;
    let attempt = Expr::col(Column::Attempts).add(1);
    Entity::update_many()
        .col_expr(Column::NextTry, Expr::value(until))
        .col_expr(Column::Attempts, attempt)
        .filter(Column::Id.is_in(models.iter().map(|model| model.id)))
        .exec(tx.connection())
        .await?;
    let claimed = models.into_iter().map(|mut model| {
        let secret = model.secret.take();
        let notice = from_model(model)?;
        Ok(Notice { attempts: notice.attempts + 1, next_try: Some(until), secret, ..notice })
    });
    claimed.collect()
}

/// What became of a mail that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A mail server took it, then.
    Sent(DateTime<Utc>),
    /// Nobody wants it any more, or there is no address.
    Unwanted,
    /// It was not tried after all: whoever comes next may take it at once.
    Left,
    /// It failed; it is tried again then, or given up.
    Failed {
        /// What the mail server said.
        fault: String,
        /// None: given up.
        next_try: Option<DateTime<Utc>>,
    },
}

/// Records what became of a mail, unless somebody else has taken it over meanwhile; gives whether it was recorded.
///
/// # Errors
/// What the database says.
pub async fn settle(tx: &Transaction, claimed: &Notice, outcome: Outcome) -> Result<bool> {
    let mail = |mail: Mail| Set(mail.word().to_owned());
    let done = ActiveModel { secret: Set(None), next_try: Set(None), ..Default::default() };
    let row = match outcome {
        Outcome::Sent(at) => ActiveModel { mail: mail(Mail::Sent), sent_at: Set(Some(at)), fault: Set(None), ..done },
        Outcome::Unwanted => ActiveModel { mail: mail(Mail::None), ..done },
        Outcome::Left => {
            ActiveModel { attempts: Set(i64::from(claimed.attempts) - 1), next_try: Set(Some(claimed.at)), ..Default::default() }
        }
        Outcome::Failed { fault, next_try: None } => ActiveModel { mail: mail(Mail::Failed), fault: Set(Some(fault)), ..done },
        Outcome::Failed { fault, next_try } => {
            ActiveModel { next_try: Set(next_try), fault: Set(Some(fault)), ..Default::default() }
        }
    };
    let ours = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(claimed.id))
        .filter(Column::Mail.eq(Mail::Queued.word()))
        .filter(Column::Attempts.eq(i64::from(claimed.attempts)));
    Ok(ours.exec(tx.connection()).await?.rows_affected == 1)
}

/// The newest notices whose mail is at `state`, older than one of them where `before` names it.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn outbox(snapshot: &Snapshot, campaign: &Code, state: Mail, before: Option<i64>, most: u64) -> Result<Vec<Notice>> {
    let id = campaign::id(snapshot, campaign).await?;
    let mut select = Entity::find().filter(Column::CampaignId.eq(id)).filter(Column::Mail.eq(state.word()));
    if let Some(before) = before {
        select = select.filter(Column::Id.lt(before));
    }
    let models = select.order_by_desc(Column::Id).limit(most).all(snapshot.connection()).await?;
    models.into_iter().map(from_model).collect()
}

/// How many mails there are of each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Wait to be sent.
    pub queued: u64,
    /// Were sent.
    pub sent: u64,
    /// Were given up.
    pub failed: u64,
}

/// How many mails of a campaign there are of each state.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn counts(snapshot: &Snapshot, campaign: &Code) -> Result<Counts> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = Entity::find().filter(Column::CampaignId.eq(id)).select_only().column(Column::Mail);
    let select = select.column_as(Column::Id.count(), "many").group_by(Column::Mail);
    let rows: Vec<(String, i64)> = select.into_tuple().all(snapshot.connection()).await?;
    let of = |mail: Mail| {
        let many = rows.iter().find(|(word, _)| word == mail.word()).map_or(0, |(_, many)| *many);
        u64::try_from(many).map_err(|_| Error::Corrupt { table: "notices", column: "mail", value: many.to_string() })
    };
    Ok(Counts { queued: of(Mail::Queued)?, sent: of(Mail::Sent)?, failed: of(Mail::Failed)? })
}

/// Puts mails that were given up in the queue again, from their first attempt: one of them, or with none named all.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn retry(tx: &Transaction, campaign: &Code, only: Option<i64>, at: DateTime<Utc>) -> Result<u64> {
    let id = campaign::id(tx, campaign).await?;
    let row =
        ActiveModel { mail: Set(Mail::Queued.word().into()), attempts: Set(0), next_try: Set(Some(at)), ..Default::default() };
    let mut update = Entity::update_many().set(row).filter(Column::CampaignId.eq(id));
    // Their secrets are gone, and with them what they had to say.
    let with_secret = Kind::WITH_SECRET.iter().copied();
    update = update.filter(Column::Mail.eq(Mail::Failed.word())).filter(Column::Kind.is_not_in(with_secret));
    if let Some(only) = only {
        update = update.filter(Column::Id.eq(only));
    }
    Ok(update.exec(tx.connection()).await?.rows_affected)
}
