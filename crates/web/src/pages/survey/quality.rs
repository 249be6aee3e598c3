//! `/survey/quality?block=…`: what became of what came in, what stands out and is to be decided, and what looks as if it were not by chance.

use super::monitoring::cell;
use super::said::{agency, crumbs, number};
use crate::failure::Failure;
use crate::guard::{Asked, Visit};
use crate::texts::T;
use crate::ui::{Link, Page};
use app::survey::quality::{Fall, Flags, Quality, quality};
use askama::Template;
use axum::response::Html;
use domain::campaign::Handling;
use domain::policy::Action;
use domain::survey::Stage;
use domain::survey::fraud::Chance;
use domain::survey::quality::Ground;
use domain::survey::tally::Channel;
use rust_decimal::Decimal;

struct Row {
    name: String,
    form: String,
    channel: String,
    figures: Vec<String>,
}

struct FlagRow {
    cell: String,
    ground: String,
    link: Option<String>,
    figures: [String; 4],
}

struct Sign {
    cell: String,
    says: String,
    chance: String,
    link: Option<String>,
}

#[derive(Template)]
#[template(path = "survey/quality.html")]
struct View {
    page: Page,
    blocks: Vec<Link>,
    hides: Option<String>,
    rule: Vec<String>,
    columns: Vec<String>,
    forms: Vec<Row>,
    agencies: Vec<Row>,
    flags: Vec<FlagRow>,
    waits: Option<String>,
    bursts: Vec<Sign>,
    copies: Vec<Sign>,
    keyers: Vec<Sign>,
    looked: [String; 2],
}

pub(crate) async fn show(visit: Visit, asked: Asked) -> Result<Html<String>, Failure> {
    let t = visit.t;
    let blocks = &visit.frame.campaign().blocks;
    let block = match asked.get("block") {
        Some(code) => blocks.iter().find(|block| block.code.as_str() == code).ok_or(Failure::NotFound)?,
        None => blocks.first().ok_or(Failure::NotFound)?,
    };
    let seen = quality(&visit.ctx, &visit.session.actor, &visit.frame).await?;
    let link = |other: &domain::agencies::Block| {
        Link::new(format!("/survey/quality?block={}", other.code), t.of(&other.title())).current(other.code == block.code)
    };
    let survey = visit.frame.survey();
    let here = |target: i64| {
        let form = survey.target(target).and_then(|target| survey.form(&target.form));
        form.is_some_and(|form| form.block == block.code)
    };
    let columns = ["received", "duplicate", "incomplete", "straight_line", "too_fast", "excluded", "valid", "flagged"];
    let view = View {
        page: Page::new(&visit, t.get("quality-title"), crumbs(t)),
        blocks: blocks.iter().map(link).collect(),
        hides: (seen.least > 0).then(|| t.with("quality-hides", &[("k", &seen.least)])),
        rule: rule(&visit),
        columns: columns.iter().map(|word| t.get(&format!("quality-column-{word}"))).collect(),
        forms: seen.by_form(&visit.frame, &block.code).iter().map(|fall| row(&visit, fall)).collect(),
        agencies: seen.by_agency(&visit.frame, &block.code).iter().map(|fall| row(&visit, fall)).collect(),
        flags: flags(&visit, &seen, here),
        waits: (survey.stage != Stage::Closed).then(|| t.with("quality-waits", &[("stage", &super::stage(t, survey.stage))])),
        bursts: bursts(&visit, &seen, here),
        copies: copies(&visit, &seen, here),
        keyers: keyers(t, &seen),
        looked: [number(t, seen.signals.hours), number(t, seen.signals.cells)],
    };
    Ok(Html(view.render()?))
}

/// A figure, or that it is hidden.
fn told(t: T, n: Option<u64>) -> String {
    n.map_or_else(|| t.get("progress-hidden"), |n| number(t, n))
}

/// The frozen rule in sentences.
fn rule(visit: &Visit) -> Vec<String> {
    let (t, rule) = (visit.t, visit.frame.settings().validity());
    let handling = |handling: Handling| t.get(&format!("quality-handling-{}", handling.word()));
    let mut says = vec![
        t.with("quality-rule-share", &[("share", &number(t, rule.share))]),
        t.with("quality-rule-line", &[("then", &handling(rule.straight_line))]),
    ];
    if let Some(seconds) = rule.fast_seconds {
        says.push(t.with("quality-rule-fast", &[("seconds", &seconds), ("then", &handling(rule.too_fast))]));
    }
    says
}

pub(super) fn channel(t: T, channel: Channel) -> String {
    t.get(&format!("quality-channel-{}", channel.word()))
}

