//! From the workbook's rows to what `scoring` computes on.

use crate::agencies;
use crate::assessment::{Claim, Stream};
use crate::campaign::{Averaging, BelowMinimum, Campaign, Rounding, Settings, Ties};
use crate::criteria::{CriterionRow, Half, InputRow, InputType, Kind, LevelRow, RuleName};
use crate::workbook::Code;
use scoring::criteria::{AppliesTo, Bound, Input, InputKind, Item, Level, NodeDraft, SetFault};
use scoring::formula::Formula;
use scoring::index::{Agency, Band, Block};
use scoring::points::RoundingMode;
use scoring::ranking::{RankMethod, Tiebreaker};
use scoring::survey::{self, Choice, Form, Group, Question, SurveyMethod, Tallies};
use scoring::{CriteriaSet, Decimal, Entry, Method, Percent, Points, Rule, Value};
use std::collections::{BTreeMap, HashMap};

impl Settings {
    /// How the campaign counts, ranks and shows.
    #[must_use]
    pub fn method(&self) -> Method {
        let mode = match self.rounding.unwrap_or(Rounding::HalfUp) {
            Rounding::HalfUp => RoundingMode::HalfUp,
            Rounding::HalfEven => RoundingMode::HalfEven,
        };
        let ties = match self.ties.unwrap_or(Ties::Competition) {
            Ties::Competition => scoring::ranking::Ties::Competition,
            Ties::Dense => scoring::ranking::Ties::Dense,
        };
        let averaging = match self.averaging.unwrap_or(Averaging::PerGroup) {
            Averaging::PerGroup => survey::Averaging::PerGroup,
            Averaging::Pooled => survey::Averaging::Pooled,
        };
        let below_minimum = match self.below_minimum.unwrap_or(BelowMinimum::LeaveOut) {
            BelowMinimum::LeaveOut => survey::BelowMinimum::LeaveOut,
            BelowMinimum::Missing => survey::BelowMinimum::Missing,
        };
        Method {
            rounding: scoring::Rounding { decimals: self.decimals.unwrap_or(2), mode },
            rank: RankMethod { ties, tiebreakers: self.tiebreakers().filter_map(tiebreaker).collect() },
            survey: SurveyMethod { averaging, minimum_responses: self.minimum_responses.unwrap_or(0).into(), below_minimum },
        }
    }

    /// The words under `tiebreakers`.
    pub(crate) fn tiebreakers(&self) -> impl Iterator<Item = &str> {
        self.tiebreakers.as_deref().unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty())
    }
}

pub(crate) fn tiebreaker(word: &str) -> Option<Tiebreaker> {
    match word {
        "appraisal" => Some(Tiebreaker::Appraisal),
        "survey" => Some(Tiebreaker::Survey),
        field => field.strip_prefix("field:").map(|code| Tiebreaker::Field(code.into())),
    }
}

pub(crate) fn applies_to(words: Option<&str>) -> Option<AppliesTo> {
    match words.unwrap_or("all") {
        "all" => Some(AppliesTo::All),
        "optional" => Some(AppliesTo::Optional),
        words => match words.split_once(':')? {
            ("tag", tag) => Code::new(tag).map(|tag| AppliesTo::Tagged(tag.as_str().into())),
            ("not", tag) => Code::new(tag).map(|tag| AppliesTo::Untagged(tag.as_str().into())),
            _ => None,
        },
    }
}

/// The criteria rows of one item, with what the other sheets say of it.
pub(crate) struct ItemRows<'a> {
    pub(crate) criterion: &'a CriterionRow,
    pub(crate) inputs: Vec<&'a InputRow>,
    pub(crate) levels: Vec<&'a LevelRow>,
}

