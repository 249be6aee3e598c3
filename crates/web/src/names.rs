//! The names of phases, roles and streams for people.

use crate::texts::T;
use domain::Phase;
use domain::accounts::Role;
use scoring::Stream;

/// A phase.
pub(crate) fn phase(t: T, phase: Phase) -> String {
    t.get(&format!("phase-{}", phase.word()))
}

/// A role.
pub(crate) fn role(t: T, role: Role) -> String {
    t.get(&format!("role-{}", role.word()))
}

/// What a role may read in the demonstration.
pub(crate) fn role_reads(t: T, role: Role) -> String {
    t.get(&format!("role-reads-{}", role.word()))
}

/// A stream, in a few words as they stand above a column.
pub(crate) fn stream(t: T, stream: Stream) -> String {
    t.get(&format!("stream-{}", stream.code()))
}

/// The stream that counts in a phase, and which pages therefore show first.
pub(crate) fn stream_of(phase: Phase) -> Stream {
    match phase {
        Phase::Draft | Phase::Open => Stream::SelfAssessed,
        Phase::Appraisal1 | Phase::Explanation => Stream::Appraisal1,
        Phase::Appraisal2 | Phase::Council | Phase::Decided | Phase::Published | Phase::Archived => Stream::Final,
    }
}

/// Whether somebody of this role has an agency's pages as their own.
pub(crate) fn speaks_for_agency(role: Role) -> bool {
    matches!(role, Role::Officer | Role::Head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::Lang;

    #[test]
    fn everything_has_a_name_in_each_language() {
        for t in [T::new(Lang::Vi), T::new(Lang::En)] {
            for of in Phase::ALL {
                assert!(!phase(t, *of).starts_with("phase-"), "{of:?}");
            }
            for of in Role::ALL {
                assert!(!role(t, *of).starts_with("role-"), "{of:?}");
                assert!(!role_reads(t, *of).starts_with("role-"), "{of:?}");
            }
            for of in Stream::ALL {
                assert!(!stream(t, of).starts_with("stream-"), "{of:?}");
            }
        }
    }
}
