//! What an agency's list shows, and the page of one of its items.

use super::work::{Work, name_of};
use crate::{Context, Error, Frame};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::assessment::entry::Entered;
use domain::assessment::readiness::{Findings, Readiness, findings};
use domain::assessment::{Closed, State, Stream as Speaker, Writing};
use scoring::criteria::{Kind, Leaf, Node};
use scoring::index::{AgencyResult, Block};
use scoring::{Decimal, Entry, ItemExplanation, Outcome, Points, Rule, Stream, Text};
use std::sync::Arc;
use store::assessment::items::Item;

/// Who gives the figures of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// The agency.
    Agency,
    /// The agency; what they are worth shows once those of the whole block are known.
    AgencyAmongOthers,
    /// The survey's answers.
    Survey,
    /// A figure that is imported.
    Import,
}

impl Asks {
    fn of(rule: &Rule) -> Self {
        match rule {
            Rule::Survey => Self::Survey,
            Rule::External { .. } => Self::Import,
            Rule::Relative => Self::AgencyAmongOthers,
            _ => Self::Agency,
        }
    }
}

/// What an agency has made of one of the items that are its to fill in.
#[derive(Clone, Debug)]
pub struct Own {
    /// What it comes to by the agency's own figures.
    pub outcome: Outcome,
    /// How far it is.
    pub findings: Findings,
    /// How many documents prove it.
    pub documents: usize,
    /// The sign-in name and the name of whoever is to fill it in.
    pub assigned_to: Option<(Code, String)>,
    /// Who last changed it, and when; none where nobody has.
    pub changed: Option<(String, DateTime<Utc>)>,
    /// What whoever saves must have seen.
    pub revision: u32,
}

/// An item that concerns the agency.
#[derive(Clone, Debug)]
pub struct Row {
    /// The item.
    pub code: Code,
    /// What people read.
    pub title: Text,
    /// The criterion above it, where that isn't the field.
    pub above: Option<Text>,
    /// Most points to be had.
    pub maximum: Points,
    /// Who gives its figures.
    pub asks: Asks,
    /// What the agency has made of it; none where it is not the agency's to fill in.
    pub own: Option<Own>,
}

/// A field, bonus or penalty with its items.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its code.
    pub code: String,
    /// What people read.
    pub title: Text,
    /// What it is.
    pub kind: Kind,
    /// Its items, in order.
    pub rows: Vec<Row>,
}

/// How many items are how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Nothing entered.
    pub not_started: usize,
    /// Something missing.
    pub in_progress: usize,
    /// Something that does not fit.
    pub problem: usize,
    /// Done.
    pub ready: usize,
    /// Points claimed in the fields, as far as they are known.
    pub points: Points,
}

impl Progress {
    fn count<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Self {
        let mut progress = Self::default();
        for row in rows {
            let Some(own) = &row.own else { continue };
            match own.findings.readiness {
                Readiness::NotStarted => progress.not_started += 1,
                Readiness::InProgress => progress.in_progress += 1,
                Readiness::Problem => progress.problem += 1,
                Readiness::Ready => progress.ready += 1,
                Readiness::NothingOwed => {}
            }
            if row.asks == Asks::Agency {
                progress.points = progress.points + own.outcome.points().unwrap_or_default();
            }
        }
        progress
    }

    /// All that is owed.
    #[must_use]
    pub fn total(&self) -> usize {
        self.not_started + self.in_progress + self.problem + self.ready
    }
}

impl Field {
    /// How far its items are.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress::count(&self.rows)
    }
}

/// An agency's assessment.
#[derive(Clone, Debug)]
pub struct Desk {
    /// How far it is.
    pub state: State,
    /// Whether it may be written, and else why not.
    pub may_write: Result<Writing, Closed>,
    /// When its window ends; none: no end is set.
    pub end: Option<DateTime<Utc>>,
    /// Its items by field.
    pub fields: Vec<Field>,
}

impl Desk {
    /// Every item, in order.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &Row> {
        self.fields.iter().flat_map(|field| &field.rows)
    }

    /// How far all items are.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let fields = self.fields.iter().filter(|field| field.kind == Kind::Field);
        let points = Progress::count(fields.flat_map(|field| &field.rows)).points;
        Progress { points, ..Progress::count(self.rows()) }
    }

    /// Whether the agency may change its own figures now.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.may_write == Ok(Writing::SelfAssessment)
    }
}

