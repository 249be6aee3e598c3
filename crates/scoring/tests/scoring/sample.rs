//! Small campaigns, put together in a line or two.

use scoring::criteria::{AppliesTo, Bound, Half, Input, InputKind, Item, Kind, Level, NodeDraft, SetFault};
use scoring::index::{Agency, Band};
use scoring::points::RoundingMode;
use scoring::ranking::RankMethod;
use scoring::survey::SurveyMethod;
use scoring::{
    AgencyResult, Block, CriteriaSet, Decimal, Entry, Method, Missing, Outcome, Percent, Points, Rounding, Rule, Stream, Text,
    Value,
};

pub(crate) fn d(figure: &str) -> Decimal {
    figure.parse().unwrap()
}

pub(crate) fn points(figure: &str) -> Points {
    Points(d(figure))
}

pub(crate) fn percent(figure: &str) -> Percent {
    Percent(d(figure))
}

/// The same words in both languages.
pub(crate) fn text(words: &str) -> Text {
    Text::new(words, words)
}

/// `"95 → 1"`, `"> 90 → 0.75"` or `"minor → 0.5"`: a lower bound in %, reached or passed, or a name, and its points.
pub(crate) fn levels(written: &[&str]) -> Vec<Level> {
    let level = |written: &&str| {
        let (name, worth) = written.split_once(" → ").unwrap();
        let from = name.trim_start_matches("> ").parse().unwrap_or_default();
        let code = name.trim_start_matches("> ").into();
        Level {
            code,
            label: text(name),
            points: points(worth),
            from: Bound { from: Percent(from), inclusive: !name.starts_with('>') },
        }
    };
    written.iter().map(level).collect()
}

/// The names of the inputs that a rule reads, as docs/workbook.md fixes them.
fn inputs_of(rule: &Rule) -> Vec<String> {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    match rule {
        Rule::Choice(_) => names(&["level"]),
        Rule::Count { .. } => names(&["count"]),
        Rule::Proportion | Rule::Saturating { .. } | Rule::Floor { .. } | Rule::Banded(_) => names(&["done", "total"]),
        Rule::Deduction { .. } => names(&["violations"]),
        Rule::Gravity(gravities) => gravities.iter().map(|gravity| gravity.code.to_string()).collect(),
        Rule::Average => names(&["done_1", "total_1", "done_2", "total_2"]),
        Rule::Relative => names(&["value"]),
        Rule::Formula(formula) => formula.names().filter(|name| *name != "max_points").map(str::to_owned).collect(),
        Rule::Survey | Rule::External { .. } => Vec::new(),
    }
}

/// An item that concerns everybody; survey items belong to the survey half.
pub(crate) fn item(rule: Rule) -> Item {
    let input = |name: String| Input { label: text(&format!("the {name}")), name: name.into(), kind: InputKind::Number };
    let half = if rule == Rule::Survey { Half::Survey } else { Half::Appraisal };
    Item { half, applies_to: AppliesTo::All, inputs: inputs_of(&rule).into_iter().map(input).collect(), rule }
}

pub(crate) fn optional(rule: Rule) -> Item {
    Item { applies_to: AppliesTo::Optional, ..item(rule) }
}

pub(crate) fn tagged(tag: &str, rule: Rule) -> Item {
    Item { applies_to: AppliesTo::Tagged(tag.into()), ..item(rule) }
}

/// A criteria set under construction: roots, each followed by its items.
#[derive(Default)]
pub(crate) struct Draft(pub(crate) Vec<NodeDraft>);

impl Draft {
    pub(crate) fn node(mut self, kind: Kind, parent: Option<&str>, code: &str, max: &str, item: Option<Item>) -> Self {
        let parent = parent.map(Into::into);
        self.0.push(NodeDraft { code: code.into(), parent, kind, title: text(code), max_points: points(max), item });
        self
    }

    pub(crate) fn field(self, code: &str, max: &str) -> Self {
        self.node(Kind::Field, None, code, max, None)
    }

    /// A criterion of the root that was named last.
    pub(crate) fn item(self, code: &str, max: &str, item: Item) -> Self {
        let root = self.0.iter().rfind(|node| node.parent.is_none()).unwrap().code.clone();
        self.node(Kind::Criterion, Some(&root), code, max, Some(item))
    }

    /// The set, where its halves are worth what its items in fields are.
    pub(crate) fn build(self) -> Result<CriteriaSet, Vec<SetFault>> {
        let outside: Vec<_> =
            self.0.iter().filter(|node| matches!(node.kind, Kind::Bonus | Kind::Penalty)).map(|node| node.code.clone()).collect();
        let of = |half| {
            let items = self.0.iter().filter(|node| node.item.as_ref().is_some_and(|item| item.half == half));
            items
                .filter(|node| node.parent.as_ref().is_none_or(|parent| !outside.contains(parent)))
                .map(|node| node.max_points)
                .sum()
        };
        let (appraisal, survey) = (of(Half::Appraisal), of(Half::Survey));
        CriteriaSet::new(self.0, appraisal, survey)
    }

