//! One item of all agencies, row beside row: how officials compare.

use super::decide::of;
use super::scored::Scored;
use crate::assessment::name_of;
use crate::{Context, Error, Frame, change};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::accounts::{Person, Role};
use domain::appraisal::{ItemState, NotNow, Round, appraising};
use domain::assessment::{Claim, State, Stream};
use domain::plan::Extension;
use domain::policy::{self, Action, Actor, Field, Verdict};
use scoring::{ItemExplanation, Outcome, Text};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use store::Snapshot;
use store::assessment::items::Item;

/// What somebody may do with an agency's item now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum May {
    /// Decide on it, in this round.
    Decide(Round),
    /// Nobody does, and why.
    NotNow(NotNow),
    /// It is their own agency's; these appraise it instead.
    Conflict(Vec<String>),
    /// Others appraise it.
    NotTheirs,
}

/// One agency's item.
#[derive(Clone, Debug)]
pub struct Row {
    /// The agency.
    pub agency: Code,
    /// Its name.
    pub name: Text,
    /// How far the agency is.
    pub state: State,
    /// How far its item is.
    pub item: ItemState,
    /// Raised by whatever is said or decided of it; a decision names the one it saw.
    pub revision: u32,
    /// Who last said or decided something of the item, and when.
    pub changed: (String, DateTime<Utc>),
    /// What the agency claims comes to.
    pub own: ItemExplanation,
    /// What it comes to after round 1.
    pub first: ItemExplanation,
    /// What it comes to after round 2.
    pub last: ItemExplanation,
    /// What the agency remarks.
    pub remark: Option<String>,
    /// What the working group remarks, the newest round first.
    pub remarks: Vec<String>,
    /// What the agency explains of round 1.
    pub explanation: Option<String>,
    /// How many documents prove it.
    pub documents: usize,
    /// Whether one of them came after the last decision.
    pub new_document: bool,
    /// What the reader may do.
    pub may: May,
}

impl Row {
    /// Whether the reader owes a decision.
    #[must_use]
    pub fn is_owed(&self) -> bool {
        matches!(self.may, May::Decide(round) if self.item.is_unresolved(round))
    }

    /// Whether it can be accepted together with others: nothing was decided, nothing is missing, and there is something that proves it.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.may == May::Decide(Round::First)
            && self.item == ItemState::Open
            && is_plain(&self.own.outcome, self.documents > 0 || self.remark.is_some())
    }

    /// What it comes to by what was decided so far.
    #[must_use]
    pub fn now(&self) -> &ItemExplanation {
        match self.item {
            ItemState::Open | ItemState::Accepted1 | ItemState::Adjusted1 | ItemState::Disputed => &self.first,
            _ => &self.last,
        }
    }

    /// In round 2 what changed since round 1 comes first: what is disputed, then what has new documents.
    fn rank(&self) -> u8 {
        match (&self.may, self.item) {
            (May::Decide(Round::Second), ItemState::Disputed | ItemState::Open) => 0,
            (May::Decide(Round::Second), _) if self.new_document => 1,
            (May::Decide(Round::Second), _) => 2,
            _ => 3,
        }
    }
}

/// Whether a claim can be accepted without looking closer: what it gives is proved or explained, or nothing is owed.
pub(super) fn is_plain(own: &Outcome, has_proof: bool) -> bool {
    match own {
        Outcome::Scored(points) => has_proof || points.0.is_zero(),
        Outcome::NotApplicable => has_proof,
        Outcome::NothingOwed => true,
        Outcome::Missing(_) => false,
    }
}

/// One item of all agencies that claim it.
#[derive(Clone, Debug)]
pub struct Across {
    /// The field of the item.
    pub field: Code,
    /// By agency; in round 2 what changed since round 1 comes first.
    pub rows: Vec<Row>,
}

/// One item of a block, of every agency that claims it.
///
/// # Errors
/// [`Error::NotThere`] where agencies claim no such item, [`Error::Forbidden`], or what the database says.
pub async fn across(context: &Context, frame: &Arc<Frame>, actor: &Actor, block: &Code, item: &Code) -> Result<Across, Error> {
    change::ask(actor, frame, Action::ReadAppraisal)?;
    let snapshot = context.store().read().await?;
    let now = context.now();
    let campaign = &frame.settings().code;
    let field = field_in(frame, block, item).ok_or(Error::NotThere)?;
    let items = store::assessment::items::across(&snapshot, campaign, item).await?;
    let desk = Table::read(&snapshot, frame, item, now).await?;
    let claims = super::decide::claims_across(&snapshot, campaign, item).await?;
    let scored = Scored::new(frame, block, item, &claims).ok_or(Error::NotThere)?;
    let in_block = |item: &&Item| frame.place(&item.agency).is_some_and(|place| *place.block.code == *block.as_str());
    let row = |item: &Item| desk.row(frame, actor, (block, &field), item, &scored, &of(&item.agency, &claims));
    let mut rows: Vec<Row> = items.iter().filter(in_block).filter_map(row).collect();
    if rows.is_empty() {
        return Err(Error::NotThere);
    }
    rows.sort_by_key(Row::rank);
    Ok(Across { field, rows })
}

