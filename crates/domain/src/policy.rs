//! Who may do what: the one permission function. Whatever it does not allow is denied.

use crate::accounts::{Person, Role};
use crate::campaign::Phase;
use crate::workbook::Code;

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The sign-in name.
    pub code: Code,
    /// The name people read; copied into audit lines.
    pub name: String,
    /// What they do in the campaign.
    pub role: Role,
    /// Where they work.
    pub agency: Option<Code>,
}

impl Actor {
    /// Whoever works at the machine's own command line: an operator, who needs no account there.
    #[must_use]
    pub fn at_the_console() -> Self {
        Self { code: Code::known("console"), name: "parindex".into(), role: Role::Operator, agency: None }
    }
}

impl From<&Person> for Actor {
    fn from(person: &Person) -> Self {
        Self { code: person.code.clone(), name: person.name.clone(), role: person.role, agency: person.agency.clone() }
    }
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action<'a> {
    /// Read the campaign's phase, plan and dates.
    ReadPlan,
    /// Read the ranking of a block.
    ReadRanking,
    /// Read an agency's results and the way to them.
    ReadAgency(&'a Code),
}

/// What the policy says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Go ahead.
    Yes,
    /// May not even know that it is there: answered as if it were not.
    Hidden,
    /// May know of it, but not do it.
    Forbidden,
}

/// Whether `actor` may do `action` while the campaign stands at `phase`.
///
/// Before publication results are read by those who run, appraise and decide; an agency reads its own. Once published, everybody who
/// is signed in reads them, except the operator, who sees no scores at all.
#[must_use]
pub fn may(actor: &Actor, phase: Phase, action: Action<'_>) -> Verdict {
    let published = matches!(phase, Phase::Published | Phase::Archived);
    let runs_it = matches!(actor.role, Role::StandingBody | Role::Appraiser | Role::Council);
    match action {
        Action::ReadPlan => Verdict::Yes,
        Action::ReadRanking | Action::ReadAgency(_) if actor.role == Role::Operator => Verdict::Hidden,
        Action::ReadRanking | Action::ReadAgency(_) if runs_it || published => Verdict::Yes,
        Action::ReadAgency(agency) if speaks_for(actor, agency) => Verdict::Yes,
        Action::ReadRanking => Verdict::Forbidden,
        Action::ReadAgency(_) => Verdict::Hidden,
    }
}

fn speaks_for(actor: &Actor, agency: &Code) -> bool {
    matches!(actor.role, Role::Officer | Role::Head) && actor.agency.as_ref() == Some(agency)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{Forbidden, Hidden, Yes};

    fn actor(role: Role) -> Actor {
        Actor { code: Code::new("a").unwrap(), name: String::new(), role, agency: Code::new("OWN") }
    }

    #[test]
    fn every_role_by_every_action_and_phase() {
        let (own, other) = (Code::new("OWN").unwrap(), Code::new("OTHER").unwrap());
        // role → ranking, own agency, other agency before publication; the same after it.
        let table = [
            (Role::StandingBody, [Yes, Yes, Yes], [Yes, Yes, Yes]),
            (Role::Officer, [Forbidden, Yes, Hidden], [Yes, Yes, Yes]),
            (Role::Head, [Forbidden, Yes, Hidden], [Yes, Yes, Yes]),
            (Role::Appraiser, [Yes, Yes, Yes], [Yes, Yes, Yes]),
            (Role::Council, [Yes, Yes, Yes], [Yes, Yes, Yes]),
            (Role::SurveyOfficer, [Forbidden, Hidden, Hidden], [Yes, Yes, Yes]),
            (Role::Monitor, [Forbidden, Hidden, Hidden], [Yes, Yes, Yes]),
            (Role::Finance, [Forbidden, Hidden, Hidden], [Yes, Yes, Yes]),
            (Role::Operator, [Hidden, Hidden, Hidden], [Hidden, Hidden, Hidden]),
        ];
        assert_eq!(table.map(|(role, ..)| role).as_slice(), Role::ALL, "a new role needs a row");
        for (role, before, after) in table {
            let actor = actor(role);
            for phase in Phase::ALL {
                let expected = if matches!(phase, Phase::Published | Phase::Archived) { after } else { before };
                let said =
                    [Action::ReadRanking, Action::ReadAgency(&own), Action::ReadAgency(&other)].map(|a| may(&actor, *phase, a));
                assert_eq!(said, expected, "{role:?} in {phase:?}");
                assert_eq!(may(&actor, *phase, Action::ReadPlan), Yes);
            }
        }
    }
}
