//! Results of a campaign, computed once and kept as long as the campaign stays as it is.

use domain::Code;
use scoring::index::{Band, Block};
use scoring::{AgencyResult, BlockResult, ItemExplanation, Stream};
use std::sync::OnceLock;

/// A campaign with the results of its three streams.
#[derive(Debug)]
pub struct Computed {
    campaign: domain::Campaign,
    model: scoring::Campaign,
    results: [OnceLock<Vec<BlockResult>>; 3],
}

/// An agency within its block, in the terms of `scoring`.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Place of the block among [`scoring::Campaign::blocks`].
    pub block_at: usize,
    /// The block.
    pub block: &'a Block,
    /// Place of the agency among the block's.
    pub agency_at: usize,
    /// The agency.
    pub agency: &'a scoring::index::Agency,
}

/// A row of the ranking.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// The block in which the agency is ranked.
    pub block: &'a Block,
    /// The agency.
    pub agency: &'a scoring::index::Agency,
    /// Its points, index and rank.
    pub result: &'a AgencyResult,
    /// Its class; none without an index.
    pub band: Option<&'a Band>,
}

impl Computed {
    /// Prepares a campaign for computing; none where its criteria do not make a set (a campaign that was checked always does).
    #[must_use]
    pub fn new(campaign: domain::Campaign) -> Option<Self> {
        let model = campaign.model()?;
        Some(Self { campaign, model, results: Default::default() })
    }

    /// The campaign itself, as its workbook holds it.
    #[must_use]
    pub fn campaign(&self) -> &domain::Campaign {
        &self.campaign
    }

    /// The campaign as it is computed on.
    #[must_use]
    pub fn model(&self) -> &scoring::Campaign {
        &self.model
    }

    /// The results of every block after a stream, in the order of the model's blocks.
    #[must_use]
    pub fn results(&self, stream: Stream) -> &[BlockResult] {
        let [own, first, last] = &self.results;
        let of_stream = match stream {
            Stream::SelfAssessed => own,
            Stream::Appraisal1 => first,
            Stream::Final => last,
        };
        of_stream.get_or_init(|| self.model.score(stream))
    }

    /// The assessed agencies by block and rank; those without an index come last.
    #[must_use]
    pub fn ranking(&self, stream: Stream) -> Vec<Standing<'_>> {
        self.model.blocks.iter().zip(self.results(stream)).flat_map(|(block, results)| standings(block, results)).collect()
    }

    /// What must be said wherever figures of this campaign are shown, in both languages; none where everything is real.
    #[must_use]
    pub fn notice(&self) -> Option<String> {
        let settings = &self.campaign.settings;
        let simulated = settings.is_simulated().then_some("Số liệu mô phỏng / simulated data");
        let sample = settings.has_sample_criteria().then_some("Bộ tiêu chí minh họa / sample criteria");
        let said: Vec<_> = [simulated, sample].into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join(" · "))
    }

    /// A block with its results after a stream.
    #[must_use]
    pub fn block(&self, code: &str, stream: Stream) -> Option<(&Block, &BlockResult)> {
        let at = self.model.blocks.iter().position(|block| *block.code == *code)?;
        Some((self.model.blocks.get(at)?, self.results(stream).get(at)?))
    }

    /// Where an agency stands.
    #[must_use]
    pub fn place(&self, agency: &Code) -> Option<Place<'_>> {
        self.model.blocks.iter().enumerate().find_map(|(block_at, block)| {
            let agency_at = block.agencies.iter().position(|found| *found.code == *agency.as_str())?;
            Some(Place { block_at, block, agency_at, agency: block.agencies.get(agency_at)? })
        })
    }

    /// The result of an agency after a stream; none where it is not assessed.
    #[must_use]
    pub fn result(&self, place: Place<'_>, stream: Stream) -> Option<&AgencyResult> {
        self.results(stream).get(place.block_at)?.agencies.iter().find(|result| result.agency == place.agency_at)
    }

    /// Why an agency has this index after a stream; none where it is not assessed.
    #[must_use]
    pub fn explain_agency(&self, place: Place<'_>, stream: Stream) -> Option<scoring::explanation::AgencyExplanation> {
        let results = self.results(stream).get(place.block_at)?;
        place.block.explain_agency(&self.model.method, stream, results, self.result(place, stream)?)
    }

    /// Why an agency has this score for an item after a stream; none where the block has no such item.
    #[must_use]
    pub fn explain_item(&self, place: Place<'_>, stream: Stream, item: &str) -> Option<ItemExplanation> {
        let item = place.block.criteria.item_place(item)?;
        place.block.explain_item(&self.model.method, stream, place.agency_at, item)
    }
}

fn standings<'a>(block: &'a Block, results: &'a BlockResult) -> impl Iterator<Item = Standing<'a>> {
    results.by_rank().into_iter().filter_map(|result| {
        let band = result.band.and_then(|at| block.bands.get(at));
        block.agencies.get(result.agency).map(|agency| Standing { block, agency, result, band })
    })
}
