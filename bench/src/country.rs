//! A country of communes with everything that scoring knows, put together in memory.
//!
//! What is measured is computing, not reading: rows of a workbook would cost more than their scores.

use crate::clock::{least_and_median, timed};
use crate::process;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use scoring::criteria::{AppliesTo, Bound, Half, Input, InputKind, Item, Kind, Level, NodeDraft};
use scoring::formula::Formula;
use scoring::index::{Agency, Band, Block};
use scoring::points::RoundingMode;
use scoring::ranking::RankMethod;
use scoring::survey::{Choice, Form, Group, Question, SurveyMethod, Tallies};
use scoring::{Campaign, CriteriaSet, Decimal, Entry, Method, Percent, Points, Rounding, Rule, Stream, Text, Value};

/// Communes of Vietnam before 2025.
pub(crate) const COMMUNES: usize = 10_598;
/// Appraisal and survey items: the last of each ten is the survey's.
const ITEMS: usize = 130;
const FIELDS: usize = 13;
const RUNS: usize = 5;
const GROUPS: usize = 5;

const FORMULA: &str =
    "total == 0 ? max_points : (done >= 0.9 * total ? max_points : min(max_points, max_points * (done + 0.5 * late) / total))";

/// Builds a country, scores it, and prints for `score`: items, µs to load, µs to score (least, median), ms of processor, KiB.
pub(crate) fn measure(communes: usize) -> Result<(), String> {
    let (campaign, loaded) = timed(|| country(communes));
    let campaign = campaign?;
    let lacking = "no /proc/self: processor time and memory are measured on Linux";
    let before = process::own_processor_time().ok_or(lacking)?;
    let mut runs = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let (results, duration) = timed(|| campaign.score(Stream::Final));
        let without = results.iter().flat_map(|block| &block.agencies).filter(|result| result.index.is_none()).count();
        if without > 0 {
            return Err(format!("{without} communes have no index"));
        }
        runs.push(duration);
    }
    let (least, median) = least_and_median(runs).ok_or("no runs")?;
    let spent = (process::own_processor_time().ok_or(lacking)? - before) / RUNS as u64;
    let memory = process::own_memory().ok_or(lacking)?;
    println!("{} {} {} {} {spent} {memory}", communes * ITEMS, loaded.as_micros(), least.as_micros(), median.as_micros());
    Ok(())
}

fn country(communes: usize) -> Result<Campaign, String> {
    let criteria = criteria()?;
    let forms = forms(&criteria);
    let mut dice = ChaCha8Rng::from_seed([7; 32]);
    let agencies = (0..communes).map(|at| commune(at, &criteria, &forms, &mut dice)).collect();
    let block = Block {
        code: "commune".into(),
        title: Text::new("Xã", "Commune"),
        bands: [90, 80, 65, 50, 0].map(band).into(),
        groups: (1..=GROUPS).map(group).collect(),
        criteria,
        forms,
        agencies,
    };
    let method = Method {
        rounding: Rounding { decimals: 2, mode: RoundingMode::HalfUp },
        rank: RankMethod::default(),
        survey: SurveyMethod { minimum_responses: 10, ..SurveyMethod::default() },
    };
    Ok(Campaign { method, blocks: vec![block] })
}

fn band(from: u32) -> Band {
    Band { label: Text::new(from.to_string(), ""), from: Bound { from: Percent(from.into()), inclusive: true } }
}

fn group(at: usize) -> Group {
    Group {
        code: at.to_string().into(),
        title: Text::new(format!("Nhóm {at}"), format!("Group {at}")),
        weight: Decimal::new(2, 1),
    }
}

/// Thirteen fields of ten items, each rule in turn; bonus and penalty beside them.
fn criteria() -> Result<CriteriaSet, String> {
    let mut drafts = Vec::new();
    let (mut appraisal, mut survey) = (Points::ZERO, Points::ZERO);
    for field in 1..=FIELDS {
        let code: Box<str> = field.to_string().into();
        drafts.push(node(&code, None, Kind::Field, Decimal::from(10), None));
        for place in 1..=10 {
            let (rule, inputs) = rule((field - 1) * 10 + place)?;
            let half = if matches!(rule, Rule::Survey | Rule::External { .. }) { Half::Survey } else { Half::Appraisal };
            let sum = if half == Half::Survey { &mut survey } else { &mut appraisal };
            *sum = *sum + Points(Decimal::ONE);
            let applies_to = if place == 3 { AppliesTo::Optional } else { AppliesTo::All };
            let item = Item { half, applies_to, rule, inputs };
            drafts.push(node(&format!("{field}.{place}"), Some(&code), Kind::Criterion, Decimal::ONE, Some(item)));
        }
    }
    for (code, kind) in [("B", Kind::Bonus), ("P", Kind::Penalty)] {
        drafts.push(node(code, None, kind, Decimal::ONE, None));
        let item = Item {
            half: Half::Appraisal,
            applies_to: AppliesTo::All,
            rule: Rule::Count { unit: Points(Decimal::new(5, 1)) },
            inputs: inputs(&["count"]),
        };
        drafts.push(node(&format!("{code}.1"), Some(code), Kind::Criterion, Decimal::ONE, Some(item)));
    }
    CriteriaSet::new(drafts, appraisal, survey)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}

fn node(code: &str, parent: Option<&str>, kind: Kind, max: Decimal, item: Option<Item>) -> NodeDraft {
    NodeDraft {
        code: code.into(),
        parent: parent.map(Into::into),
        kind,
        title: Text::new(code, ""),
        max_points: Points(max),
        item,
    }
}

fn inputs(names: &[&str]) -> Vec<Input> {
    let kind = |name: &str| if name == "level" { InputKind::Choice } else { InputKind::Integer };
    names.iter().map(|name| Input { name: (*name).into(), label: Text::new(*name, ""), kind: kind(name) }).collect()
}

