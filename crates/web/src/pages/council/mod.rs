//! The council: what it has to decide, its questions and votes, its minutes and signed documents.

pub(crate) mod ask;
pub(crate) mod decide;
pub(crate) mod file;
pub(crate) mod minutes;
pub(crate) mod paper_vote;
pub(crate) mod papers;
pub(crate) mod question;
mod tables;

pub(crate) use question::says;

use crate::failure::Failure;
use crate::figures::day;
use crate::guard::Visit;
use crate::names;
use crate::texts::T;
use crate::ui::Link;
use app::campaign::StepError;
use app::council::{CouncilError, Docket, Matter};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::council::{QuestionState, Refusal, Tally};

/// A moment in the campaign's zone.
pub(super) fn moment(visit: &Visit, at: DateTime<Utc>) -> String {
    crate::moments::moment(visit.t, at, visit.frame.settings().zone())
}

/// The way to the pages below the council's.
pub(super) fn crumbs(t: T) -> Vec<Link> {
    vec![Link::new("/council", t.get("council-title"))]
}

/// The name of an agency.
pub(super) fn agency(visit: &Visit, code: &Code) -> String {
    visit.frame.place(code).map_or_else(|| code.to_string(), |place| visit.t.of(&place.agency.name))
}

/// The name of an item of an agency, with its code.
pub(super) fn item(visit: &Visit, agency: &Code, item: &Code) -> String {
    let node = visit.frame.place(agency).and_then(|place| place.block.criteria.node(item.as_str()));
    node.map_or_else(|| item.to_string(), |node| format!("{item}. {}", visit.t.of(&node.title)))
}

fn block(visit: &Visit, code: &Code) -> String {
    let found = visit.frame.campaign().blocks.iter().find(|block| block.code == *code);
    found.map_or_else(|| code.to_string(), |block| visit.t.of(&block.title()))
}

/// What a question asks.
pub(super) fn asks(visit: &Visit, matter: &Matter) -> String {
    let question = &matter.question;
    match question.of_item() {
        Some((of, which)) => {
            visit.t.with("council-asks-item", &[("agency", &agency(visit, of)), ("item", &item(visit, of, which))])
        }
        None => visit.t.with("council-asks-block", &[("block", &block(visit, &question.block))]),
    }
}

/// How far a question is.
pub(super) fn state(t: T, state: QuestionState) -> String {
    t.get(&format!("council-question-{}", state.word()))
}

/// What the votes come to.
pub(super) fn tally(t: T, tally: Tally) -> String {
    let parts: [(&'static str, &dyn crate::texts::Argument); 5] = [
        ("approve", &tally.approve),
        ("reject", &tally.reject),
        ("abstain", &tally.abstain),
        ("entitled", &tally.entitled()),
        ("needed", &tally.needed()),
    ];
    t.with("council-tally", &parts)
}

/// What kept something from happening, in sentences; what is no matter of words is a failure.
pub(super) fn problem(visit: &Visit, docket: &Docket, error: CouncilError) -> Result<Vec<String>, Failure> {
    let t = visit.t;
    let named = |number: u32| docket.matter(number).map_or_else(|| number.to_string(), |matter| asks(visit, matter));
    Ok(vec![match error {
        CouncilError::Refused(refusal) => match refusal {
            Refusal::NotWithCouncil => {
                t.with("council-not-with-council", &[("phase", &names::phase(t, visit.frame.settings().phase()))])
            }
            Refusal::NotConvened => t.get("council-not-convened"),
            Refusal::NotYet(on) => t.with("council-not-yet", &[("day", &day(t, on))]),
            Refusal::Expired(at) => t.with("council-expired", &[("at", &moment(visit, at))]),
            Refusal::Closed(of) => t.with("council-closed", &[("state", &state(t, of))]),
            Refusal::Outdated => t.get("council-outdated"),
            Refusal::ItemsOpen(n) => t.with("council-items-open", &[("n", &n)]),
            Refusal::ClosedByDecision => t.get("council-closed-by-decision"),
            Refusal::NoQuorum { question, voted, needed } => {
                t.with("council-no-quorum", &[("question", &named(question)), ("voted", &voted), ("needed", &needed)])
            }
            Refusal::NotCarried { question, approve, needed } => {
                t.with("council-not-carried", &[("question", &named(question)), ("approve", &approve), ("needed", &needed)])
            }
            Refusal::Awaited(agencies) => {
                let agencies: Vec<_> = agencies.iter().map(|code| agency(visit, code)).collect();
                t.with("council-awaited", &[("agencies", &agencies.join(", "))])
            }
            Refusal::AskedAlready(question) => t.with("council-asked-already", &[("n", &question)]),
            Refusal::NotAppraised => t.get("council-not-appraised"),
            Refusal::NoReason => t.get("council-no-reason"),
            Refusal::NoPlace => t.get("council-no-place"),
            Refusal::NoChair => t.get("council-no-chair"),
            Refusal::Past => t.get("council-past"),
            Refusal::NoMember => t.get("council-no-member"),
            Refusal::NoPaper => t.get("council-no-paper"),
            Refusal::VotedThemselves(at) => t.with("council-voted-themselves", &[("at", &moment(visit, at))]),
        },
        CouncilError::Paper(refusal) => t.with("council-paper-refused", &[("why", &t.of(&refusal.text()))]),
        CouncilError::Step(StepError::Awaits(agencies)) => {
            let agencies: Vec<_> = agencies.iter().map(|found| agency(visit, &found.code)).collect();
            t.with("council-awaited", &[("agencies", &agencies.join(", "))])
        }
        CouncilError::Step(StepError::Moved { phase, .. }) => {
            t.with("council-not-with-council", &[("phase", &names::phase(t, phase))])
        }
        CouncilError::Step(StepError::NoReason) => t.get("council-no-reason"),
        CouncilError::Step(StepError::Failed(error)) | CouncilError::Failed(error) => match error {
            app::Error::Conflict => t.get("council-conflict"),
            app::Error::Stale => t.get("council-stale"),
            error => return Err(error.into()),
        },
        CouncilError::Step(_) | CouncilError::Flaws(_) => {
            tracing::error!("a step or proposal failed in a place where it cannot");
            return Err(Failure::Ours);
        }
    }])
}

/// The council's documents as they lie before the reader.
pub(super) async fn docket(visit: &Visit) -> Result<Docket, Failure> {
    Ok(app::council::docket(&visit.ctx, &visit.session.actor, &visit.frame).await?)
}

/// The value of a field of a form; empty where it is not there.
pub(super) fn field<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().rfind(|(found, _)| found == name).map_or("", |(_, value)| value)
}

/// A question's number in a path.
pub(super) fn number(text: &str) -> Result<u32, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}