impl ItemRows<'_> {
    /// The names that the rule expects, in its order; none where the rule takes whatever is there.
    pub(crate) fn expected_inputs(&self) -> Option<Vec<String>> {
        let fixed = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect());
        match self.criterion.rule? {
            RuleName::Choice => fixed(&["level"]),
            RuleName::Count => fixed(&["count"]),
            RuleName::Proportion | RuleName::Saturating | RuleName::Floor | RuleName::Banded => fixed(&["done", "total"]),
            RuleName::Deduction if self.criterion.parameter.is_some() => fixed(&["violations"]),
            RuleName::Deduction => Some(self.levels.iter().map(|level| level.level.to_string()).collect()),
            RuleName::Average => {
                let parts = self.inputs.iter().filter(|input| input.name.as_str().starts_with("done_")).count().max(1);
                Some((1..=parts).flat_map(|part| [format!("done_{part}"), format!("total_{part}")]).collect())
            }
            RuleName::Relative => fixed(&["value"]),
            RuleName::Formula => None,
            RuleName::Survey | RuleName::External => fixed(&[]),
        }
    }

    /// The item, where its rule has all that it needs.
    pub(crate) fn item(&self) -> Option<Item> {
        let row = self.criterion;
        let rule = self.rule()?;
        let inputs = match self.expected_inputs() {
            Some(names) => names
                .iter()
                .map(|name| self.inputs.iter().find(|input| input.name.as_str() == name).map(|input| input_of(input)))
                .collect::<Option<Vec<_>>>()?,
            None => self.inputs.iter().map(|input| input_of(input)).collect(),
        };
        Some(Item { half: self.half(), applies_to: applies_to(row.applies_to.as_deref())?, rule, inputs })
    }

    /// An item of the same half, whatever its rule lacks: enough to check the tree by.
    pub(crate) fn stand_in(&self) -> Option<Item> {
        self.criterion.rule?;
        Some(Item { half: self.half(), applies_to: AppliesTo::All, rule: Rule::Proportion, inputs: Vec::new() })
    }

    fn half(&self) -> scoring::criteria::Half {
        match (self.criterion.half, self.criterion.rule) {
            (Some(Half::Survey), _) | (None, Some(RuleName::Survey)) => scoring::criteria::Half::Survey,
            _ => scoring::criteria::Half::Appraisal,
        }
    }

    fn rule(&self) -> Option<Rule> {
        let parameter = self.criterion.parameter;
        Some(match self.criterion.rule? {
            RuleName::Choice => Rule::Choice(self.levels()),
            RuleName::Count => Rule::Count { unit: Points(parameter?) },
            RuleName::Proportion => Rule::Proportion,
            RuleName::Saturating => Rule::Saturating { target: Percent(parameter?) },
            RuleName::Floor => Rule::Floor { floor: Percent(parameter?) },
            RuleName::Banded => {
                let mut bands = self.levels();
                bands.sort_by_key(|band| std::cmp::Reverse((band.from.from, !band.from.inclusive)));
                Rule::Banded(bands)
            }
            RuleName::Deduction => {
                parameter.map_or_else(|| Rule::Gravity(self.levels()), |each| Rule::Deduction { each: Points(each) })
            }
            RuleName::Average => Rule::Average,
            RuleName::Relative => Rule::Relative,
            RuleName::Formula => Rule::Formula(Formula::parse(self.criterion.formula.as_deref()?).ok()?),
            RuleName::Survey => Rule::Survey,
            RuleName::External => Rule::External { full: parameter.unwrap_or(Decimal::ONE_HUNDRED) },
        })
    }

    fn levels(&self) -> Vec<Level> {
        let level = |row: &&LevelRow| Level {
            code: row.level.as_str().into(),
            label: agencies::text(&row.label, row.label_en.as_ref()),
            points: Points(row.points),
            from: Bound { from: Percent(row.from.unwrap_or_default()), inclusive: row.inclusive != Some(false) },
        };
        self.levels.iter().map(level).collect()
    }
}

fn input_of(row: &InputRow) -> Input {
    let kind = match row.kind {
        InputType::Integer => InputKind::Integer,
        InputType::Number => InputKind::Number,
        InputType::Percent => InputKind::Percent,
        InputType::Boolean => InputKind::Boolean,
        InputType::Choice => InputKind::Choice,
    };
    Input { name: row.name.as_str().into(), label: agencies::text(&row.label, row.label_en.as_ref()), kind }
}

/// Groups the rows of the criteria sheets by item, in the order of the criteria.
pub(crate) fn items<'a>(
    criteria: impl Iterator<Item = &'a CriterionRow>,
    inputs: impl Iterator<Item = &'a InputRow>,
    levels: impl Iterator<Item = &'a LevelRow>,
) -> BTreeMap<(&'a Code, &'a Code), ItemRows<'a>> {
    let mut items: BTreeMap<_, _> = criteria
        .map(|row| ((&row.block, &row.code), ItemRows { criterion: row, inputs: Vec::new(), levels: Vec::new() }))
        .collect();
    for row in inputs {
        if let Some(item) = items.get_mut(&(&row.block, &row.item)) {
            item.inputs.push(row);
        }
    }
    for row in levels {
        if let Some(item) = items.get_mut(&(&row.block, &row.item)) {
            item.levels.push(row);
        }
    }
    items
}

