//! Warnings: what an appraiser would ask about. They block nothing; each may be acknowledged, with an explanation.

use super::{FileHash, Revision};
use crate::campaign::Settings;
use crate::workbook::cell::{Code, words};
use std::fmt;

words! {
    /// Something about a document that calls for attention.
    Warning {
        /// It was signed on a day outside the period assessed.
        OutsidePeriod = "outside_period",
        /// It has no number and symbol (số, ký hiệu).
        NoNumber = "no_number",
        /// It says not when it was signed.
        NoDate = "no_date",
        /// Another agency has attached the same file in this campaign.
        OtherAgency = "other_agency",
        /// The same file was attached in an earlier campaign, by whomever.
        EarlierCampaign = "earlier_campaign",
        /// The name it came with had the ending of another kind of file.
        Mislabelled = "mislabelled",
    }
}

/// The warnings that somebody has acknowledged, each once, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acknowledged(Vec<Warning>);

impl Acknowledged {
    /// These.
    #[must_use]
    pub fn new(warnings: impl IntoIterator<Item = Warning>) -> Self {
        let mut warnings: Vec<_> = warnings.into_iter().collect();
        warnings.sort_unstable();
        warnings.dedup();
        Self(warnings)
    }

    /// Whether this one is among them.
    #[must_use]
    pub fn contains(&self, warning: Warning) -> bool {
        self.0.contains(&warning)
    }

    /// Reads what [`Display`](fmt::Display) wrote.
    #[must_use]
    pub fn from_words(text: &str) -> Option<Self> {
        text.split_whitespace().map(Warning::from_word).collect::<Option<Vec<_>>>().map(Self::new)
    }
}

impl fmt::Display for Acknowledged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<_> = self.0.iter().map(|warning| warning.word()).collect();
        f.write_str(&words.join(" "))
    }
}

/// Where else a file was attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The file.
    pub file: FileHash,
    /// The campaign.
    pub campaign: Code,
    /// The year that it assesses.
    pub year: u32,
    /// The agency.
    pub agency: Code,
}

/// A warning, and whether somebody has acknowledged it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warned {
    /// The warning.
    pub warning: Warning,
    /// Whether it was acknowledged in the newest revision.
    pub acknowledged: bool,
    /// Which agencies or campaigns have the same file; for those only who may know.
    pub elsewhere: Vec<Code>,
}

/// What calls for attention in a document of `agency`. `uses` are those of its file, its own included.
#[must_use]
pub fn warnings(settings: &Settings, agency: &Code, newest: &Revision, uses: &[Use]) -> Vec<Warned> {
    let of_file = || uses.iter().filter(|used| used.file == newest.file);
    let others =
        codes(of_file().filter(|used| used.campaign == settings.code && used.agency != *agency).map(|used| &used.agency));
    let earlier = codes(of_file().filter(|used| used.year < settings.year).map(|used| &used.campaign));
    let is_outside = |day| day < settings.period_start || day > settings.period_end;
    Warning::ALL
        .iter()
        .filter_map(|warning| {
            let (applies, elsewhere) = match warning {
                Warning::OutsidePeriod => (newest.description.signed_on.is_some_and(is_outside), Vec::new()),
                Warning::NoNumber => (newest.description.number.is_none(), Vec::new()),
                Warning::NoDate => (newest.description.signed_on.is_none(), Vec::new()),
                Warning::OtherAgency => (!others.is_empty(), others.clone()),
                Warning::EarlierCampaign => (!earlier.is_empty(), earlier.clone()),
                Warning::Mislabelled => (newest.mislabelled, Vec::new()),
            };
            let acknowledged = newest.acknowledged.contains(*warning);
            applies.then_some(Warned { warning: *warning, acknowledged, elsewhere })
        })
        .collect()
}

fn codes<'a>(codes: impl Iterator<Item = &'a Code>) -> Vec<Code> {
    let mut codes: Vec<_> = codes.cloned().collect();
    codes.sort();
    codes.dedup();
    codes
}
