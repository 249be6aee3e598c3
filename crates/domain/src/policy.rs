//! Who may do what: the one permission function. Whatever it does not allow is denied.
//!
//! It knows roles, relations (own agency, assigned field) and the phase. Whether a window is still open, or an item is in the right state, is no
//! question of permission: the transitions of [`crate::workflow`] and [`crate::assessment::writing`] answer it.

use crate::accounts::{Person, Role};
use crate::assessment::Stream;
use crate::campaign::Phase;
use crate::survey::Stage;
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
    /// The fields that an appraiser appraises, by block and code.
    pub fields: Vec<(Code, Code)>,
}

impl Actor {
    /// Whoever works at the machine's own command line: an operator, who needs no account there.
    #[must_use]
    pub fn at_the_console() -> Self {
        Self { code: Code::known("console"), name: "parindex".into(), role: Role::Operator, agency: None, fields: Vec::new() }
    }

    /// Whether they enter, attach and explain for an agency.
    #[must_use]
    pub fn speaks_for(&self, agency: &Code) -> bool {
        matches!(self.role, Role::Officer | Role::Head) && self.works_at(agency)
    }

    fn works_at(&self, agency: &Code) -> bool {
        self.agency.as_ref() == Some(agency)
    }

    /// Whether a field is assigned to them.
    #[must_use]
    pub fn appraises(&self, field: &Field<'_>) -> bool {
        let is_it = |(block, code): &(Code, Code)| block == field.block && code == field.code;
        self.role == Role::Appraiser && self.fields.iter().any(is_it)
    }
}

impl From<&Person> for Actor {
    fn from(person: &Person) -> Self {
        let fields = person.fields().filter_map(|(block, field)| Some((Code::new(block)?, Code::new(field)?)));
        Self {
            code: person.code.clone(),
            name: person.name.clone(),
            role: person.role,
            agency: person.agency.clone(),
            fields: fields.collect(),
        }
    }
}

