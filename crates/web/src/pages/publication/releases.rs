//! `/publication`: the releases of the campaign, and making one.

use super::{name, problem, refused, state};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::ui::Page;
use app::publication::{self, ReleaseState};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::policy::Action;

#[derive(Template)]
#[template(path = "publication/releases.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    releases: Vec<Line>,
    /// Whether the visitor makes releases.
    runs: bool,
    /// Why none can be made now.
    not_now: Option<String>,
    /// The release that a new one would correct.
    corrects: Option<String>,
    reason: String,
    /// The public key that signs; none: nothing can be published.
    key: Option<String>,
}

struct Line {
    href: String,
    name: String,
    state: String,
    public: bool,
    at: String,
    by: String,
    corrects: Option<String>,
    manifest: String,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, Vec::new(), String::new()).await
}

pub(crate) async fn draft(visit: Visit, Posted(sent): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    let reason = sent.into_iter().find(|(name, _)| name == "reason").map(|(_, reason)| reason).unwrap_or_default();
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match publication::draft(&visit.ctx, actor, campaign, &reason).await {
        Ok(number) => Ok(Redirect::to(&format!("/publication/{number}")).into_response()),
        Err(error) => {
            let errors = vec![problem(&visit, error)?];
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, errors, reason).await
        }
    }
}

async fn page(visit: &Visit, status: StatusCode, errors: Vec<String>, reason: String) -> Result<Response, Failure> {
    let t = visit.t;
    let known = publication::known(&visit.ctx, &visit.session.actor, &visit.frame).await?;
    // Asked with a reason: that one is missing is no reason not to show the form.
    let possible = publication::is_possible(&visit.frame, &known, "…");
    let zone = visit.frame.settings().zone();
    let line = |one: &publication::Known| Line {
        href: format!("/publication/{}", one.release.number),
        name: name(t, one.release.number),
        state: state(t, one.state()),
        public: one.state() == ReleaseState::Published,
        at: crate::moments::moment(t, one.steps.last().map_or(one.release.at, |step| step.at), zone),
        by: one.steps.last().map_or(&one.release.by_name, |step| &step.by_name).clone(),
        corrects: one.release.corrects.map(|number| name(t, number)),
        manifest: one.release.manifest.clone(),
    };
    let view = View {
        page: Page::new(visit, t.get("publication-title"), Vec::new()),
        errors,
        releases: known.iter().rev().map(line).collect(),
        runs: visit.may(Action::RunCampaign),
        not_now: possible.as_ref().err().map(|refusal| refused(visit, refusal)),
        corrects: possible.ok().flatten().map(|number| name(t, number)),
        reason,
        key: visit.ctx.signing_key().map(publication::SigningKey::public),
    };
    Ok((status, Html(view.render()?)).into_response())
}
