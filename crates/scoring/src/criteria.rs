//! The criteria set: lĩnh vực → tiêu chí → tiêu chí thành phần, with what each item is worth and whom it concerns.

use crate::points::{Percent, Points};
use crate::rule::Rule;
use crate::text::{Text, by_code};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What a node of the tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Lĩnh vực.
    Field,
    /// Tiêu chí.
    Criterion,
    /// Tiêu chí thành phần.
    Component,
    /// Điểm thưởng: added outside the fields, up to its cap.
    Bonus,
    /// Điểm phạt: taken off outside the fields, up to its cap.
    Penalty,
}

impl Kind {
    fn may_lie_in(self, parent: Option<Self>) -> bool {
        match self {
            Self::Field | Self::Bonus | Self::Penalty => parent.is_none(),
            Self::Criterion => matches!(parent, Some(Self::Field | Self::Bonus | Self::Penalty)),
            Self::Component => matches!(parent, Some(Self::Criterion)),
        }
    }
}

/// The two halves of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Half {
    /// Điểm thẩm định.
    Appraisal,
    /// Điểm điều tra xã hội học.
    Survey,
}

/// Whom an item concerns. What does not apply leaves the denominator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AppliesTo {
    /// Every agency of the block.
    #[default]
    All,
    /// Every agency, but a stream may declare it not applicable this year.
    Optional,
    /// Only agencies that carry the tag.
    Tagged(Box<str>),
    /// Only agencies that do not carry the tag.
    Untagged(Box<str>),
}

impl AppliesTo {
    /// Whether the item concerns an agency with these tags.
    #[must_use]
    pub fn concerns(&self, tags: &BTreeSet<Box<str>>) -> bool {
        match self {
            Self::All | Self::Optional => true,
            Self::Tagged(tag) => tags.contains(tag),
            Self::Untagged(tag) => !tags.contains(tag),
        }
    }
}

/// What may be filled in for an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// A whole number.
    Integer,
    /// A decimal number.
    Number,
    /// A percentage, 0–100.
    Percent,
    /// Yes or no.
    Boolean,
    /// One of the item's levels.
    Choice,
}

/// A figure that an item asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The name that rules and formulas use.
    pub name: Box<str>,
    /// What people read.
    pub label: Text,
    /// What may be filled in.
    pub kind: InputKind,
}

/// A leaf of the tree: what is scored.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Half of the index to which the points belong.
    pub half: Half,
    /// Whom it concerns.
    pub applies_to: AppliesTo,
    /// How its points come about.
    pub rule: Rule,
    /// What it asks for, in the order the rule expects.
    pub inputs: Vec<Input>,
}

/// A node as it is handed in, before the tree is built.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeDraft {
    /// Unique code.
    pub code: Box<str>,
    /// Code of the node above.
    pub parent: Option<Box<str>>,
    /// What it is.
    pub kind: Kind,
    /// What people read.
    pub title: Text,
    /// Most points to be had here; for bonus and penalty the cap.
    pub max_points: Points,
    /// Present where the node is scored itself.
    pub item: Option<Item>,
}

/// A node of a built set.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Unique code.
    pub code: Box<str>,
    /// Place of the node above in [`CriteriaSet::nodes`].
    pub parent: Option<usize>,
    /// Place of the field, bonus or penalty to which it belongs (itself for a root).
    pub root: usize,
    /// What it is.
    pub kind: Kind,
    /// What people read.
    pub title: Text,
    /// Most points to be had here; for bonus and penalty the cap.
    pub max_points: Points,
    /// Place among [`CriteriaSet::items`], for leaves.
    pub item: Option<usize>,
}

/// A leaf with its place in the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// Place of its node in [`CriteriaSet::nodes`].
    pub node: usize,
    /// Place of its field, bonus or penalty in [`CriteriaSet::nodes`].
    pub root: usize,
    /// Kind of that root.
    pub root_kind: Kind,
    /// Most points to be had.
    pub max_points: Points,
    /// What is asked and how it is scored.
    pub item: Item,
}

/// A criteria set that adds up: a valid tree, every leaf an item, children equal to their parent to the last digit.
#[derive(Clone, Debug, PartialEq)]
pub struct CriteriaSet {
    nodes: Vec<Node>,
    items: Vec<Leaf>,
}

/// Something that keeps nodes from being a criteria set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetFault {
    /// Code of the node; empty where the whole set is meant.
    pub code: Box<str>,
    /// What is wrong.
    pub kind: SetFaultKind,
}