/// A root of a criteria tree: a field, bonus or penalty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// Its block.
    pub block: &'a Code,
    /// Its code.
    pub code: &'a Code,
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action<'a> {
    /// Read the campaign's phase, plan and dates.
    ReadPlan,
    /// Use what is one's own: account, sessions, inbox.
    UseOwn,
    /// Read the ranking of a block.
    ReadRanking,
    /// Read an agency's results and the way to them.
    ReadAgency(&'a Code),
    /// Read what one stream says of an agency: its draft results are read by nobody there before they are sent.
    ReadStream(&'a Code, Stream),
    /// Read an agency's documents.
    ReadEvidence(&'a Code),
    /// Enter, attach, explain and assign for an agency.
    Assess(&'a Code),
    /// Submit an agency's self-assessment or explanations.
    Submit(&'a Code),
    /// See the work list of an appraiser.
    ReadAppraisal,
    /// Decide on an agency's items in a field.
    Appraise(&'a Code, Field<'a>),
    /// Move the campaign on, change windows and tasks, re-open, approve and send.
    RunCampaign,
    /// Read a release that is about to be published, and say whether it is right.
    ReviewRelease,
    /// Read what the council is to decide, and its votes.
    ReadCouncil,
    /// Vote on the results as a whole.
    Vote,
    /// Vote on a single agency's items.
    VoteOn(&'a Code),
    /// Read the survey's plan, its progress and the quality of what came in.
    ReadSurvey,
    /// Make and run the survey: design, sample, invitations, paper, validity.
    RunSurvey,
    /// Read what was answered: tallies and points, while the survey stands there.
    ReadSurveyPoints(Stage),
    /// Record what supervising the fieldwork has found.
    RecordFinding,
    /// Enter and change people and their accounts.
    ManagePeople,
    /// Read the audit log.
    ReadAudit,
    /// Read which mails were sent and which wait.
    ReadOutbox,
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
    /// Would be allowed, were it not the own agency: nobody appraises or votes on where they work. This is told, not hidden.
    Conflict,
}

/// Whether `actor` may do `action` while the campaign stands at `phase`.
///
/// Before publication results are read by those who run, appraise and decide; an agency reads its own, each stream from when it is sent. Once
/// published, everybody who is signed in reads them, except the operator, who sees no scores at all.
#[must_use]
pub fn may(actor: &Actor, phase: Phase, action: Action<'_>) -> Verdict {
    use Verdict::{Conflict, Forbidden, Hidden, Yes};
    let role = actor.role;
    let published = matches!(phase, Phase::Published | Phase::Archived);
    let runs_it = matches!(role, Role::StandingBody | Role::Appraiser | Role::Council);
    let yes_if = |allowed: bool, otherwise: Verdict| if allowed { Yes } else { otherwise };
    match action {
        Action::ReadPlan | Action::UseOwn => Yes,

        Action::ReadRanking | Action::ReadAgency(_) | Action::ReadStream(..) if role == Role::Operator => Hidden,
        Action::ReadRanking | Action::ReadAgency(_) | Action::ReadStream(..) if runs_it || published => Yes,
        Action::ReadRanking => Forbidden,
        Action::ReadAgency(agency) => yes_if(actor.speaks_for(agency), Hidden),
        Action::ReadStream(agency, stream) => yes_if(actor.speaks_for(agency) && is_sent(stream, phase), Hidden),

        // Results are published, what proves them is not.
        Action::ReadEvidence(agency) => yes_if(runs_it || actor.speaks_for(agency), Hidden),
        Action::Assess(agency) if runs_it || actor.speaks_for(agency) => yes_if(actor.speaks_for(agency), Forbidden),
        Action::Submit(agency) if runs_it || actor.speaks_for(agency) => yes_if(role == Role::Head, Forbidden),
        Action::Assess(agency) | Action::Submit(agency) => may(actor, phase, Action::ReadAgency(agency)).or_no(),

        Action::ReadAppraisal => yes_if(matches!(role, Role::Appraiser | Role::StandingBody), Forbidden),
        Action::Appraise(agency, field) if actor.appraises(&field) => yes_if(!actor.works_at(agency), Conflict),
        Action::Appraise(agency, _) => may(actor, phase, Action::ReadAgency(agency)).or_no(),

        Action::RunCampaign => yes_if(role == Role::StandingBody, Forbidden),
        Action::ReviewRelease | Action::ReadCouncil => yes_if(matches!(role, Role::StandingBody | Role::Council), Forbidden),
        Action::Vote => yes_if(role == Role::Council, Forbidden),
        Action::VoteOn(agency) if role == Role::Council => yes_if(!actor.works_at(agency), Conflict),
        Action::VoteOn(agency) => may(actor, phase, Action::ReadAgency(agency)).or_no(),

        Action::ReadSurvey => yes_if(matches!(role, Role::SurveyOfficer | Role::StandingBody | Role::Monitor), Forbidden),
        Action::RunSurvey => yes_if(role == Role::SurveyOfficer, Forbidden),
        // Whoever runs the campaign sees points when they are handed over: nobody can then say that fieldwork went on until they pleased.
        Action::ReadSurveyPoints(stage) => {
            yes_if(role == Role::SurveyOfficer || (role == Role::StandingBody && stage == Stage::HandedOver), Forbidden)
        }
        Action::RecordFinding => yes_if(role == Role::Monitor, Forbidden),

        Action::ManagePeople | Action::ReadOutbox => yes_if(matches!(role, Role::StandingBody | Role::Operator), Forbidden),
        Action::ReadAudit => yes_if(matches!(role, Role::StandingBody | Role::Council), Forbidden),
    }
}

impl Verdict {
    /// What follows for acting where this was said of reading: what may be read may still not be changed.
    fn or_no(self) -> Self {
        if self == Self::Hidden { Self::Hidden } else { Self::Forbidden }
    }
}

/// Whether the agencies have been sent what a stream says.
fn is_sent(stream: Stream, phase: Phase) -> bool {
    match stream {
        Stream::SelfAssessed => true,
        Stream::Appraisal1 => !matches!(phase, Phase::Draft | Phase::Open | Phase::Appraisal1),
        Stream::Final => {
            !matches!(phase, Phase::Draft | Phase::Open | Phase::Appraisal1 | Phase::Explanation | Phase::Appraisal2)
        }
    }
}
