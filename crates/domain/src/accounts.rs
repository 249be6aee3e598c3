//! People and their roles; what a password must be, how often one may try it, how long a session lasts.

pub mod attempts;
pub(crate) mod editing;
pub mod password;
pub mod sessions;

pub use editing::{Draft, Mistake, accept};

use crate::workbook::cell::{Code, words};
use crate::workbook::table::sheet;

words! {
    /// What somebody does in the campaign.
    Role {
        /// Cơ quan thường trực: runs the campaign.
        StandingBody = "standing_body",
        /// Enters and attaches for an agency.
        Officer = "officer",
        /// Submits for an agency.
        Head = "head",
        /// Tổ công tác: appraises the fields assigned.
        Appraiser = "appraiser",
        /// Hội đồng thẩm định: reads and votes.
        Council = "council",
        /// The institute: runs the survey.
        SurveyOfficer = "survey_officer",
        /// Đoàn giám sát: reads the fieldwork.
        Monitor = "monitor",
        /// Sở Tài chính: budget lines.
        Finance = "finance",
        /// Sở TT&TT: users, backup, health; no scores.
        Operator = "operator",
    }
}

sheet! {
    /// Somebody who signs in.
    Person in "people" by (code) {
        /// The sign-in name.
        code: Code,
        /// The name people read.
        name: String,
        /// Where notices go.
        email: Option<String>,
        /// What they do.
        role: Role,
        /// Where they work.
        agency: Option<Code>,
        /// What an appraiser appraises: `block:field`, separated by spaces.
        fields: Option<String>,
        /// Whether they may sign in and receive notices; default yes. Nobody is removed: what they did keeps their name.
        active: Option<bool>,
    }
}

impl Person {
    /// Whether they may sign in and receive notices.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.active != Some(false)
    }

    /// Whom a typed sign-in name means, among those who may sign in: upper and lower case are the same where that leaves one only.
    #[must_use]
    pub fn named<'a>(people: &'a [Self], typed: &str) -> Option<&'a Self> {
        let may = || people.iter().filter(|person| person.is_active());
        let mut alike = may().filter(|person| person.code.as_str().eq_ignore_ascii_case(typed));
        let exact = may().find(|person| person.code.as_str() == typed);
        exact.or_else(|| alike.next().filter(|_| alike.next().is_none()))
    }

    /// The block and field codes that an appraiser appraises.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.as_deref().unwrap_or_default().split_whitespace().filter_map(|pair| pair.split_once(':'))
    }
}
