//! From a wanted share of an item's points to the figures that an agency would fill in.

use crate::dice::{Dice, WHOLE, share_of, share_of_up};
use crate::items::{Item, hundredths};
use crate::magnitude::{Size, bounded};
use domain::Code;
use domain::criteria::{InputType, LevelRow, RuleName};
use rust_decimal::Decimal;
use scoring::formula::Operand;

/// An input with its value, as a claim writes it.
pub(crate) type Figure = (Code, String);

/// What figures depend on beside the wanted share. The same luck gives more points for more share, never fewer.
pub(crate) struct Luck<'a> {
    pub(crate) seed: u64,
    pub(crate) agency: &'a str,
    pub(crate) size: &'a Size,
    /// The share of the block's best that goes with the agency, for rules that compare.
    pub(crate) standing: i64,
}

impl Luck<'_> {
    fn dice(&self, item: &Item<'_>, purpose: &str) -> Dice {
        Dice::of(self.seed, &["figures", purpose, self.agency, item.code()])
    }
}

/// Figures of a claimed item that earn about `share` of its points; a share above the whole leaves some slack.
pub(crate) fn figures(item: &Item<'_>, share: i64, luck: &Luck<'_>) -> Vec<Figure> {
    let chance = luck.dice(item, "rounding").share();
    match item.rule {
        RuleName::Choice => level(&item.levels, hundredths(item.row.max_points), share, chance)
            .map(|chosen| figure(item, "level", chosen.level.to_string()))
            .into_iter()
            .flatten()
            .collect(),
        RuleName::Count => number(item, "count", units(item, share, chance)),
        RuleName::Proportion => rate(item, "", share.clamp(0, WHOLE), luck),
        RuleName::Saturating => {
            let target = item.parameter();
            let slack = (WHOLE - target) * (share - WHOLE).clamp(0, 2_000) / 2_000;
            rate(item, "", if share >= WHOLE { target + slack } else { share_of(target, share.max(0)) }, luck)
        }
        RuleName::Floor => {
            let floor = item.parameter();
            let reached = if share >= floor { Some(share.min(WHOLE)) } else { (share * WHOLE / floor > chance).then_some(floor) };
            rate(item, "", reached.unwrap_or(floor * 9 / 10), luck)
        }
        RuleName::Banded => banded(item, share, chance, luck),
        RuleName::Deduction if item.row.parameter.is_some() => number(item, "violations", violations(item, share, chance)),
        RuleName::Deduction => by_gravity(item, share, chance),
        RuleName::Average => {
            let parts = (1..).map(|part| format!("_{part}")).take(item.inputs.len() / 2);
            parts
                .flat_map(|part| {
                    let deviation = luck.dice(item, &part).bell(700);
                    rate(item, &part, (share + deviation).clamp(0, WHOLE), luck)
                })
                .collect()
        }
        RuleName::Relative => relative(item, luck),
        RuleName::Formula => by_formula(item, share, luck),
        RuleName::Survey | RuleName::External => Vec::new(),
    }
}

fn figure(item: &Item<'_>, name: &str, value: String) -> Option<Figure> {
    Some((item.input(name)?.name.clone(), value))
}

fn number(item: &Item<'_>, name: &str, value: i64) -> Vec<Figure> {
    let bounded = item.input(name).map(|input| bounded(input, value)).unwrap_or(value);
    figure(item, name, bounded.to_string()).into_iter().collect()
}

/// The level whose points come next to the share: of the two around it, the one that chance prefers.
fn level<'a>(levels: &[&'a LevelRow], max: i64, share: i64, chance: i64) -> Option<&'a LevelRow> {
    let mut by_points = levels.to_vec();
    by_points.sort_by_key(|level| std::cmp::Reverse(level.points));
    let wanted = share_of(max, share.clamp(0, WHOLE));
    let above = by_points.iter().copied().rfind(|level| hundredths(level.points) >= wanted).or(by_points.first().copied())?;
    let Some(below) = by_points.iter().copied().find(|level| hundredths(level.points) < wanted) else { return Some(above) };
    let (low, high) = (hundredths(below.points), hundredths(above.points));
    let nearness = (share.clamp(0, WHOLE) * max - low * WHOLE) / (high - low).max(1);
    Some(if nearness > chance { above } else { below })
}

