//! Who may vote, whose vote counts, and what the votes come to.

use super::{Choice, Manner};
use crate::accounts::{Person, Role};
use crate::workbook::Code;
use chrono::{DateTime, Utc};
use std::collections::HashMap;

/// A vote. Rows are only ever added; of each member the newest counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// On which question.
    pub question: u32,
    /// The member.
    pub member: Code,
    /// Their name at the time.
    pub name: String,
    /// What they say.
    pub choice: Choice,
    /// How they vote.
    pub manner: Manner,
    /// What was voted on: a number that is another as soon as the figures beneath the question are, see [`tally`].
    pub basis: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// The number of the signed paper on which it came; none where the member voted themselves.
    pub paper: Option<u32>,
    /// Sign-in name of whoever recorded the paper.
    pub recorded_by: Option<Code>,
    /// Their name at the time.
    pub recorded_name: Option<String>,
}

impl Vote {
    /// Whether both say the same, whoever recorded it and when.
    #[must_use]
    pub fn says_as(&self, other: &Self) -> bool {
        let said = |vote: &Self| (vote.question, vote.choice, vote.manner, vote.basis, vote.paper);
        self.member == other.member && said(self) == said(other)
    }
}

/// The members of the council: everybody of that role who is active, in the order of the people.
pub fn members(people: &[Person]) -> impl Iterator<Item = &Person> {
    people.iter().filter(|person| person.role == Role::Council && person.is_active())
}

/// What the votes on a question come to.
///
/// The council's rule: a question is carried when more than half approve, present or in writing (Hanoi's practice since 2024). Half of
/// whom is our reading: of all members, whether they vote or not, without those who must keep out of this question. So an abstention
/// and a silence weigh like a vote against, and nobody's conflict of interest makes a majority harder for the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All members.
    pub members: usize,
    /// Members who must keep out of it, because it is about where they work.
    pub recused: usize,
    /// Votes for it.
    pub approve: usize,
    /// Votes against it.
    pub reject: usize,
    /// Abstentions.
    pub abstain: usize,
    /// Of all votes, those given in the room.
    pub present: usize,
}

impl Tally {
    /// Members who may vote on it.
    #[must_use]
    pub fn entitled(&self) -> usize {
        self.members.saturating_sub(self.recused)
    }

    /// Members who have voted.
    #[must_use]
    pub fn voted(&self) -> usize {
        self.approve + self.reject + self.abstain
    }

    /// How many must take part, and how many must approve: more than half. Of nobody that is one, so that nobody decides nothing.
    #[must_use]
    pub fn needed(&self) -> usize {
        self.entitled() / 2 + 1
    }

    /// Whether enough have taken part.
    #[must_use]
    pub fn has_quorum(&self) -> bool {
        self.voted() >= self.needed()
    }

    /// Whether enough approve.
    #[must_use]
    pub fn is_carried(&self) -> bool {
        self.approve >= self.needed()
    }
}

/// Counts the votes on a question about an agency, or about a whole block where none is named. `votes` are those on the question, oldest
/// first. What was said by somebody who is no member, who works at the agency, or of another `basis`, does not count.
#[must_use]
pub fn tally(people: &[Person], agency: Option<&Code>, votes: &[Vote], basis: u64) -> Tally {
    let newest: HashMap<&Code, &Vote> = votes.iter().map(|vote| (&vote.member, vote)).collect();
    let mut tally = Tally::default();
    for member in members(people) {
        tally.members += 1;
        if agency.is_some() && member.agency.as_ref() == agency {
            tally.recused += 1;
            continue;
        }
        let Some(vote) = newest.get(&member.code).filter(|vote| vote.basis == basis) else { continue };
        tally.present += usize::from(vote.manner == Manner::Present);
        match vote.choice {
            Choice::Approve => tally.approve += 1,
            Choice::Reject => tally.reject += 1,
            Choice::Abstain => tally.abstain += 1,
        }
    }
    tally
}
