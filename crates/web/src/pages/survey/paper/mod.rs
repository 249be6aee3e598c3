//! `/survey/paper`: batches of printed sheets, keying them in twice, and deciding where the two differ.

pub(crate) mod batch;
pub(crate) mod differences;
mod fields;
pub(crate) mod keying;
pub(crate) mod list;

use super::invitations::rated;
use super::{crumbs, stage};
use crate::failure::Failure;
use crate::guard::Visit;
use crate::moments::moment;
use crate::texts::T;
use crate::ui::Link;
use app::survey::paper::{self, PaperError};
use domain::survey::paper::{Book, KeyerCount, MOST_SHEETS, Refusal, SheetState};
use rust_decimal::Decimal;

/// The way to the pages below the list of batches.
fn below(t: T) -> Vec<Link> {
    crumbs(t).into_iter().chain([Link::new("/survey/paper", t.get("paper-title"))]).collect()
}

/// The batch that a path names.
async fn book(visit: &Visit, number: &str) -> Result<Book, Failure> {
    let number = number.parse().map_err(|_| Failure::NotFound)?;
    Ok(paper::book(&visit.ctx, &visit.session.actor, &visit.frame, number).await?)
}

/// What stands on the cover of a batch, and what its sheets rate.
fn named(visit: &Visit, book: &Book) -> (String, String) {
    match visit.frame.survey().target(book.batch.target) {
        Some(target) => (book.batch.label(target.form.as_str()), rated(visit, target)),
        None => (book.batch.label("?"), String::new()),
    }
}

fn state(t: T, state: SheetState) -> String {
    t.get(&format!("paper-state-{}", state.word()))
}

/// What kept something from happening, in sentences; what is no matter of words is a failure. Faults stand at their fields.
fn problem(visit: &Visit, error: PaperError) -> Result<Vec<String>, Failure> {
    let t = visit.t;
    Ok(vec![match error {
        PaperError::Refused(refusal) => match refusal {
            Refusal::Stage(at) => t.with("survey-not-at-stage", &[("stage", &stage(t, at))]),
            Refusal::Count => t.with("paper-no-count", &[("most", &MOST_SHEETS)]),
            Refusal::NotOnPaper => t.get("paper-not-on-paper"),
            Refusal::Closed => t.get("paper-closed"),
            Refusal::NoSerials => t.get("paper-no-serials"),
            Refusal::NoSheet(serial) => t.with("paper-no-sheet", &[("serial", &serial.to_string())]),
            Refusal::Unusable(serial, of) => {
                t.with("paper-unusable", &[("serial", &serial.to_string()), ("state", &state(t, of))])
            }
            Refusal::KeyedAlready(serial, at) => {
                let at = moment(t, at, visit.frame.settings().zone());
                t.with("paper-keyed-already", &[("serial", &serial.to_string()), ("at", &at)])
            }
            Refusal::KeyedTwice(serial) => t.with("paper-keyed-twice", &[("serial", &serial.to_string())]),
            Refusal::Settled(serial) => t.with("paper-settled-already", &[("serial", &serial.to_string())]),
            Refusal::HasComeBack(serial) => t.with("paper-has-come-back", &[("serial", &serial.to_string())]),
            Refusal::NothingToDecide(serial) => t.with("paper-nothing-to-decide", &[("serial", &serial.to_string())]),
            Refusal::NoCopy(serial) => t.with("paper-no-copy", &[("serial", &serial.to_string())]),
            Refusal::NoReason => t.get("paper-no-reason"),
            Refusal::Unsettled(n) => t.with("paper-unsettled", &[("n", &n)]),
            Refusal::Faults(faults) => t.with("paper-faults", &[("n", &faults.len())]),
        },
        PaperError::NotPrinted(error) => error.say(t.lang()),
        PaperError::Failed(app::Error::Stale) => t.get("survey-stale"),
        PaperError::Failed(error) => return Err(error.into()),
    }])
}

/// How well somebody keyed.
struct Keyer {
    name: String,
    sheets: u32,
    fields: u32,
    wrong: u32,
    rate: String,
}

/// One line a person, over all these counts.
fn keyers(t: T, counts: impl IntoIterator<Item = KeyerCount>) -> Vec<Keyer> {
    let mut sums: std::collections::BTreeMap<String, KeyerCount> = std::collections::BTreeMap::new();
    for count in counts {
        match sums.get_mut(&count.keyer) {
            Some(sum) => {
                sum.sheets += count.sheets;
                sum.fields += count.fields;
                sum.wrong += count.wrong;
            }
            None => {
                sums.insert(count.keyer.clone(), count);
            }
        }
    }
    let keyer = |sum: KeyerCount| {
        let rate = (Decimal::from(sum.wrong) * Decimal::ONE_HUNDRED).checked_div(Decimal::from(sum.fields));
        let rate = scoring::words::number(rate.unwrap_or_default().round_dp(2), t.lang());
        Keyer { name: sum.name, sheets: sum.sheets, fields: sum.fields, wrong: sum.wrong, rate: format!("{rate} %") }
    };
    sums.into_values().map(keyer).collect()
}
