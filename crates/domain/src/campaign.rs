//! The campaign: one year, its own frozen copy of everything.

pub mod steps;

use crate::accounts::Person;
use crate::agencies::{Agency, Band, Block};
use crate::assessment::Claim;
use crate::budget::BudgetLine;
use crate::criteria::{CriterionRow, InputRow, LevelRow};
use crate::plan::Task;
use crate::survey::{ChoiceRow, External, FormRow, GroupRow, QuestionRow, Sample, TallyRow};
use crate::workbook::cell::{Code, words};
use crate::workbook::table::sheet;
use crate::workflow::workflow;
use chrono::NaiveDate;
use rust_decimal::Decimal;

words! {
    /// Where a campaign stands.
    Phase {
        /// Being set up.
        Draft = "draft",
        /// Agencies assess themselves.
        Open = "open",
        /// The working group appraises, round 1.
        Appraisal1 = "appraisal1",
        /// Agencies explain and add evidence.
        Explanation = "explanation",
        /// The working group appraises, round 2.
        Appraisal2 = "appraisal2",
        /// The council decides.
        Council = "council",
        /// The council has decided; the final stream is fixed.
        Decided = "decided",
        /// The result is public.
        Published = "published",
        /// Closed for good.
        Archived = "archived",
    }
}

words! {
    /// What moves a campaign on.
    PhaseEvent {
        /// Self-assessment begins.
        Open = "open",
        /// Self-assessment ends for all whose time is not extended.
        CloseSelfAssessment = "close_self_assessment",
        /// The draft of round 1 goes to every agency at once; they explain.
        SendRound1 = "send_round1",
        /// Explaining ends for all whose time is not extended.
        CloseExplanation = "close_explanation",
        /// The draft of round 2 goes to the council, and to every agency at once.
        SendRound2 = "send_round2",
        /// The council wants round 2 done over.
        ReturnToRound2 = "return_to_round2",
        /// The council decides.
        Decide = "decide",
        /// The result is published.
        Publish = "publish",
        /// Nothing more will happen.
        Archive = "archive",
    }
}

workflow! {
    Phase by PhaseEvent from Draft {
        Draft: Open => Open;
        Open: CloseSelfAssessment => Appraisal1;
        Appraisal1: SendRound1 => Explanation;
        Explanation: CloseExplanation => Appraisal2;
        Appraisal2: SendRound2 => Council;
        Council: ReturnToRound2 => Appraisal2, Decide => Decided;
        Decided: Publish => Published;
        Published: Archive => Archived;
    }
}

words! {
    /// What happens to a 5 behind the last digit shown.
    Rounding {
        /// Away from zero.
        HalfUp = "half_up",
        /// To the even neighbour.
        HalfEven = "half_even",
    }
}

words! {
    /// How equal agencies share ranks.
    Ties {
        /// 1-2-2-4.
        Competition = "competition",
        /// 1-2-2-3.
        Dense = "dense",
    }
}

words! {
    /// In which order answers are averaged.
    Averaging {
        /// A mean per group, then the groups by weight.
        PerGroup = "per_group",
        /// Every answer counts the same.
        Pooled = "pooled",
    }
}

words! {
    /// What becomes of a group with fewer answers than the minimum.
    BelowMinimum {
        /// The other groups stand in.
        LeaveOut = "leave_out",
        /// The item stays missing.
        Missing = "missing",
    }
}

words! {
    /// What a rule of validity does with a response that it meets.
    Handling {
        /// Nothing.
        Ignore = "ignore",
        /// The software names it; people decide.
        Flag = "flag",
        /// It is not valid.
        Reject = "reject",
    }
}