    /// A block with these criteria and these agencies, and the bands of the ministry: 90, 80, the rest.
    pub(crate) fn block(self, agencies: &[&str]) -> Block {
        let agency = |code: &&str| Agency { code: (*code).into(), name: text(code), assessed: true, ..Agency::default() };
        let band = |label: &str, from: &str| Band { label: text(label), from: Bound { from: percent(from), inclusive: true } };
        Block {
            code: "block".into(),
            title: text("block"),
            criteria: self.build().unwrap(),
            bands: vec![band("good", "90"), band("fair", "80"), band("poor", "0")],
            groups: Vec::new(),
            forms: Vec::new(),
            agencies: agencies.iter().map(agency).collect(),
        }
    }
}

/// A set of one field with these items.
pub(crate) fn field(items: Vec<(&str, &str, Item)>) -> Draft {
    let total: Decimal = items.iter().map(|(_, max, _)| d(max)).sum();
    items
        .into_iter()
        .fold(Draft::default().field("F", &total.to_string()), |draft, (code, max, item)| draft.item(code, max, item))
}

/// How campaigns count unless they say otherwise.
pub(crate) fn method() -> Method {
    Method {
        rounding: Rounding { decimals: 2, mode: RoundingMode::HalfUp },
        rank: RankMethod::default(),
        survey: SurveyMethod::default(),
    }
}

/// Values of the inputs in their order: numbers, `yes`, `no`, levels; `–` for what is not filled in.
pub(crate) fn figures(values: &[&str]) -> Entry {
    let value = |written: &&str| match *written {
        "–" => None,
        "yes" => Some(Value::Flag(true)),
        "no" => Some(Value::Flag(false)),
        other => Some(other.parse().map_or_else(|_| Value::Level(other.into()), Value::Number)),
    };
    Entry { inputs: values.iter().map(value).collect(), ..Entry::default() }
}

pub(crate) fn score(figure: &str) -> Entry {
    Entry { score: Some(points(figure)), ..Entry::default() }
}

pub(crate) fn applicable(applicable: bool) -> Entry {
    Entry { applicable: Some(applicable), ..Entry::default() }
}

/// What a test asks of a block.
pub(crate) trait Ask {
    fn place(&self, item: &str) -> usize;
    fn agency(&mut self, agency: &str) -> &mut Agency;
    /// `agency` says `entry` of `item` in `stream`.
    fn say(&mut self, agency: &str, stream: Stream, item: &str, entry: Entry);
    /// The same in the self-assessment, which is all that most tests need.
    fn claim(&mut self, agency: &str, item: &str, entry: Entry) {
        self.say(agency, Stream::SelfAssessed, item, entry);
    }
    fn result_after(&self, stream: Stream, method: &Method, agency: &str) -> AgencyResult;
    fn result(&self, agency: &str) -> AgencyResult {
        self.result_after(Stream::Final, &method(), agency)
    }
    fn outcome_after(&self, stream: Stream, agency: &str, item: &str) -> Outcome {
        self.result_after(stream, &method(), agency).items[self.place(item)].outcome.clone()
    }
    fn outcome(&self, agency: &str, item: &str) -> Outcome {
        self.outcome_after(Stream::Final, agency, item)
    }
    /// `code rank` of every agency that has a rank, best first.
    fn ranking(&self, method: &Method) -> Vec<String>;
}

impl Ask for Block {
    fn place(&self, item: &str) -> usize {
        self.criteria.item_place(item).unwrap()
    }

    fn agency(&mut self, agency: &str) -> &mut Agency {
        self.agencies.iter_mut().find(|known| &*known.code == agency).unwrap()
    }

    fn say(&mut self, agency: &str, stream: Stream, item: &str, entry: Entry) {
        let (place, items) = (self.place(item), self.criteria.items().len());
        let entries = &mut self.agency(agency).entries[stream as usize];
        entries.resize(items, None);
        entries[place] = Some(entry);
    }

    fn result_after(&self, stream: Stream, method: &Method, agency: &str) -> AgencyResult {
        let results = self.score(method, stream);
        results.agencies.into_iter().find(|result| &*self.agencies[result.agency].code == agency).unwrap()
    }

    fn ranking(&self, method: &Method) -> Vec<String> {
        let results = self.score(method, Stream::Final);
        let ranked = results.by_rank().into_iter().filter_map(|result| Some((result.agency, result.rank?)));
        ranked.map(|(agency, rank)| format!("{} {rank}", self.agencies[agency].code)).collect()
    }
}

/// What an item worth `max` earns by `rule` from these figures.
pub(crate) fn earned(rule: Rule, max: &str, values: &[&str]) -> Result<Points, Missing> {
    let mut block = field(vec![("1", max, item(rule))]).block(&["A"]);
    block.claim("A", "1", figures(values));
    match block.outcome("A", "1") {
        Outcome::Scored(points) => Ok(points),
        Outcome::Missing(missing) => Err(missing),
        other => panic!("{other:?}"),
    }
}
