//! What an appraiser has to do: by field across agencies, and by item.

use super::across::covers;
use crate::{Context, Error, Frame, change};
use domain::Code;
use domain::appraisal::{ItemState, Round};
use domain::assessment::State;
use domain::policy::{self, Action, Actor, Field, Verdict};
use scoring::{Points, Text};
use std::collections::{BTreeMap, HashMap};

/// How many items there are, how many are decided, and on how many a decision is owed now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// All of them.
    pub all: usize,
    /// Decided in the round that the agency is in, or already beyond it.
    pub decided: usize,
    /// Undecided, and the agency waits for it.
    pub owed: usize,
}

impl Progress {
    fn add(&mut self, item: ItemState, round: Option<Round>, last: Round) {
        let unresolved = item.is_unresolved(round.unwrap_or(last));
        self.all += 1;
        self.decided += usize::from(!unresolved);
        self.owed += usize::from(unresolved && round.is_some());
    }

    fn plus(self, other: Self) -> Self {
        Self { all: self.all + other.all, decided: self.decided + other.decided, owed: self.owed + other.owed }
    }
}

/// An agency within a field.
#[derive(Clone, Debug)]
pub struct OfAgency {
    /// The agency.
    pub agency: Code,
    /// Its name.
    pub name: Text,
    /// How far it is.
    pub state: State,
    /// Its items of the field.
    pub progress: Progress,
    /// Who appraises it instead, where it is the appraiser's own agency; none elsewhere.
    pub conflict: Option<Vec<String>>,
}

/// An item within a field.
#[derive(Clone, Debug)]
pub struct OfItem {
    /// The item.
    pub item: Code,
    /// Its title.
    pub title: Text,
    /// Most points to be had.
    pub max: Points,
    /// Every agency's, without those of a conflict.
    pub progress: Progress,
}

/// A field of a block.
#[derive(Clone, Debug)]
pub struct OfField {
    /// The block.
    pub block: Code,
    /// Its title.
    pub block_title: Text,
    /// The field, bonus or penalty.
    pub field: Code,
    /// Its title.
    pub title: Text,
    /// Without agencies of a conflict.
    pub progress: Progress,
    /// By agency; what is owed comes first.
    pub agencies: Vec<OfAgency>,
    /// By item.
    pub items: Vec<OfItem>,
}

/// What somebody appraises; the standing body sees everything.
#[derive(Clone, Debug)]
pub struct Work {
    /// By block and field.
    pub fields: Vec<OfField>,
}

impl Work {
    /// All fields together.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.fields.iter().map(|field| field.progress).fold(Progress::default(), Progress::plus)
    }

    /// Where a decision is owed first.
    #[must_use]
    pub fn next(&self) -> Option<(&OfField, &OfItem)> {
        self.fields.iter().find_map(|field| Some((field, field.items.iter().find(|item| item.progress.owed > 0)?)))
    }
}

/// What somebody has to do.
///
/// # Errors
/// [`Error::Forbidden`], or what the database says.
pub async fn worklist(context: &Context, frame: &Frame, actor: &Actor) -> Result<Work, Error> {
    change::ask(actor, frame, Action::ReadAppraisal)?;
    let snapshot = context.store().read().await?;
    let campaign = &frame.settings().code;
    let states: HashMap<Code, State> =
        store::assessment::all(&snapshot, campaign).await?.into_iter().map(|found| (found.agency, found.state)).collect();
    let items = store::assessment::items::states(&snapshot, campaign).await?;
    let mut by_agency: HashMap<&Code, Vec<(&Code, ItemState)>> = HashMap::new();
    for (agency, item, state) in &items {
        by_agency.entry(agency).or_default().push((item, *state));
    }
    let phase = frame.settings().phase();
    let last = if phase <= domain::Phase::Explanation { Round::First } else { Round::Second };
    let mut fields = Vec::new();
    for block in &frame.model().blocks {
        let nodes = block.criteria.nodes();
        for (root, node) in nodes.iter().enumerate().filter(|(_, node)| node.parent.is_none()) {
            let (Some(block_code), Some(field)) = (Code::new(&block.code), Code::new(&node.code)) else { continue };
            if actor.role == domain::accounts::Role::Appraiser && !actor.appraises(&Field { block: &block_code, code: &field }) {
                continue;
            }
            let below = |item: &Code| block.criteria.node(item.as_str()).is_some_and(|node| node.root == root);
            let mut of_items: BTreeMap<&Code, Progress> = BTreeMap::new();
            let mut agencies = Vec::new();
            for agency in &block.agencies {
                let Some(code) = Code::new(&agency.code) else { continue };
                let (Some(state), Some(items)) = (states.get(&code).copied(), by_agency.get(&code)) else { continue };
                let wanted = Action::Appraise(&code, Field { block: &block_code, code: &field });
                let in_conflict = policy::may(actor, phase, wanted) == Verdict::Conflict;
                let round = state.under_appraisal().filter(|_| !in_conflict);
                let mut progress = Progress::default();
                for (item, state) in items.iter().filter(|(item, _)| below(item)) {
                    progress.add(*state, round, last);
                    if !in_conflict {
                        of_items.entry(item).or_default().add(*state, round, last);
                    }
                }
                let conflict = in_conflict.then(|| covers(frame, (&block_code, &field), &code));
                let name = agency.name.clone();
                agencies.push(OfAgency { agency: code, name, state, progress, conflict });
            }
            let of_item = |(item, progress): (&Code, Progress)| {
                let node = block.criteria.node(item.as_str())?;
                Some(OfItem { item: item.clone(), title: node.title.clone(), max: node.max_points, progress })
            };
            let of_items: Vec<OfItem> = of_items.into_iter().filter_map(of_item).collect();
            let progress = of_items.iter().map(|item| item.progress).fold(Progress::default(), Progress::plus);
            if progress.all > 0 {
                let (block_title, title) = (block.title.clone(), node.title.clone());
                fields.push(OfField { block: block_code, block_title, field, title, progress, agencies, items: of_items });
            }
        }
    }
    Ok(Work { fields })
}
