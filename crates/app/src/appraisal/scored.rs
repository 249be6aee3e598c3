//! One item of a block, scored from what is claimed of it and of nothing else: what an appraiser looks at while everybody works.

use crate::Frame;
use domain::Code;
use domain::assessment::Claim;
use scoring::index::{Agency, Block};
use scoring::{ItemExplanation, Method, Outcome, Stream};

/// The item with its agencies. Those of the block that compare with each other are all there.
pub(super) struct Scored {
    method: Method,
    block: Block,
    item: usize,
}

impl Scored {
    /// None where the block has no such item. Claims are all the item's, in canonical order.
    pub(super) fn new(frame: &Frame, block: &Code, item: &Code, claims: &[Claim]) -> Option<Self> {
        let of = frame.model().blocks.iter().find(|found| *found.code == *block.as_str())?;
        let item = of.criteria.item_place(item.as_str())?;
        let bare = |agency: &Agency| Agency {
            code: agency.code.clone(),
            tags: agency.tags.clone(),
            assessed: agency.assessed,
            ..Agency::default()
        };
        let mut agencies: Vec<Agency> = of.agencies.iter().map(bare).collect();
        for rows in claims.chunk_by(|a, b| a.agency == b.agency) {
            let named = |agency: &&mut Agency| rows.first().is_some_and(|row| row.agency.as_str() == &*agency.code);
            if let Some(agency) = agencies.iter_mut().find(named) {
                agency.entries = domain::entries(&of.criteria, rows);
            }
        }
        let block = Block {
            code: of.code.clone(),
            title: of.title.clone(),
            criteria: of.criteria.clone(),
            bands: Vec::new(),
            groups: Vec::new(),
            forms: Vec::new(),
            agencies,
        };
        Some(Self { method: frame.model().method.clone(), block, item })
    }

    /// Why an agency has its score after a stream; none where the block has no such agency.
    pub(super) fn explain(&self, agency: &Code, stream: Stream) -> Option<ItemExplanation> {
        let at = self.block.agencies.iter().position(|found| *found.code == *agency.as_str())?;
        self.block.explain_item(&self.method, stream, at, self.item)
    }

    /// The same, were these all the claims of this agency.
    pub(super) fn supposing(&self, agency: &Code, claims: &[Claim], stream: Stream) -> Option<ItemExplanation> {
        let mut block = self.block.clone();
        let at = block.agencies.iter().position(|found| *found.code == *agency.as_str())?;
        block.agencies.get_mut(at)?.entries = domain::entries(&block.criteria, claims);
        block.explain_item(&self.method, stream, at, self.item)
    }

    /// What it would come to.
    pub(super) fn outcome(&self, agency: &Code, claims: &[Claim], stream: domain::assessment::Stream) -> Outcome {
        self.supposing(agency, claims, stream.into()).map_or(Outcome::NotApplicable, |explained| explained.outcome)
    }
}
