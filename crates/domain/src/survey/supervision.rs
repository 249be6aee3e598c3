//! Supervising the fieldwork: who is called back, and what the calls and other checks have found.
//!
//! People are drawn among those who were invited, never among those who answered: nobody knows who did. They are asked whether they
//! were asked, not what they answered.

use super::answers::Target;
use super::draw::{Listed, Seed, Stratum, Wanted, draw};
use crate::workbook::Code;
use crate::workbook::cell::words;
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

words! {
    /// Whether a call came through.
    Reached {
        /// The person was spoken to.
        Yes = "reached",
        /// Nobody answered.
        No = "not_reached",
        /// The address is wrong, or nobody of this name is known there.
        Wrong = "wrong_address",
    }
}

words! {
    /// What somebody says about having been asked to answer.
    Confirms {
        /// They were asked.
        Yes = "asked",
        /// They were not.
        No = "not_asked",
        /// They don't remember.
        Unsure = "unsure",
    }
}

/// Letters of a complaint or remark at most.
pub const LONGEST_REMARK: usize = 2_000;

/// What was found. Findings are appended; of one call the newest counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The call: the number of the draw, and of the invitation. None: not about a call.
    pub call: Option<(u32, u32)>,
    /// Whether it came through.
    pub reached: Option<Reached>,
    /// What they say about having been asked.
    pub confirms: Option<Confirms>,
    /// What they complain of.
    pub complaint: Option<String>,
    /// What else there is to say.
    pub remark: Option<String>,
    /// Sign-in name of whoever found it.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why a finding, or a draw, is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A call says nothing about whether it came through.
    NotSaid,
    /// Somebody was reached, and it is not said what they say.
    NotAsked,
    /// Nobody was reached, and yet something is said for them.
    NobodyThere,
    /// A finding that is not about a call says nothing.
    Empty,
    /// A text is longer than [`LONGEST_REMARK`].
    TooLong,
    /// The seed is no seed.
    Seed,
    /// No cell is chosen.
    NoCells,
    /// Nobody is wanted, or more than [`MOST`] of a cell.
    HowMany,
    /// Nobody in the cells chosen has been invited.
    NobodyInvited,
}

impl Finding {
    /// Whether it says what it must.
    ///
    /// # Errors
    /// The first flaw.
    pub fn check(&self) -> Result<(), Flaw> {
        let too_long = |text: &Option<String>| text.as_ref().is_some_and(|text| text.chars().count() > LONGEST_REMARK);
        if too_long(&self.complaint) || too_long(&self.remark) {
            return Err(Flaw::TooLong);
        }
        match (self.call, self.reached, self.confirms) {
            (None, None, None) if self.remark.is_none() && self.complaint.is_none() => Err(Flaw::Empty),
            (None, None, None) => Ok(()),
            (None, ..) => Err(Flaw::NobodyThere),
            (Some(_), None, _) => Err(Flaw::NotSaid),
            (Some(_), Some(Reached::Yes), None) => Err(Flaw::NotAsked),
            (Some(_), Some(Reached::Yes), Some(_)) => Ok(()),
            (Some(_), Some(_), Some(_)) => Err(Flaw::NobodyThere),
            (Some(_), Some(_), None) if self.complaint.is_some() => Err(Flaw::NobodyThere),
            (Some(_), Some(_), None) => Ok(()),
        }
    }
}

/// Most people called back of a cell.
pub const MOST: u32 = 200;

/// Somebody who was invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The number of the invitation.
    pub number: u32,
    /// The cell.
    pub target: i64,
    /// Their key in the frame.
    pub person: String,
}

/// Draws who is called back, in the order of the draw, cell by cell: `each` of the people invited in each of these cells, or all where
/// there are fewer. Anybody can repeat it with the seed, as [`super::draw`] says.
///
/// # Errors
/// [`Flaw`].
pub fn call_back(
    seed: &Seed,
    targets: &[Target],
    cells: &BTreeSet<i64>,
    each: u32,
    invited: &[Invited],
) -> Result<Vec<u32>, Flaw> {
    let chosen: BTreeMap<i64, Stratum> = targets
        .iter()
        .filter(|target| cells.contains(&target.id))
        .map(|target| {
            let agency = if target.agencies.len() == 1 { target.agencies.first().cloned() } else { None };
            (target.id, Stratum { form: target.form.clone(), agency })
        })
        .collect();
    if chosen.is_empty() {
        return Err(Flaw::NoCells);
    }
    if !(1..=MOST).contains(&each) {
        return Err(Flaw::HowMany);
    }
    let mut numbers = BTreeMap::<(Stratum, Code), u32>::new();
    for one in invited {
        if let (Some(stratum), Some(id)) = (chosen.get(&one.target), Code::new(&one.person)) {
            numbers.insert((stratum.clone(), id), one.number);
        }
    }
    let list: Vec<Listed> = numbers.keys().map(|(stratum, id)| Listed { id: id.clone(), stratum: stratum.clone() }).collect();
    let wanted = Wanted { main: usize::try_from(each).unwrap_or(0), reserve: 0 };
    let drawn = draw(seed, &list, &chosen.values().map(|stratum| (stratum.clone(), wanted)).collect());
    let mut people = Vec::new();
    for stratum in chosen.values() {
        let main = drawn.get(stratum).map(|drawn| drawn.main.as_slice()).unwrap_or_default();
        people.extend(main.iter().filter_map(|id| numbers.get(&(stratum.clone(), id.clone()))).copied());
    }
    if people.is_empty() { Err(Flaw::NobodyInvited) } else { Ok(people) }
}