fn row(visit: &Visit, fall: &Fall) -> Row {
    let t = visit.t;
    let group = domain::survey::frame::group_of(visit.frame.campaign(), &fall.form);
    let name = match &fall.agency {
        Some(code) => agency(visit, code),
        None => group.map_or_else(|| fall.form.to_string(), |group| t.of(&group.title())),
    };
    let told = |n: Option<u64>| told(t, n);
    // By construction there are none: see the page.
    let figures = [fall.received, Some(0)].into_iter().chain(fall.fates).chain([fall.flagged]);
    Row { name, form: fall.form.to_string(), channel: channel(t, fall.channel), figures: figures.map(told).collect() }
}

pub(super) fn ground(t: T, ground: Ground) -> String {
    t.get(&format!("quality-ground-{}", ground.word()))
}

/// Where single responses are looked at, for who may, once they may be.
fn look(visit: &Visit, target: i64, ground: Ground) -> Option<String> {
    let shown = matches!(visit.frame.survey().stage, Stage::Closed | Stage::HandedOver) && visit.may(Action::RunSurvey);
    shown.then(|| format!("/survey/quality/{}/{target}", ground.word()))
}

fn flags(visit: &Visit, seen: &Quality, here: impl Fn(i64) -> bool) -> Vec<FlagRow> {
    let t = visit.t;
    let row = |((target, of), flags): (&(i64, Ground), &Flags)| {
        let few = flags.found < seen.least.into();
        let told = |n: u64| if seen.least > 0 && (few || n < seen.least.into()) { told(t, None) } else { number(t, n) };
        FlagRow {
            cell: cell(visit, *target),
            ground: ground(t, *of),
            link: look(visit, *target, *of),
            figures: [flags.found, flags.kept, flags.excluded, flags.open()].map(told),
        }
    };
    seen.flags.iter().filter(|((target, _), _)| here(*target)).map(row).collect()
}

/// How likely by chance, in words.
fn chance(t: T, chance: Chance) -> String {
    let least = Decimal::new(1, 6);
    let p = if chance.p < least { format!("< {}", number(t, least)) } else { number(t, chance.p.round_dp(6)) };
    t.with("quality-chance", &[("p", &p)])
}

fn bursts(visit: &Visit, seen: &Quality, here: impl Fn(i64) -> bool) -> Vec<Sign> {
    let t = visit.t;
    let zone = visit.frame.settings().zone();
    let found = seen.signals.bursts.iter().filter(|burst| here(burst.cell));
    found
        .map(|burst| Sign {
            cell: cell(visit, burst.cell),
            says: t.with(
                "quality-burst",
                &[
                    ("came", &number(t, burst.came)),
                    ("hour", &crate::moments::moment(t, burst.hour, zone)),
                    ("expected", &number(t, burst.expected.round_dp(1))),
                ],
            ),
            chance: chance(t, burst.chance),
            link: None,
        })
        .collect()
}

fn copies(visit: &Visit, seen: &Quality, here: impl Fn(i64) -> bool) -> Vec<Sign> {
    let t = visit.t;
    let told = |n: u64| if n < seen.least.into() { told(t, None) } else { number(t, n) };
    let found = seen.signals.copies.iter().filter(|(target, _)| here(*target));
    found
        .map(|(target, copies)| Sign {
            cell: cell(visit, *target),
            says: t.with(
                "quality-copies",
                &[
                    ("repeated", &told(copies.repeated)),
                    ("all", &told(copies.responses)),
                    ("largest", &told(copies.largest)),
                    ("expected", &number(t, copies.expected.round_dp(1))),
                ],
            ),
            chance: chance(t, copies.chance),
            link: look(visit, *target, Ground::Copies),
        })
        .collect()
}

fn keyers(t: T, seen: &Quality) -> Vec<Sign> {
    let percent = |share: Decimal| number(t, (share * Decimal::ONE_HUNDRED).round_dp(1));
    let signs = seen.signals.keyers.iter().flat_map(|(name, pattern)| {
        let farthest = pattern.shares.iter().max_by_key(|(_, own, others)| (*own - *others).abs());
        let choice = farthest.map(|(mark, own, others)| Sign {
            cell: name.clone(),
            says: t.with(
                "quality-keyer-choices",
                &[
                    ("sheets", &number(t, pattern.sheets)),
                    ("place", &domain::survey::answers::place(*mark).map_or(0, |place| place + 1)),
                    ("own", &percent(*own)),
                    ("others", &percent(*others)),
                ],
            ),
            chance: chance(t, pattern.choices),
            link: None,
        });
        let runs = Sign {
            cell: name.clone(),
            says: t.with(
                "quality-keyer-runs",
                &[
                    ("sheets", &number(t, pattern.sheets)),
                    ("own", &percent(pattern.repeats.0)),
                    ("others", &percent(pattern.repeats.1)),
                ],
            ),
            chance: chance(t, pattern.runs),
            link: None,
        };
        choice.into_iter().chain([runs])
    });
    signs.collect()
}
