//! What is handed over: the counts of our own responses and of other surveys as one, with a hash that says which they are.

use super::{External, TallyRow};
use crate::Phase;
use crate::assessment::receipt::ContentHash;
use crate::workbook::table::write_rows;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// All that the survey brings into the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Counted answers.
    pub tallies: Vec<TallyRow>,
    /// Imported figures, those that no survey brings among them.
    pub external: Vec<External>,
}

impl Counts {
    /// The counts of our own responses with those of other surveys. `standing` are the figures that the campaign has; those of items of
    /// which another survey brings any give way. A form that another survey brings was not ours to ask.
    #[must_use]
    pub fn of(own: Vec<TallyRow>, brought: (Vec<TallyRow>, Vec<External>), standing: &[External]) -> Self {
        let (mut tallies, mut external) = brought;
        let forms: BTreeSet<_> = tallies.iter().map(|row| row.form.clone()).collect();
        let items: BTreeSet<_> = external.iter().map(|row| row.item.clone()).collect();
        tallies.extend(own.into_iter().filter(|row| !forms.contains(&row.form)));
        external.extend(standing.iter().filter(|row| !items.contains(&row.item)).cloned());
        tallies.sort_by(|a, b| (&a.agency, &a.form, &a.question, &a.choice).cmp(&(&b.agency, &b.form, &b.question, &b.choice)));
        external.sort_by(|a, b| (&a.agency, &a.item).cmp(&(&b.agency, &b.item)));
        Self { tallies, external }
    }

    /// The counts as one text: the sheets `tallies` and `external`, a line for each row, cells parted by tabs.
    #[must_use]
    pub fn document(&self) -> String {
        let mut text = String::from("parindex survey counts 1\n");
        for table in [write_rows(&self.tallies), write_rows(&self.external)] {
            for row in &table.rows {
                text.push_str(&table.name);
                for cell in &row.cells {
                    text.push('\t');
                    text.push_str(&cell.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n"));
                }
                text.push('\n');
            }
        }
        text
    }

    /// The SHA-256 of the document.
    #[must_use]
    pub fn hash(&self) -> ContentHash {
        ContentHash(Sha256::digest(self.document().as_bytes()).into())
    }
}

/// Why the points are not handed over, or not given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The council has decided: the index no longer changes.
    Decided(Phase),
    /// Nothing was counted.
    Nothing,
    /// The counts are others than those that were looked at.
    Changed,
    /// No reason is given.
    NoReason,
    /// They came with the campaign's workbook: there are no responses to count again.
    Imported,
}

/// Whether counts may still come into the index, or leave it.
///
/// # Errors
/// [`Refusal::Decided`].
pub fn is_undecided(phase: Phase) -> Result<(), Refusal> {
    match phase {
        Phase::Decided | Phase::Published | Phase::Archived => Err(Refusal::Decided(phase)),
        Phase::Draft | Phase::Open | Phase::Appraisal1 | Phase::Explanation | Phase::Appraisal2 | Phase::Council => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::Code;

    fn tally(form: &str, choice: &str, count: u32) -> TallyRow {
        let [agency, form, question, choice] = ["A", form, "q1", choice].map(|text| Code::new(text).unwrap());
        TallyRow { agency, form, question, choice, count }
    }

    fn figure(item: &str, value: i64) -> External {
        let [agency, item] = ["A", item].map(|text| Code::new(text).unwrap());
        External { agency, item, value: value.into(), n: None, source: "SIPAS\t2023".into() }
    }

    #[test]
    fn what_another_survey_brings_goes_before_what_stood_there() {
        let brought = (vec![tally("F2", "good", 5)], vec![figure("2.2", 90)]);
        let counts =
            Counts::of(vec![tally("F1", "bad", 1), tally("F2", "bad", 9)], brought, &[figure("2.2", 80), figure("3.6", 70)]);
        assert_eq!(counts.tallies, [tally("F1", "bad", 1), tally("F2", "good", 5)]);
        assert_eq!(counts.external, [figure("2.2", 90), figure("3.6", 70)]);
    }

    #[test]
    fn the_hash_says_which_counts_they_are() {
        let counts = Counts::of(vec![tally("F1", "bad", 1)], Default::default(), &[figure("2.2", 80)]);
        assert_eq!(
            counts.document(),
            "parindex survey counts 1\ntallies\tA\tF1\tq1\tbad\t1\nexternal\tA\t2.2\t80\t\tSIPAS\\t2023\n"
        );
        let other = Counts::of(vec![tally("F1", "bad", 2)], Default::default(), &[figure("2.2", 80)]);
        assert_ne!(counts.hash(), other.hash());
    }

    #[test]
    fn nothing_changes_once_the_council_has_decided() {
        for phase in Phase::ALL {
            let late = matches!(phase, Phase::Decided | Phase::Published | Phase::Archived);
            assert_eq!(is_undecided(*phase).is_err(), late, "{phase:?}");
        }
    }
}