/// The criteria set of a block. `item` gives the item of its rows; what has none counts as a leaf without a rule.
///
/// # Errors
/// Every fault of the set.
pub(crate) fn criteria_set(
    block: &agencies::Block,
    items: &BTreeMap<(&Code, &Code), ItemRows<'_>>,
    item: impl Fn(&ItemRows<'_>) -> Option<Item>,
) -> Result<CriteriaSet, Vec<SetFault>> {
    let of_block = items.iter().filter(|((of, _), _)| **of == block.code);
    let drafts = of_block.map(|((_, code), rows)| NodeDraft {
        code: code.as_str().into(),
        parent: rows.criterion.parent.as_ref().map(|parent| parent.as_str().into()),
        kind: match rows.criterion.kind {
            Kind::Field => scoring::criteria::Kind::Field,
            Kind::Criterion => scoring::criteria::Kind::Criterion,
            Kind::Component => scoring::criteria::Kind::Component,
            Kind::Bonus => scoring::criteria::Kind::Bonus,
            Kind::Penalty => scoring::criteria::Kind::Penalty,
        },
        title: rows.criterion.title(),
        max_points: Points(rows.criterion.max_points),
        item: item(rows),
    });
    CriteriaSet::new(drafts.collect(), Points(block.appraisal_points), Points(block.survey_points))
}

/// The value of an input as its type writes it; none where the text is not of that type.
pub(crate) fn value(kind: InputType, text: &str) -> Option<Value> {
    use crate::workbook::table::Cell;
    match kind {
        InputType::Integer | InputType::Number | InputType::Percent => Decimal::parse(text).ok().map(Value::Number),
        InputType::Boolean => bool::parse(text).ok().map(Value::Flag),
        InputType::Choice => Some(Value::Level(text.into())),
    }
}

impl Campaign {
    /// The campaign as `scoring` computes on it.
    ///
    /// A campaign that was read by [`crate::workbook::read`] always has one; none where rows were put together otherwise and the
    /// criteria do not make a set.
    #[must_use]
    pub fn model(&self) -> Option<scoring::Campaign> {
        let items = items(self.criteria.iter(), self.inputs.iter(), self.levels.iter());
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            blocks.push(self.block(block, criteria_set(block, &items, |rows| rows.item()).ok()?));
        }
        self.fill(&mut blocks);
        Some(scoring::Campaign { method: self.settings.method(), blocks })
    }

    fn block(&self, block: &agencies::Block, criteria: CriteriaSet) -> Block {
        let mut bands: Vec<Band> = self
            .bands
            .iter()
            .filter(|band| band.block == block.code)
            .map(|band| Band {
                label: agencies::text(&band.label, band.label_en.as_ref()),
                from: Bound { from: Percent(band.from), inclusive: band.inclusive != Some(false) },
            })
            .collect();
        bands.sort_by_key(|band| std::cmp::Reverse((band.from.from, !band.from.inclusive)));
        let groups: Vec<_> = self.groups.iter().filter(|group| group.block == block.code).collect();
        let forms = self.forms.iter().filter(|form| form.block == block.code).map(|form| Form {
            code: form.code.as_str().into(),
            group: groups.iter().position(|group| group.code == form.group).unwrap_or(usize::MAX),
            questions: self.questions(&form.code, &criteria),
        });
        let agencies = self.agencies.iter().filter(|agency| agency.block == block.code).map(|agency| Agency {
            code: agency.code.as_str().into(),
            name: agency.name(),
            tags: agency.tags().map(Into::into).collect(),
            assessed: agency.is_assessed(),
            ..Agency::default()
        });
        Block {
            code: block.code.as_str().into(),
            title: block.title(),
            bands,
            forms: forms.collect(),
            agencies: agencies.collect(),
            groups: groups
                .iter()
                .map(|group| Group { code: group.code.as_str().into(), title: group.title(), weight: group.weight })
                .collect(),
            criteria,
        }
    }

    /// The questions of a form that have one answer per respondent. Where several may be ticked, ticks are no count of forms.
    fn questions(&self, form: &Code, criteria: &CriteriaSet) -> Vec<Question> {
        let of_form = self.questions.iter().filter(|question| question.form == *form);
        let counted = of_form.filter_map(|question| Some((question, question.select_one()?)));
        counted
            .map(|(question, list)| Question {
                name: question.name.as_str().into(),
                label: agencies::text(&question.label, question.label_en.as_ref()),
                item: question.item.as_ref().and_then(|item| criteria.item_place(item.as_str())),
                weight: question.weight.unwrap_or(Decimal::ONE),
                choices: self
                    .choices
                    .iter()
                    .filter(|choice| choice.list.as_str() == list)
                    .map(|choice| Choice { name: choice.name.as_str().into(), worth: choice.points.map(Percent) })
                    .collect(),
            })
            .collect()
    }

    /// Puts claims, tallies and external figures where they belong.
    fn fill(&self, blocks: &mut [Block]) {
        let mut places: HashMap<String, (usize, usize)> = HashMap::new();
        for (at, block) in blocks.iter().enumerate() {
            places.extend(block.agencies.iter().enumerate().map(|(agency, found)| (found.code.to_string(), (at, agency))));
        }
        for claims in self.claims.chunk_by(|a, b| a.agency == b.agency) {
            let Some(first) = claims.first() else { continue };
            let Some((block, agency)) = place(blocks, &places, &first.agency) else { continue };
            agency.entries = entries(block.0, claims);
        }
        for row in &self.external {
            let Some((block, agency)) = place(blocks, &places, &row.agency) else { continue };
            if let Some(item) = block.0.item_place(row.item.as_str()) {
                put(&mut agency.external, item, row.value);
            }
        }
        for row in &self.tallies {
            let Some((block, agency)) = place(blocks, &places, &row.agency) else { continue };
            count(block.1, &mut agency.tallies, row);
        }
    }
}

