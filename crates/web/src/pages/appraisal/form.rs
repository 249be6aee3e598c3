//! The form of a decision, as it is shown and as it is sent.

use crate::failure::Failure;
use crate::figures::Figures;
use crate::guard::Visit;
use crate::pages::assessment::fields::{Field, Told, fields};
use app::appraisal::{Desk, May};
use domain::Code;
use domain::appraisal::{Decision, Reason, Refusal, Round, Said};
use domain::assessment::entry::{Entered, Form, Invalid};
use scoring::Value;
use std::collections::BTreeMap;

/// What precedes the name of an input in the form, as in the agency's own.
const PREFIX: &str = "in.";

/// A way to decide.
pub(super) struct Way {
    pub(super) value: &'static str,
    pub(super) label: String,
    pub(super) chosen: bool,
    /// The key that chooses it.
    pub(super) key: Option<&'static str>,
}

/// A reason to choose.
pub(super) struct Choice {
    pub(super) value: &'static str,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// See the module.
pub(super) struct Editor {
    pub(super) action: String,
    pub(super) revision: u32,
    /// From which page it is sent, and to which one goes on.
    pub(super) from: &'static str,
    pub(super) ways: Vec<Way>,
    pub(super) fields: Vec<Field>,
    pub(super) score: String,
    pub(super) score_error: Option<String>,
    pub(super) maximum: String,
    pub(super) reasons: Vec<Choice>,
    pub(super) reason_error: Option<String>,
    pub(super) remark: String,
    pub(super) remark_error: Option<String>,
    pub(super) phrases: Vec<String>,
    pub(super) errors: Vec<Told>,
    /// Whether it can be taken back.
    pub(super) clears: bool,
}

/// A form as it was sent.
pub(super) struct Sent {
    pub(super) seen: u32,
    pub(super) said: Said,
    pub(super) from_across: bool,
    /// What was typed, whatever was decided.
    inputs: BTreeMap<String, String>,
    score: String,
    way: String,
}

impl Sent {
    pub(super) fn of(pairs: &[(String, String)]) -> Result<Self, Failure> {
        let get = |name: &str| pairs.iter().rfind(|(found, _)| found == name).map(|(_, value)| value.as_str());
        let inputs: BTreeMap<String, String> =
            pairs.iter().filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?.to_owned(), value.clone()))).collect();
        let score = get("score").unwrap_or_default().to_owned();
        let way = get("decision").unwrap_or_default().to_owned();
        let decision = match way.as_str() {
            "accept" => Decision::Accept,
            "keep" => Decision::Keep,
            "correct" => Decision::Correct(inputs.clone()),
            "score" => Decision::Score(score.clone()),
            "not_applicable" => Decision::NotApplicable,
            "clear" => Decision::Clear,
            _ => return Err(Failure::Refused),
        };
        let reason = get("reason").and_then(Reason::from_word);
        // Without scripts a phrase stays where it was chosen.
        let written = [get("remark"), get("phrase")].into_iter().flatten().map(str::trim).filter(|text| !text.is_empty());
        let remark = written.collect::<Vec<_>>().join(" ");
        Ok(Self {
            seen: get("revision").and_then(|text| text.parse().ok()).unwrap_or(u32::MAX),
            said: Said { decision, reason, remark },
            from_across: get("from") == Some("across"),
            inputs,
            score,
            way,
        })
    }
}

impl Sent {
    /// Nothing chosen yet: what is claimed stands.
    pub(super) fn accepting() -> Self {
        let (inputs, score, way) = (BTreeMap::new(), String::new(), String::new());
        Self { seen: 0, said: Said::accepts(), from_across: false, inputs, score, way }
    }
}

impl Editor {
    /// The form of an item that the visitor may decide on; none elsewhere.
    pub(super) fn of(
        visit: &Visit,
        desk: &Desk,
        form: &Form<'_>,
        (item, from_across): (&Code, bool),
        phrases: Vec<String>,
        (sent, refusals): (Option<&Sent>, &[Refusal]),
    ) -> Option<Self> {
        let May::Decide(round) = desk.row.may else { return None };
        let t = visit.t;
        let figures = Figures::new(t, visit.frame.model().method.rounding);
        let before = Stood::of(desk, round);
        let inputs = sent.map(|sent| sent.inputs.clone()).filter(|typed| !typed.is_empty()).unwrap_or(before.inputs);
        let typed = Entered { inputs, ..Entered::default() };
        let invalid: Vec<Invalid> = refusals.iter().filter_map(invalid).collect();
        let way = sent.map_or_else(|| before.way.to_owned(), |sent| sent.way.clone());
        let reason = sent.map_or(before.reason, |sent| sent.said.reason);
        let error =
            |codes: &[&str]| refusals.iter().find(|refusal| codes.contains(&refusal.code())).map(|refusal| refusal.say(t.lang()));
        let ways = ways(round, desk, form).map(|(value, key)| Way {
            value,
            label: t.get(&format!("decision-{}", label_of(value, round))),
            chosen: value == way,
            key,
        });
        Some(Self {
            action: format!("/agencies/{}/appraisal/{item}", desk.row.agency),
            revision: desk.row.revision,
            from: if from_across { "across" } else { "item" },
            ways: ways.collect(),
            fields: fields(t, form, &typed, &invalid, figures),
            score: sent.map_or(before.score, |sent| sent.score.clone()),
            score_error: error(&["score", "score_out_of_range"]),
            maximum: figures.maximum(desk.row.own.max_points),
            reasons: Reason::ALL
                .iter()
                .filter(|reason| round == Round::Second || **reason != Reason::ExplanationAccepted)
                .map(|of| Choice { value: of.word(), label: t.of(&of.text()), chosen: reason == Some(*of) })
                .collect(),
            reason_error: error(&["reason_missing", "lower_needs_reason", "accepted_yet_lower"]),
            remark: sent.map_or(before.remark, |sent| sent.said.remark.clone()),
            remark_error: error(&["remark_missing", "remark"]),
            phrases,
            errors: refusals.iter().map(|refusal| told(t, refusal)).collect(),
            clears: round == Round::First && desk.row.item != domain::appraisal::ItemState::Open,
        })
    }
}

