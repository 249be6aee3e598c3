//! Where the survey stands, and what of its design may still change.

use crate::workbook::cell::words;
use crate::workflow::workflow;

words! {
    /// Where the survey of a campaign stands.
    Stage {
        /// Its design is being made: everything may change.
        Draft = "draft",
        /// Its design is fixed; nobody is asked yet.
        Frozen = "frozen",
        /// Respondents answer.
        Fieldwork = "fieldwork",
        /// Nobody answers any more; responses are looked through and counted.
        Closed = "closed",
        /// Its points have gone to the standing body and count in the index.
        HandedOver = "handed_over",
    }
}

words! {
    /// What moves the survey on.
    StageEvent {
        /// The design is fixed, with its hash.
        Freeze = "freeze",
        /// The fixed design is amended, for a reason that stays visible.
        Amend = "amend",
        /// Fieldwork begins.
        Open = "open",
        /// Fieldwork ends.
        Close = "close",
        /// Fieldwork goes on after all, for a reason.
        Reopen = "reopen",
        /// The points go to the standing body.
        HandOver = "hand_over",
        /// The standing body gives them back, for a reason.
        TakeBack = "take_back",
    }
}

workflow! {
    Stage by StageEvent from Draft {
        Draft: Freeze => Frozen;
        Frozen: Amend => Frozen, Open => Fieldwork;
        Fieldwork: Amend => Fieldwork, Close => Closed;
        Closed: Reopen => Fieldwork, HandOver => HandedOver;
        HandedOver: TakeBack => Closed;
    }
}

impl Stage {
    /// Whether a change of the design needs no amendment.
    #[must_use]
    pub fn is_open_to_change(self) -> bool {
        self == Self::Draft
    }
}
