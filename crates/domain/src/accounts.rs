//! People and their roles.

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

    /// The block and field codes that an appraiser appraises.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.as_deref().unwrap_or_default().split_whitespace().filter_map(|pair| pair.split_once(':'))
    }
}