/// How many units earn the share; beyond the cap there may be one or two more.
fn units(item: &Item<'_>, share: i64, chance: i64) -> i64 {
    let (max, unit) = (hundredths(item.row.max_points), hundredths(item.row.parameter.unwrap_or(Decimal::ONE)).max(1));
    (share.clamp(0, 12_500) * max / unit + chance) / WHOLE
}

fn violations(item: &Item<'_>, share: i64, chance: i64) -> i64 {
    let (max, each) = (hundredths(item.row.max_points), hundredths(item.row.parameter.unwrap_or(Decimal::ONE)).max(1));
    ((WHOLE - share).clamp(0, WHOLE) * max / each + WHOLE - 1 - chance) / WHOLE
}

/// Violations of the lightest gravity only, save where so many points are lost that one of the next must be among them. Nobody is
/// said to have done something grave.
fn by_gravity(item: &Item<'_>, share: i64, chance: i64) -> Vec<Figure> {
    let mut gravities: Vec<&LevelRow> = item.levels.clone();
    gravities.sort_by_key(|gravity| gravity.points);
    let mut lost = (WHOLE - share).clamp(0, WHOLE) * hundredths(item.row.max_points);
    let mut figures = Vec::new();
    for (place, gravity) in gravities.iter().enumerate() {
        let each = hundredths(gravity.points).max(1);
        let most = if place == 0 { 3 } else { i64::from(place == 1 && gravities.len() > 2) };
        let times = ((lost / each + WHOLE - 1 - chance) / WHOLE).min(most);
        lost = (lost - times * each * WHOLE).max(0);
        figures.extend(figure(item, gravity.level.as_str(), times.to_string()));
    }
    figures
}

/// `done` and `total` with this suffix, for a rate.
fn rate(item: &Item<'_>, suffix: &str, rate: i64, luck: &Luck<'_>) -> Vec<Figure> {
    let (done, total) = (format!("done{suffix}"), format!("total{suffix}"));
    let Some(input) = item.input(&total) else { return Vec::new() };
    let whole = luck.size.whole(input);
    // Targets and floors must be reached by the whole numbers, too.
    let reaches = matches!(item.rule, RuleName::Saturating | RuleName::Floor);
    let part = if reaches { share_of_up(whole, rate) } else { share_of(whole, rate) };
    [figure(item, &done, part.min(whole).to_string()), figure(item, &total, whole.to_string())].into_iter().flatten().collect()
}

fn banded(item: &Item<'_>, share: i64, chance: i64, luck: &Luck<'_>) -> Vec<Figure> {
    let Some(input) = item.input("total") else { return Vec::new() };
    let Some(band) = level(&item.levels, hundredths(item.row.max_points), share, chance) else { return Vec::new() };
    let whole = luck.size.whole(input);
    let from = |level: &LevelRow| hundredths(level.from.unwrap_or_default());
    let next = item.levels.iter().map(|level| from(level)).filter(|other| *other > from(band)).min();
    let lowest = share_of_up(whole, from(band));
    let highest = next.map_or(whole, |next| share_of_up(whole, next) - 1).max(lowest);
    // Nobody stands at the very bottom of the lowest band.
    let lowest = if from(band) == 0 { highest * 4 / 5 } else { lowest };
    let part = lowest + share_of(highest - lowest, luck.dice(item, "band").share());
    [figure(item, "done", part.to_string()), figure(item, "total", whole.to_string())].into_iter().flatten().collect()
}

