//! What holds for every campaign, however it is put together.

use crate::sample::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use scoring::criteria::{Half, Item, Kind};
use scoring::formula::Formula;
use scoring::index::Tally;
use scoring::points::RoundingMode;
use scoring::ranking::{RankMethod, Tiebreaker, Ties};
use scoring::stream::Value;
use scoring::survey::{Averaging, BelowMinimum, Choice, Form, Group, Question, SurveyMethod};
use scoring::{AgencyResult, Block, Decimal, Entry, Method, Outcome, Percent, Points, Rounding, Rule, Stream};

const AGENCIES: [&str; 4] = ["A", "B", "C", "D"];

/// Any number that a workbook may hold: up to 18 digits, up to 6 of them decimals.
fn any_number() -> impl Strategy<Value = Decimal> + Clone + 'static {
    let widths = select(vec![10_i64, 1_000, 1_000_000, 999_999_999_999_999_999]);
    (widths.prop_flat_map(|width| 0..=width), 0..=6_u32).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

/// A number as campaigns have them, 0–100 in hundredths.
fn plain_number() -> impl Strategy<Value = Decimal> + Clone + 'static {
    (0..=10_000_i64).prop_map(|hundredths| Decimal::new(hundredths, 2))
}

fn above_0(number: impl Strategy<Value = Decimal>) -> impl Strategy<Value = Decimal> {
    number.prop_map(|number| number.max(Decimal::new(1, 2)))
}

/// Every rule, with parameters within their bounds; levels earn more the higher they stand.
fn any_rule() -> impl Strategy<Value = Rule> {
    let percent = || (1..=10_000_i64).prop_map(|hundredths| Percent(Decimal::new(hundredths, 2)));
    let formulas = ["max_points * a / b", "a - b", "a > b ? a : b * b * b", "min(a, b, max_points)"];
    prop_oneof![
        Just(Rule::Choice(levels(&["3 → 3", "2 → 2", "1 → 1", "0 → 0"]))),
        any_number().prop_map(|unit| Rule::Count { unit: Points(unit) }),
        Just(Rule::Proportion),
        percent().prop_map(|target| Rule::Saturating { target }),
        percent().prop_map(|floor| Rule::Floor { floor }),
        Just(Rule::Banded(levels(&["95 → 3", "> 90 → 2", "50 → 1", "0 → 0"]))),
        any_number().prop_map(|each| Rule::Deduction { each: Points(each) }),
        any_number().prop_map(|minor| Rule::Gravity(levels(&[&format!("minor → {minor}"), "serious → 3"]))),
        Just(Rule::Average),
        Just(Rule::Relative),
        select(formulas.to_vec()).prop_map(|source| Rule::Formula(Formula::parse(source).unwrap())),
        Just(Rule::Survey),
        above_0(any_number()).prop_map(|full| Rule::External { full }),
    ]
}

/// How many inputs the items of this file have at most.
const INPUTS: usize = 4;

fn any_entry(number: impl Strategy<Value = Decimal> + Clone + 'static) -> impl Strategy<Value = Entry> {
    let value = prop_oneof![
        8 => number.clone().prop_map(Value::Number),
        1 => any::<bool>().prop_map(Value::Flag),
        2 => select(vec!["0", "1", "2", "3", "none"]).prop_map(|level| Value::Level(level.into())),
    ];
    let inputs = vec(proptest::option::weighted(0.8, value), INPUTS);
    let score = proptest::option::weighted(0.2, number.prop_map(Points));
    (inputs, score, proptest::option::weighted(0.2, any::<bool>())).prop_map(|(inputs, score, applicable)| Entry {
        inputs: inputs.into(),
        score,
        applicable,
    })
}

fn any_method() -> impl Strategy<Value = Method> {
    let rank = (
        select(vec![Ties::Competition, Ties::Dense]),
        vec(select(vec![Tiebreaker::Appraisal, Tiebreaker::Survey, Tiebreaker::Field("F1".into())]), 0..3),
    );
    let survey = (
        select(vec![Averaging::PerGroup, Averaging::Pooled]),
        0..5_u64,
        select(vec![BelowMinimum::LeaveOut, BelowMinimum::Missing]),
    );
    let rounding = (0..=6_u32, select(vec![RoundingMode::HalfUp, RoundingMode::HalfEven]));
    (rank, survey, rounding).prop_map(|((ties, tiebreakers), (averaging, minimum_responses, below_minimum), (decimals, mode))| {
        Method {
            rounding: Rounding { decimals, mode },
            rank: RankMethod { ties, tiebreakers },
            survey: SurveyMethod { averaging, minimum_responses, below_minimum },
        }
    })
}

