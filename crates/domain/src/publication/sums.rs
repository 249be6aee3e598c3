//! Answers as a release carries them: summed up, and those of few people not at all.
//!
//! An item's points need two sums of each question, no counts by choice. Counts of few people could be had back from sums and other
//! counts by subtraction; so a release holds no counts of an agency. Where so few people answered a question that even their sum would
//! tell of them, all sums that feed the item stay back, since the one could be had from the others and the item's points.

use crate::campaign::Campaign;
use crate::survey::suppression;
use crate::workbook::Code;
use crate::workbook::table::{Row, sheet};
use rust_decimal::Decimal;
use scoring::Stream;
use scoring::index::{Agency, Block};
use std::collections::{BTreeMap, BTreeSet};

sheet! {
    /// What was answered to a question about an agency, summed up.
    Sum in "sums" by (agency, form, question) {
        /// The agency.
        agency: Code,
        /// The form.
        form: Code,
        /// Its question.
        question: Code,
        /// How many forms were answered about the agency.
        answered: u32,
        /// How many answers have a worth; blank where they stay back or do not count, being few.
        known: Option<u32>,
        /// What these answers are worth together, each in % of the item's points.
        worth: Option<Decimal>,
    }
}

sheet! {
    /// The points of a survey item whose sums stay back.
    KeptBack in "kept_back" by (agency, item) {
        /// The agency.
        agency: Code,
        /// The item.
        item: Code,
        /// What it came to.
        points: Decimal,
    }
}

/// A question in a block: places of the form and of the question in it.
type Place = (usize, usize);

/// The sums that leave, and the points of the items of which they don't.
pub(super) fn sums(campaign: &Campaign, model: &scoring::Campaign) -> (Vec<Sum>, Vec<KeptBack>) {
    let few = u64::from(campaign.settings.small_cell.unwrap_or(suppression::DEFAULT));
    let (mut sums, mut kept_back) = (Vec::new(), Vec::new());
    for (block, results) in model.blocks.iter().zip(model.score(Stream::Final)) {
        let minimum = model.method.survey.minimum_responses;
        for result in &results.agencies {
            let Some(agency) = block.agencies.get(result.agency) else { continue };
            let Some(code) = Code::new(&agency.code) else { continue };
            let of_agency = OfAgency { block, agency, minimum };
            let back = of_agency.kept_back(few);
            for item in &back {
                let leaf = block.criteria.items().get(*item);
                let named = leaf.and_then(|leaf| block.criteria.nodes().get(leaf.node)).and_then(|node| Code::new(&node.code));
                let points = result.items.get(*item).and_then(|item| item.outcome.points());
                if let (Some(item), Some(points)) = (named, points) {
                    kept_back.push(KeptBack { agency: code.clone(), item, points: points.0 });
                }
            }
            sums.extend(of_agency.rows(&code, &back));
        }
    }
    sums.sort_by(Row::order);
    kept_back.sort_by(Row::order);
    (sums, kept_back)
}

struct OfAgency<'a> {
    block: &'a Block,
    agency: &'a Agency,
    minimum: u64,
}

impl OfAgency<'_> {
    /// The questions that feed an item and were answered, with the item.
    fn asked(&self) -> impl Iterator<Item = (Place, usize)> {
        let forms = self.block.forms.iter().enumerate().filter(|(form, _)| self.agency.tallies.answered(*form) > 0);
        forms.flat_map(|(form, of_form)| {
            let feeding = of_form.questions.iter().enumerate();
            feeding.filter_map(move |(at, question)| Some(((form, at), question.item?)))
        })
    }

    fn sum(&self, (form, at): Place) -> Option<scoring::survey::Sum> {
        let question = self.block.forms.get(form)?.questions.get(at)?;
        self.agency.tallies.sum(form, at, question)
    }

    /// Whether the form's group counts at all.
    fn counts(&self, (form, _): Place) -> bool {
        self.agency.tallies.answered(form) >= self.minimum
    }

    fn kept_back(&self, few: u64) -> BTreeSet<usize> {
        let told = self
            .asked()
            .filter(|(place, _)| self.counts(*place) && self.sum(*place).is_some_and(|sum| sum.known > 0 && sum.known < few));
        told.map(|(_, item)| item).collect()
    }

    fn rows(&self, code: &Code, back: &BTreeSet<usize>) -> Vec<Sum> {
        let row = |(place, item): (Place, usize)| {
            let form = self.block.forms.get(place.0)?;
            let sum = self.sum(place)?;
            let shown = self.counts(place) && !back.contains(&item);
            Some(Sum {
                agency: code.clone(),
                form: Code::new(&form.code)?,
                question: Code::new(&form.questions.get(place.1)?.name)?,
                answered: u32::try_from(sum.answered).ok()?,
                known: u32::try_from(sum.known).ok().filter(|_| shown),
                worth: shown.then(|| sum.worth.normalize()),
            })
        };
        self.asked().filter_map(row).collect()
    }
}

/// Puts sums and points back where they came from.
pub(super) fn fill(model: &mut scoring::Campaign, sums: &[Sum], kept_back: &[KeptBack]) {
    for block in &mut model.blocks {
        let forms: BTreeMap<&str, usize> = block.forms.iter().enumerate().map(|(at, form)| (&*form.code, at)).collect();
        for agency in &mut block.agencies {
            for row in sums.iter().filter(|row| *row.agency.as_str() == *agency.code) {
                let Some(form) = forms.get(row.form.as_str()) else { continue };
                let questions = block.forms.get(*form).map_or(&[][..], |form| &form.questions);
                let Some(at) = questions.iter().position(|question| *question.name == *row.question.as_str()) else { continue };
                let sum = scoring::survey::Sum {
                    answered: row.answered.into(),
                    known: row.known.unwrap_or_default().into(),
                    worth: row.worth.unwrap_or_default(),
                };
                agency.tallies.sums.insert((*form, at), sum);
            }
            for row in kept_back.iter().filter(|row| *row.agency.as_str() == *agency.code) {
                if let Some(item) = block.criteria.item_place(row.item.as_str()) {
                    agency.kept_back.insert(item, scoring::Points(row.points));
                }
            }
        }
    }
}
