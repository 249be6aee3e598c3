//! Votes: cast, changed, and closed.

use super::ask::closing;
use super::{CouncilError, Docket, Matter, begin};
use crate::change::{Change, ask};
use crate::{Context, Error};
use domain::Code;
use domain::council::{Choice, Manner, QuestionState, Refusal, Vote, may_close, may_record, may_vote};
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

/// A vote that a member gave on a signed paper, as the standing body records it: always in writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnPaper {
    /// Whose vote it is.
    pub member: Code,
    /// What the paper says.
    pub choice: Choice,
    /// The number of the signed document, attached to this sitting.
    pub paper: u32,
    /// What was seen to be voted on: [`super::Matter::basis`].
    pub seen: u64,
}

/// Votes on a question. A member may change their mind until it is closed: the newest vote counts, and none is lost.
///
/// # Errors
/// [`CouncilError`]; [`Error::Conflict`] where the question is about the agency where the member works.
pub async fn vote(context: &Context, actor: &Actor, campaign: &Code, question: u32, cast: Cast) -> Result<(), CouncilError> {
    let (change, docket) = begin(context, actor, campaign, Action::Vote).await?;
    let matter = docket.matter(question).ok_or(Error::NotThere)?;
    let vote = Vote {
        question,
        member: actor.code.clone(),
        name: actor.name.clone(),
        choice: cast.choice,
        manner: cast.manner,
        basis: cast.seen,
        at: change.now,
        paper: None,
        recorded_by: None,
        recorded_name: None,
    };
    if !counts(&change, &docket, matter, actor, &vote)? {
        return Ok(());
    }
    store::council::vote(&change.tx, campaign, &vote).await?;
    let detail = format!("{}, {}", cast.choice.word(), cast.manner.word());
    change.log("council.voted", &question.to_string(), &detail).await?;
    Ok(change.commit().await?)
}

/// Records a vote that came on paper. What the member has said themselves on the same figures stands above it, and what they say later
/// takes its place.
///
/// # Errors
/// [`CouncilError`]; [`Error::Conflict`] where the question is about the agency where the member works.
pub async fn record(context: &Context, actor: &Actor, campaign: &Code, question: u32, said: OnPaper) -> Result<(), CouncilError> {
    let (change, docket) = begin(context, actor, campaign, Action::RunCampaign).await?;
    let matter = docket.matter(question).ok_or(Error::NotThere)?;
    let member = docket.members().find(|member| member.code == said.member).ok_or(Refusal::NoMember)?;
    let of_sitting = |paper: &&store::council::Paper| paper.number == said.paper && paper.sitting == matter.question.sitting;
    let paper = docket.papers.iter().find(of_sitting).ok_or(Refusal::NoPaper)?;
    let vote = Vote {
        question,
        member: member.code.clone(),
        name: member.name.clone(),
        choice: said.choice,
        manner: Manner::InWriting,
        basis: said.seen,
        at: change.now,
        paper: Some(paper.number),
        recorded_by: Some(actor.code.clone()),
        recorded_name: Some(actor.name.clone()),
    };
    if !counts(&change, &docket, matter, &Actor::from(member), &vote)? {
        return Ok(());
    }
    may_record(matter.ballot(&member.code).and_then(|ballot| ballot.vote.as_ref()), matter.basis)?;
    store::council::vote(&change.tx, campaign, &vote).await?;
    let detail = format!("{}: {}, paper {}, sha256 {}", member.code, said.choice.word(), paper.number, paper.file);
    change.log("council.recorded", &question.to_string(), &detail).await?;
    Ok(change.commit().await?)
}

/// Whether a vote of `member` is to be recorded now. Twice the same is once: a form that is sent again changes nothing.
fn counts(change: &Change<'_>, docket: &Docket, matter: &Matter, member: &Actor, vote: &Vote) -> Result<bool, CouncilError> {
    if let Some(agency) = &matter.question.agency {
        ask(member, &change.frame, Action::VoteOn(agency))?;
    }
    let sitting = docket.convened().ok_or(Refusal::NotConvened)?;
    let (tasks, zone) = (&change.frame.campaign().tasks, change.frame.settings().zone());
    let today = change.now.with_timezone(&zone).date_naive();
    let end = window_end(tasks, Window::Council, zone);
    may_vote(sitting, &docket.answered(), matter.answered(), vote.manner, (change.now, today), end)?;
    if vote.basis != matter.basis {
        return Err(Refusal::Outdated.into());
    }
    let before = matter.ballot(&member.code).and_then(|ballot| ballot.vote.as_ref());
    Ok(!before.is_some_and(|before| before.says_as(vote)))
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