/// An item, where it lies, and how it is found by agencies.
fn any_item() -> impl Strategy<Value = (Item, usize, Decimal)> {
    let applies = select(vec![0, 0, 0, 1, 2, 3]);
    (any_rule(), applies, any::<bool>(), 0..4_usize, above_0(any_number())).prop_map(|(rule, applies, survey, root, max)| {
        let mut item = match applies {
            0 => item(rule),
            1 => optional(rule),
            2 => tagged("x", rule),
            _ => tagged("nobody", rule),
        };
        item.half = if survey { Half::Survey } else { item.half };
        (item, root, max)
    })
}

/// Two fields, a bonus and a penalty with these items.
fn set(items: &[(Item, usize, Decimal)]) -> Draft {
    let mut draft = Draft::default();
    for (root, kind, code) in [(0, Kind::Field, "F1"), (1, Kind::Field, "F2"), (2, Kind::Bonus, "B"), (3, Kind::Penalty, "P")] {
        let of_root: Vec<_> = items.iter().enumerate().filter(|(_, (_, at, _))| *at == root).collect();
        let sum: Decimal = of_root.iter().map(|(_, (_, _, max))| max).sum();
        if !of_root.is_empty() {
            draft = draft.node(kind, None, code, &if root < 2 { sum } else { sum / d("2") }.to_string(), None);
            for (n, (item, _, max)) in of_root {
                draft = draft.item(&format!("{code}.{n}"), &max.to_string(), item.clone());
            }
        }
    }
    draft
}

/// A block of any shape, with any figures of `number`'s size.
fn any_block(number: impl Strategy<Value = Decimal> + Clone + 'static) -> impl Strategy<Value = Block> {
    let items = vec(any_item(), 1..6);
    let entries = vec(vec(vec(proptest::option::weighted(0.7, any_entry(number.clone())), 6), 3), AGENCIES.len());
    let external = vec(vec(proptest::option::of(number.clone()), 6), AGENCIES.len());
    let counts = prop_oneof![Just(0_u32), 0..20_u32, Just(u32::MAX)];
    let tallies = vec(vec(vec(vec(counts, 3), 2), 2), AGENCIES.len());
    let weights = vec(number, 6);
    let traits = vec((any::<bool>(), any::<bool>()), AGENCIES.len());
    (items, entries, external, tallies, weights, traits).prop_map(|(items, entries, external, tallies, weights, traits)| {
        let mut block = set(&items).block(&AGENCIES);
        block.groups = (0..2).map(|n| Group { code: n.to_string().into(), title: text("g"), weight: weights[n] }).collect();
        let worth = [Some(percent("100")), Some(percent("33.333333")), None];
        let choices: Vec<_> =
            worth.iter().enumerate().map(|(n, worth)| Choice { name: n.to_string().into(), worth: *worth }).collect();
        let fed: Vec<_> =
            (0..block.criteria.items().len()).filter(|at| block.criteria.items()[*at].item.rule == Rule::Survey).collect();
        let question = |n: usize| Question {
            name: n.to_string().into(),
            label: text("q"),
            item: fed.get(n % fed.len().max(1)).copied(),
            weight: weights[n + 2].max(Decimal::new(1, 6)),
            choices: choices.clone(),
        };
        block.forms = (0..2)
            .map(|n| Form { code: n.to_string().into(), group: n, questions: vec![question(2 * n), question(2 * n + 1)] })
            .collect();
        for (at, agency) in block.agencies.iter_mut().enumerate() {
            agency.assessed = traits[at].0 || at == 0;
            if traits[at].1 {
                agency.tags.insert("x".into());
            }
            for (slot, said) in agency.entries.iter_mut().zip(&entries[at]) {
                slot.clone_from(said);
            }
            agency.external.clone_from(&external[at]);
            agency.tallies.forms.clone_from(&tallies[at]);
        }
        block
    })
}

fn any_stream() -> impl Strategy<Value = Stream> {
    select(Stream::ALL.to_vec())
}

/// The same items for everybody, every one with a figure: each agency has an index.
fn filled_block() -> impl Strategy<Value = Block> {
    any_block(plain_number()).prop_map(|mut block| {
        for at in 0..AGENCIES.len() {
            for item in 0..block.criteria.items().len() {
                let [own, ..] = &mut block.agencies[at].entries;
                own[item].get_or_insert_default().score.get_or_insert(Points(Decimal::new(7 * (at as i64 % 3), 2)));
            }
        }
        block
    })
}

fn tally(fields: &[Tally]) -> (Points, Points, usize) {
    (fields.iter().map(|f| f.points).sum(), fields.iter().map(|f| f.maximum).sum(), fields.iter().map(|f| f.missing).sum())
}