/// The ways that lead anywhere, each with its key.
fn ways(round: Round, desk: &Desk, form: &Form<'_>) -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    use domain::appraisal::ItemEvent;
    use domain::workflow::Workflow;
    let may = |event: ItemEvent| desk.row.item.after(event).is_ok();
    let (accept, keep) = match round {
        Round::First => (true, false),
        Round::Second => (may(ItemEvent::Accept2), may(ItemEvent::Keep2)),
    };
    let ways = [
        (keep, ("keep", Some("x"))),
        (accept, ("accept", Some("a"))),
        (!form.inputs.is_empty(), ("correct", Some("e"))),
        (true, ("score", None)),
        (form.is_optional(), ("not_applicable", None)),
    ];
    ways.into_iter().filter(|(there, _)| *there).map(|(_, way)| way)
}

fn label_of(value: &'static str, round: Round) -> &'static str {
    match (value, round) {
        ("accept", Round::Second) => "accept-2",
        ("not_applicable", _) => "not-applicable",
        _ => value,
    }
}

/// What stands: the round's own decision where there is one, else what it found.
struct Stood {
    way: &'static str,
    inputs: BTreeMap<String, String>,
    score: String,
    reason: Option<Reason>,
    remark: String,
}

impl Stood {
    fn of(desk: &Desk, round: Round) -> Self {
        let own = || desk.says.iter().filter(|claim| claim.stream == round.stream());
        let way = if own().any(|claim| claim.score.is_some()) {
            "score"
        } else if own().any(|claim| claim.applicable == Some(false)) {
            "not_applicable"
        } else if own().any(|claim| claim.value.is_some()) {
            "correct"
        } else {
            ""
        };
        let way = match desk.row.item {
            domain::appraisal::ItemState::Accepted1 if round == Round::First => "accept",
            domain::appraisal::ItemState::Accepted2 => "accept",
            domain::appraisal::ItemState::Kept => "keep",
            _ => way,
        };
        let decided = desk.history.last().filter(|_| !way.is_empty());
        let standing = if round == Round::First { &desk.row.first } else { &desk.row.last };
        let inputs = standing.inputs.iter().filter_map(|input| {
            let (value, _) = input.value.as_ref()?;
            Some((input.name.to_string(), typed(value)))
        });
        Self {
            way,
            inputs: inputs.collect(),
            score: own().find_map(|claim| claim.score).map(|score| score.normalize().to_string()).unwrap_or_default(),
            reason: decided.and_then(|event| event.reason),
            remark: decided.and_then(|event| event.remark.clone()).unwrap_or_default(),
        }
    }
}

/// A value as it is typed.
fn typed(value: &Value) -> String {
    match value {
        Value::Number(number) => number.normalize().to_string(),
        Value::Flag(flag) => if *flag { "yes" } else { "no" }.into(),
        Value::Level(code) => code.to_string(),
    }
}

/// What is wrong with a figure, in the words of the agency's own form.
fn invalid(refusal: &Refusal) -> Option<Invalid> {
    match refusal {
        Refusal::Input { name, label, fault } => {
            Some(Invalid::Input { name: name.clone(), label: label.clone(), fault: fault.clone() })
        }
        _ => None,
    }
}

fn told(t: crate::texts::T, refusal: &Refusal) -> Told {
    let href = match refusal {
        Refusal::Input { name, .. } => format!("#in-{name}"),
        Refusal::Score(_) | Refusal::ScoreOutOfRange(_) => "#score".into(),
        Refusal::ReasonMissing | Refusal::LowerNeedsReason | Refusal::AcceptedYetLower => "#reason".into(),
        Refusal::RemarkMissing | Refusal::Remark(_) => "#remark".into(),
        Refusal::OutOfPlace(_) | Refusal::NothingToAccept(_) | Refusal::NoScore(_) | Refusal::NotOptional => "#decision".into(),
    };
    Told { href, text: refusal.say(t.lang()) }
}
