//! Inviting: who is given a link, by which way, how often they are reminded, and who takes the place of somebody who cannot be asked.

use super::draw::Stratum;
use super::frame::{Respondent, rated};
use crate::Campaign;
use crate::workbook::cell::{Code, words};
use std::collections::BTreeMap;

/// How often somebody is reminded at most.
pub const MOST_REMINDERS: u32 = 3;
/// Fewest days between a mail and the reminder behind it.
pub const REMINDER_PAUSE_DAYS: i64 = 2;

words! {
    /// What is to be mailed to somebody who is invited.
    Due {
        /// A link, made while the mail is written.
        Link = "link",
        /// A reminder, without a link.
        Reminder = "reminder",
    }
}

words! {
    /// How a link was handed over.
    Way {
        /// In a mail.
        Mail = "mail",
        /// On a printed slip.
        Print = "print",
    }
}

/// What people rate who were listed, and who is listed for it: by form and agencies, in the order of the list.
#[must_use]
pub fn by_target<'a>(campaign: &Campaign, list: &'a [Respondent]) -> BTreeMap<(Code, Vec<Code>), Vec<&'a Respondent>> {
    let mut strata: BTreeMap<Stratum, Vec<&Respondent>> = BTreeMap::new();
    for one in list {
        strata.entry(one.listed().stratum).or_default().push(one);
    }
    let target = |(stratum, people): (Stratum, Vec<&'a Respondent>)| ((stratum.form.clone(), rated(campaign, &stratum)), people);
    strata.into_iter().map(target).filter(|((_, agencies), _)| !agencies.is_empty()).collect()
}

/// What of an invitation decides what may be done with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// In reserve.
    pub reserve: bool,
    /// Somebody else is asked instead.
    pub replaced: bool,
    /// Has a link that counts.
    pub linked: bool,
    /// By which way it went.
    pub way: Option<Way>,
    /// Has an address.
    pub address: bool,
    /// Something is to be mailed, or is being mailed.
    pub waits: bool,
    /// Marked as used.
    pub used: bool,
    /// How often they were reminded.
    pub reminded: u32,
}

impl Standing {
    /// Whether they are asked, rather than held in reserve or replaced.
    #[must_use]
    pub fn is_asked(self) -> bool {
        !self.reserve && !self.replaced
    }

    /// Whether a first link may be mailed.
    #[must_use]
    pub fn may_be_mailed(self) -> bool {
        self.is_asked() && !self.linked && !self.waits && !self.used && self.address
    }

    /// Whether a slip may be printed: a link that was printed before dies with it, one that was mailed is left alone.
    #[must_use]
    pub fn may_be_printed(self) -> bool {
        let again = !self.linked || self.way == Some(Way::Print);
        self.is_asked() && again && !self.waits && !self.used
    }

    /// Whether a reminder may be mailed. It asks for the mark of use alone: what is only remembered must leave no trace.
    #[must_use]
    pub fn may_be_reminded(self) -> bool {
        let mailed = self.linked && self.way == Some(Way::Mail) && self.address;
        self.is_asked() && mailed && !self.waits && !self.used && self.reminded < MOST_REMINDERS
    }

    /// Whether somebody of the reserve may take this one's place.
    #[must_use]
    pub fn may_be_replaced(self) -> bool {
        self.is_asked() && !self.used
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: Standing = Standing {
        reserve: false,
        replaced: false,
        linked: false,
        way: None,
        address: true,
        waits: false,
        used: false,
        reminded: 0,
    };

    #[test]
    fn a_first_link_goes_once_to_those_who_are_asked() {
        assert!(ASKED.may_be_mailed() && ASKED.may_be_printed() && !ASKED.may_be_reminded());
        for never in [
            Standing { reserve: true, ..ASKED },
            Standing { replaced: true, ..ASKED },
            Standing { waits: true, ..ASKED },
            Standing { used: true, ..ASKED },
        ] {
            assert!(!never.may_be_mailed() && !never.may_be_printed() && !never.may_be_reminded(), "{never:?}");
        }
        assert!(!Standing { address: false, ..ASKED }.may_be_mailed());
        assert!(Standing { address: false, ..ASKED }.may_be_printed());
    }

    #[test]
    fn what_was_mailed_is_reminded_of_and_what_was_printed_is_printed_again() {
        let mailed = Standing { linked: true, way: Some(Way::Mail), ..ASKED };
        let printed = Standing { linked: true, way: Some(Way::Print), ..ASKED };
        assert_eq!((mailed.may_be_mailed(), mailed.may_be_printed(), mailed.may_be_reminded()), (false, false, true));
        assert_eq!((printed.may_be_mailed(), printed.may_be_printed(), printed.may_be_reminded()), (false, true, false));
        assert!(!Standing { reminded: MOST_REMINDERS, ..mailed }.may_be_reminded());
        assert!(!Standing { used: true, ..mailed }.may_be_reminded());
        assert!(mailed.may_be_replaced() && !Standing { used: true, ..mailed }.may_be_replaced());
    }
}
