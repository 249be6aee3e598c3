//! The ledger: all that was ever said and decided of one item of an agency, step by step, each with who and when.

use crate::change::ask;
use crate::{Computed, Context, Error, Frame};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::accounts::Role;
use domain::appraisal::{ItemEvent, Round};
use domain::assessment::{Claim, State, Stream};
use domain::council::{Closing, Question, QuestionState};
use domain::policy::{Action, Actor, Verdict, may};
use scoring::Outcome;
use std::collections::BTreeMap;
use store::assessment::explanations::{self, Explanation};
use store::assessment::items::{self, ItemEvent as Event};
use store::assessment::{self, Revision};

pub use store::assessment::Revision as Said;
pub use store::assessment::explanations::Explanation as Explained;
pub use store::assessment::items::ItemEvent as Happened;

/// See the module. A step that the reader may not see yet is empty, as if nothing had been said.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// What the agency said of itself, oldest first.
    pub own: Vec<Revision>,
    /// What round 1 said, oldest first, and what happened in it.
    pub round1: (Vec<Revision>, Vec<Event>),
    /// The explanations, oldest first, and when they were sent.
    pub explanations: (Vec<Explanation>, Vec<Event>),
    /// What round 2 said, oldest first, and what happened in it.
    pub round2: (Vec<Revision>, Vec<Event>),
    /// What the item came to after round 2, before the council wrote anything; none where it is not scored.
    pub after_round2: Option<Outcome>,
    /// What the council wrote, and that it decided.
    pub council: (Vec<Revision>, Vec<Event>),
    /// The questions put to the council, with how they ended; for those who read what lies before it.
    pub questions: Vec<(Question, Option<Closing>)>,
}

impl Ledger {
    /// What the council decided, in the question that was carried last.
    #[must_use]
    pub fn decided(&self) -> Option<&Question> {
        let carried = |(_, closing): &&(Question, Option<Closing>)| {
            closing.as_ref().is_some_and(|closing| closing.state == QuestionState::Approved)
        };
        self.questions.iter().rfind(carried).map(|(question, _)| question)
    }
}

/// The ledger of an item. Who reads evidence reads it: the agency itself, each step once it is sent, and those who run, appraise and
/// decide.
///
/// # Errors
/// Where the actor may not read it, or the database does not answer.
pub async fn ledger(
    context: &Context,
    actor: &Actor,
    computed: &Computed,
    (agency, item): (&Code, &Code),
) -> Result<Ledger, Error> {
    let frame: &Frame = computed;
    ask(actor, frame, Action::ReadEvidence(agency))?;
    let (snapshot, code, phase) = (context.store().read().await?, &frame.settings().code, frame.settings().phase());
    let reads = |stream| may(actor, phase, Action::ReadStream(agency, stream)) == Verdict::Yes;
    let revisions = assessment::history(&snapshot, code, agency, item).await?;
    let of = |stream| {
        let mut of: Vec<Revision> =
            revisions.iter().filter(|found| found.claim.stream == stream && reads(stream)).cloned().collect();
        of.sort_by_key(|revision| revision.recorded.at);
        of
    };
    let events = items::events(&snapshot, code, agency, Some(item)).await?;
    let (mut round1, mut explained, mut round2, mut council) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for event in events {
        match step_of(&event.event) {
            Some(Step::Round(Round::First)) if reads(Stream::Appraisal1) => round1.push(event),
            Some(Step::Round(Round::Second)) if reads(Stream::Final) => round2.push(event),
            Some(Step::Explanation) => explained.push(event),
            Some(Step::Council) if reads(Stream::Final) => council.push(event),
            _ => {}
        }
    }
    // What an agency is still writing is its own; it is there for the others once it is sent.
    let state = assessment::one(&snapshot, code, agency).await?.map(|found| found.state);
    let is_draft = state == Some(State::Explaining) && !actor.speaks_for(agency);
    let mut texts = explanations::history(&snapshot, code, agency).await?;
    texts.retain(|text| text.item == *item && !is_draft);

    let decided = council.first().map(|event| event.at);
    let (written, said2): (Vec<_>, Vec<_>) =
        of(Stream::Final).into_iter().partition(|revision| decided.is_some_and(|at| revision.recorded.at >= at));
    let mut questions = Vec::new();
    if matches!(actor.role, Role::StandingBody | Role::Council) || (decided.is_some() && reads(Stream::Final)) {
        let records = store::council::records(&snapshot, code).await?;
        let about = records.questions.into_iter().filter(|question| question.of_item() == Some((agency, item)));
        questions.extend(about.map(|question| {
            let closing = records.closings.iter().find(|closing| closing.question == question.number).cloned();
            (question, closing)
        }));
        if !matches!(actor.role, Role::StandingBody | Role::Council) {
            questions.retain(|(_, closing)| closing.as_ref().is_some_and(|closing| closing.state == QuestionState::Approved));
        }
    }
    Ok(Ledger {
        own: of(Stream::SelfAssessed),
        round1: (of(Stream::Appraisal1), round1),
        explanations: (texts, explained),
        after_round2: if reads(Stream::Final) { after_round2(computed, (agency, item), &said2, decided) } else { None },
        round2: (said2, round2),
        council: (written, council),
        questions,
    })
}

/// A step of the ledger in which something happens.
enum Step {
    Round(Round),
    Explanation,
    Council,
}

fn step_of(word: &str) -> Option<Step> {
    Some(match ItemEvent::from_word(word)? {
        ItemEvent::Accept1 | ItemEvent::Adjust1 | ItemEvent::Clear1 => Step::Round(Round::First),
        ItemEvent::Keep2 | ItemEvent::Accept2 | ItemEvent::Adjust2 => Step::Round(Round::Second),
        ItemEvent::Explain => Step::Explanation,
        ItemEvent::Decide => Step::Council,
    })
}

/// What an item came to after round 2: computed anew from what was said until then, where the council has written since.
fn after_round2(
    computed: &Computed,
    (agency, item): (&Code, &Code),
    said: &[Revision],
    decided: Option<DateTime<Utc>>,
) -> Option<Outcome> {
    let outcome = |of: &Computed| {
        let place = of.place(agency)?;
        let at = place.block.criteria.item_place(item.as_str())?;
        Some(of.result(place, Stream::Final.into())?.items.get(at)?.outcome.clone())
    };
    if decided.is_none() {
        return outcome(computed);
    }
    let newest: BTreeMap<_, _> = said.iter().map(|revision| (revision.claim.input.clone(), revision)).collect();
    let claims: Vec<Claim> =
        newest.into_values().filter(|revision| !revision.retracted).map(|revision| revision.claim.clone()).collect();
    if claims.is_empty() {
        return outcome(&computed.without_final(agency, item));
    }
    outcome(&computed.with_final(&[&claims]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_its_step() {
        assert!(ItemEvent::ALL.iter().all(|event| step_of(event.word()).is_some()));
        assert!(step_of("nothing").is_none());
    }
}
