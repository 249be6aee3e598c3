//! Notices: what somebody is told, who is told, and when. In the inbox and by mail they say the same.

mod carried;
mod due;
mod receivers;
mod reminders;

pub use due::{Reminder, Stage, next_try};
pub use receivers::To;
pub use reminders::Course;

use crate::appraisal::Round;
use crate::plan::Window;
use crate::workbook::Code;
use crate::workbook::cell::words;
use carried::Carried;
use chrono::{DateTime, NaiveDate, Utc};
use scoring::Lang;

words! {
    /// Kinds of notices for which somebody may switch mail off. The inbox has them in any case.
    Group {
        /// Windows that open and close, tasks that are due.
        Deadlines = "deadlines",
        /// What others did: submitted, sent, explained, re-opened, decided.
        Progress = "progress",
        /// The account: always mailed.
        Account = "account",
    }
}

/// Declares the kinds of notices. The fields in the first braces make two notices of one kind different, those in the second only
/// fill the text.
macro_rules! kinds {
    ( $(
        $(#[$meta:meta])*
        $kind:ident = $word:literal in $group:ident { $($key:ident: $key_type:ty),* } { $($rest:ident: $rest_type:ty),* }
    )+ ) => {
        /// What a notice says, with what it carries. How it is put into words is a matter of `app::notices`.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the fields are called what they are; see the kind")]
        pub enum Kind { $( $(#[$meta])* $kind { $($key: $key_type,)* $($rest: $rest_type,)* }, )+ }

        impl Kind {
            /// The words of all kinds.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word in the database and in the keys of texts.
            #[must_use]
            pub fn word(&self) -> &'static str {
                match self { $( Self::$kind { .. } => $word, )+ }
            }

            /// The group by which its mails are switched off.
            #[must_use]
            pub fn group(&self) -> Group {
                match self { $( Self::$kind { .. } => Group::$group, )+ }
            }

            /// What it carries, by name, as text.
            #[must_use]
            pub fn carries(&self) -> Vec<(&'static str, String)> {
                match self {
                    $( Self::$kind { $($key,)* $($rest,)* } => {
                        vec![$((stringify!($key), $key.show()),)* $((stringify!($rest), $rest.show()),)*]
                    } )+
                }
            }

            /// The notice of this word that carries what `of` gives by name; none where it isn't one of ours.
            #[must_use]
            pub fn read<'a>(word: &str, of: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
                match word {
                    $( $word => Some(Self::$kind {
                        $($key: Carried::read(of(stringify!($key))?)?,)*
                        $($rest: Carried::read(of(stringify!($rest))?)?,)*
                    }), )+
                    _ => None,
                }
            }

            /// Equal for notices that say the same thing again: nobody gets two of them.
            #[must_use]
            pub fn key(&self) -> String {
                match self {
                    $( Self::$kind { $($key,)* .. } => {
                        let parts: &[String] = &[$word.to_owned(), $($key.show()),*];
                        parts.join(":")
                    } )+
                }
            }
        }
    };
}

kinds! {
    /// A window has opened; `until` is its last day.
    WindowOpened = "window_opened" in Deadlines { window: Window, agency: Option<Code>, until: NaiveDate } {}
    /// A window ends soon, and the reader, or their agency, has not finished.
    WindowCloses = "window_closes" in Deadlines {
        window: Window, agency: Option<Code>, until: NaiveDate, stage: Stage
    } { days: u32 }
    /// A window has ended, and the reader, or their agency, had not finished.
    WindowMissed = "window_missed" in Deadlines { window: Window, agency: Option<Code>, until: NaiveDate } {}
    /// A task of the plan is due soon.
    TaskDue = "task_due" in Deadlines { task: Code, due: NaiveDate, stage: Stage } { days: u32 }
    /// The day of a task has passed, and it is not done.
    TaskOverdue = "task_overdue" in Deadlines { task: Code, due: NaiveDate } {}
    /// An agency's head has submitted the self-assessment; `receipt` is its hash.
    Submitted = "submitted" in Progress { agency: Code, at: DateTime<Utc> } { by: String, receipt: String }
    /// The draft of a round was sent to the agency; `until` is the last day to explain.
    DraftSent = "draft_sent" in Progress { agency: Code, round: Round, at: DateTime<Utc> } { until: Option<NaiveDate> }
    /// An agency's head has sent the explanations.
    ExplanationReceived = "explanation_received" in Progress { agency: Code, at: DateTime<Utc> } { by: String }
    /// The standing body lets an agency write again, until the end of a day.
    Reopened = "reopened" in Progress { agency: Code, at: DateTime<Utc> } { until: NaiveDate, reason: String }
    /// The standing body gives an agency more time, until the end of a day.
    Extended = "extended" in Deadlines { agency: Code, window: Window, at: DateTime<Utc> } { until: NaiveDate, reason: String }
    /// An approved draft goes back to those who appraise the agency.
    Returned = "returned" in Progress { agency: Code, round: Round, at: DateTime<Utc> } { reason: String }
    /// The time of an agency is over before its head has sent anything: what is there counts.
    Lapsed = "lapsed" in Progress { agency: Code, window: Window, at: DateTime<Utc> } {}
    /// The council wants round 2 done over.
    CouncilReturned = "council_returned" in Progress { at: DateTime<Utc> } { reason: String }
    /// The council meets, or votes in writing, from a day on.
    CouncilConvened = "council_convened" in Progress { session: Code, at: DateTime<Utc> } { on: NaiveDate, place: String }
    /// The council has decided; the results are fixed.
    CouncilDecided = "council_decided" in Progress { session: Code, at: DateTime<Utc> } {}
    /// The survey's points have come to the standing body and count in the index; `hash` says which counts they are.
    SurveyHandedOver = "survey_handed_over" in Progress { at: DateTime<Utc> } { by: String, hash: String }
    /// The standing body has given the survey's points back.
    SurveyTakenBack = "survey_taken_back" in Progress { at: DateTime<Utc> } { by: String, reason: String }
    /// A one-time link was issued by which somebody sets a new password. The link itself is in the mail only.
    AccountLink = "account_link" in Account { person: Code, at: DateTime<Utc> } { until: DateTime<Utc> }
}

impl Kind {
    /// The words of kinds whose mail holds what nothing else may hold.
    pub const WITH_SECRET: &'static [&'static str] = &["account_link"];
}

/// How somebody wants notices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preference {
    /// The language of mails. Pages are in the language that was chosen there.
    pub language: Lang,
    /// Groups that are not mailed.
    pub muted: Vec<Group>,
}

impl Preference {
    /// Whether notices of a group are mailed. Those about the account always are.
    #[must_use]
    pub fn mails(&self, group: Group) -> bool {
        group == Group::Account || !self.muted.contains(&group)
    }
}

words! {
    /// How far the mail of a notice is.
    Mail {
        /// Nobody wants it, or there is no address: it stands in the inbox only.
        None = "none",
        /// It waits to be sent.
        Queued = "queued",
        /// A mail server has taken it.
        Sent = "sent",
        /// It was given up.
        Failed = "failed",
    }
}

#[cfg(test)]
mod tests;
