//! Explaining a figure: the computation once more, with somebody listening.

use crate::criteria::{Item, Leaf};
use crate::explanation::{AgencyExplanation, InputUsed, ItemExplanation, Step};
use crate::index::{AgencyResult, Block, BlockResult, Method, Scorer};
use crate::rule::Rule;
use crate::stream::{Stream, Value};
use crate::text::Text;
use crate::words;

impl Block {
    /// Why the agency at place `agency` has its score for the item at place `item`; none where there is no such agency or item.
    #[must_use]
    pub fn explain_item(&self, method: &Method, stream: Stream, agency: usize, item: usize) -> Option<ItemExplanation> {
        let of_agency = self.agencies.get(agency)?;
        let leaf = self.criteria.items().get(item)?;
        let node = self.criteria.node_of(leaf)?;
        let mut steps = Vec::new();
        let result = Scorer::new(self, method, stream).item(of_agency, item, leaf, &mut steps);
        let shown = result.outcome.points().map(|points| method.rounding.show(points.0));
        if let (Some(points), Some(shown)) = (result.outcome.points(), shown)
            && points.0 != shown
        {
            steps.push(Step::Shown { figure: points.0, shown });
        }
        let standing = of_agency.standing(stream, item);
        let inputs = leaf.item.inputs.iter().enumerate().map(|(at, input)| {
            let value = standing.input(at).map(|(value, by)| (value.clone(), by));
            let level = value.as_ref().and_then(|(value, _)| label_of(&leaf.item, value));
            InputUsed { label: input.label.clone(), name: input.name.clone(), value, level }
        });
        Some(ItemExplanation {
            code: node.code.clone(),
            title: node.title.clone(),
            max_points: leaf.max_points,
            rule: in_words(leaf),
            inputs: inputs.collect(),
            steps,
            outcome: result.outcome,
            stream: result.stream,
            shown,
        })
    }

    /// Why the agency behind `result` has its index, rank and band. `results` are the block's, of the same stream.
    #[must_use]
    pub fn explain_agency(
        &self,
        method: &Method,
        stream: Stream,
        results: &BlockResult,
        result: &AgencyResult,
    ) -> Option<AgencyExplanation> {
        let agency = self.agencies.get(result.agency)?;
        let mut steps = Vec::new();
        Scorer::new(self, method, stream).agency(result.agency, agency, &mut steps);
        if let Some(index) = result.index {
            let shown = method.rounding.show(index.0);
            if shown != index.0 {
                steps.push(Step::Shown { figure: index.0, shown });
            }
        }
        if let Some(rank) = result.rank {
            steps.push(Step::Rank { rank, of: results.agencies.iter().filter(|other| other.rank.is_some()).count() });
        }
        if let Some(band) = result.band.and_then(|at| self.bands.get(at)) {
            steps.push(Step::BandOfIndex { label: band.label.clone() });
        }
        Some(AgencyExplanation { code: agency.code.clone(), name: agency.name.clone(), steps })
    }
}

/// The rule of an item in words, with its figures.
fn in_words(leaf: &Leaf) -> Text {
    Text::new(words::rule(leaf, crate::text::Lang::Vi), words::rule(leaf, crate::text::Lang::En))
}

fn label_of(item: &Item, value: &Value) -> Option<Text> {
    let (Value::Level(code), Rule::Choice(levels)) = (value, &item.rule) else { return None };
    levels.iter().find(|level| level.code == *code).map(|level| level.label.clone())
}
