//! Releases for those who make and review them.

pub(crate) mod prepared;
pub(crate) mod releases;

use crate::failure::Failure;
use crate::guard::Visit;
use crate::texts::T;
use crate::ui::Link;
use app::publication::{Known, PublicationError, Refusal, ReleaseState};

/// The way to the pages below the list.
pub(super) fn crumbs(t: T) -> Vec<Link> {
    vec![Link::new("/publication", t.get("publication-title"))]
}

/// How far a release is.
pub(super) fn state(t: T, state: ReleaseState) -> String {
    t.get(&format!("publication-state-{}", state.word()))
}

/// The release's name.
pub(super) fn name(t: T, number: u32) -> String {
    t.with("publication-release", &[("n", &number)])
}

/// Who did what when, of a release.
pub(super) fn history(visit: &Visit, known: &Known) -> Vec<Happened> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let moment = |at| crate::moments::moment(t, at, zone);
    let release = &known.release;
    let made = Happened {
        what: t.get("publication-drafted"),
        by: release.by_name.clone(),
        at: moment(release.at),
        remark: release.reason.clone(),
    };
    let steps = known.steps.iter().map(|step| Happened {
        what: state(t, step.state),
        by: step.by_name.clone(),
        at: moment(step.at),
        remark: step.remark.clone(),
    });
    std::iter::once(made).chain(steps).collect()
}

/// A line of a release's history.
pub(super) struct Happened {
    pub(super) what: String,
    pub(super) by: String,
    pub(super) at: String,
    pub(super) remark: Option<String>,
}

/// What kept something from happening, in a sentence; what is no matter of words is a failure.
pub(super) fn problem(visit: &Visit, error: PublicationError) -> Result<String, Failure> {
    let t = visit.t;
    Ok(match error {
        PublicationError::Refused(refusal) => refused(visit, &refusal),
        PublicationError::NoKey => t.get("publication-no-key"),
        PublicationError::Failed(app::Error::Stale) => t.get("publication-stale"),
        PublicationError::Failed(error) => return Err(error.into()),
        error => {
            tracing::error!(%error, "a release could not be made");
            return Err(Failure::Ours);
        }
    })
}

pub(super) fn refused(visit: &Visit, refusal: &Refusal) -> String {
    let t = visit.t;
    match refusal {
        Refusal::NotDecided(phase) => t.with("publication-not-decided", &[("phase", &crate::names::phase(t, *phase))]),
        Refusal::Pending(number) => t.with("publication-pending", &[("n", number)]),
        Refusal::NoReason(number) => t.with("publication-no-reason", &[("n", number)]),
        Refusal::OwnWork => t.get("publication-own-work"),
        Refusal::OutOfPlace { number, state: at, .. } => {
            t.with("publication-out-of-place", &[("n", number), ("state", &state(t, *at))])
        }
        Refusal::Changed(number) => t.with("publication-changed", &[("n", number)]),
    }
}
