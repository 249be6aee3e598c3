//! What an appraiser decides on a claim, and what the round's stream says from then on.
//!
//! | decision | round 1 | round 2 |
//! |---|---|---|
//! | accept | the stream says nothing: the claim stands | the stream restates the claim, where round 1 departed from it |
//! | keep | – | the stream says nothing: round 1 stands |
//! | correct, score, not applicable | the stream says what differs from the claim | … from what stood after round 1 |
//! | clear | the stream says nothing, and the item is open again | – |
//!
//! A correction that comes to what stands is no correction: it is the acceptance, or the keeping, that it amounts to.

use super::{ItemEvent, ItemState, Reason, Refusal, Round};
use crate::assessment::entry::Form;
use crate::assessment::{Claim, Stream, value};
use crate::criteria::InputType;
use crate::workbook::table::Cell;
use crate::workbook::{Code, Fault};
use crate::workflow::Workflow;
use rust_decimal::Decimal;
use scoring::Outcome;
use std::collections::BTreeMap;

/// Why the final stream says again what the agency claims, where nobody wrote a remark.
const ACCEPTED: &str = "Chấp nhận giải trình";

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// As the agency claims.
    Accept,
    /// Round 2: as round 1 left it.
    Keep,
    /// Other figures, by the name of the input, as they are typed.
    Correct(BTreeMap<String, String>),
    /// A score set by hand, as it is typed.
    Score(String),
    /// The item does not apply to the agency.
    NotApplicable,
    /// Round 1: nothing is decided any more.
    Clear,
}

/// A decision with its grounds, as the form holds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What is decided.
    pub decision: Decision,
    /// Why.
    pub reason: Option<Reason>,
    /// The same in words.
    pub remark: String,
}

impl Said {
    /// The acceptance of a claim, about which there is nothing more to say.
    #[must_use]
    pub fn accepts() -> Self {
        Self { decision: Decision::Accept, reason: None, remark: String::new() }
    }
}

/// What is decided upon.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The agency.
    pub agency: &'a Code,
    /// The item.
    pub item: &'a Code,
    /// What the criteria set asks for it.
    pub form: &'a Form<'a>,
    /// In which round.
    pub round: Round,
    /// How far the item is.
    pub state: ItemState,
    /// What all streams say of this agency's item, in canonical order.
    pub claims: &'a [Claim],
}

/// A decision that stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// What happens to the item.
    pub event: ItemEvent,
    /// How far it is then.
    pub state: ItemState,
    /// All that the round's stream says from now on, in canonical order.
    pub says: Vec<Claim>,
    /// Why.
    pub reason: Option<Reason>,
    /// The same in words.
    pub remark: Option<String>,
    /// What the item comes to.
    pub outcome: Outcome,
}

/// What the decision amounts to, before its grounds are looked at.
enum Meant {
    Accept,
    Keep,
    Clear,
    Adjust(Vec<Claim>),
}

