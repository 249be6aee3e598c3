//! A random draw that anybody can repeat: who of a list is asked, and who stands in reserve.
//!
//! Everybody on the list gets a number: the SHA-256, in hexadecimal, of the draw's seed, a vertical bar and their identifier. Within a
//! stratum they stand in the order of these numbers; the first are asked, the next are the reserve, in this order. A seed that was named
//! in public before the list was closed leaves nobody a choice. To check a person's number: `printf '%s' 'SEED|ID' | sha256sum`.

use crate::workbook::Code;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Letters of a seed at most.
pub const LONGEST_SEED: usize = 100;

/// What decides a draw: a text, known before it, such as the numbers of a lottery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed(String);

impl Seed {
    /// A text of 1 to [`LONGEST_SEED`] characters, without blanks around it and without a vertical bar or control characters.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = (1..=LONGEST_SEED).contains(&text.chars().count());
        (fits && !text.contains(|c: char| c == '|' || c.is_control())).then(|| Self(text.into()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number of somebody with this identifier.
    #[must_use]
    pub fn number(&self, id: &Code) -> Number {
        Number(Sha256::digest(format!("{}|{id}", self.0)).into())
    }
}

/// A number of a draw; the smallest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number([u8; 32]);

impl Number {
    /// All 64 hexadecimal digits, as `sha256sum` prints them.
    #[must_use]
    pub fn hex(self) -> String {
        hex::encode(self.0)
    }
}

/// Those among whom is drawn separately: who answer a form, about an agency. Without an agency they rate all of the form's block.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stratum {
    /// The form.
    pub form: Code,
    /// The agency that they rate.
    pub agency: Option<Code>,
}

/// Somebody on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Names them in the list, once.
    pub id: Code,
    /// Where they belong.
    pub stratum: Stratum,
}

/// How many are wanted of a stratum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// To be asked.
    pub main: usize,
    /// In reserve.
    pub reserve: usize,
}

/// Whom the draw names in a stratum: everybody listed there is in exactly one of the three lists, each in the order of numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// To be asked.
    pub main: Vec<Code>,
    /// In reserve, the first first.
    pub reserve: Vec<Code>,
    /// Not drawn.
    pub rest: Vec<Code>,
}

impl Drawn {
    /// How many of those wanted are missing because the list is too short.
    #[must_use]
    pub fn missing(&self, wanted: Wanted) -> usize {
        wanted.main.saturating_sub(self.main.len())
    }
}

/// Draws. Strata without anybody listed come out empty; strata that nobody wants somebody from are all rest.
///
/// The order of the list changes nothing. Whoever stands in it twice is drawn once: [`twice`] finds them before.
#[must_use]
pub fn draw(seed: &Seed, list: &[Listed], wanted: &BTreeMap<Stratum, Wanted>) -> BTreeMap<Stratum, Drawn> {
    let mut strata: BTreeMap<&Stratum, Vec<(Number, &Code)>> = wanted.keys().map(|stratum| (stratum, Vec::new())).collect();
    for one in list {
        strata.entry(&one.stratum).or_default().push((seed.number(&one.id), &one.id));
    }
    let drawn = strata.into_iter().map(|(stratum, mut numbered)| {
        numbered.sort_unstable();
        numbered.dedup();
        let Wanted { main, reserve } = wanted.get(stratum).copied().unwrap_or_default();
        let mut ids = numbered.into_iter().map(|(_, id)| id.clone());
        let drawn =
            Drawn { main: ids.by_ref().take(main).collect(), reserve: ids.by_ref().take(reserve).collect(), rest: ids.collect() };
        (stratum.clone(), drawn)
    });
    drawn.collect()
}

/// The identifiers that stand in a list more than once, each once.
#[must_use]
pub fn twice(list: &[Listed]) -> Vec<Code> {
    let mut times: BTreeMap<&Code, u32> = BTreeMap::new();
    for one in list {
        *times.entry(&one.id).or_default() += 1;
    }
    times.into_iter().filter(|(_, times)| *times > 1).map(|(id, _)| id.clone()).collect()
}