/// A value that depends on the agency's standing alone, so that the best of the block does not move while others are calibrated.
fn relative(item: &Item<'_>, luck: &Luck<'_>) -> Vec<Figure> {
    let Some(input) = item.inputs.first() else { return Vec::new() };
    let share = (luck.standing + luck.dice(item, "value").bell(1_600)).clamp(1_500, WHOLE);
    let best = if input.kind == InputType::Percent { 90 } else { 240 };
    let value = match input.kind {
        InputType::Number => Decimal::new(share_of(best * 10, share), 1).normalize().to_string(),
        _ => bounded(input, share_of(best, share)).to_string(),
    };
    vec![(input.name.clone(), value)]
}

/// Searches how good things must be for the formula to give the share, and fills in figures that are as good.
fn by_formula(item: &Item<'_>, share: i64, luck: &Luck<'_>) -> Vec<Figure> {
    let Some(formula) = &item.formula else { return Vec::new() };
    let wanted = item.row.max_points * Decimal::new(share.clamp(0, WHOLE), 4);
    let points = |goodness: i64| {
        let figures = as_good(item, goodness, luck);
        let operand = |name: &str| {
            if name == "max_points" {
                return Some(Operand::Number(item.row.max_points));
            }
            let (_, value) = figures.iter().find(|(input, _)| input.as_str() == name)?;
            Some(match value.as_str() {
                "yes" => Operand::Flag(true),
                "no" => Operand::Flag(false),
                number => Operand::Number(number.parse().ok()?),
            })
        };
        formula.value(&operand).unwrap_or_default()
    };
    let (mut low, mut high) = (0, 100);
    while low < high {
        let middle = (low + high) / 2;
        if points(middle * 100) >= wanted {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    as_good(item, high * 100, luck)
}

/// Figures for all inputs of a formula, by what their names mean in the sample sets.
fn as_good(item: &Item<'_>, goodness: i64, luck: &Luck<'_>) -> Vec<Figure> {
    let has = |name: &str| item.input(name).is_some();
    let size_of = |name: &str| item.input(name).map_or(0, |input| luck.size.whole(input));
    // An item about apologies counts what ran late: the late ones are the whole, and nobody's view of them changes.
    let is_about_apologies =
        has("apologised") || item.row.formula.as_deref().is_some_and(|formula| formula.contains("done >= total ?"));
    let overdue = if luck.dice(item, "overdue").happens(250) { 0 } else { luck.size.overdue(luck.standing) };
    let total = if is_about_apologies { overdue } else { size_of("total") };
    let good = |whole: i64, of: i64| share_of(whole, share_of(goodness, of));
    let bad = |whole: i64, of: i64| share_of(whole, share_of(WHOLE - goodness, of));
    let value = |name: &str| match name {
        "total" => total,
        "late" if has("apologised") => overdue,
        "apologised" => good(overdue, WHOLE),
        "late" => bad(total, 7_000),
        "overdue" => bad(total, 2_500),
        "on_time" if has("done") => good(total, 9_700),
        "published" => good(total, 9_600),
        "full_online" => good(total, 7_200),
        "part_online" => good(total, 1_600),
        "exceeded" => good(total, 1_700),
        "met" => good(total, 8_200),
        "nearly" => bad(total, 5_000),
        "target" | "quota" | "units_before" | "money_total" | "district_total" | "commune_total" => size_of(name),
        "reduced" => good(size_of("target"), WHOLE),
        "present" => share_of(size_of("quota"), 10_900 - share_of(goodness, 1_400)),
        "units_after" => size_of("units_before") + i64::from(goodness >= 6_700) - i64::from(goodness < 3_300),
        "money_done" => good(size_of("money_total"), WHOLE),
        "district_done" => good(size_of("district_total"), 9_800),
        "commune_done" => good(size_of("commune_total"), 8_800),
        _ => good(total, WHOLE),
    };
    let text = |name: &str, kind: InputType| match kind {
        InputType::Boolean => String::from(if goodness >= 2_500 { "yes" } else { "no" }),
        _ => value(name).to_string(),
    };
    item.inputs.iter().map(|input| (input.name.clone(), text(input.name.as_str(), input.kind))).collect()
}
