//! The figures of a release: every result to its last digit, and how sure each place is.

use super::content::{rows, table};
use crate::analysis::uncertainty::Certainty;
use crate::assessment::Stream;
use crate::workbook::table::{sheet, write_rows};
use crate::workbook::{Code, Problem, Table, Tables};
use rust_decimal::Decimal;
use scoring::index::{Block, Tally};
use scoring::{AgencyResult, Outcome};

/// Keys of the tables that [`figures`] gives, with all their columns; the first ones name a row.
const AGENCIES: [&str; 13] = [
    "block",
    "agency",
    "stream",
    "rank",
    "index",
    "appraisal_points",
    "appraisal_maximum",
    "survey_points",
    "survey_maximum",
    "bonus",
    "penalty",
    "missing",
    "band",
];
const FIELDS: [&str; 9] =
    ["block", "agency", "stream", "field", "appraisal_points", "appraisal_maximum", "survey_points", "survey_maximum", "percent"];
const ITEMS: [&str; 7] = ["block", "agency", "stream", "item", "outcome", "points", "said_by"];

/// How many columns of a table of figures name its row.
pub(super) fn key(table: &str) -> usize {
    match table {
        "agencies" => 3,
        "certainty" => 2,
        _ => 4,
    }
}

/// What each agency came to after each stream, to the last digit: the tables `agencies`, `fields` and `items`. Blank is what has no figure.
#[must_use]
pub fn figures(model: &scoring::Campaign) -> Tables {
    let (mut agencies, mut fields, mut items) = (Vec::new(), Vec::new(), Vec::new());
    for stream in [Stream::SelfAssessed, Stream::Appraisal1, Stream::Final] {
        for (block, results) in model.blocks.iter().zip(model.score(stream.into())) {
            for result in &results.agencies {
                let Some(agency) = block.agencies.get(result.agency) else { continue };
                let names = [&*block.code, &*agency.code, stream.word()].map(String::from);
                agencies.push(names.iter().cloned().chain(of_agency(block, result)).collect());
                fields.extend(of_fields(block, result).map(|row| names.iter().cloned().chain(row).collect()));
                items.extend(of_items(block, result).map(|row| names.iter().cloned().chain(row).collect()));
            }
        }
    }
    Tables(vec![
        table("agencies", &AGENCIES, agencies.into_iter()),
        table("fields", &FIELDS, fields.into_iter()),
        table("items", &ITEMS, items.into_iter()),
    ])
}

fn of_agency(block: &Block, result: &AgencyResult) -> Vec<String> {
    let band = result.band.and_then(|at| block.bands.get(at)).map(|band| band.label.get(scoring::Lang::Vi).to_owned());
    let [appraisal, maximum] = halves(result.appraisal);
    let [survey, survey_maximum] = halves(result.survey);
    vec![
        result.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        result.index.map(|index| digits(index.0)).unwrap_or_default(),
        appraisal,
        maximum,
        survey,
        survey_maximum,
        digits(result.bonus.0),
        digits(result.penalty.0),
        result.missing.to_string(),
        band.unwrap_or_default(),
    ]
}

fn of_fields(block: &Block, result: &AgencyResult) -> impl Iterator<Item = Vec<String>> {
    result.fields.iter().filter_map(|field| {
        let code = block.criteria.nodes().get(field.node)?.code.to_string();
        let percent = field.total().percent().map(|percent| digits(percent.0)).unwrap_or_default();
        let halves = [halves(field.appraisal), halves(field.survey)].into_iter().flatten();
        Some([code].into_iter().chain(halves).chain([percent]).collect())
    })
}

fn of_items(block: &Block, result: &AgencyResult) -> impl Iterator<Item = Vec<String>> {
    block.criteria.items().iter().zip(&result.items).filter_map(|(leaf, item)| {
        let code = block.criteria.nodes().get(leaf.node)?.code.to_string();
        let outcome = match &item.outcome {
            Outcome::NotApplicable => "not_applicable",
            Outcome::Missing(_) => "missing",
            Outcome::NothingOwed => "nothing_owed",
            Outcome::Scored(_) => "scored",
        };
        let points = item.outcome.points().map(|points| digits(points.0)).unwrap_or_default();
        let stream = item.stream.map(|stream| said_by(stream).word()).unwrap_or_default();
        Some(vec![code, outcome.into(), points, stream.into()])
    })
}

