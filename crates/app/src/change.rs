//! A change of state under way: the transaction, the campaign, who asks, and when. Every use case that changes something begins one.
//!
//! ```text
//! let change = Change::begin(context, actor, campaign).await?;
//! change.ask(Action::Submit(agency))?;          // the policy
//! …                                             // load, let `domain` decide, save
//! change.log("assessment.submitted", agency.as_str(), "").await?;
//! change.commit().await?;
//! ```

use crate::{Context, Error, Frame, audit};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::audit::Line;
use domain::plan::{self, Extension, Window};
use domain::policy::{self, Action, Actor, Verdict};
use std::sync::Arc;
use store::{Recorded, Transaction};

/// See the module.
pub(crate) struct Change<'a> {
    pub(crate) context: &'a Context,
    pub(crate) actor: &'a Actor,
    /// The campaign as this transaction sees it.
    pub(crate) frame: Arc<Frame>,
    pub(crate) tx: Transaction,
    pub(crate) now: DateTime<Utc>,
}

impl<'a> Change<'a> {
    /// Begins to change the campaign with this code.
    pub(crate) async fn begin(context: &'a Context, actor: &'a Actor, campaign: &Code) -> Result<Self, Error> {
        let tx = context.store().write().await?;
        let frame = context.frame_in(&tx, campaign).await?.ok_or(Error::NotThere)?;
        // Only now: a window that ended while the transaction waited for others has ended.
        let now = context.now();
        Ok(Self { context, actor, frame, tx, now })
    }

    /// Holds every agency and the campaign until the end, and looks again: nobody else writes, submits or moves anything meanwhile.
    pub(crate) async fn hold(&mut self) -> Result<Vec<store::assessment::Assessment>, Error> {
        let code = self.code().clone();
        let held = store::assessment::lock_all(&self.tx, &code).await?;
        store::campaign::lock(&self.tx, &code).await?;
        self.frame = self.context.frame_in(&self.tx, &code).await?.ok_or(Error::NotThere)?;
        self.now = self.context.now();
        Ok(held)
    }

    /// Holds the campaign until the end, and looks again: nobody else moves it or its survey meanwhile.
    pub(crate) async fn hold_campaign(&mut self) -> Result<(), Error> {
        let code = self.code().clone();
        store::campaign::lock(&self.tx, &code).await?;
        self.frame = self.context.frame_in(&self.tx, &code).await?.ok_or(Error::NotThere)?;
        self.now = self.context.now();
        Ok(())
    }

    /// The campaign's code.
    pub(crate) fn code(&self) -> &Code {
        &self.frame.settings().code
    }

    /// Asks the policy.
    pub(crate) fn ask(&self, action: Action<'_>) -> Result<(), Error> {
        ask(self.actor, &self.frame, action)
    }

    /// Who records what this change writes, and when.
    pub(crate) fn recorded(&self) -> Recorded {
        Recorded { by: self.actor.code.to_string(), at: self.now }
    }

    /// When a window ends for an agency: by the plan, or later if the standing body said so.
    pub(crate) async fn ends(&self, agency: &Code) -> Result<impl Fn(Window) -> Option<DateTime<Utc>> + use<>, Error> {
        let given = store::plan::extensions(&self.tx, self.code(), Some(agency)).await?;
        Ok(ends(&self.frame, agency, given.into_iter().map(|(extension, _)| extension).collect()))
    }

    /// Adds an audit line. It takes the campaign's lock, so that it comes last.
    pub(crate) async fn log(&self, action: &str, subject: &str, detail: &str) -> Result<Line, Error> {
        let event = audit::event_at(self.now, self.actor, action, subject, detail);
        Ok(store::audit::append(&self.tx, self.code(), event).await?)
    }

    /// Makes it last.
    pub(crate) async fn commit(self) -> Result<(), Error> {
        Ok(self.tx.commit().await?)
    }
}

/// Asks the policy.
pub(crate) fn ask(actor: &Actor, frame: &Frame, action: Action<'_>) -> Result<(), Error> {
    match policy::may(actor, frame.settings().phase(), action) {
        Verdict::Yes => Ok(()),
        Verdict::Hidden => Err(Error::NotThere),
        Verdict::Forbidden => Err(Error::Forbidden),
        Verdict::Conflict => Err(Error::Conflict),
    }
}

/// When windows end for an agency, given its extensions, oldest first.
pub(crate) fn ends(frame: &Arc<Frame>, agency: &Code, given: Vec<Extension>) -> impl Fn(Window) -> Option<DateTime<Utc>> + use<> {
    let (frame, agency) = (frame.clone(), agency.clone());
    move |window| plan::end_for(&frame.campaign().tasks, &given, &agency, window, frame.settings().zone())
}
