//! Attempts are counted in the database before anything is looked at; see [`domain::accounts::attempts`] for why.

use crate::{Context, Error};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::accounts::attempts::{BY_NAME, BY_SOURCE, Limit, Locked};
use sha2::{Digest, Sha256};
use store::Transaction;
use store::accounts::attempts;

/// Under what an attempt is counted. Only hashes are kept: a password typed into the wrong field must not stand in the database, and
/// addresses of the network are nobody's business for longer than the count lasts.
pub(super) struct Subject {
    key: String,
    limit: &'static Limit,
}

impl Subject {
    /// A sign-in name as it was typed, whether anybody has it or not.
    pub(super) fn name(typed: &str) -> Self {
        Self::new("name", &typed.to_lowercase(), &BY_NAME)
    }

    /// The second factor of a person.
    pub(super) fn code(person: &Code) -> Self {
        Self::new("code", person.as_str(), &BY_NAME)
    }

    /// An address of the network.
    pub(super) fn source(address: &str) -> Self {
        Self::new("source", address, &BY_SOURCE)
    }

    fn new(kind: &str, text: &str, limit: &'static Limit) -> Self {
        Self { key: format!("{kind}:{}", hex::encode(Sha256::digest(format!("{kind} {text}")))), limit }
    }

    pub(super) fn key(&self) -> &str {
        &self.key
    }
}

/// Counts an attempt under each subject, in one transaction. The wait that follows, should it turn out wrong.
pub(super) async fn count(context: &Context, subjects: &[&Subject]) -> Result<Result<Option<DateTime<Utc>>, Locked>, Error> {
    let tx = context.store().write().await?;
    let now = context.now();
    let mut wait = None;
    for subject in subjects {
        let before = attempts::lock(&tx, &subject.key, now).await?;
        match before.another(subject.limit, now) {
            Err(locked) => return Ok(Err(locked)),
            Ok(next) => {
                attempts::save(&tx, &subject.key, &next, now).await?;
                wait = wait.max(next.locked_until);
            }
        }
    }
    tx.commit().await?;
    Ok(Ok(wait))
}

/// The attempt was right: nothing counts against the name any more, and one less against the source.
pub(super) async fn forget(tx: &Transaction, name: &Subject, source: Option<&Subject>, now: DateTime<Utc>) -> Result<(), Error> {
    if let Some(source) = source {
        let before = attempts::lock(tx, &source.key, now).await?;
        attempts::save(tx, &source.key, &before.one_less(), now).await?;
    }
    attempts::forget(tx, &name.key).await?;
    attempts::forget_before(tx, now - BY_NAME.forgotten_after).await?;
    Ok(())
}