fn levels(levels: &[(&str, i64, u32)]) -> Vec<Level> {
    let level = |(code, hundredths, from): &(&str, i64, u32)| Level {
        code: (*code).into(),
        label: Text::new(*code, ""),
        points: Points(Decimal::new(*hundredths, 2)),
        from: Bound { from: Percent((*from).into()), inclusive: true },
    };
    levels.iter().map(level).collect()
}

/// All thirteen rules in turn.
fn rule(at: usize) -> Result<(Rule, Vec<Input>), String> {
    let rate = || inputs(&["done", "total"]);
    Ok(match at % 13 {
        0 => (Rule::Choice(levels(&[("full", 100, 0), ("partly", 50, 0), ("none", 0, 0)])), inputs(&["level"])),
        1 => (Rule::Count { unit: Points(Decimal::new(25, 2)) }, inputs(&["count"])),
        2 => (Rule::Proportion, rate()),
        3 => (Rule::Saturating { target: Percent(Decimal::from(80)) }, rate()),
        4 => (Rule::Floor { floor: Percent(Decimal::from(50)) }, rate()),
        5 => (Rule::Banded(levels(&[("b95", 100, 95), ("b80", 75, 80), ("b0", 0, 0)])), rate()),
        6 => (Rule::Deduction { each: Points(Decimal::new(25, 2)) }, inputs(&["violations"])),
        7 => (Rule::Gravity(levels(&[("light", 10, 0), ("grave", 50, 0)])), inputs(&["light", "grave"])),
        8 => (Rule::Average, inputs(&["done_1", "total_1", "done_2", "total_2"])),
        9 => (Rule::Relative, inputs(&["value"])),
        10 => (Rule::Formula(Formula::parse(FORMULA).map_err(|error| error.to_string())?), inputs(&["total", "done", "late"])),
        11 => (Rule::Survey, Vec::new()),
        _ => (Rule::External { full: Decimal::ONE_HUNDRED }, Vec::new()),
    })
}

/// A form per group; each asks one question for every survey item.
fn forms(criteria: &CriteriaSet) -> Vec<Form> {
    let fed: Vec<usize> =
        criteria.items().iter().enumerate().filter(|(_, leaf)| leaf.item.rule == Rule::Survey).map(|(at, _)| at).collect();
    let question = |item: &usize| Question {
        name: format!("q{item}").into(),
        label: Text::new(format!("Câu {item}"), ""),
        item: Some(*item),
        weight: Decimal::ONE,
        choices: [Some(100), Some(75), Some(50), Some(25), Some(0), None].map(choice).into(),
    };
    let form = |group: usize| Form { code: format!("F{group}").into(), group, questions: fed.iter().map(question).collect() };
    (0..GROUPS).map(form).collect()
}

fn choice(percent: Option<u32>) -> Choice {
    Choice { name: format!("{percent:?}").into(), worth: percent.map(|percent| Percent(percent.into())) }
}

fn commune(at: usize, criteria: &CriteriaSet, forms: &[Form], dice: &mut ChaCha8Rng) -> Agency {
    let leaves = criteria.items();
    let mut entries: [Vec<Option<Entry>>; 3] = [vec![None; leaves.len()], vec![None; leaves.len()], vec![None; leaves.len()]];
    let [own, first, last] = &mut entries;
    for (((leaf, own), first), last) in leaves.iter().zip(own).zip(first).zip(last) {
        if leaf.item.rule.is_claimed() {
            *own = Some(said(&leaf.item, dice));
            // A fifth of the claims is corrected, a tenth has its score set, a tenth is corrected again.
            match dice.next_u32() % 20 {
                0..4 => *first = Some(said(&leaf.item, dice)),
                4..6 => *first = Some(Entry { score: Some(Points(Decimal::new(5, 1))), ..Entry::default() }),
                6..8 => (*first, *last) = (Some(said(&leaf.item, dice)), Some(said(&leaf.item, dice))),
                8 if leaf.item.applies_to == AppliesTo::Optional => {
                    *own = Some(Entry { applicable: Some(false), ..Entry::default() });
                }
                _ => {}
            }
        }
    }
    let counts = |dice: &mut ChaCha8Rng| (0..6).map(|_| 5 + dice.next_u32() % 40).collect();
    Agency {
        code: format!("X{at:05}").into(),
        name: Text::new(format!("Xã {at}"), format!("Commune {at}")),
        assessed: true,
        entries,
        tallies: Tallies {
            forms: forms.iter().map(|form| form.questions.iter().map(|_| counts(dice)).collect()).collect(),
            ..Tallies::default()
        },
        external: leaves
            .iter()
            .map(|leaf| {
                matches!(leaf.item.rule, Rule::External { .. })
                    .then(|| Decimal::new(7_000 + i64::from(dice.next_u32() % 3_000), 2))
            })
            .collect(),
        ..Agency::default()
    }
}

/// Complete inputs of an item.
fn said(item: &Item, dice: &mut ChaCha8Rng) -> Entry {
    let total = 50 + dice.next_u32() % 5_000;
    let mut value = |name: &str| match name.split('_').next().unwrap_or_default() {
        "level" => Value::Level(["full", "partly", "none"].get((dice.next_u32() % 3) as usize).copied().unwrap_or("full").into()),
        "total" => Value::Number(total.into()),
        "done" => Value::Number((total - dice.next_u32() % (total / 3)).into()),
        "value" => Value::Number((dice.next_u32() % 10_000).into()),
        _ => Value::Number((dice.next_u32() % 3).into()),
    };
    Entry { inputs: item.inputs.iter().map(|input| Some(value(&input.name))).collect(), ..Entry::default() }
}
