//! Results of a campaign, computed once and kept as long as the campaign stays as it is.

use crate::analysis::uncertainty::Uncertainty;
use crate::survey::Survey;
use domain::analysis::uncertainty::Refusal;
use domain::assessment::Claim;
use domain::publication::Content;
use domain::survey::answers::Target;
use domain::{Campaign, Code, campaign::Settings};
use scoring::index::{Band, Block};
use scoring::{AgencyResult, BlockResult, ItemExplanation, Stream};
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};
use store::survey::course::StageStep;

/// A campaign without what is claimed: what changes rarely, and what most pages need.
#[derive(Debug)]
pub struct Frame {
    campaign: Campaign,
    model: scoring::Campaign,
    survey: Survey,
}

/// A campaign with the results of its three streams.
#[derive(Debug)]
pub struct Computed {
    frame: Arc<Frame>,
    claims: HashMap<Code, Arc<[Claim]>>,
    model: scoring::Campaign,
    results: [OnceLock<Vec<BlockResult>>; 3],
    /// See [`crate::analysis::uncertainty::standard`].
    pub(crate) uncertainty: OnceLock<Vec<Result<Uncertainty, Refusal>>>,
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

impl Frame {
    /// Prepares a campaign for computing; none where its criteria do not make a set (a campaign that was checked always does).
    /// Whatever it claims is left out.
    #[must_use]
    pub fn new(campaign: Campaign, course: &[StageStep], targets: Vec<Target>) -> Option<Self> {
        let campaign = Campaign { claims: Vec::new(), ..campaign };
        let model = campaign.model()?;
        let survey = Survey::of(&campaign, course, targets)?;
        Some(Self { campaign, model, survey })
    }

    /// The frame of a release: its answers come summed up.
    fn of_release(content: &Content) -> Option<Self> {
        let campaign = Campaign { claims: Vec::new(), ..content.campaign.clone() };
        let model = Content { campaign: campaign.clone(), ..content.clone() }.model()?;
        let survey = Survey::of(&campaign, &[], Vec::new())?;
        Some(Self { campaign, model, survey })
    }

    /// How the survey stands.
    #[must_use]
    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// The campaign, as its workbook holds it, with an empty list of claims.
    #[must_use]
    pub fn campaign(&self) -> &Campaign {
        &self.campaign
    }

    /// Its settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.campaign.settings
    }

    /// The campaign as it is computed on, with nothing claimed.
    #[must_use]
    pub fn model(&self) -> &scoring::Campaign {
        &self.model
    }

    /// Where an agency stands.
    #[must_use]
    pub fn place(&self, agency: &Code) -> Option<Place<'_>> {
        place(&self.model, agency)
    }

    /// The field of an agency's item, as block and code of its root; none where there is no such item.
    #[must_use]
    pub fn field_of(&self, agency: &Code, item: &Code) -> Option<(Code, Code)> {
        let block = self.place(agency)?.block;
        let root = block.criteria.nodes().get(block.criteria.node(item.as_str())?.root)?;
        Some((Code::new(&block.code)?, Code::new(&root.code)?))
    }

    /// What must be said wherever figures of this campaign are shown, in both languages; none where everything is real.
    #[must_use]
    pub fn notice(&self) -> Option<String> {
        let settings = self.settings();
        let simulated = settings.is_simulated().then_some("Số liệu mô phỏng / simulated data");
        let sample = settings.has_sample_criteria().then_some("Bộ tiêu chí minh họa / sample criteria");
        let said: Vec<_> = [simulated, sample].into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join(" · "))
    }
}

/// Claims in canonical order, apart by agency.
pub(crate) fn by_agency(claims: &[Claim]) -> HashMap<Code, Arc<[Claim]>> {
    let of_agency = claims.chunk_by(|a, b| a.agency == b.agency);
    of_agency.filter_map(|claims| Some((claims.first()?.agency.clone(), claims.into()))).collect()
}

fn place<'a>(model: &'a scoring::Campaign, agency: &Code) -> Option<Place<'a>> {
    model.blocks.iter().enumerate().find_map(|(block_at, block)| {
        let agency_at = block.agencies.iter().position(|found| *found.code == *agency.as_str())?;
        Some(Place { block_at, block, agency_at, agency: block.agencies.get(agency_at)? })
    })
}

impl Deref for Computed {
    type Target = Frame;

