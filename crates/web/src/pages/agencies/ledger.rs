//! The ledger on the page of an item: what was said and decided, step by step, each with who and when.

use super::item::{Said, said};
use crate::failure::Failure;
use crate::figures::{Figures, Score};
use crate::guard::Visit;
use crate::moments::moment;
use crate::names;
use crate::pages::council::says;
use crate::pages::evidence::{self, EvidenceView};
use crate::ui::Link;
use app::ledger::{self, Explained, Happened, Ledger, Said as Revision};
use app::{Computed, Place};
use domain::Code;
use domain::accounts::Role;
use domain::assessment::entry::Form;
use domain::policy::Action;
use scoring::Stream;

/// A line of a step's history.
pub(super) struct Entry {
    /// What was said or done.
    pub(super) what: String,
    /// Why, as it was written.
    pub(super) why: Option<String>,
    pub(super) by: String,
    pub(super) at: String,
}

/// A step: what it came to, what it says now, and all that was said in it.
pub(super) struct Step {
    pub(super) id: &'static str,
    pub(super) title: String,
    pub(super) score: Option<Score>,
    pub(super) said: Option<Said>,
    /// Whole texts, such as an explanation.
    pub(super) texts: Vec<String>,
    pub(super) silence: Option<String>,
    pub(super) entries: Vec<Entry>,
    /// What else leads on from here.
    pub(super) links: Vec<Link>,
}

/// All steps, and the evidence.
pub(super) struct Steps {
    pub(super) steps: Vec<Step>,
    pub(super) evidence: EvidenceView,
}

/// The ledger, for those who may read it; the others see what the streams say now.
pub(super) async fn steps(visit: &Visit, computed: &Computed, place: Place<'_>, item: &str) -> Result<Option<Steps>, Failure> {
    let (agency, _) = visit.agency()?;
    let Some(code) = Code::new(item).filter(|_| visit.may(Action::ReadEvidence(agency))) else { return Ok(None) };
    let ledger = ledger::ledger(&visit.ctx, &visit.session.actor, computed, (agency, &code)).await?;
    let evidence = evidence::of_item(visit, agency, &code).await?;
    let told = Told { visit, computed, place, item, form: form(visit, place, &code) };
    Ok(Some(Steps { steps: told.steps(&ledger, agency, &code), evidence }))
}

fn form<'a>(visit: &'a Visit, place: Place<'_>, item: &Code) -> Option<Form<'a>> {
    Form::of(visit.frame.campaign(), &Code::new(&place.block.code)?, item)
}

struct Told<'a> {
    visit: &'a Visit,
    computed: &'a Computed,
    place: Place<'a>,
    item: &'a str,
    form: Option<Form<'a>>,
}