/// What is wrong with a node or the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetFaultKind {
    /// Two nodes carry the code.
    DuplicateCode,
    /// The parent is not in the set.
    UnknownParent(Box<str>),
    /// The node is its own ancestor.
    Cycle,
    /// This kind may not lie there.
    Misplaced,
    /// A leaf without a rule.
    NotAnItem,
    /// A node with children cannot be scored itself.
    ItemWithChildren,
    /// Not above 0.
    MaxPointsNotPositive,
    /// The children's points are not the node's.
    ChildrenDoNotAddUp {
        /// What the children add up to.
        children: Points,
        /// What the node is worth.
        own: Points,
    },
    /// A half of the set is not worth what the block says.
    HalfDoesNotAddUp {
        /// Which half.
        half: Half,
        /// What its items add up to.
        items: Points,
        /// What the block says.
        block: Points,
    },
}

impl fmt::Display for SetFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = &self.code;
        match &self.kind {
            SetFaultKind::DuplicateCode => write!(f, "{code} stands more than once"),
            SetFaultKind::UnknownParent(parent) => write!(f, "parent {parent} of {code} is not in the set"),
            SetFaultKind::Cycle => write!(f, "{code} is its own ancestor"),
            SetFaultKind::Misplaced => write!(f, "{code} cannot lie there"),
            SetFaultKind::NotAnItem => write!(f, "{code} has neither children nor a rule"),
            SetFaultKind::ItemWithChildren => write!(f, "{code} has a rule and children"),
            SetFaultKind::MaxPointsNotPositive => write!(f, "{code} is worth nothing"),
            SetFaultKind::ChildrenDoNotAddUp { children, own } => {
                write!(f, "the children of {code} add up to {}, not to {}", children.0.normalize(), own.0.normalize())
            }
            SetFaultKind::HalfDoesNotAddUp { half, items, block } => {
                write!(f, "the {half:?} items add up to {}, not to {}", items.0.normalize(), block.0.normalize())
            }
        }
    }
}

impl CriteriaSet {
    /// Builds the set, or names everything that is wrong with it. `appraisal` and `survey` are what the two halves must be worth.
    ///
    /// # Errors
    /// Every fault found; the order follows the codes.
    pub fn new(mut drafts: Vec<NodeDraft>, appraisal: Points, survey: Points) -> Result<Self, Vec<SetFault>> {
        drafts.sort_by(|a, b| by_code(&a.code, &b.code));
        let faults = faults(&drafts, appraisal, survey);
        if !faults.is_empty() {
            return Err(faults);
        }
        let place: BTreeMap<Box<str>, usize> = drafts.iter().enumerate().map(|(at, draft)| (draft.code.clone(), at)).collect();
        let parents: Vec<Option<usize>> =
            drafts.iter().map(|draft| draft.parent.as_ref().and_then(|code| place.get(code).copied())).collect();
        let mut nodes = Vec::with_capacity(drafts.len());
        let mut items = Vec::new();
        let kinds: Vec<Kind> = drafts.iter().map(|draft| draft.kind).collect();
        for (at, draft) in drafts.into_iter().enumerate() {
            let mut root = at;
            while let Some(above) = parents.get(root).copied().flatten() {
                root = above;
            }
            let item = draft.item.map(|item| {
                let root_kind = kinds.get(root).copied().unwrap_or(Kind::Field);
                items.push(Leaf { node: at, root, root_kind, max_points: draft.max_points, item });
                items.len() - 1
            });
            let parent = parents.get(at).copied().flatten();
            nodes.push(Node {
                code: draft.code,
                parent,
                root,
                kind: draft.kind,
                title: draft.title,
                max_points: draft.max_points,
                item,
            });
        }
        Ok(Self { nodes, items })
    }

    /// All nodes, by code.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// All leaves, by code.
    #[must_use]
    pub fn items(&self) -> &[Leaf] {
        &self.items
    }

    /// The node with this code.
    #[must_use]
    pub fn node(&self, code: &str) -> Option<&Node> {
        let at = self.nodes.binary_search_by(|node| by_code(&node.code, code)).ok()?;
        self.nodes.get(at)
    }

    /// Place among the items of the leaf with this code.
    #[must_use]
    pub fn item_place(&self, code: &str) -> Option<usize> {
        self.node(code)?.item
    }

    /// The node of a leaf.
    #[must_use]
    pub fn node_of(&self, leaf: &Leaf) -> Option<&Node> {
        self.nodes.get(leaf.node)
    }
}