/// The page of one item.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The whole, for what stands around it.
    pub desk: Desk,
    /// The item in it.
    pub row: Row,
    /// What stands in the form.
    pub entered: Entered,
    /// A score that was set by hand, in a workbook; it counts until figures are changed.
    pub score: Option<Decimal>,
    /// How the figures become points.
    pub explained: ItemExplanation,
}

/// The assessment of an agency; none where it is not assessed.
///
/// # Errors
/// [`Error::NotThere`] where it is not assessed, or the database does not answer.
pub async fn desk(context: &Context, frame: &Arc<Frame>, agency: &Code) -> Result<Desk, Error> {
    let snapshot = context.store().read().await?;
    let work = Work::read(&snapshot, frame, agency, context.now()).await?;
    Ok(Desk::of(frame, &work, &work.alone()))
}

/// One of an agency's items, with the whole around it.
///
/// # Errors
/// [`Error::NotThere`] where no such item concerns the agency, or the database does not answer.
pub async fn sheet(context: &Context, frame: &Arc<Frame>, agency: &Code, item: &Code) -> Result<Sheet, Error> {
    let snapshot = context.store().read().await?;
    let work = Work::read(&snapshot, frame, agency, context.now()).await?;
    let alone = work.alone();
    let desk = Desk::of(frame, &work, &alone);
    let row = desk.rows().find(|row| row.code == *item).ok_or(Error::NotThere)?.clone();
    let explained = alone
        .criteria
        .item_place(item.as_str())
        .and_then(|at| alone.explain_item(&frame.model().method, Stream::SelfAssessed, 0, at))
        .ok_or(Error::NotThere)?;
    let score = work.own(item).find_map(|claim| claim.score);
    Ok(Sheet { entered: work.entered(item), score, desk, row, explained })
}

impl Desk {
    pub(super) fn of(frame: &Frame, work: &Work<'_>, alone: &Block) -> Self {
        let criteria = &alone.criteria;
        let result = work.scored(frame, alone, Stream::SelfAssessed);
        let entries = alone.agencies.first().map(|agency| &agency.entries[0]);
        let mut fields: Vec<(usize, Field)> = Vec::new();
        for (at, node) in criteria.nodes().iter().enumerate().filter(|(_, node)| node.parent.is_none()) {
            fields
                .push((at, Field { code: node.code.to_string(), title: node.title.clone(), kind: node.kind, rows: Vec::new() }));
        }
        for (at, leaf) in criteria.items().iter().enumerate() {
            if !leaf.item.applies_to.concerns(&work.place.agency.tags) {
                continue;
            }
            let Some(node) = criteria.node_of(leaf) else { continue };
            let Some(code) = Code::new(&node.code) else { continue };
            let above = node.parent.filter(|parent| *parent != node.root).and_then(|parent| criteria.nodes().get(parent));
            let entry = entries.and_then(|entries| entries.get(at)).and_then(Option::as_ref);
            let row = Row {
                own: own(frame, work, leaf, entry, &code, outcome(result.as_ref(), at)),
                title: node.title.clone(),
                above: above.map(|above: &Node| above.title.clone()),
                maximum: leaf.max_points,
                asks: Asks::of(&leaf.item.rule),
                code,
            };
            if let Some((_, field)) = fields.iter_mut().find(|(root, _)| *root == leaf.root) {
                field.rows.push(row);
            }
        }
        let fields = fields.into_iter().map(|(_, field)| field).filter(|field| !field.rows.is_empty()).collect();
        Self { state: work.assessment.state, may_write: work.may_write, end: work.end, fields }
    }
}

fn outcome(result: Option<&AgencyResult>, at: usize) -> Outcome {
    let found = result.and_then(|result| result.items.get(at)).map(|item| item.outcome.clone());
    found.unwrap_or(Outcome::Missing(scoring::Missing::NothingClaimed))
}

fn own(frame: &Frame, work: &Work<'_>, leaf: &Leaf, entry: Option<&Entry>, code: &Code, outcome: Outcome) -> Option<Own> {
    let item: &Item = work.items.iter().find(|item| item.item == *code)?;
    let has_remark = work.own(code).any(|claim| claim.remark.is_some());
    let documents = work.documents(code);
    Some(Own {
        findings: findings(leaf, entry, has_remark, &outcome, documents),
        outcome,
        documents,
        assigned_to: item.assigned_to.clone().map(|code| (code.clone(), name_of(frame, code.as_str()))),
        changed: (item.revision > 0).then(|| (name_of(frame, &item.changed_by), item.changed_at)),
        revision: item.revision,
    })
}

/// The stream in which agencies speak, as claims name it.
pub(super) const OWN: Speaker = Speaker::SelfAssessed;
