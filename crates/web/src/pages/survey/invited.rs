//! `/survey/invitations/targets/{target}`: who is invited to rate an agency, for those who run the survey. A lost link, another person.

use super::invitations::{done, problem, rated};
use super::said::{crumbs, field};
use crate::failure::Failure;
use crate::figures::day;
use crate::forms::Posted;
use crate::guard::{Asked, Visit};
use crate::texts::T;
use crate::ui::{Link, Page};
use app::survey::invitations::{self, Invited, UNSETTLED};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::survey::Stage;
use domain::survey::inviting::{Due, Way};

struct Row {
    number: u32,
    name: String,
    person: String,
    address: String,
    place: String,
    link: String,
    fault: Option<String>,
    reminded: String,
    used: String,
    reissue: bool,
    print: bool,
    replace: bool,
}

#[derive(Template)]
#[template(path = "survey/invited.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    done: Option<String>,
    target: i64,
    people: Vec<Row>,
    open: bool,
    mails: bool,
    fieldwork: bool,
    lag: String,
}

pub(crate) async fn show(visit: Visit, Path(target): Path<String>, asked: Asked) -> Result<Response, Failure> {
    let target = target.parse().map_err(|_| Failure::NotFound)?;
    let done = done(&visit, &asked);
    page(&visit, StatusCode::OK, target, Vec::new(), done).await
}

/// A lost link is made anew, or somebody of the reserve is asked instead.
pub(crate) async fn change(
    visit: Visit,
    Path(invited): Path<String>,
    Posted(sent): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let number: u32 = invited.parse().map_err(|_| Failure::NotFound)?;
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    let what = field(&sent, "do");
    let outcome = match what {
        "reissue" => invitations::reissue(&visit.ctx, actor, campaign, number).await.map(|()| number),
        "replace" => invitations::replace(&visit.ctx, actor, campaign, number).await,
        _ => return Err(Failure::Refused),
    };
    match outcome {
        Ok(n) => {
            let target = target_of(&visit, number).await?;
            Ok(Redirect::to(&format!("/survey/invitations/targets/{target}?done={what}&n={n}")).into_response())
        }
        Err(error) => {
            let errors = problem(&visit, error)?;
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, target_of(&visit, number).await?, errors, None).await
        }
    }
}

/// What somebody who is invited rates.
pub(super) async fn target_of(visit: &Visit, number: u32) -> Result<i64, Failure> {
    invitations::target_of(&visit.ctx, &visit.session.actor, &visit.frame, number).await.map_err(Failure::from)
}

pub(super) async fn page(
    visit: &Visit,
    status: StatusCode,
    target: i64,
    errors: Vec<String>,
    done: Option<String>,
) -> Result<Response, Failure> {
    let t = visit.t;
    let people = invitations::people(&visit.ctx, &visit.session.actor, &visit.frame, target).await?;
    let rates = visit.frame.survey().target(target).ok_or(Failure::NotFound)?;
    let at = visit.frame.survey().stage;
    let mails = visit.ctx.mails_from().is_some();
    let open = matches!(at, Stage::Frozen | Stage::Fieldwork);
    let mut crumbs = crumbs(t);
    crumbs.push(Link::new(format!("/survey/invitations?form={}", rates.form), t.get("survey-invitations-title")));
    let k = visit.frame.settings().small_cell.unwrap_or(5);
    let view = View {
        page: Page::new(visit, rated(visit, rates), crumbs),
        errors,
        done,
        target,
        people: people.iter().map(|invited| row(t, invited, mails && at == Stage::Fieldwork)).collect(),
        open,
        mails,
        fieldwork: at == Stage::Fieldwork,
        lag: t.with("survey-lots", &[("k", &k)]),
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn row(t: T, invited: &Invited, mails: bool) -> Row {
    let (invitation, standing) = (&invited.invitation, invited.standing);
    let on = invitation.issued_on.map(|on| day(t, on)).unwrap_or_default();
    let many: (&'static str, &dyn crate::texts::Argument) = ("n", &invitation.issued);
    let link = match (invitation.due, standing.linked, invitation.way) {
        _ if standing.replaced => t.get("survey-link-replaced"),
        _ if standing.reserve => t.get("survey-link-reserve"),
        (Some(Due::Link), ..) => t.get("survey-link-waits"),
        (_, true, Some(Way::Print)) => t.with("survey-link-printed", &[("on", &on), many]),
        (_, true, _) => t.with("survey-link-mailed", &[("on", &on), many]),
        _ => t.get("survey-link-none"),
    };
    let reminded = match (invitation.due, invitation.reminded_on) {
        (Some(Due::Reminder), _) => t.get("survey-reminder-waits"),
        (_, Some(last)) => t.with("survey-reminded-on", &[("n", &invitation.reminded), ("on", &day(t, last))]),
        _ => "–".into(),
    };
    let fault = invitation.fault.as_deref().map(|said| match said {
        UNSETTLED => t.get("survey-mail-unsettled"),
        said => t.with("survey-mail-fault", &[("said", &said)]),
    });
    Row {
        number: invitation.number,
        name: invitation.name.clone(),
        person: invitation.person.clone(),
        address: invitation.email.clone().unwrap_or_default(),
        place: invitation.place.clone().unwrap_or_default(),
        link,
        fault,
        reminded,
        used: t.get(if standing.used { "survey-used-yes" } else { "survey-used-unknown" }),
        reissue: mails && standing.is_asked() && !standing.used && !standing.waits && standing.address,
        print: standing.may_be_printed(),
        replace: standing.may_be_replaced() && !standing.waits,
    }
}
