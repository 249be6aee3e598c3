//! Who receives which notice.

use super::Kind;
use crate::accounts::{Person, Role};
use crate::agencies::Agency;
use crate::plan::Window;
use crate::workbook::Code;

/// Those who receive a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To<'a> {
    /// Officers and head of an agency.
    Agency(&'a Code),
    /// Officers and heads of every agency that is assessed.
    EveryAgency,
    /// The appraisers of the agency's block who do not work there themselves.
    Appraisers(&'a Code),
    /// Everybody of a role.
    Role(Role),
    /// One person.
    Person(&'a Code),
}

impl Kind {
    /// Those who receive it.
    #[must_use]
    pub fn receivers(&self) -> Vec<To<'_>> {
        match self {
            Self::WindowOpened { window, agency, .. }
            | Self::WindowCloses { window, agency, .. }
            | Self::WindowMissed { window, agency, .. } => match agency {
                Some(agency) => vec![To::Agency(agency)],
                None => vec![of_window(*window)],
            },
            Self::TaskDue { .. } | Self::TaskOverdue { .. } => vec![To::Role(Role::StandingBody)],
            Self::Submitted { agency, .. } => vec![To::Agency(agency), To::Role(Role::StandingBody)],
            Self::ExplanationReceived { agency, .. } => {
                vec![To::Agency(agency), To::Appraisers(agency), To::Role(Role::StandingBody)]
            }
            Self::DraftSent { agency, .. } | Self::Extended { agency, .. } => vec![To::Agency(agency)],
            Self::Reopened { agency, .. } | Self::Lapsed { agency, .. } => vec![To::Agency(agency), To::Appraisers(agency)],
            Self::Returned { agency, .. } => vec![To::Appraisers(agency)],
            Self::CouncilReturned { .. } => vec![To::Role(Role::Appraiser), To::Role(Role::StandingBody)],
            Self::CouncilConvened { .. } => vec![To::Role(Role::Council), To::Role(Role::StandingBody)],
            Self::CouncilDecided { .. } => {
                vec![To::Role(Role::Council), To::Role(Role::StandingBody), To::Role(Role::Appraiser), To::EveryAgency]
            }
            Self::SurveyHandedOver { .. } => vec![To::Role(Role::StandingBody)],
            Self::SurveyTakenBack { .. } => vec![To::Role(Role::SurveyOfficer)],
            Self::AccountLink { person, .. } => vec![To::Person(person)],
        }
    }

    /// Whether a person of a campaign with these agencies receives it. Whoever is no longer active receives nothing.
    #[must_use]
    pub fn is_for(&self, person: &Person, agencies: &[Agency]) -> bool {
        person.is_active() && self.receivers().into_iter().any(|to| to.is(person, agencies))
    }
}

/// Whose work a window is.
fn of_window(window: Window) -> To<'static> {
    match window {
        Window::SelfAssessment | Window::Explanation => To::EveryAgency,
        Window::Appraisal1 | Window::Appraisal2 => To::Role(Role::Appraiser),
        Window::Council => To::Role(Role::Council),
        Window::Fieldwork => To::Role(Role::SurveyOfficer),
    }
}

impl To<'_> {
    fn is(self, person: &Person, agencies: &[Agency]) -> bool {
        let assessed = |code: &Code| agencies.iter().find(|agency| agency.code == *code && agency.is_assessed());
        let speaks = matches!(person.role, Role::Officer | Role::Head);
        match self {
            Self::Agency(agency) => speaks && person.agency.as_ref() == Some(agency),
            Self::EveryAgency => speaks && person.agency.as_ref().is_some_and(|agency| assessed(agency).is_some()),
            Self::Appraisers(agency) => {
                let block = assessed(agency).map(|agency| agency.block.as_str());
                person.role == Role::Appraiser
                    && person.agency.as_ref() != Some(agency)
                    && person.fields().any(|(of, _)| Some(of) == block)
            }
            Self::Role(role) => person.role == role,
            Self::Person(code) => person.code == *code,
        }
    }
}