fn faults(drafts: &[NodeDraft], appraisal: Points, survey: Points) -> Vec<SetFault> {
    let mut found = Vec::new();
    let mut place: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        if place.insert(&draft.code, at).is_some() {
            found.push(SetFault { code: draft.code.clone(), kind: SetFaultKind::DuplicateCode });
        }
    }
    let mut sums: BTreeMap<&str, Points> = BTreeMap::new();
    for draft in drafts {
        if let Some(parent) = &draft.parent {
            let sum = sums.entry(parent).or_default();
            *sum = *sum + draft.max_points;
        }
    }
    let mut halves = [(Half::Appraisal, Points::ZERO, appraisal), (Half::Survey, Points::ZERO, survey)];
    for (draft, top) in drafts.iter().zip(tops(drafts, &place)) {
        let mut fault = |kind| found.push(SetFault { code: draft.code.clone(), kind });
        let parent = draft.parent.as_deref().map(|code| place.get(code).and_then(|at| drafts.get(*at)));
        if let (Some(None), Some(code)) = (parent, &draft.parent) {
            fault(SetFaultKind::UnknownParent(code.clone()));
        } else if !draft.kind.may_lie_in(parent.flatten().map(|above| above.kind)) {
            fault(SetFaultKind::Misplaced);
        }
        if draft.max_points <= Points::ZERO {
            fault(SetFaultKind::MaxPointsNotPositive);
        }
        match (sums.get(&*draft.code), &draft.item) {
            (Some(_), Some(_)) => fault(SetFaultKind::ItemWithChildren),
            (None, None) => fault(SetFaultKind::NotAnItem),
            (Some(&children), None) if children != draft.max_points && !matches!(draft.kind, Kind::Bonus | Kind::Penalty) => {
                fault(SetFaultKind::ChildrenDoNotAddUp { children, own: draft.max_points });
            }
            _ => {}
        }
        let root_kind = match top {
            Top::InCircle => {
                fault(SetFaultKind::Cycle);
                None
            }
            Top::BelowCircle => None,
            Top::Root(root) => drafts.get(root).map(|root| root.kind),
        };
        // What hangs nowhere counts for the halves all the same, so that one fault is not reported as two.
        if !matches!(root_kind, Some(Kind::Bonus | Kind::Penalty)) && !sums.contains_key(&*draft.code) {
            for (half, sum, _) in &mut halves {
                if draft.item.as_ref().is_some_and(|item| item.half == *half) {
                    *sum = *sum + draft.max_points;
                }
            }
        }
    }
    for (half, items, block) in halves {
        if items != block {
            found.push(SetFault { code: "".into(), kind: SetFaultKind::HalfDoesNotAddUp { half, items, block } });
        }
    }
    found
}

/// Where the way up from a node ends.
#[derive(Clone, Copy)]
enum Top {
    /// At the node of this place.
    Root(usize),
    /// The node is its own ancestor.
    InCircle,
    /// An ancestor is its own ancestor.
    BelowCircle,
}

/// Where the way up from each node ends. Each node is passed once, however long the way.
fn tops(drafts: &[NodeDraft], place: &BTreeMap<&str, usize>) -> Vec<Top> {
    let mut tops: Vec<Option<Top>> = vec![None; drafts.len()];
    let mut passed = vec![false; drafts.len()];
    for start in 0..drafts.len() {
        let (mut way, mut at, mut circle) = (Vec::new(), start, usize::MAX);
        let top = loop {
            match tops.get(at).copied().flatten() {
                Some(Top::Root(root)) => break Top::Root(root),
                Some(_) => break Top::BelowCircle,
                None => {}
            }
            if passed.get(at) == Some(&true) {
                circle = way.iter().position(|on_way| *on_way == at).unwrap_or(usize::MAX);
                break Top::BelowCircle;
            }
            way.push(at);
            if let Some(mark) = passed.get_mut(at) {
                *mark = true;
            }
            let parent = drafts.get(at).and_then(|draft| draft.parent.as_deref());
            match parent.and_then(|code| place.get(code)) {
                Some(above) => at = *above,
                None => break Top::Root(at),
            }
        };
        for (step, node) in way.into_iter().enumerate() {
            if let Some(slot) = tops.get_mut(node) {
                *slot = Some(if step >= circle { Top::InCircle } else { top });
            }
        }
    }
    tops.into_iter().map(|top| top.unwrap_or(Top::BelowCircle)).collect()
}

/// A level of a choice, a gravity of a deduction or a band of a percentage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// What a claim writes.
    pub code: Box<str>,
    /// What people read.
    pub label: Text,
    /// Points earned, or taken off by a gravity.
    pub points: Points,
    /// Lower bound, for bands.
    pub from: Bound,
}

/// A lower bound in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The bound.
    pub from: Percent,
    /// Whether the bound itself belongs.
    pub inclusive: bool,
}

impl Bound {
    /// From 0 % on.
    pub const ZERO: Self = Self { from: Percent::ZERO, inclusive: true };

    /// Whether a percentage lies above the bound.
    #[must_use]
    pub fn admits(self, percent: Percent) -> bool {
        if self.inclusive { percent >= self.from } else { percent > self.from }
    }
}