fn consistent(block: &Block, method: &Method, results: &[AgencyResult]) -> Result<(), TestCaseError> {
    for result in results {
        prop_assert_eq!(result.rank.is_some(), result.index.is_some());
        prop_assert_eq!(result.band.is_some(), result.index.is_some(), "the bands begin at 0");
        if let Some(index) = result.index {
            prop_assert!((Percent::ZERO..=Percent::HUNDRED).contains(&index), "{index:?}");
            prop_assert_eq!(result.missing, 0);
        }
        let (appraisal, survey): (Vec<_>, Vec<_>) = result.fields.iter().map(|field| (field.appraisal, field.survey)).unzip();
        prop_assert_eq!(tally(&appraisal), tally(&[result.appraisal]));
        prop_assert_eq!(tally(&survey), tally(&[result.survey]));
        let missing = result.items.iter().filter(|item| matches!(item.outcome, Outcome::Missing(_))).count();
        prop_assert_eq!(missing, result.missing);
        for (item, leaf) in result.items.iter().zip(block.criteria.items()) {
            let points = item.outcome.points().unwrap_or_default();
            prop_assert!(points >= Points::ZERO && points <= leaf.max_points, "{points:?}");
        }
    }
    let ranked: Vec<_> = results.iter().filter(|result| result.rank.is_some()).collect();
    for one in &ranked {
        let better: Vec<_> = ranked.iter().filter(|other| other.rank < one.rank).collect();
        let ranks: std::collections::BTreeSet<_> = better.iter().map(|other| other.rank).collect();
        let expected = if method.rank.ties == Ties::Competition { better.len() } else { ranks.len() };
        prop_assert_eq!(one.rank, Some(expected + 1));
        for other in &ranked {
            prop_assert!(one.index <= other.index || one.rank < other.rank);
            if one.index == other.index && method.rank.tiebreakers.is_empty() {
                prop_assert_eq!(one.rank, other.rank);
            }
        }
    }
    Ok(())
}