sheet! {
    /// The settings of a campaign. Each is a row of the sheet, with its name under `key`.
    Settings in "campaign" by (code) {
        /// Identifies the campaign.
        code: Code,
        /// Vietnamese title.
        title: String,
        /// English title.
        title_en: Option<String>,
        /// The year assessed.
        year: u32,
        /// Who orders the campaign.
        authority: String,
        /// The same in English.
        authority_en: Option<String>,
        /// Plan and decisions it rests on.
        legal_basis: Option<String>,
        /// The same in English.
        legal_basis_en: Option<String>,
        /// First day of the period assessed.
        period_start: NaiveDate,
        /// Last day of the period assessed.
        period_end: NaiveDate,
        /// IANA zone of deadlines; default `Asia/Ho_Chi_Minh`.
        timezone: Option<String>,
        /// Where the campaign stands; default draft.
        phase: Option<Phase>,
        /// The criteria set is an illustration, said wherever it is shown.
        sample_criteria: Option<bool>,
        /// Claims and tallies are simulated, said wherever they are shown.
        simulated: Option<bool>,
        /// Decimals shown, 0–6; default 2.
        decimals: Option<u32>,
        /// Default half_up.
        rounding: Option<Rounding>,
        /// Default competition.
        ties: Option<Ties>,
        /// `appraisal`, `survey`, `field:CODE`, separated by commas.
        tiebreakers: Option<String>,
        /// Default per_group.
        averaging: Option<Averaging>,
        /// Fewest answers of a group that count; default 0.
        minimum_responses: Option<u32>,
        /// Default leave_out.
        below_minimum: Option<BelowMinimum>,
        /// Cells with fewer answers are suppressed in outputs; default 5.
        small_cell: Option<u32>,
        /// Margin of error of samples, in %; default 5.
        survey_error: Option<Decimal>,
        /// How many of those asked are expected to answer, in %; default 100.
        survey_response: Option<Decimal>,
        /// Least share of a form's questions that a valid response answers, in %; default 0.
        valid_share: Option<Decimal>,
        /// What becomes of a response that gives every question the same answer; default flag.
        straight_line: Option<Handling>,
        /// What becomes of a response given faster than `fast_seconds`; default flag.
        too_fast: Option<Handling>,
        /// Below so many seconds for a form a response was given too fast; blank: never.
        fast_seconds: Option<u32>,
    }
}

impl Settings {
    /// Where the campaign stands.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase.unwrap_or(Phase::Draft)
    }

    /// The zone of the campaign's days and deadlines.
    #[must_use]
    pub fn zone(&self) -> chrono_tz::Tz {
        let named = self.timezone.as_deref().and_then(|name| name.parse().ok());
        named.unwrap_or(chrono_tz::Asia::Ho_Chi_Minh)
    }

    /// Whether figures are simulated.
    #[must_use]
    pub fn is_simulated(&self) -> bool {
        self.simulated == Some(true)
    }

    /// Whether the criteria set is an illustration.
    #[must_use]
    pub fn has_sample_criteria(&self) -> bool {
        self.sample_criteria == Some(true)
    }
}

/// A whole campaign, as its workbook holds it: one list per sheet, each in its canonical order.
///
/// A value of this type has passed every check of [`crate::workbook::read`]: references resolve, sets add up, claims fit their inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each list is the sheet of that name; its row type says what it holds")]
pub struct Campaign {
    pub settings: Settings,
    pub blocks: Vec<Block>,
    pub bands: Vec<Band>,
    pub agencies: Vec<Agency>,
    pub criteria: Vec<CriterionRow>,
    pub inputs: Vec<InputRow>,
    pub levels: Vec<LevelRow>,
    pub groups: Vec<GroupRow>,
    pub forms: Vec<FormRow>,
    pub questions: Vec<QuestionRow>,
    pub choices: Vec<ChoiceRow>,
    pub sample: Vec<Sample>,
    pub tasks: Vec<Task>,
    pub people: Vec<Person>,
    pub budget: Vec<BudgetLine>,
    pub claims: Vec<Claim>,
    pub tallies: Vec<TallyRow>,
    pub external: Vec<External>,
}
