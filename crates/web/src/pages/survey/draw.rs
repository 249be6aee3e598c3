//! `/survey/draw`: the lists of people, and the random draw from them.

use super::problem;
use super::said::{agency, crumbs, field, number};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::{Asked, Visit};
use crate::moments;
use crate::ui::Page;
use app::survey::SurveyError;
use app::survey::draw::{self, MOST_RESERVE, NotDrawn, Order, Standing};
use app::survey::frame::{self, LIST_LIMIT, NotListed};
use askama::Template;
use axum::body::Bytes;
use axum::extract::multipart::Multipart;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::policy::Action;
use domain::survey::Stage;
use domain::survey::draw::{LONGEST_SEED, Seed};
use domain::survey::frame::columns;

/// The reserve that is offered, in % of those asked.
const RESERVE: &str = "20";

struct List {
    number: u32,
    name: String,
    people: String,
    at: String,
    by: String,
    hash: String,
}

struct Draw {
    number: u32,
    list: u32,
    seed: String,
    main: String,
    reserved: String,
    at: String,
    by: String,
}

struct Row {
    form: String,
    of: String,
    population: String,
    asked: String,
    listed: String,
    too_few: bool,
    invited: String,
    reserved: String,
}

#[derive(Default)]
struct Typed {
    seed: String,
    reserve: String,
}

#[derive(Template)]
#[template(path = "survey/draw.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    done: Option<String>,
    runs: bool,
    /// Whether drawing is open: the plan is frozen, and fieldwork not closed.
    open: bool,
    columns: Vec<(&'static str, String)>,
    lists: Vec<List>,
    newest: u32,
    draws: Vec<Draw>,
    rows: Vec<Row>,
    typed: Typed,
    longest: usize,
    most: u32,
}

pub(crate) async fn show(visit: Visit, asked: Asked) -> Result<Response, Failure> {
    let t = visit.t;
    let done = match (asked.get("listed"), asked.get("drawn")) {
        (Some(people), _) => Some(t.with("survey-listed", &[("n", &people.parse::<u32>().unwrap_or(0))])),
        (_, Some(people)) => Some(t.with("survey-drawn", &[("n", &people.parse::<u32>().unwrap_or(0))])),
        _ => None,
    };
    page(&visit, StatusCode::OK, (Vec::new(), done), Typed::default()).await
}

/// A list is read in.
pub(crate) async fn import(visit: Visit, mut request: Request) -> Result<Response, Failure> {
    let t = visit.t;
    DefaultBodyLimit::max(LIST_LIMIT.saturating_add(64 * 1024)).apply(&mut request);
    let refused =
        async |errors: Vec<String>| page(&visit, StatusCode::UNPROCESSABLE_ENTITY, (errors, None), Typed::default()).await;
    let Some((name, bytes)) = file(request).await else { return refused(vec![t.get("survey-list-too-large")]).await };
    if bytes.is_empty() {
        return refused(vec![t.get("survey-list-none")]).await;
    }
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match frame::import(&visit.ctx, actor, campaign, (&name, &bytes)).await {
        Ok(list) => Ok(Redirect::to(&format!("/survey/draw?listed={}", list.people)).into_response()),
        Err(NotListed::Unreadable(error)) => refused(vec![error.say(t.lang())]).await,
        Err(NotListed::Problems(problems)) => {
            let first = t.with("survey-list-problems", &[("n", &problems.len())]);
            let said = problems.iter().take(MOST_SAID).map(|problem| {
                let fault = [&problem.fault.what, &problem.fault.instead].map(|text| t.of(text));
                let [what, instead] = fault;
                let place: [(&'static str, &dyn crate::texts::Argument); 4] =
                    [("row", &problem.row), ("column", &problem.column), ("what", &what), ("instead", &instead)];
                t.with("survey-list-problem", &place)
            });
            refused(std::iter::once(first).chain(said).collect()).await
        }
        Err(NotListed::Failed(error)) => refused(problem(&visit, error)?).await,
    }
}

/// Problems of a list that are said at once.
const MOST_SAID: usize = 50;

/// The file of a form, with its name; none where there is too much of it.
async fn file(request: Request) -> Option<(String, Bytes)> {
    let mut form = Multipart::from_request(request, &()).await.ok()?;
    let mut found = (String::new(), Bytes::new());
    while let Some(field) = form.next_field().await.ok()? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            found = (name, field.bytes().await.ok()?);
        }
    }
    Some(found)
}