fn explained(block: &Block, method: &Method, stream: Stream) -> Result<(), TestCaseError> {
    let results = block.score(method, stream);
    for result in &results.agencies {
        for (at, item) in result.items.iter().enumerate() {
            let why = block.explain_item(method, stream, result.agency, at).unwrap();
            prop_assert_eq!(&why.outcome, &item.outcome);
            prop_assert_eq!(why.stream, item.stream);
        }
        let why = block.explain_agency(method, stream, &results, result).unwrap();
        let index = why.steps.iter().rev().find_map(|step| match step {
            scoring::Step::Index { index, .. } => Some(*index),
            scoring::Step::IndexHeld { to, .. } => Some(*to),
            _ => None,
        });
        prop_assert_eq!(index, result.index);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Figures of up to 18 digits, counts of four thousand million, any weights: an index from 0 to 100 or none, and no panic.
    #[test]
    fn any_block_is_scored_consistently(block in any_block(any_number()), method in any_method(), stream in any_stream()) {
        consistent(&block, &method, &block.score(&method, stream).agencies)?;
    }

    #[test]
    fn ordinary_blocks_are_ranked_consistently(block in filled_block(), method in any_method(), stream in any_stream()) {
        consistent(&block, &method, &block.score(&method, stream).agencies)?;
    }

    #[test]
    fn explaining_computes_the_same(block in any_block(any_number()), method in any_method(), stream in any_stream()) {
        explained(&block, &method, stream)?;
    }

    #[test]
    fn an_item_that_applies_to_nobody_changes_nothing(
        items in vec(any_item(), 1..5), more in any_item(), declared in any::<bool>(),
        entries in vec(any_entry(plain_number()), AGENCIES.len() * 6), method in any_method(),
    ) {
        let fill = |block: &mut Block| {
            for (at, agency) in AGENCIES.iter().enumerate() {
                for (n, node) in block.criteria.nodes().to_vec().iter().filter(|node| node.item.is_some()).enumerate() {
                    if !node.code.ends_with(".9") {
                        block.claim(agency, &node.code, entries[at * 6 + n].clone());
                    }
                }
            }
        };
        let mut before = set(&items).block(&AGENCIES);
        fill(&mut before);
        let (mut extra, root, max) = more;
        extra = if declared { optional(extra.rule) } else { tagged("nobody", extra.rule) };
        if extra.rule == Rule::Survey {
            extra.half = Half::Survey;
        }
        let mut drafts = set(&items);
        // In a field of its own, which comes and goes with it.
        drafts = drafts.node([Kind::Field, Kind::Field, Kind::Bonus, Kind::Penalty][root], None, "Z", &max.to_string(), None);
        let mut after = drafts.item("Z.9", &max.to_string(), extra).block(&AGENCIES);
        fill(&mut after);
        for agency in AGENCIES {
            after.say(agency, Stream::Final, "Z.9", applicable(false));
        }
        let of = |block: &Block| {
            let results = block.score(&method, Stream::Final).agencies;
            results.iter().map(|r| (r.index, r.rank, r.band, r.appraisal, r.survey, r.bonus, r.penalty, r.missing)).collect::<Vec<_>>()
        };
        prop_assert_eq!(of(&before), of(&after));
    }

    /// Improving one input of a rule never lowers the agency's own index.
    #[test]
    fn a_better_figure_never_lowers_the_index(
        rule in any_rule().prop_filter("formulas claim nothing", |rule| !matches!(rule, Rule::Formula(_) | Rule::Survey)),
        figures in vec(above_0(plain_number()), INPUTS), others in vec(plain_number(), 2), by in plain_number(),
        at in 0..INPUTS, score in plain_number(), penalty in any::<bool>(),
    ) {
        let rest = || item(Rule::Proportion);
        let draft = field(vec![("R", "50", rest())]);
        let kind = if penalty { Kind::Penalty } else { Kind::Field };
        let mut block = draft.node(kind, None, "X", "10", None).item("X.1", "10", item(rule.clone())).block(&["A", "B", "C"]);
        block.claim("A", "R", Entry { score: Some(Points(score)), ..Entry::default() });
        for (agency, value) in ["B", "C"].iter().zip(&others) {
            block.claim(agency, "X.1", Entry { inputs: vec![Some(Value::Number(*value))].into(), ..Entry::default() });
        }
        let index = |figures: &[Decimal]| {
            let mut block = block.clone();
            let values = figures.iter().map(|figure| Some(match rule {
                Rule::Choice(_) => Value::Level((figure.trunc() % d("4")).normalize().to_string().into()),
                _ => Value::Number(*figure),
            }));
            block.claim("A", "X.1", Entry { inputs: values.collect(), ..Entry::default() });
            let place = block.place("X.1");
            block.agency("A").external = vec![Some(figures[0]); place + 1];
            block.result("A").index.unwrap()
        };
        let at = at % item(rule.clone()).inputs.len().max(1);
        let lower_is_better = match rule {
            Rule::Deduction { .. } | Rule::Gravity(_) => true,
            Rule::Proportion | Rule::Saturating { .. } | Rule::Floor { .. } | Rule::Banded(_) | Rule::Average => at % 2 == 1,
            _ => false,
        };
        let mut better = figures.clone();
        better[at] = match rule {
            Rule::Choice(_) => (figures[at].trunc() % d("4")).max(by.trunc() % d("4")),
            _ if lower_is_better => (figures[at] - by).max(Decimal::new(1, 2)),
            _ => figures[at] + by,
        };
        let (before, after) = (index(&figures), index(&better));
        prop_assert!(if penalty { after <= before } else { after >= before }, "{before:?} → {after:?}");
    }

    /// Moving answers to a better choice never lowers the index, in either order of averaging.
    #[test]
    fn better_answers_never_lower_the_index(
        counts in vec(vec(0..50_u32, 4), 4), weights in vec(above_0(plain_number()), 6),
        averaging in select(vec![Averaging::PerGroup, Averaging::Pooled]), question in 0..4_usize, from in 1..4_usize, moved in 1..50_u32,
    ) {
        let mut block = field(vec![("S", "7", item(Rule::Survey))]).block(&["A"]);
        block.groups = (0..2).map(|n| Group { code: n.to_string().into(), title: text("g"), weight: weights[n] }).collect();
        let choices: Vec<_> =
            ["100", "60", "20", "0"].iter().map(|worth| Choice { name: (*worth).into(), worth: Some(percent(worth)) }).collect();
        let ask = |n: usize| Question { name: n.to_string().into(), label: text("q"), item: Some(0), weight: weights[n + 2], choices: choices.clone() };
        block.forms = (0..2).map(|n| Form { code: n.to_string().into(), group: n, questions: vec![ask(2 * n), ask(2 * n + 1)] }).collect();
        let method = Method { survey: SurveyMethod { averaging, ..SurveyMethod::default() }, ..method() };
        let index = |counts: &[Vec<u32>]| {
            let mut block = block.clone();
            block.agency("A").tallies.forms = counts.chunks(2).map(<[Vec<u32>]>::to_vec).collect();
            block.result_after(Stream::Final, &method, "A").index
        };
        let mut better = counts.clone();
        let moved = moved.min(better[question][from]);
        better[question][from] -= moved;
        better[question][from - 1] += moved;
        prop_assert!(index(&better) >= index(&counts));
    }
}