impl Case<'_> {
    /// Settles a decision. `score` answers what the item comes to after a stream, given all that is claimed of it.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn settle(&self, said: &Said, score: impl Fn(Stream, &[Claim]) -> Outcome) -> Result<Settled, Vec<Refusal>> {
        let mut wrong = Vec::new();
        let remark = match String::parse(said.remark.trim()) {
            Ok(remark) => Some(remark).filter(|remark| !remark.is_empty()),
            Err(fault) => {
                wrong.push(Refusal::Remark(fault));
                Some(said.remark.clone())
            }
        };
        let meant = match self.meant(&said.decision, &score) {
            Ok(meant) => meant,
            Err(refusals) => {
                wrong.extend(refusals);
                return Err(wrong);
            }
        };
        let differs = matches!(meant, Meant::Adjust(_));
        let next = self.event(&meant).and_then(|event| Some((event, self.state.after(event).ok()?)));
        let Some((event, state)) = next else {
            wrong.push(Refusal::OutOfPlace(self.state));
            return Err(wrong);
        };
        let says = match meant {
            Meant::Accept => self.restated(&score, remark.as_deref()),
            Meant::Keep | Meant::Clear => Vec::new(),
            Meant::Adjust(claims) => with_remark(self.blank(), claims, remark.as_deref()),
        };
        let outcome = score(self.stream(), &self.with(&says));
        if matches!(outcome, Outcome::Missing(_)) && event != ItemEvent::Clear1 {
            let refusal = if differs { Refusal::NoScore } else { Refusal::NothingToAccept };
            wrong.push(refusal(outcome.clone()));
        }
        let lower = self.round == Round::Second && is_lower(&outcome, &score(Stream::Appraisal1, self.claims));
        if differs || lower {
            match said.reason {
                None if lower => wrong.push(Refusal::LowerNeedsReason),
                None => wrong.push(Refusal::ReasonMissing),
                Some(Reason::ExplanationAccepted) if lower => wrong.push(Refusal::AcceptedYetLower),
                Some(_) => {}
            }
            if remark.is_none() {
                wrong.push(Refusal::RemarkMissing);
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        // Taking a decision back, or leaving a claim as it is, has no reason of its own.
        let reason = said.reason.filter(|_| differs || self.round == Round::Second);
        Ok(Settled { event, state, says, reason, remark, outcome })
    }

    /// All that would be claimed of the item by such a decision, whatever grounds it still lacks.
    ///
    /// # Errors
    /// What is wrong with its figures.
    pub fn supposed(&self, said: &Said, score: impl Fn(Stream, &[Claim]) -> Outcome) -> Result<Vec<Claim>, Vec<Refusal>> {
        let says = match self.meant(&said.decision, &score)? {
            Meant::Accept => self.restated(&score, None),
            Meant::Keep | Meant::Clear => Vec::new(),
            Meant::Adjust(claims) => claims,
        };
        Ok(self.with(&says))
    }

    fn stream(&self) -> Stream {
        self.round.stream()
    }

    /// What happens to the item; none where the round knows no such decision.
    fn event(&self, meant: &Meant) -> Option<ItemEvent> {
        Some(match (meant, self.round) {
            (Meant::Accept, Round::First) => ItemEvent::Accept1,
            (Meant::Accept, Round::Second) => ItemEvent::Accept2,
            (Meant::Adjust(_), Round::First) => ItemEvent::Adjust1,
            (Meant::Adjust(_), Round::Second) => ItemEvent::Adjust2,
            (Meant::Clear, Round::First) => ItemEvent::Clear1,
            (Meant::Keep, Round::Second) => ItemEvent::Keep2,
            (Meant::Keep, Round::First) | (Meant::Clear, Round::Second) => return None,
        })
    }

    fn meant(&self, decision: &Decision, score: &impl Fn(Stream, &[Claim]) -> Outcome) -> Result<Meant, Vec<Refusal>> {
        match decision {
            Decision::Accept => Ok(Meant::Accept),
            Decision::Clear => Ok(Meant::Clear),
            Decision::Keep => Ok(Meant::Keep),
            Decision::Correct(typed) => self.corrected(typed),
            Decision::Score(typed) => {
                let points = self.points(typed)?;
                let amounts = self.amounts_to(score, |outcome| outcome.points().is_some_and(|found| found.0 == points));
                Ok(amounts.unwrap_or_else(|| Meant::Adjust(vec![Claim { score: Some(points), ..self.blank() }])))
            }
            Decision::NotApplicable if !self.form.is_optional() => Err(vec![Refusal::NotOptional]),
            Decision::NotApplicable => {
                let amounts = self.amounts_to(score, |outcome| *outcome == Outcome::NotApplicable);
                Ok(amounts.unwrap_or_else(|| Meant::Adjust(vec![Claim { applicable: Some(false), ..self.blank() }])))
            }
        }
    }

    /// Whether a result is what stood before the round, or what the agency claims.
    fn amounts_to(&self, score: &impl Fn(Stream, &[Claim]) -> Outcome, is_it: impl Fn(&Outcome) -> bool) -> Option<Meant> {
        let stood = |stream| is_it(&score(stream, self.claims));
        match self.round {
            Round::First => stood(Stream::SelfAssessed).then_some(Meant::Accept),
            Round::Second if stood(Stream::Appraisal1) => Some(Meant::Keep),
            Round::Second => stood(Stream::SelfAssessed).then_some(Meant::Accept),
        }
    }

    /// The figures that differ from what stood before the round.
    fn corrected(&self, typed: &BTreeMap<String, String>) -> Result<Meant, Vec<Refusal>> {
        let stood = self.standing(|stream| stream < self.stream());
        let (mut wrong, mut all) = (Vec::new(), Vec::new());
        for input in &self.form.inputs {
            let text = typed.get(input.name.as_str()).map(|typed| value::tidied(input.kind, typed)).unwrap_or_default();
            if text.is_empty() {
                if stood.inputs.contains_key(&input.name) {
                    wrong.push(Refusal::Input { name: input.name.clone(), label: input.label(), fault: left_blank() });
                }
                continue;
            }
            if let Some(fault) = value::fault(input, &self.form.levels, &text) {
                wrong.push(Refusal::Input { name: input.name.clone(), label: input.label(), fault });
                continue;
            }
            all.push(Claim { input: Some(input.name.clone()), value: Some(text), ..self.blank() });
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        all.sort_by(|a, b| a.input.cmp(&b.input));
        let differs = |claim: &Claim, from: &Standing<'_>| {
            claim.input.as_ref().and_then(|name| from.inputs.get(name)).copied() != claim.value.as_deref()
        };
        let is = |standing: &Standing<'_>| !standing.is_fixed() && !all.iter().any(|claim| differs(claim, standing));
        let claimed = self.standing(|stream| stream == Stream::SelfAssessed);
        Ok(match self.round {
            Round::First if is(&claimed) => Meant::Accept,
            Round::Second if is(&stood) => Meant::Keep,
            Round::Second if is(&claimed) => Meant::Accept,
            // Figures bring back what a score or a declaration had set aside, so all of them are said.
            _ if stood.is_fixed() => Meant::Adjust(all),
            _ => Meant::Adjust(all.iter().filter(|claim| differs(claim, &stood)).cloned().collect()),
        })
    }

    fn points(&self, typed: &str) -> Result<Decimal, Vec<Refusal>> {
        let points = Decimal::parse(&value::tidied(InputType::Number, typed)).map_err(|fault| vec![Refusal::Score(fault)])?;
        let max = self.form.criterion.max_points;
        if points < Decimal::ZERO || points > max { Err(vec![Refusal::ScoreOutOfRange(max)]) } else { Ok(points) }
    }

    /// What must be said so that the claim stands: nothing, unless an earlier round departed from it.
    fn restated(&self, score: &impl Fn(Stream, &[Claim]) -> Outcome, remark: Option<&str>) -> Vec<Claim> {
        let speaks = |claim: &&Claim| claim.value.is_some() || claim.score.is_some() || claim.applicable.is_some();
        let departed = self.claims.iter().filter(speaks).any(|claim| claim.stream == Stream::Appraisal1);
        if self.round == Round::First || !departed {
            return Vec::new();
        }
        let own = self.claims.iter().filter(speaks).filter(|claim| claim.stream == Stream::SelfAssessed);
        let again = |claim: &Claim| Claim { stream: self.stream(), remark: None, ..claim.clone() };
        let mut says: Vec<Claim> = own.map(again).collect();
        if says.is_empty() && score(Stream::SelfAssessed, self.claims) == Outcome::NothingOwed {
            // A bonus that nobody claimed, a penalty that nobody recorded.
            says.push(Claim { score: Some(Decimal::ZERO), ..self.blank() });
        }
        with_remark(self.blank(), says, Some(remark.unwrap_or(ACCEPTED)))
    }

    /// All claims, with `says` instead of what the round's stream says now.
    fn with(&self, says: &[Claim]) -> Vec<Claim> {
        let others = self.claims.iter().filter(|claim| claim.stream != self.stream());
        let mut all: Vec<Claim> = others.chain(says).cloned().collect();
        all.sort_by(|a, b| (a.stream, &a.input).cmp(&(b.stream, &b.input)));
        all
    }

    fn standing(&self, counts: impl Fn(Stream) -> bool) -> Standing<'_> {
        let mut standing = Standing::default();
        for rows in self.claims.chunk_by(|a, b| a.stream == b.stream) {
            if !rows.first().is_some_and(|row| counts(row.stream)) {
                continue;
            }
            standing.add(rows);
        }
        standing
    }

    fn blank(&self) -> Claim {
        Claim {
            agency: self.agency.clone(),
            item: self.item.clone(),
            stream: self.stream(),
            input: None,
            value: None,
            score: None,
            applicable: None,
            remark: None,
        }
    }
}