fn said_by(stream: scoring::Stream) -> Stream {
    match stream {
        scoring::Stream::SelfAssessed => Stream::SelfAssessed,
        scoring::Stream::Appraisal1 => Stream::Appraisal1,
        scoring::Stream::Final => Stream::Final,
    }
}

fn halves(half: Tally) -> [String; 2] {
    [digits(half.points.0), digits(half.maximum.0)]
}

fn digits(figure: Decimal) -> String {
    figure.normalize().to_string()
}

sheet! {
    /// How sure an agency's place is. Computed of the counts of answers, which stay back: nobody outside can compute it again.
    Sure in "certainty" by (block, agency) {
        /// The block.
        block: Code,
        /// The agency.
        agency: Code,
        /// Best rank of the interval.
        rank_from: u32,
        /// Worst rank of the interval.
        rank_to: u32,
        /// Lower end of the index interval, in percent.
        index_from: Decimal,
        /// Upper end.
        index_to: Decimal,
        /// Agencies that cannot be told apart share a number; several are separated by spaces, since groups may overlap.
        groups: String,
    }
}

impl Sure {
    /// The numbers of the groups it belongs to, from 1.
    pub fn groups(&self) -> impl Iterator<Item = u32> {
        self.groups.split(' ').filter_map(|number| number.parse().ok())
    }

    /// Writes rows as the table `certainty`.
    #[must_use]
    pub fn table(rows: &[Self]) -> Table {
        write_rows(rows)
    }

    /// Reads what [`Self::table`] has written.
    ///
    /// # Errors
    /// Every problem found.
    pub fn read(tables: &Tables) -> Result<Vec<Self>, Vec<Problem>> {
        let mut problems = Vec::new();
        let rows = rows(tables, &mut problems);
        if problems.is_empty() { Ok(rows) } else { Err(problems) }
    }
}

/// What of an examination of a block leaves. `codes` are its agencies, in the order of the examination.
#[must_use]
pub fn certainty(block: &Code, codes: &[Code], certainty: &Certainty) -> Vec<Sure> {
    let row = |(at, (code, sure)): (usize, (&Code, &crate::analysis::uncertainty::Sure))| {
        let place = certainty.order.iter().position(|placed| *placed == at)?;
        let within = certainty.groups.iter().zip(1_u32..).filter(|((first, last), _)| (*first..=*last).contains(&place));
        let groups: Vec<String> = within.map(|(_, number)| number.to_string()).collect();
        let percent = |figure: f64| Decimal::try_from(figure).ok().map(|figure| figure.round_dp(2).normalize());
        Some(Sure {
            block: block.clone(),
            agency: code.clone(),
            rank_from: u32::try_from(sure.rank_interval.0).ok()?,
            rank_to: u32::try_from(sure.rank_interval.1).ok()?,
            index_from: percent(sure.index_interval.0)?,
            index_to: percent(sure.index_interval.1)?,
            groups: groups.join(" "),
        })
    };
    codes.iter().zip(&certainty.agencies).enumerate().filter_map(row).collect()
}

/// The rule of each item in words, as it was applied: the table `rules`.
#[must_use]
pub fn rules(model: &scoring::Campaign) -> Table {
    let of_block = |block: &Block| -> Vec<Vec<String>> {
        let explained = |(at, leaf): (usize, &scoring::criteria::Leaf)| {
            // Rules are in the words of an explanation; whose it is makes no difference.
            let why = block.explain_item(&model.method, scoring::Stream::Final, 0, at)?;
            let words = [scoring::Lang::Vi, scoring::Lang::En].map(|lang| why.rule.get(lang).to_owned());
            let [vi, en] = words;
            let maximum = digits(leaf.max_points.0);
            Some(vec![block.code.to_string(), why.code.to_string(), leaf.item.rule.code().into(), maximum, vi, en])
        };
        block.criteria.items().iter().enumerate().filter_map(explained).collect()
    };
    let columns = ["block", "item", "rule", "max_points", "words", "words_en"];
    table("rules", &columns, model.blocks.iter().flat_map(of_block))
}
