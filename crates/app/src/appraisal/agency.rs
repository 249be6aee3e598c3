//! One agency's items, by field.

use super::across::{May, Table, field_in, is_plain};
use super::decide::{claims_across, of};
use super::scored::Scored;
use crate::{Context, Error, Frame, change};
use domain::Code;
use domain::appraisal::{ItemState, Round};
use domain::assessment::{Claim, State, Stream};
use domain::policy::{Action, Actor};
use scoring::index::{Agency, Block};
use scoring::{Outcome, Points, Rule, Text};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use store::assessment::items::Item;

/// An item of the agency.
#[derive(Clone, Debug)]
pub struct AgencyRow {
    /// The item.
    pub item: Code,
    /// Its title.
    pub title: Text,
    /// Most points to be had.
    pub max: Points,
    /// How far it is.
    pub state: ItemState,
    /// Raised by whatever is said or decided of it.
    pub revision: u32,
    /// What is claimed comes to.
    pub own: Outcome,
    /// What was decided so far comes to.
    pub now: Outcome,
    /// How many documents prove it.
    pub documents: usize,
    /// Whether the agency explains it.
    pub explained: bool,
    /// Whether the reader owes a decision.
    pub owed: bool,
    /// Whether it can be accepted together with others.
    pub plain: bool,
}

/// The items of a field.
#[derive(Clone, Debug)]
pub struct AgencyField {
    /// The field, bonus or penalty.
    pub field: Code,
    /// Its title.
    pub title: Text,
    /// What the reader may do in it.
    pub may: May,
    /// By item; in round 2 what changed since round 1 comes first.
    pub rows: Vec<AgencyRow>,
}

/// See the module.
#[derive(Clone, Debug)]
pub struct AgencyWork {
    /// How far the agency is.
    pub state: State,
    /// The fields that the reader appraises; all of them for the standing body.
    pub fields: Vec<AgencyField>,
}

impl AgencyWork {
    /// All rows.
    pub fn rows(&self) -> impl Iterator<Item = &AgencyRow> {
        self.fields.iter().flat_map(|field| &field.rows)
    }
}

/// One agency's items in the actor's fields.
///
/// # Errors
/// [`Error::NotThere`] where the agency is not assessed, [`Error::Forbidden`], or what the database says.
pub async fn of_agency(context: &Context, frame: &Arc<Frame>, actor: &Actor, agency: &Code) -> Result<AgencyWork, Error> {
    change::ask(actor, frame, Action::ReadAppraisal)?;
    let snapshot = context.store().read().await?;
    let campaign = &frame.settings().code;
    let place = frame.place(agency).ok_or(Error::NotThere)?;
    let block = Code::new(&place.block.code).ok_or(Error::NotThere)?;
    let assessment = store::assessment::one(&snapshot, campaign, agency).await?.ok_or(Error::NotThere)?;
    let items = store::assessment::items::of_agency(&snapshot, campaign, agency).await?;
    let revisions = store::assessment::of_agency(&snapshot, campaign, agency).await?;
    let claims: Vec<Claim> = revisions.into_iter().map(|revision| revision.claim).collect();
    let mut links = BTreeMap::new();
    for link in store::evidence::links(&snapshot, campaign, agency, None).await? {
        links.insert((link.item, link.document), link.withdrawn);
    }
    let explained: HashSet<Code> = store::assessment::explanations::newest(&snapshot, campaign, agency)
        .await?
        .into_iter()
        .map(|explanation| explanation.item)
        .collect();
    let mut outcomes = outcomes(frame, place.block, place.agency, &claims);
    for relative in place.block.criteria.items().iter().filter(|leaf| leaf.item.rule == Rule::Relative) {
        let Some(item) = place.block.criteria.node_of(relative).and_then(|node| Code::new(&node.code)) else { continue };
        // Its points depend on the others of the block.
        let all = claims_across(&snapshot, campaign, &item).await?;
        let Some(scored) = Scored::new(frame, &block, &item, &all) else { continue };
        let own = of(agency, &all);
        let after = |stream| scored.outcome(agency, &own, stream);
        outcomes.insert(item, [after(Stream::SelfAssessed), after(Stream::Appraisal1), after(Stream::Final)]);
    }
    let table = Table::extended(&snapshot, frame, context.now()).await?;
    let row = |item: &Item, may: &May| {
        let node = place.block.criteria.node(item.item.as_str())?;
        let [own, first, last] = outcomes.get(&item.item)?.clone();
        let is_last = matches!(item.state, ItemState::Kept | ItemState::Accepted2 | ItemState::Adjusted2 | ItemState::Decided);
        let documents = links.iter().filter(|((of, _), withdrawn)| *of == item.item && !**withdrawn).count();
        let remarked =
            claims.iter().any(|claim| claim.item == item.item && claim.stream == Stream::SelfAssessed && claim.remark.is_some());
        let owed = matches!(may, May::Decide(round) if item.state.is_unresolved(*round));
        Some(AgencyRow {
            title: node.title.clone(),
            max: node.max_points,
            state: item.state,
            revision: item.revision,
            plain: owed && *may == May::Decide(Round::First) && is_plain(&own, documents > 0 || remarked),
            own,
            now: if is_last { last } else { first },
            documents,
            explained: explained.contains(&item.item),
            owed,
            item: item.item.clone(),
        })
    };
    let mut fields: Vec<AgencyField> = Vec::new();
    for item in &items {
        let Some(field) = field_in(frame, &block, &item.item) else { continue };
        let may = table.may(frame, actor, (&block, &field), agency, assessment.state);
        if may == May::NotTheirs && actor.role == domain::accounts::Role::Appraiser {
            continue;
        }
        let Some(row) = row(item, &may) else { continue };
        match fields.iter_mut().find(|found| found.field == field) {
            Some(found) => found.rows.push(row),
            None => {
                let title = place.block.criteria.node(field.as_str()).map(|node| node.title.clone()).unwrap_or_default();
                fields.push(AgencyField { field, title, may, rows: vec![row] });
            }
        }
    }
    for field in fields.iter_mut().filter(|field| field.may == May::Decide(Round::Second)) {
        field.rows.sort_by_key(|row| !row.state.is_unresolved(Round::Second));
    }
    Ok(AgencyWork { state: assessment.state, fields })
}

/// What each item comes to after each stream, were the agency alone in its block.
fn outcomes(frame: &Frame, block: &Block, agency: &Agency, claims: &[Claim]) -> HashMap<Code, [Outcome; 3]> {
    let alone = Block {
        code: block.code.clone(),
        title: block.title.clone(),
        criteria: block.criteria.clone(),
        bands: Vec::new(),
        groups: Vec::new(),
        forms: Vec::new(),
        agencies: vec![Agency {
            code: agency.code.clone(),
            tags: agency.tags.clone(),
            assessed: true,
            entries: domain::entries(&block.criteria, claims),
            ..Agency::default()
        }],
    };
    let results = scoring::Stream::ALL.map(|stream| alone.score(&frame.model().method, stream).agencies.pop());
    let outcome = |at: usize| {
        let of = |result: &Option<scoring::AgencyResult>| Some(result.as_ref()?.items.get(at)?.outcome.clone());
        let [own, first, last] = &results;
        Some([of(own)?, of(first)?, of(last)?])
    };
    let leaves = block.criteria.items().iter().enumerate();
    leaves.filter_map(|(at, leaf)| Some((Code::new(&block.criteria.node_of(leaf)?.code)?, outcome(at)?))).collect()
}