/// What the claims of one agency say, stream by stream, each item at its place. Claims stand in canonical order.
#[must_use]
pub fn entries(criteria: &CriteriaSet, claims: &[Claim]) -> [Vec<Option<Entry>>; 3] {
    let mut entries = <[Vec<Option<Entry>>; 3]>::default();
    for rows in claims.chunk_by(|a, b| (&a.item, a.stream) == (&b.item, b.stream)) {
        let Some((item, entry)) = entry(criteria, rows) else { continue };
        let [own, first_round, last] = &mut entries;
        let stream = match rows.first().map(|row| row.stream) {
            Some(Stream::SelfAssessed) | None => own,
            Some(Stream::Appraisal1) => first_round,
            Some(Stream::Final) => last,
        };
        put(stream, item, entry);
    }
    entries
}

type OfBlock<'a> = (&'a CriteriaSet, &'a [Form]);

/// The agency with this code, and what it needs of its block.
fn place<'a>(
    blocks: &'a mut [Block],
    places: &HashMap<String, (usize, usize)>,
    agency: &Code,
) -> Option<(OfBlock<'a>, &'a mut Agency)> {
    let (block, agency) = places.get(agency.as_str())?;
    let block = blocks.get_mut(*block)?;
    Some(((&block.criteria, &block.forms), block.agencies.get_mut(*agency)?))
}

/// Puts a value at a place of a list that grows as far as needed.
fn put<T: Clone>(list: &mut Vec<Option<T>>, at: usize, value: T) {
    if list.len() <= at {
        list.resize(at + 1, None);
    }
    if let Some(slot) = list.get_mut(at) {
        *slot = Some(value);
    }
}

/// What the rows of one stream say of one item, and the item's place.
fn entry(criteria: &CriteriaSet, rows: &[Claim]) -> Option<(usize, Entry)> {
    let place = criteria.item_place(rows.first()?.item.as_str())?;
    let item = &criteria.items().get(place)?.item;
    let mut entry = Entry { inputs: vec![None; item.inputs.len()].into(), ..Entry::default() };
    for row in rows {
        entry.score = entry.score.or(row.score.map(Points));
        entry.applicable = entry.applicable.or(row.applicable);
        let (Some(name), Some(text)) = (&row.input, &row.value) else { continue };
        let Some(at) = item.inputs.iter().position(|input| *input.name == *name.as_str()) else { continue };
        if let (Some(slot), Some(input)) = (entry.inputs.get_mut(at), item.inputs.get(at)) {
            *slot = value(kind_of(input.kind), text);
        }
    }
    Some((place, entry))
}

fn kind_of(kind: InputKind) -> InputType {
    match kind {
        InputKind::Integer => InputType::Integer,
        InputKind::Number => InputType::Number,
        InputKind::Percent => InputType::Percent,
        InputKind::Boolean => InputType::Boolean,
        InputKind::Choice => InputType::Choice,
    }
}

fn count(forms: &[Form], tallies: &mut Tallies, row: &crate::survey::TallyRow) {
    let Some(form_at) = forms.iter().position(|form| *form.code == *row.form.as_str()) else { return };
    let Some(form) = forms.get(form_at) else { return };
    let Some(question_at) = form.questions.iter().position(|question| *question.name == *row.question.as_str()) else { return };
    if tallies.forms.is_empty() {
        let shape = |form: &Form| form.questions.iter().map(|question| vec![0; question.choices.len()]).collect();
        tallies.forms = forms.iter().map(shape).collect();
    }
    let choice_at = form
        .questions
        .get(question_at)
        .and_then(|question| question.choices.iter().position(|choice| *choice.name == *row.choice.as_str()));
    let of_form = tallies.forms.get_mut(form_at).and_then(|questions| questions.get_mut(question_at));
    if let (Some(counts), Some(at)) = (of_form, choice_at)
        && let Some(slot) = counts.get_mut(at)
    {
        *slot = row.count;
    }
}