/// What streams say together: the newest figure of each input, and whether a score or a declaration stands before them.
#[derive(Default)]
struct Standing<'a> {
    inputs: BTreeMap<&'a Code, &'a str>,
    score: bool,
    inapplicable: bool,
}

impl<'a> Standing<'a> {
    /// The rows of the next stream. As in `scoring`, its figures set aside an earlier stream's score or declaration.
    fn add(&mut self, rows: &'a [Claim]) {
        let figures = rows.iter().filter_map(|row| Some((row.input.as_ref()?, row.value.as_deref()?)));
        let mut gives = false;
        for (name, value) in figures {
            self.inputs.insert(name, value);
            gives = true;
        }
        let scores = rows.iter().any(|row| row.score.is_some());
        self.score = scores || (self.score && !gives);
        self.inapplicable = match rows.iter().find_map(|row| row.applicable) {
            Some(applicable) => !applicable,
            None => self.inapplicable && !gives && !scores,
        };
    }

    fn is_fixed(&self) -> bool {
        self.score || self.inapplicable
    }
}

/// Puts a remark on the row that is of no input, which comes first.
fn with_remark(blank: Claim, mut claims: Vec<Claim>, remark: Option<&str>) -> Vec<Claim> {
    let Some(remark) = remark else { return claims };
    match claims.iter_mut().find(|claim| claim.input.is_none()) {
        Some(claim) => claim.remark = Some(remark.into()),
        None => claims.push(Claim { remark: Some(remark.into()), ..blank }),
    }
    claims.sort_by(|a, b| a.input.cmp(&b.input));
    claims
}

fn left_blank() -> Fault {
    Fault::new(
        ["chưa điền".into(), "is left blank".into()],
        ["số liệu đã kê khai không thể bỏ trống".into(), "a claimed figure cannot be left out".into()],
    )
}

fn is_lower(outcome: &Outcome, than: &Outcome) -> bool {
    outcome.points().zip(than.points()).is_some_and(|(now, before)| now < before)
}