impl Told<'_> {
    fn steps(&self, ledger: &Ledger, agency: &Code, item: &Code) -> Vec<Step> {
        let (t, visit) = (self.visit.t, self.visit);
        let reads = |stream| visit.streams(agency).any(|readable| readable == stream);
        let figures = Figures::new(t, self.computed.model().method.rounding);
        let unsent = |sent: bool| (!sent).then(|| t.get("ledger-not-sent"));
        let (first, last) = (reads(Stream::Appraisal1), reads(Stream::Final));
        let of_stream = |id, title: String, stream: Stream, sent: bool, revisions: &[Revision], events: &[Happened]| {
            let says = sent.then(|| said(visit, self.computed, self.place, stream, self.item, true));
            Step {
                id,
                title,
                score: says.as_ref().map(|says| says.score.clone()),
                silence: unsent(sent),
                said: says,
                texts: Vec::new(),
                entries: self.entries(revisions, events),
                links: Vec::new(),
            }
        };
        let own = of_stream("own", names::stream(t, Stream::SelfAssessed), Stream::SelfAssessed, true, &ledger.own, &[]);
        let round1 = {
            let (revisions, events) = &ledger.round1;
            of_stream("round1", names::stream(t, Stream::Appraisal1), Stream::Appraisal1, first, revisions, events)
        };
        let (texts, sent) = &ledger.explanations;
        let newest = texts.last().map(|text| text.text.trim().to_owned()).filter(|text| !text.is_empty());
        let explanation = Step {
            id: "explanation",
            title: t.get("ledger-explanation"),
            score: None,
            said: None,
            silence: newest.is_none().then(|| t.get("ledger-no-explanation")),
            texts: newest.into_iter().collect(),
            entries: texts.iter().map(|text| self.explained(text)).chain(sent.iter().map(|event| self.happened(event))).collect(),
            links: Vec::new(),
        };
        let decided = !ledger.council.1.is_empty();
        let (revisions, events) = &ledger.round2;
        let mut round2 = of_stream("round2", t.get("ledger-round2"), Stream::Final, last, revisions, events);
        round2.score = ledger.after_round2.as_ref().map(|outcome| figures.outcome(outcome));
        let mut steps = vec![own, round1, explanation];
        if decided {
            // What round 2 said stands in its history; the stream itself now says what the council does.
            round2.said = None;
        }
        steps.push(round2);
        let (revisions, events) = &ledger.council;
        let mut council = of_stream("council", t.get("ledger-council"), Stream::Final, last && decided, revisions, events);
        let link = |number: u32| Link::new(format!("/council/questions/{number}"), t.with("council-question", &[("n", &number)]));
        let may = visit.may(Action::ReadCouncil);
        council.links = ledger.questions.iter().filter(|_| may).map(|(question, _)| link(question.number)).collect();
        let with_council = visit.frame.settings().phase() == domain::Phase::Council;
        if may && with_council && self.form.is_some() {
            council.links.push(Link::new(format!("/council/ask/{agency}/{item}"), t.get("council-ask")));
        }
        if !decided {
            council.silence = Some(t.get("ledger-not-decided"));
        }
        steps.push(council);
        steps
    }

    /// What was said and what happened, oldest first.
    fn entries(&self, revisions: &[Revision], events: &[Happened]) -> Vec<Entry> {
        let said = revisions.iter().map(|revision| (revision.recorded.at, self.revised(revision)));
        let happened = events.iter().map(|event| (event.at, self.happened(event)));
        let mut entries: Vec<_> = said.chain(happened).collect();
        entries.sort_by_key(|(at, _)| *at);
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    fn revised(&self, revision: &Revision) -> Entry {
        let t = self.visit.t;
        let label = |claim: &domain::assessment::Claim| {
            let input = claim.input.as_ref()?;
            let form = self.form.as_ref()?;
            form.inputs.iter().find(|found| found.name == *input).map(|found| t.of(&found.label()))
        };
        let pairs = says(self.visit, self.form.as_ref(), &revision.claim);
        let what = match (revision.retracted, pairs.is_empty()) {
            (true, _) => {
                let what = label(&revision.claim).unwrap_or_else(|| t.get("ledger-of-item"));
                t.with("ledger-retracted", &[("what", &what)])
            }
            (false, true) => t.get("agencies-remark"),
            (false, false) => pairs.iter().map(|(label, value)| format!("{label}: {value}")).collect::<Vec<_>>().join("; "),
        };
        Entry {
            what,
            why: revision.claim.remark.clone(),
            by: self.name(&revision.recorded.by),
            at: moment(t, revision.recorded.at, self.visit.frame.settings().zone()),
        }
    }

    fn happened(&self, event: &Happened) -> Entry {
        let t = self.visit.t;
        let what = t.get(&format!("ledger-event-{}", event.event));
        let reason = event.reason.map(|reason| t.of(&reason.text()));
        let role = Role::from_word(&event.by_role).map(|role| names::role(t, role));
        Entry {
            what: reason.map_or_else(|| what.clone(), |reason| format!("{what}: {reason}")),
            why: event.remark.clone(),
            by: role.map_or_else(|| event.by_name.clone(), |role| format!("{} ({role})", event.by_name)),
            at: moment(t, event.at, self.visit.frame.settings().zone()),
        }
    }

    fn explained(&self, text: &Explained) -> Entry {
        let t = self.visit.t;
        let blank = text.text.trim().is_empty();
        let what = if blank { t.get("ledger-explanation-taken-back") } else { t.get("ledger-explanation-written") };
        Entry {
            what,
            why: (!blank).then(|| text.text.clone()),
            by: self.name(&text.changed_by),
            at: moment(t, text.changed_at, self.visit.frame.settings().zone()),
        }
    }

    /// The name of somebody by their sign-in name; what came with the workbook has no person behind it.
    fn name(&self, code: &str) -> String {
        let people = &self.visit.frame.campaign().people;
        let person = people.iter().find(|person| person.code.as_str() == code);
        match person {
            Some(person) => format!("{} ({})", person.name, names::role(self.visit.t, person.role)),
            None if code == "console" => self.visit.t.get("ledger-by-workbook"),
            None => code.to_owned(),
        }
    }
}
