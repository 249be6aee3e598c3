//! What lies before the council, as it stands: the sitting, its questions, and what the votes on them come to.

use crate::change::ask;
use crate::{Computed, Context, Error, Frame};
use domain::Code;
use domain::accounts::Person;
use domain::assessment::Claim;
use domain::council::{Answered, Closing, Manner, Question, QuestionState, Sitting, SittingState, Tally, Vote, members, tally};
use domain::policy::{Action, Actor};
use std::collections::HashMap;
use std::sync::Arc;
use store::Snapshot;
use store::assessment::Assessment;
use store::council::Paper;

/// See the module.
#[derive(Clone, Debug)]
pub struct Docket {
    pub(super) frame: Arc<Frame>,
    /// The newest sitting; none before the first.
    pub sitting: Option<Sitting>,
    /// The sittings before it, oldest first, each as it ended.
    pub past: Vec<Sitting>,
    /// The questions of the newest sitting: blocks first, then items, by number.
    pub matters: Vec<Matter>,
    /// Signed documents of all sittings.
    pub papers: Vec<Paper>,
    /// How many sittings and questions there are.
    pub(super) numbered: (u32, u32),
}

/// A question, and what became of it so far.
#[derive(Clone, Debug)]
pub struct Matter {
    /// The question.
    pub question: Question,
    /// How far it is.
    pub state: QuestionState,
    /// How it ended.
    pub closing: Option<Closing>,
    /// What the votes come to; what they came to where it is closed.
    pub tally: Tally,
    /// What the final stream is to say of the item; nothing where the question is about a block.
    pub proposal: Vec<Claim>,
    /// Each member, and their vote.
    pub ballots: Vec<Ballot>,
    /// What is voted on, as a number that is another as soon as the figures beneath are.
    pub basis: u64,
}

/// A member, and what they say to a question.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// The member.
    pub member: Person,
    /// Whether they must keep out of it.
    pub recused: bool,
    /// What they said last.
    pub vote: Option<Vote>,
    /// How often they have voted.
    pub times: usize,
}

impl Matter {
    /// The question as `domain` decides on it.
    #[must_use]
    pub fn answered(&self) -> Answered<'_> {
        Answered { question: &self.question, state: self.state, tally: self.tally }
    }

    /// A member's ballot.
    #[must_use]
    pub fn ballot(&self, member: &Code) -> Option<&Ballot> {
        self.ballots.iter().find(|ballot| ballot.member.code == *member)
    }
}

/// What lies before the council.
///
/// # Errors
/// Where the actor may not read it, or the database does not answer.
pub async fn docket(context: &Context, actor: &Actor, frame: &Arc<Frame>) -> Result<Docket, Error> {
    ask(actor, frame, Action::ReadCouncil)?;
    let snapshot = context.store().read().await?;
    let assessments = store::assessment::all(&snapshot, &frame.settings().code).await?;
    Docket::load(&snapshot, frame.clone(), assessments).await
}

impl Docket {
    pub(super) async fn load(snapshot: &Snapshot, frame: Arc<Frame>, assessments: Vec<Assessment>) -> Result<Self, Error> {
        let records = store::council::records(snapshot, &frame.settings().code).await?;
        let last_number = |numbers: &mut dyn Iterator<Item = u32>| numbers.max().unwrap_or(0);
        let numbered = (
            last_number(&mut records.sittings.iter().map(|sitting| sitting.number)),
            last_number(&mut records.questions.iter().map(|question| question.number)),
        );
        let newest = records.sittings.chunk_by(|a, b| a.number == b.number).filter_map(|revisions| revisions.last().cloned());
        let mut past: Vec<Sitting> = newest.collect();
        let sitting = past.pop();
        let of_sitting = |question: &&Question| Some(question.sitting) == sitting.as_ref().map(|sitting| sitting.number);
        let asked: Vec<&Question> = records.questions.iter().filter(of_sitting).collect();
        let matter = |question: &&Question| {
            let basis = basis(&frame, &assessments, question, &asked);
            let votes: Vec<Vote> = records.votes.iter().filter(|vote| vote.question == question.number).cloned().collect();
            let closing = records.closings.iter().find(|closing| closing.question == question.number).cloned();
            let proposal = records.proposals.iter().filter(|(of, _)| *of == question.number);
            Matter {
                state: closing.as_ref().map_or(QuestionState::Open, |closing| closing.state),
                tally: closing.as_ref().map_or_else(
                    || tally(&frame.campaign().people, question.agency.as_ref(), &votes, basis),
                    |closing| closed(closing, &votes),
                ),
                proposal: proposal.map(|(_, claim)| claim.clone()).collect(),
                ballots: ballots(&frame, question, &votes),
                question: (*question).clone(),
                closing,
                basis,
            }
        };
        let mut matters: Vec<Matter> = asked.iter().map(matter).collect();
        matters.sort_by_key(|matter| (matter.question.of_item().is_some(), matter.question.number));
        Ok(Self { sitting, past, matters, papers: records.papers, numbered, frame })
    }

