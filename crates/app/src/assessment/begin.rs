//! The beginning: each assessed agency has an assessment, and each item that it is to claim has its state.

use crate::{Computed, Error};
use domain::Code;
use domain::appraisal::ItemState;
use domain::assessment::{State, Stream};
use scoring::{Rule, criteria::Leaf};
use std::collections::HashSet;
use store::assessment::{Assessment, items::Item};
use store::{Recorded, Transaction};

/// Where an imported campaign begins.
pub(crate) struct Beginning {
    pub(crate) assessments: Vec<Assessment>,
    pub(crate) items: Vec<Item>,
}

impl Beginning {
    /// By the campaign's phase and by what its streams say.
    pub(crate) fn of(computed: &Computed, recorded: &Recorded) -> Self {
        let state = State::imported_in(computed.settings().phase());
        let (mut assessments, mut items) = (Vec::new(), Vec::new());
        for (block, agency) in
            computed.model().blocks.iter().flat_map(|block| block.agencies.iter().map(move |agency| (block, agency)))
        {
            let Some(code) = Code::new(&agency.code).filter(|_| agency.assessed) else { continue };
            let said: HashSet<(&Code, Stream)> = computed.claims(&code).iter().map(|claim| (&claim.item, claim.stream)).collect();
            let is_due = |leaf: &&Leaf| is_claimed(&leaf.item.rule) && leaf.item.applies_to.concerns(&agency.tags);
            let due = block.criteria.items().iter().filter(is_due);
            for item in due.filter_map(|leaf| Code::new(&block.criteria.node_of(leaf)?.code)) {
                let said = |stream| said.contains(&(&item, stream));
                items.push(Item {
                    state: item_state(state, said(Stream::Appraisal1), said(Stream::Final)),
                    agency: code.clone(),
                    item,
                    revision: 0,
                    assigned_to: None,
                    changed_by: recorded.by.clone(),
                    changed_at: recorded.at,
                });
            }
            assessments.push(Assessment {
                agency: code,
                state,
                revision: 0,
                claims_revision: 0,
                changed_by: recorded.by.clone(),
                changed_at: recorded.at,
            });
        }
        Self { assessments, items }
    }

    /// Adds what the campaign lacks; what is there already stays as it is.
    pub(crate) async fn add(&self, tx: &Transaction, campaign: &Code) -> Result<(), Error> {
        store::assessment::begin(tx, campaign, &self.assessments).await?;
        Ok(store::assessment::items::begin(tx, campaign, &self.items).await?)
    }
}

/// Whether agencies say something of an item themselves. Surveys and imported figures speak for others.
pub(crate) fn is_claimed(rule: &Rule) -> bool {
    !matches!(rule, Rule::Survey | Rule::External { .. })
}

/// What the appraisal of an item must have been, by what its streams say.
fn item_state(state: State, round1: bool, last: bool) -> ItemState {
    match state {
        State::Drafting | State::Submitted if !round1 => ItemState::Open,
        _ if last => ItemState::Adjusted2,
        _ if round1 => ItemState::Adjusted1,
        _ => ItemState::Accepted1,
    }
}