/// The field, bonus or penalty of an item of a block.
pub(super) fn field_in(frame: &Frame, block: &Code, item: &Code) -> Option<Code> {
    let block = frame.model().blocks.iter().find(|found| *found.code == *block.as_str())?;
    let node = block.criteria.node(item.as_str()).filter(|node| node.item.is_some())?;
    Code::new(&block.criteria.nodes().get(node.root)?.code)
}

/// What stands beside the claims of an item: how far the agencies are, their explanations and documents.
pub(super) struct Table {
    states: HashMap<Code, State>,
    extensions: Vec<Extension>,
    explanations: HashMap<Code, String>,
    documents: HashMap<Code, (usize, DateTime<Utc>)>,
    now: DateTime<Utc>,
}

impl Table {
    pub(super) async fn read(snapshot: &Snapshot, frame: &Frame, item: &Code, now: DateTime<Utc>) -> Result<Self, Error> {
        let campaign = &frame.settings().code;
        let states = store::assessment::all(snapshot, campaign).await?;
        let explanations = store::assessment::explanations::across(snapshot, campaign, item).await?;
        let extensions = store::plan::extensions(snapshot, campaign, None).await?;
        // The newest of each link counts.
        let mut links = BTreeMap::new();
        for (agency, link) in store::evidence::links_across(snapshot, campaign, item).await? {
            links.insert((agency, link.document), link);
        }
        let mut documents: HashMap<Code, (usize, DateTime<Utc>)> = HashMap::new();
        for ((agency, _), link) in links.into_iter().filter(|(_, link)| !link.withdrawn) {
            let of_agency = documents.entry(agency).or_insert((0, link.at));
            *of_agency = (of_agency.0 + 1, of_agency.1.max(link.at));
        }
        Ok(Self {
            states: states.into_iter().map(|found| (found.agency, found.state)).collect(),
            extensions: extensions.into_iter().map(|(extension, _)| extension).collect(),
            explanations: explanations.into_iter().map(|found| (found.agency, found.text)).collect(),
            documents,
            now,
        })
    }

    /// What tells who may decide, without what stands beside one item's claims.
    pub(super) async fn extended(snapshot: &Snapshot, frame: &Frame, now: DateTime<Utc>) -> Result<Self, Error> {
        let extensions = store::plan::extensions(snapshot, &frame.settings().code, None).await?;
        let extensions = extensions.into_iter().map(|(extension, _)| extension).collect();
        let (states, explanations, documents) = (HashMap::new(), HashMap::new(), HashMap::new());
        Ok(Self { states, extensions, explanations, documents, now })
    }

    pub(super) fn row(
        &self,
        frame: &Arc<Frame>,
        actor: &Actor,
        (block, field): (&Code, &Code),
        item: &Item,
        scored: &Scored,
        claims: &[Claim],
    ) -> Option<Row> {
        let agency = &item.agency;
        let state = *self.states.get(agency)?;
        let (documents, newest) = self.documents.get(agency).map_or((0, None), |(n, at)| (*n, Some(*at)));
        let remarks = |stream: Stream| {
            let mut found: Vec<String> = Vec::new();
            for claim in claims.iter().filter(|claim| claim.stream == stream) {
                found.extend(claim.remark.clone().filter(|remark| !found.contains(remark)));
            }
            found
        };
        Some(Row {
            name: frame.place(agency)?.agency.name.clone(),
            state,
            item: item.state,
            revision: item.revision,
            changed: (name_of(frame, &item.changed_by), item.changed_at),
            own: scored.explain(agency, scoring::Stream::SelfAssessed)?,
            first: scored.explain(agency, scoring::Stream::Appraisal1)?,
            last: scored.explain(agency, scoring::Stream::Final)?,
            remark: Some(remarks(Stream::SelfAssessed).join("\n")).filter(|remark| !remark.is_empty()),
            remarks: [remarks(Stream::Final), remarks(Stream::Appraisal1)].concat(),
            explanation: self.explanations.get(agency).cloned(),
            documents,
            new_document: newest.is_some_and(|at| at > item.changed_at),
            may: self.may(frame, actor, (block, field), agency, state),
            agency: agency.clone(),
        })
    }

    pub(super) fn may(
        &self,
        frame: &Arc<Frame>,
        actor: &Actor,
        (block, code): (&Code, &Code),
        agency: &Code,
        state: State,
    ) -> May {
        let phase = frame.settings().phase();
        match policy::may(actor, phase, Action::Appraise(agency, Field { block, code })) {
            Verdict::Yes => {
                let ends = change::ends(frame, agency, self.extensions.clone());
                appraising(phase, state, ends, self.now).map_or_else(May::NotNow, May::Decide)
            }
            Verdict::Conflict => May::Conflict(covers(frame, (block, code), agency)),
            Verdict::Hidden | Verdict::Forbidden => May::NotTheirs,
        }
    }
}

/// Who appraises a field of an agency without working there.
pub(super) fn covers(frame: &Frame, (block, field): (&Code, &Code), agency: &Code) -> Vec<String> {
    let covers = |person: &&Person| {
        person.role == Role::Appraiser
            && person.is_active()
            && person.agency.as_ref() != Some(agency)
            && person.fields().any(|(of, code)| of == block.as_str() && code == field.as_str())
    };
    frame.campaign().people.iter().filter(covers).map(|person| person.name.clone()).collect()
}