    /// The sitting that is under way.
    #[must_use]
    pub fn convened(&self) -> Option<&Sitting> {
        self.sitting.as_ref().filter(|sitting| sitting.state == SittingState::Convened)
    }

    /// The question of this number, where it is one of the newest sitting.
    #[must_use]
    pub fn matter(&self, number: u32) -> Option<&Matter> {
        self.matters.iter().find(|matter| matter.question.number == number)
    }

    /// All questions as `domain` decides on them.
    #[must_use]
    pub fn answered(&self) -> Vec<Answered<'_>> {
        self.matters.iter().map(Matter::answered).collect()
    }

    /// The members, in the order of the people.
    pub fn members(&self) -> impl Iterator<Item = &Person> {
        members(&self.frame.campaign().people)
    }

    /// The results as they become when what is approved so far is written down.
    #[must_use]
    pub fn proposed(&self, computed: &Arc<Computed>) -> Arc<Computed> {
        let approved = self.matters.iter().filter(|matter| matter.state == QuestionState::Approved);
        let proposals: Vec<&[Claim]> = approved.map(|matter| &*matter.proposal).filter(|claims| !claims.is_empty()).collect();
        if proposals.is_empty() { computed.clone() } else { Arc::new(computed.with_final(&proposals)) }
    }
}

impl Docket {
    /// The results were a question approved, beside those that are.
    #[must_use]
    pub fn were_approved(&self, computed: &Arc<Computed>, matter: &Matter) -> Arc<Computed> {
        Arc::new(self.proposed(computed).with_final(&[&matter.proposal]))
    }

    /// How a member has taken part in the newest sitting: in the room where any of their votes was; none where they have not voted.
    #[must_use]
    pub fn attended(&self, member: &Code) -> Option<Manner> {
        let votes = self.matters.iter().filter_map(|matter| matter.ballot(member)?.vote.as_ref());
        votes.map(|vote| vote.manner).min()
    }
}

/// What is voted on, as a number. Everything in it only ever grows, so that it never comes back to what it was: the claims of each
/// agency concerned, and, beneath the results of a block, the questions put about its items.
fn basis(frame: &Frame, assessments: &[Assessment], question: &Question, asked: &[&Question]) -> u64 {
    let concerned = |agency: &Code| match &question.agency {
        Some(about) => about == agency,
        None => frame.place(agency).is_some_and(|place| *place.block.code == *question.block.as_str()),
    };
    let claimed = assessments.iter().filter(|assessment| concerned(&assessment.agency));
    let claimed: u64 = claimed.map(|assessment| u64::from(assessment.claims_revision)).sum();
    let beneath = |other: &&&Question| question.agency.is_none() && other.block == question.block && other.agency.is_some();
    claimed + asked.iter().filter(beneath).count() as u64
}

fn ballots(frame: &Frame, question: &Question, votes: &[Vote]) -> Vec<Ballot> {
    let mut of: HashMap<&Code, Vec<&Vote>> = HashMap::new();
    for vote in votes {
        of.entry(&vote.member).or_default().push(vote);
    }
    let ballot = |member: &Person| {
        let said = of.get(&member.code);
        Ballot {
            recused: question.agency.is_some() && member.agency == question.agency,
            vote: said.and_then(|said| said.last()).map(|vote| (*vote).clone()),
            times: said.map_or(0, Vec::len),
            member: member.clone(),
        }
    };
    members(&frame.campaign().people).map(ballot).collect()
}

/// What the votes came to when the question was closed, whoever has become or ceased to be a member since.
fn closed(closing: &Closing, votes: &[Vote]) -> Tally {
    let number = |of: u32| usize::try_from(of).unwrap_or(usize::MAX);
    let newest: HashMap<&Code, &Vote> = votes.iter().map(|vote| (&vote.member, vote)).collect();
    let present = newest.values().filter(|vote| vote.manner == Manner::Present).count();
    Tally {
        members: number(closing.entitled.saturating_add(closing.recused)),
        recused: number(closing.recused),
        approve: number(closing.approve),
        reject: number(closing.reject),
        abstain: number(closing.abstain),
        present,
    }
}
