//! `/survey/doors`: open links, for groups of which nobody has a list.

use super::invitations::{base, pdf, rated};
use super::said::{agency, crumbs, field, number};
use super::stage;
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::{Asked, Visit};
use crate::server::Site;
use crate::ui::Page;
use app::survey::doors::{self, DoorError, LONGEST_PLACE, MOST_ANSWERS, Opening};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Code;
use domain::policy::Action;
use domain::survey::Stage;

struct Row {
    code: String,
    rated: String,
    place: String,
    path: String,
    answered: String,
    limit: u32,
    closed: bool,
    state: String,
}

/// What is being filled in.
#[derive(Default)]
struct Draft {
    form: String,
    agency: String,
    place: String,
    limit: String,
}

struct Choice {
    code: String,
    name: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "survey/doors.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    done: bool,
    stage: Option<String>,
    doors: Vec<Row>,
    runs: bool,
    forms: Vec<Choice>,
    agencies: Vec<Choice>,
    draft: Draft,
    longest: usize,
    most: u32,
}

pub(crate) async fn show(visit: Visit, asked: Asked) -> Result<Response, Failure> {
    let done = asked.get("done").is_some();
    page(&visit, StatusCode::OK, Draft { limit: "200".into(), ..Draft::default() }, Vec::new(), done).await
}

pub(crate) async fn open(visit: Visit, Posted(sent): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    let text = |name: &str| field(&sent, name).to_owned();
    let draft = Draft { form: text("form"), agency: text("agency"), place: text("place"), limit: text("limit") };
    let agency = if draft.agency.is_empty() { Ok(None) } else { Code::new(&draft.agency).map(Some).ok_or(()) };
    let opening = match (Code::new(&draft.form), agency) {
        (Some(form), Ok(agency)) => Opening { form, agency, place: draft.place.clone(), limit: draft.limit.parse().unwrap_or(0) },
        _ => {
            let errors = vec![visit.t.get("survey-door-no-target")];
            return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, draft, errors, false).await;
        }
    };
    match doors::open(&visit.ctx, &visit.session.actor, &visit.frame.settings().code, &opening).await {
        Ok(_) => Ok(Redirect::to("/survey/doors?done").into_response()),
        Err(error) => {
            let errors = problem(&visit, error)?;
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, draft, errors, false).await
        }
    }
}

pub(crate) async fn change(
    visit: Visit,
    Path(door): Path<String>,
    Posted(sent): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let code = Code::new(&door).ok_or(Failure::NotFound)?;
    let limit = field(&sent, "limit").parse().unwrap_or(0);
    let how = (&code, limit, field(&sent, "closed") == "yes");
    match doors::change(&visit.ctx, &visit.session.actor, &visit.frame.settings().code, how).await {
        Ok(()) => Ok(Redirect::to("/survey/doors?done").into_response()),
        Err(error) => {
            let errors = problem(&visit, error)?;
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, Draft::default(), errors, false).await
        }
    }
}

/// Prints the poster. It is posted for, so that nothing but a person's click sets the press going.
pub(crate) async fn poster(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(door): Path<String>,
) -> Result<Response, Failure> {
    let code = Code::new(&door).ok_or(Failure::NotFound)?;
    let what = (&code, &*base(&site, &headers), visit.t.lang());
    match doors::poster(&visit.ctx, &visit.session.actor, &visit.frame, what).await {
        Ok(bytes) => Ok(pdf("ap-phich.pdf", bytes)),
        Err(error) => {
            let errors = problem(&visit, error)?;
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, Draft::default(), errors, false).await
        }
    }
}

fn problem(visit: &Visit, error: DoorError) -> Result<Vec<String>, Failure> {
    let t = visit.t;
    Ok(vec![match error {
        DoorError::Stage(at) => t.with("survey-not-at-stage", &[("stage", &stage(t, at))]),
        DoorError::Target => t.get("survey-door-no-target"),
        DoorError::Place => t.with("survey-door-no-place", &[("n", &LONGEST_PLACE)]),
        DoorError::Limit => t.with("survey-door-no-limit", &[("most", &MOST_ANSWERS)]),
        DoorError::NotPrinted(error) => error.say(t.lang()),
        DoorError::Failed(app::Error::Stale) => t.get("survey-stale"),
        DoorError::Failed(error) => return Err(error.into()),
    }])
}

async fn page(visit: &Visit, status: StatusCode, draft: Draft, errors: Vec<String>, done: bool) -> Result<Response, Failure> {
    let t = visit.t;
    let known = doors::all(&visit.ctx, &visit.session.actor, &visit.frame).await?;
    let rows = known.iter().map(|door| Row {
        code: door.code.to_string(),
        rated: visit.frame.survey().target(door.target).map(|target| rated(visit, target)).unwrap_or_default(),
        place: door.place.clone(),
        path: doors::path(&door.code),
        answered: number(t, door.answered),
        limit: door.limit,
        closed: door.closed,
        state: t.get(match door {
            door if door.closed => "survey-door-closed",
            door if door.answered >= door.limit => "survey-door-full",
            _ => "survey-door-open",
        }),
    });
    let at = visit.frame.survey().stage;
    let open = matches!(at, Stage::Frozen | Stage::Fieldwork);
    let campaign = visit.frame.campaign();
    let forms = visit.frame.survey().forms.iter().map(|form| Choice {
        code: form.code.to_string(),
        name: format!("{} · {}", form.code, t.of(&form.title)),
        chosen: form.code.as_str() == draft.form,
    });
    let assessed = campaign.agencies.iter().filter(|agency| agency.is_assessed());
    let agencies = assessed.map(|found| Choice {
        code: found.code.to_string(),
        name: agency(visit, &found.code),
        chosen: found.code.as_str() == draft.agency,
    });
    let view = View {
        page: Page::new(visit, t.get("survey-doors-title"), crumbs(t)),
        errors,
        done,
        stage: (!open).then(|| t.with("survey-not-at-stage", &[("stage", &stage(t, at))])),
        doors: rows.collect(),
        runs: open && visit.may(Action::RunSurvey),
        forms: forms.collect(),
        agencies: agencies.collect(),
        draft,
        longest: LONGEST_PLACE,
        most: MOST_ANSWERS,
    };
    Ok((status, Html(view.render()?)).into_response())
}
