//! How fieldwork goes: counted every hour, and shown as it is.

use crate::change::ask;
use crate::survey::quality::least;
use crate::{Context, Error, Frame};
use chrono::{DateTime, DurationRound, TimeDelta, Timelike, Utc};
use domain::Code;
use domain::policy::{Action, Actor};
use domain::survey::progress::{Count, Forecast, Span, came, forecast, spans};
use domain::survey::tally::Channel;
use domain::survey::{Stage, StageEvent, frame as frames, planning, suppression};
use std::collections::{BTreeMap, HashMap};
use store::Snapshot;
use store::survey::progress::Progress;
use store::survey::{course, invitations, responses};

/// Minutes behind a full hour within which it is counted. Whoever missed them counts at the next hour.
const WITHIN: u32 = 10;

/// Counts responses, where the hour has just begun and nobody has counted yet; only what grew is recorded. Gives how many targets did.
///
/// # Errors
/// Where the database does not answer.
pub async fn record(context: &Context) -> Result<usize, Error> {
    let now = context.now();
    let hour = now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now);
    if now.minute() >= WITHIN {
        return Ok(0);
    }
    let Some(frame) = context.current().await? else { return Ok(0) };
    if !matches!(frame.survey().stage, Stage::Fieldwork | Stage::Closed) {
        return Ok(0);
    }
    let code = &frame.settings().code;
    // Counted before anything is locked: it may take a while.
    let there = responses::counts(&context.store().read().await?).await?;
    let tx = context.store().write().await?;
    store::campaign::lock(&tx, code).await?;
    let known = counts(&tx, code).await?;
    if known.iter().any(|count| count.at >= hour) {
        return Ok(0);
    }
    let mut newest = HashMap::<(i64, Channel), u64>::new();
    for count in &known {
        let most = newest.entry((count.target, count.channel)).or_default();
        *most = count.responses.max(*most);
    }
    let grew = there.into_iter().filter(|(target, channel, responses)| {
        let before = newest.get(&(*target, *channel)).copied().unwrap_or(0);
        *responses > before && frame.survey().target(*target).is_some()
    });
    let rows: Vec<Progress> =
        grew.map(|(target, channel, responses)| Progress { at: hour, target, channel, responses }).collect();
    store::survey::progress::add(&tx, code, &rows).await?;
    tx.commit().await?;
    Ok(rows.len())
}

/// What was counted hour by hour.
pub(super) async fn counts(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Count>, Error> {
    let rows = store::survey::progress::all(snapshot, campaign).await?;
    let count = |Progress { at, target, channel, responses }: Progress| Count { target, channel, at, responses };
    Ok(rows.into_iter().map(count).collect())
}

/// A form's progress in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The form.
    pub form: Code,
    /// Whether each of its people rates all agencies of the block.
    pub rates_all: bool,
    /// How many forms are planned; those who rate all agencies are counted once.
    pub planned: u64,
    /// How many people have been given a link.
    pub invited: u64,
    /// How many answered; none: fewer than the reader is told of, or something of which fewer could be worked out.
    pub responses: Option<u64>,
    /// Of those: on the web, and on paper.
    pub channels: Option<(u64, u64)>,
    /// Where the pace leads; none where there is no end, no day has passed, or it would tell of few.
    pub forecast: Option<Forecast>,
}

/// A row of the table: an agency, and its responses to each form that rates one agency at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The agency.
    pub agency: Code,
    /// By form.
    pub cells: Vec<Cell>,
}

/// An agency's responses to one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Whether anybody is asked.
    pub asked: bool,
    /// How many answered; none where the reader is not told.
    pub responses: Option<u64>,
    /// How many are planned.
    pub planned: Option<u32>,
}

/// How fieldwork of a block goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockProgress {
    /// Where the survey stands.
    pub stage: Stage,
    /// When fieldwork first opened.
    pub opened: Option<DateTime<Utc>>,
    /// When it ends.
    pub ends: Option<DateTime<Utc>>,
    /// Its forms, in the order of the campaign.
    pub lines: Vec<Line>,
    /// The forms of the table's columns.
    pub columns: Vec<Code>,
    /// Its agencies.
    pub rows: Vec<Row>,
    /// What came, day by day; days of few are put together.
    pub days: Vec<Span>,
    /// Fewest responses that the reader is told of.
    pub least: u32,
}