pub(crate) async fn take(visit: Visit, Posted(sent): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    let t = visit.t;
    let typed = Typed { seed: field(&sent, "seed").to_owned(), reserve: field(&sent, "reserve").to_owned() };
    let (seed, reserve) = (Seed::new(&typed.seed), typed.reserve.parse().ok());
    let errors = match (seed, reserve) {
        (Some(seed), Some(reserve)) => {
            let order = Order { list: field(&sent, "list").parse().unwrap_or(0), seed, reserve };
            let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
            match draw::draw(&visit.ctx, actor, campaign, &order).await {
                Ok(drawn) => return Ok(Redirect::to(&format!("/survey/draw?drawn={}", drawn.main)).into_response()),
                Err(NotDrawn::NoList) => vec![t.get("survey-draw-no-list")],
                Err(NotDrawn::Nothing) => vec![t.get("survey-draw-nothing")],
                Err(NotDrawn::Reserve) => vec![t.with("survey-draw-reserve-wrong", &[("n", &MOST_RESERVE)])],
                Err(NotDrawn::Failed(SurveyError::Failed(app::Error::Stale))) => vec![t.get("survey-draw-stale")],
                Err(NotDrawn::Failed(error)) => problem(&visit, error)?,
            }
        }
        (None, _) => vec![t.with("survey-draw-no-seed", &[("n", &LONGEST_SEED)])],
        (_, None) => vec![t.with("survey-draw-reserve-wrong", &[("n", &MOST_RESERVE)])],
    };
    page(&visit, StatusCode::UNPROCESSABLE_ENTITY, (errors, None), typed).await
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    (errors, done): (Vec<String>, Option<String>),
    typed: Typed,
) -> Result<Response, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    let lists = frame::all(&visit.ctx, actor, campaign).await?;
    let draws = draw::all(&visit.ctx, actor, &visit.frame).await?;
    let standing = draw::standing(&visit.ctx, actor, &visit.frame).await?;
    let list = |list: &frame::List| List {
        number: list.number,
        name: list.name.clone(),
        people: number(t, list.people),
        at: moments::moment(t, list.at, zone),
        by: list.by_name.clone(),
        hash: list.file.clone(),
    };
    let drawn = |draw: &draw::Draw| Draw {
        number: draw.number,
        list: draw.frame,
        seed: draw.seed.clone(),
        main: number(t, draw.main),
        reserved: number(t, draw.reserved),
        at: moments::moment(t, draw.at, zone),
        by: draw.by_name.clone(),
    };
    let view = View {
        page: Page::new(visit, t.get("survey-draw-title"), crumbs(t)),
        errors,
        done,
        runs: visit.may(Action::RunSurvey),
        open: matches!(visit.frame.survey().stage, Stage::Frozen | Stage::Fieldwork),
        columns: columns().iter().map(|column| (column.name, t.get(&format!("survey-column-{}", column.name)))).collect(),
        newest: lists.last().map_or(0, |list| list.number),
        lists: lists.iter().rev().map(list).collect(),
        draws: draws.iter().rev().map(drawn).collect(),
        rows: standing.iter().map(|found| row(visit, found)).collect(),
        typed: Typed { reserve: if typed.reserve.is_empty() { RESERVE.into() } else { typed.reserve }, ..typed },
        longest: LONGEST_SEED,
        most: MOST_RESERVE,
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn row(visit: &Visit, standing: &Standing) -> Row {
    let t = visit.t;
    let figure = |figure: Option<u64>| figure.map_or_else(|| "–".to_owned(), |figure| number(t, figure));
    Row {
        form: standing.stratum.form.to_string(),
        of: standing.stratum.agency.as_ref().map_or_else(|| t.get("survey-every-agency"), |code| agency(visit, code)),
        population: figure(standing.population.map(u64::from)),
        asked: figure(standing.asked.map(|asked| asked as u64)),
        listed: number(t, standing.listed),
        too_few: standing.listed > 0 && standing.asked.is_some_and(|asked| standing.listed < asked),
        invited: number(t, standing.invited),
        reserved: number(t, standing.reserved),
    }
}

/// A list to be filled in: the names of the columns.
pub(crate) async fn template(_: Visit) -> Response {
    let names: Vec<&str> = columns().iter().map(|column| column.name).collect();
    // The mark at the beginning tells Excel that what follows is UTF-8.
    csv("frame.csv", format!("\u{feff}{}\r\n", names.join(",")))
}

/// Everybody's number in a draw, in order: enough to repeat it with `sha256sum`. Without names.
pub(crate) async fn numbers(visit: Visit, asked: Asked) -> Result<Response, Failure> {
    let mut text = String::from("\u{feff}form,agency,person,sha256,list\r\n");
    let newest = draw::all(&visit.ctx, &visit.session.actor, &visit.frame).await?.last().map(|draw| draw.number);
    let wanted = match asked.get("draw") {
        Some(number) => Some(number.parse().map_err(|_| Failure::NotFound)?),
        None => newest,
    };
    if let Some(wanted) = wanted {
        for line in draw::repeat(&visit.ctx, &visit.session.actor, &visit.frame, wanted).await? {
            let of = line.stratum.agency.as_ref().map(ToString::to_string).unwrap_or_default();
            text.push_str(&format!("{},{of},{},{},{}\r\n", line.stratum.form, line.person, line.number, line.list));
        }
    }
    Ok(csv(&format!("draw-{}.csv", wanted.unwrap_or(0)), text))
}

fn csv(name: &str, text: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, text).into_response()
}
