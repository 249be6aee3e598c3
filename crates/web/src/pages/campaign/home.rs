//! `/`: where the campaign stands today, what is late, what comes next, and the plan's tasks.

use super::mine::{Mine, mine};
use super::timeline::{Bar, Month, Timeline, standing};
use crate::failure::Failure;
use crate::figures::{self, Figures};
use crate::guard::Visit;
use crate::names;
use crate::texts::T;
use crate::ui::Page;
use app::Computed;
use askama::Template;
use axum::response::Html;
use chrono::NaiveDate;
use domain::campaign::Settings;
use domain::plan::{Standing, Task};
use domain::policy::Action;
use domain::{Code, Phase};
use scoring::Text;

/// How many of the tasks to come are named.
const NEXT: usize = 3;

struct TaskView {
    code: String,
    /// The heading, where a new one begins.
    section: Option<String>,
    title: String,
    owner: String,
    product: String,
    /// The time in the plan's words, or else the date.
    due: String,
    /// The days, where the plan's words don't say them.
    dates: String,
    standing: String,
    class: &'static str,
    bar: Option<Bar>,
    note: Option<String>,
}

struct Block {
    title: String,
    href: String,
    mean: Option<String>,
    /// Agencies with an index, of those assessed.
    ranked: usize,
    assessed: usize,
    bands: Vec<(usize, String, usize)>,
}

struct Own {
    name: String,
    href: String,
    index: Option<String>,
    missing: usize,
}

#[derive(Template)]
#[template(path = "campaign/home.html")]
struct View {
    page: Page,
    title: String,
    phase: String,
    today: String,
    period: String,
    legal_basis: String,
    authority: String,
    late: Vec<TaskView>,
    next: Vec<TaskView>,
    tasks: Vec<TaskView>,
    done: usize,
    months: Vec<Month>,
    today_at: Option<String>,
    blocks: Vec<Block>,
    own: Option<Own>,
    mine: Vec<Mine>,
    stream: String,
}

pub(crate) async fn show(visit: Visit) -> Result<Html<String>, Failure> {
    let (t, today) = (visit.t, visit.today());
    let campaign = visit.frame.campaign();
    let settings = &campaign.settings;
    let timeline = Timeline::over(&campaign.tasks, today);
    let view = |task: &Task| task_view(t, timeline.as_ref(), task, today);
    let by_due = |wanted: fn(Standing) -> bool| {
        let mut found: Vec<&Task> = campaign.tasks.iter().filter(|task| wanted(task.standing(today))).collect();
        found.sort_by_key(|task| (task.due.is_none(), task.due));
        found.into_iter().map(view)
    };
    // While people write, results change all the time, and nobody looks for them here.
    let shows_results = settings.phase() >= Phase::Council;
    let view = View {
        page: Page::new(&visit, t.get("layout-home"), Vec::new()),
        title: t.of(&Text::new(&*settings.title, settings.title_en.as_deref().unwrap_or_default())),
        phase: names::phase(t, settings.phase()),
        today: figures::day(t, today),
        period: period(t, settings),
        legal_basis: t.of(&Text::new(
            settings.legal_basis.as_deref().unwrap_or_default(),
            settings.legal_basis_en.as_deref().unwrap_or_default(),
        )),
        authority: t.of(&Text::new(&*settings.authority, settings.authority_en.as_deref().unwrap_or_default())),
        late: by_due(|standing| matches!(standing, Standing::Late { .. })).collect(),
        next: by_due(|standing| matches!(standing, Standing::Running | Standing::Ahead)).take(NEXT).collect(),
        tasks: sections(t, &campaign.tasks, campaign.tasks.iter().map(view).collect()),
        done: campaign
            .tasks
            .iter()
            .filter(|task| matches!(task.standing(today), Standing::Done | Standing::DoneLate { .. }))
            .count(),
        months: timeline.as_ref().map(Timeline::months).unwrap_or_default(),
        today_at: timeline.as_ref().and_then(Timeline::today),
        mine: mine(&visit).await?,
        blocks: if shows_results && visit.may(Action::ReadRanking) {
            blocks(&visit, &*visit.computed().await?)
        } else {
            Vec::new()
        },
        own: match own_agency(&visit).filter(|_| shows_results) {
            Some(code) => own(&visit, &*visit.computed().await?, &code),
            None => None,
        },
        stream: names::stream(t, names::stream_of(settings.phase())),
    };
    Ok(Html(view.render()?))
}

fn period(t: T, settings: &Settings) -> String {
    format!("{} – {}", figures::day(t, settings.period_start), figures::day(t, settings.period_end))
}

fn task_view(t: T, timeline: Option<&Timeline>, task: &Task, today: NaiveDate) -> TaskView {
    let (standing, class) = standing(t, task, today);
    let day = |day: Option<NaiveDate>| day.map(|day| figures::day(t, day));
    let dates = match (day(task.start), day(task.due)) {
        (Some(start), Some(due)) if start != due => format!("{start} – {due}"),
        (start, due) => due.or(start).unwrap_or_default(),
    };
    let words = t.of(&task.due_text());
    TaskView {
        code: task.code.to_string(),
        section: None,
        title: t.of(&task.title()),
        owner: t.of(&task.owner()),
        product: t.of(&task.product()),
        due: if words.is_empty() { day(task.due).unwrap_or_default() } else { words },
        dates,
        standing,
        class,
        bar: timeline.and_then(|timeline| timeline.bar(task)),
        note: task.note.clone(),
    }
}

/// Puts each heading above the first of its tasks.
fn sections(t: T, tasks: &[Task], mut views: Vec<TaskView>) -> Vec<TaskView> {
    let mut above = None;
    for (task, view) in tasks.iter().zip(&mut views) {
        let section = t.of(&task.section());
        view.section = (!section.is_empty() && above.as_ref() != Some(&section)).then(|| section.clone());
        above = Some(section);
    }
    views
}

fn blocks(visit: &Visit, computed: &Computed) -> Vec<Block> {
    let t = visit.t;
    let stream = names::stream_of(visit.frame.settings().phase());
    let figures = Figures::new(t, computed.model().method.rounding);
    let of = |(block, results): (&scoring::Block, &scoring::BlockResult)| Block {
        title: t.of(&block.title),
        href: format!("/ranking/{}?stream={}", block.code, stream.code()),
        mean: results.mean().map(|mean| figures.shown(mean.0)),
        ranked: results.agencies.iter().filter(|agency| agency.index.is_some()).count(),
        assessed: results.agencies.len(),
        bands: block
            .bands
            .iter()
            .enumerate()
            .map(|(at, band)| {
                (at + 1, t.of(&band.label), results.agencies.iter().filter(|agency| agency.band == Some(at)).count())
            })
            .collect(),
    };
    computed.model().blocks.iter().zip(computed.results(stream)).map(of).collect()
}

/// The agency for which the visitor speaks.
fn own_agency(visit: &Visit) -> Option<Code> {
    let actor = &visit.session.actor;
    let code = actor.agency.as_ref().filter(|code| actor.speaks_for(code))?;
    visit.may(Action::ReadAgency(code)).then(|| code.clone())
}

fn own(visit: &Visit, computed: &Computed, code: &Code) -> Option<Own> {
    let place = computed.place(code)?;
    let result = computed.result(place, visit.stream_of(code, None))?;
    let figures = Figures::new(visit.t, computed.model().method.rounding);
    Some(Own {
        name: visit.t.of(&place.agency.name),
        href: format!("/agencies/{code}"),
        index: result.index.map(|index| figures.shown(index.0)),
        missing: result.missing,
    })
}