    fn deref(&self) -> &Frame {
        &self.frame
    }
}

impl Computed {
    /// Prepares a campaign with its claims; none where its criteria do not make a set.
    #[must_use]
    pub fn new(mut campaign: Campaign) -> Option<Self> {
        let claims = by_agency(&std::mem::take(&mut campaign.claims));
        Some(Self::of(Arc::new(Frame::new(campaign, &[], Vec::new())?), claims))
    }

    /// Prepares what a release holds; none where its criteria do not make a set.
    pub(crate) fn of_release(content: &Content) -> Option<Self> {
        Some(Self::of(Arc::new(Frame::of_release(content)?), by_agency(&content.campaign.claims)))
    }

    /// A frame with the claims of each agency, which stand in canonical order.
    pub(crate) fn of(frame: Arc<Frame>, claims: HashMap<Code, Arc<[Claim]>>) -> Self {
        let mut model = frame.model.clone();
        for block in &mut model.blocks {
            for agency in &mut block.agencies {
                if let Some(claims) = Code::new(&agency.code).and_then(|code| claims.get(&code)) {
                    agency.entries = domain::entries(&block.criteria, claims);
                }
            }
        }
        Self { frame, claims, model, results: Default::default(), uncertainty: OnceLock::new() }
    }

    /// What is claimed of an agency, in canonical order.
    #[must_use]
    pub fn claims(&self, agency: &Code) -> &[Claim] {
        self.claims.get(agency).map_or(&[], |claims| claims)
    }

    /// The whole campaign, as its workbook holds it, with its claims.
    #[must_use]
    pub fn whole(&self) -> Campaign {
        let mut agencies: Vec<_> = self.claims.iter().collect();
        agencies.sort_by_key(|(agency, _)| *agency);
        let claims = agencies.into_iter().flat_map(|(_, claims)| claims.iter().cloned()).collect();
        Campaign { claims, ..self.campaign.clone() }
    }

    /// The same, were the final stream to say this: each list is all that it says of one item of an agency.
    pub(crate) fn with_final(&self, lists: &[&[Claim]]) -> Self {
        let mut claims = self.claims.clone();
        for list in lists {
            let Some(Claim { agency, item, .. }) = list.first() else { continue };
            let of_agency = claims.get(agency).map_or(&[][..], |claims| claims);
            let stays = |was: &&Claim| was.item != *item || was.stream != domain::assessment::Stream::Final;
            let mut said: Vec<Claim> = of_agency.iter().filter(stays).chain(*list).cloned().collect();
            said.sort_by(|a, b| (&a.item, a.stream, &a.input).cmp(&(&b.item, b.stream, &b.input)));
            claims.insert(agency.clone(), said.into());
        }
        Self::of(self.frame.clone(), claims)
    }

    /// The same, had the final stream said nothing of an item of an agency.
    pub(crate) fn without_final(&self, agency: &Code, item: &Code) -> Self {
        let mut claims = self.claims.clone();
        let of_agency = claims.get(agency).map_or(&[][..], |claims| claims);
        let stays = |was: &&Claim| was.item != *item || was.stream != domain::assessment::Stream::Final;
        let kept: Vec<Claim> = of_agency.iter().filter(stays).cloned().collect();
        claims.insert(agency.clone(), kept.into());
        Self::of(self.frame.clone(), claims)
    }

    /// Whether it was computed on this very frame.
    pub(crate) fn is_of(&self, frame: &Arc<Frame>) -> bool {
        Arc::ptr_eq(&self.frame, frame)
    }

    pub(crate) fn all_claims(&self) -> &HashMap<Code, Arc<[Claim]>> {
        &self.claims
    }

    /// The campaign as it is computed on.
    #[must_use]
    pub fn model(&self) -> &scoring::Campaign {
        &self.model
    }

    /// Where an agency stands, with what is claimed of it.
    #[must_use]
    pub fn place(&self, agency: &Code) -> Option<Place<'_>> {
        place(&self.model, agency)
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

    /// A block with its results after a stream.
    #[must_use]
    pub fn block(&self, code: &str, stream: Stream) -> Option<(&Block, &BlockResult)> {
        let at = self.model.blocks.iter().position(|block| *block.code == *code)?;
        Some((self.model.blocks.get(at)?, self.results(stream).get(at)?))
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
