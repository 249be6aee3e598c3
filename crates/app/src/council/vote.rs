//! Votes: cast, changed, and closed.

use super::ask::closing;
use super::{CouncilError, begin};
use crate::{Context, Error};
use domain::Code;
use domain::council::{Choice, Manner, QuestionState, Refusal, Vote, may_close, may_vote};
use domain::plan::{Window, window_end};
use domain::policy::{Action, Actor};
use domain::workflow::Workflow;

/// A vote, as a member casts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cast {
    /// What they say.
    pub choice: Choice,
    /// How they vote.
    pub manner: Manner,
    /// What they have seen to be voted on: [`super::Matter::basis`].
    pub seen: u64,
}

/// Votes on a question. A member may change their mind until it is closed: the newest vote counts, and none is lost.
///
/// # Errors
/// [`CouncilError`]; [`Error::Conflict`] where the question is about the agency where the member works.
pub async fn vote(context: &Context, actor: &Actor, campaign: &Code, question: u32, cast: Cast) -> Result<(), CouncilError> {
    let (change, docket) = begin(context, actor, campaign, Action::Vote).await?;
    let matter = docket.matter(question).ok_or(Error::NotThere)?;
    if let Some(agency) = &matter.question.agency {
        change.ask(Action::VoteOn(agency))?;
    }
    let sitting = docket.convened().ok_or(Refusal::NotConvened)?;
    let (tasks, zone) = (&change.frame.campaign().tasks, change.frame.settings().zone());
    let today = change.now.with_timezone(&zone).date_naive();
    let end = window_end(tasks, Window::Council, zone);
    may_vote(sitting, &docket.answered(), matter.answered(), cast.manner, (change.now, today), end)?;
    if cast.seen != matter.basis {
        return Err(Refusal::Outdated.into());
    }
    let vote = Vote {
        question,
        member: actor.code.clone(),
        name: actor.name.clone(),
        choice: cast.choice,
        manner: cast.manner,
        basis: matter.basis,
        at: change.now,
    };
    // Twice the same is once: a form that is sent again changes nothing.
    let before = matter.ballot(&actor.code).and_then(|ballot| ballot.vote.as_ref());
    if before.is_some_and(|before| Vote { at: vote.at, name: vote.name.clone(), ..before.clone() } == vote) {
        return Ok(());
    }
    store::council::vote(&change.tx, campaign, &vote).await?;
    let detail = format!("{}, {}", cast.choice.word(), cast.manner.word());
    change.log("council.voted", &question.to_string(), &detail).await?;
    Ok(change.commit().await?)
}

/// Closes the vote on an item. Answers what became of the question.
///
/// # Errors
/// [`CouncilError`]: while too few have voted it stays open.
pub async fn close(context: &Context, actor: &Actor, campaign: &Code, question: u32) -> Result<QuestionState, CouncilError> {
    let (change, docket) = begin(context, actor, campaign, Action::RunCampaign).await?;
    let matter = docket.matter(question).ok_or(Error::NotThere)?;
    docket.convened().ok_or(Refusal::NotConvened)?;
    let event = may_close(matter.answered())?;
    let state = matter.state.after(event).map_err(|refused| Refusal::Closed(refused.state))?;
    let closing = closing(matter, state, &change);
    store::council::close(&change.tx, campaign, std::slice::from_ref(&closing)).await?;
    let said = format!("{}: {} of {} approve", state.word(), closing.approve, closing.entitled);
    change.log("council.closed", &question.to_string(), &said).await?;
    change.commit().await?;
    Ok(state)
}
