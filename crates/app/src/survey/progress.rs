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
    /// By form: responses, or none where the reader is not told; and how many are planned, or none where no link rates it.
    pub cells: Vec<(Option<u64>, Option<u32>)>,
    /// Of all these forms.
    pub responses: Option<u64>,
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
    let figures: Vec<Vec<u32>> =
        agencies.iter().map(|agency| columns.iter().map(|form| small(known(&agency.code, form))).collect()).collect();
    let shown = suppression::table(&figures, least);
    let planned = |agency: &Code, form: &Code| {
        campaign.sample.iter().find(|sample| sample.agency == *agency && sample.form == *form).map(|sample| sample.planned)
    };
    let rows = agencies.iter().zip(shown.cells.iter().zip(&shown.rows)).map(|(agency, (cells, sum))| Row {
        agency: agency.code.clone(),
        cells: columns
            .iter()
            .zip(cells)
            .map(|(form, n)| (n.map(u64::from), planned(&agency.code, form).filter(|_| cell(&agency.code, form).is_some())))
            .collect(),
        responses: sum.map(u64::from),
    });
    let rows: Vec<Row> = rows.collect();

    let mut lines = Vec::new();
    for form in &forms {
        let targets: Vec<i64> = survey.targets.iter().filter(|target| target.form == form.code).map(|target| target.id).collect();
        let sum = |which: fn(&(u64, u64)) -> u64| targets.iter().filter_map(|target| there.get(target)).map(which).sum::<u64>();
        let (web, paper) = (sum(|of| of.0), sum(|of| of.1));
        let total = web + paper;
        let at = columns.iter().position(|column| *column == form.code);
        let told = match at {
            Some(at) => shown.columns.get(at).copied().flatten().is_some(),
            None => total >= least.into(),
        };
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