/// How fieldwork of a block goes, as far as the reader is told.
///
/// # Errors
/// [`Error::NotThere`] where there is no such block; where the policy does not allow it, or the database does not answer.
pub async fn of_block(context: &Context, actor: &Actor, frame: &Frame, block: &Code) -> Result<BlockProgress, Error> {
    ask(actor, frame, Action::ReadSurvey)?;
    let (campaign, survey, code) = (frame.campaign(), frame.survey(), &frame.settings().code);
    if !campaign.blocks.iter().any(|known| known.code == *block) {
        return Err(Error::NotThere);
    }
    let snapshot = context.store().read().await?;
    let mut there = HashMap::<i64, (u64, u64)>::new();
    for (target, channel, responses) in responses::counts(&snapshot).await? {
        let (web, paper) = there.entry(target).or_default();
        match channel {
            Channel::Web => *web += responses,
            Channel::Paper => *paper += responses,
        }
    }
    let mut invited = BTreeMap::<i64, u64>::new();
    for invitation in invitations::all(&snapshot, code).await?.iter().filter(|invitation| invitation.issued > 0) {
        *invited.entry(invitation.target).or_default() += 1;
    }
    let counts = counts(&snapshot, code).await?;
    let steps = course::all(&snapshot, code).await?;
    let opened = steps.iter().find(|step| step.event == StageEvent::Open).map(|step| step.at);
    let closed = steps.iter().rfind(|step| step.event == StageEvent::Close).map(|step| step.at);
    let now = context.now();
    let least = least(actor, frame.settings());

    let has_targets = |form: &Code| survey.targets.iter().any(|target| target.form == *form);
    let forms: Vec<_> = campaign
        .forms
        .iter()
        .filter(|form| form.block == *block && (frames::is_asked(campaign, &form.code) || has_targets(&form.code)))
        .collect();
    let rates_all = |form: &Code| frames::rates(campaign, form) == domain::survey::Rates::All;
    let columns: Vec<Code> = forms.iter().map(|form| form.code.clone()).filter(|form| !rates_all(form)).collect();
    let agencies: Vec<_> = campaign.agencies.iter().filter(|agency| agency.block == *block && agency.is_assessed()).collect();
    let cell = |agency: &Code, form: &Code| {
        let is = |target: &&domain::survey::answers::Target| target.form == *form && target.agencies == [agency.clone()];
        survey.targets.iter().find(is)
    };
    let responses_of = |target: i64| there.get(&target).map_or(0, |(web, paper)| web + paper);
    let known = |agency: &Code, form: &Code| cell(agency, form).map_or(0, |target| responses_of(target.id));
    let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    // Forms that are asked about some agencies only stand for themselves: nobody doubts that what is not asked has no answers, and it
    // hides nothing.
    let asked = |form: &Code| agencies.iter().filter(|agency| cell(&agency.code, form).is_some()).count();
    let (whole, partial): (Vec<&Code>, Vec<&Code>) = columns.iter().partition(|form| asked(form) == agencies.len());
    let mut told = HashMap::<(&Code, &Code), u64>::new();
    let mut sums = HashMap::<&Code, u64>::new();
    for together in std::iter::once(whole).chain(partial.into_iter().map(|form| vec![form])) {
        let rows: Vec<_> =
            agencies.iter().filter(|agency| together.iter().any(|form| cell(&agency.code, form).is_some())).collect();
        let figures: Vec<Vec<u32>> =
            rows.iter().map(|agency| together.iter().map(|form| small(known(&agency.code, form))).collect()).collect();
        let shown = suppression::table(&figures, least);
        for (agency, cells) in rows.iter().zip(&shown.cells) {
            let cells = together.iter().zip(cells).filter_map(|(form, n)| Some((*form, (*n)?)));
            told.extend(cells.map(|(form, n)| ((&agency.code, form), u64::from(n))));
        }
        sums.extend(together.iter().zip(&shown.columns).filter_map(|(form, n)| Some((*form, u64::from((*n)?)))));
    }
    let planned = |agency: &Code, form: &Code| {
        campaign.sample.iter().find(|sample| sample.agency == *agency && sample.form == *form).map(|sample| sample.planned)
    };
    let rows = agencies.iter().map(|agency| {
        let cells = columns.iter().map(|form| Cell {
            asked: cell(&agency.code, form).is_some(),
            responses: told.get(&(&agency.code, form)).copied(),
            planned: planned(&agency.code, form),
        });
        Row { agency: agency.code.clone(), cells: cells.collect() }
    });
    let rows: Vec<Row> = rows.collect();

    let mut lines = Vec::new();
    for form in &forms {
        let targets: Vec<i64> = survey.targets.iter().filter(|target| target.form == form.code).map(|target| target.id).collect();
        let sum = |which: fn(&(u64, u64)) -> u64| targets.iter().filter_map(|target| there.get(target)).map(which).sum::<u64>();
        let (web, paper) = (sum(|of| of.0), sum(|of| of.1));
        let total = web + paper;
        let told = if columns.contains(&form.code) { sums.contains_key(&form.code) } else { total >= least.into() };
        let few = |n: u64| n > 0 && n < least.into();
        let own: Vec<Count> = counts.iter().filter(|count| targets.contains(&count.target)).copied().collect();
        let leads = opened.zip(survey.ends).and_then(|(opened, ends)| {
            let until = if survey.stage == Stage::Fieldwork { now } else { closed.unwrap_or(now) };
            forecast(&own, total, opened, until.min(ends), if survey.stage == Stage::Fieldwork { ends } else { until.min(ends) })
        });
        let samples = campaign.sample.iter().filter(|sample| sample.form == form.code);
        lines.push(Line {
            form: form.code.clone(),
            rates_all: rates_all(&form.code),
            planned: planning::asked_of(rates_all(&form.code), samples.map(|sample| sample.planned.into())),
            invited: targets.iter().filter_map(|target| invited.get(target)).sum(),
            responses: told.then_some(total),
            channels: (told && !few(web) && !few(paper)).then_some((web, paper)),
            forecast: leads.filter(|found| told && !few(found.came)),
        });
    }
    let own = |target: i64| survey.target(target).is_some_and(|target| forms.iter().any(|form| form.code == target.form));
    let came: Vec<_> = came(&counts).into_iter().filter(|(target, ..)| own(*target)).collect();
    let days = spans(&came, frame.settings().zone(), least.into());
    Ok(BlockProgress { stage: survey.stage, opened, ends: survey.ends, lines, columns, rows, days, least })
}
