//! `/publication/{release}`: what a release holds, and what becomes of it.

use super::{Happened, crumbs, history, name, problem, state};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::pages::evidence::said::size;
use crate::ui::Page;
use app::publication::{self, Prepared, PublicationError, ReleaseState};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::policy::Action;

#[derive(Template)]
#[template(path = "publication/prepared.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    state: String,
    public: bool,
    /// Where things are posted to: the page's own address.
    here: String,
    manifest: String,
    fixed_at: String,
    corrects: Option<(String, String)>,
    history: Vec<Happened>,
    /// Files with size and hash.
    files: Vec<(String, String, String)>,
    whole: bool,
    figures: usize,
    differences: Vec<String>,
    kept_back: usize,
    /// What the visitor may do with it.
    reviews: bool,
    /// Whether they may not, having made it.
    own_work: bool,
    publishes: bool,
    withdraws: bool,
    has_key: bool,
}

fn number(release: &str) -> Result<u32, Failure> {
    release.parse().map_err(|_| Failure::NotFound)
}

async fn read(visit: &Visit, number: u32) -> Result<Prepared, Failure> {
    let found = publication::prepared(&visit.ctx, &visit.session.actor, &visit.frame, number).await;
    found.map_err(|error| match error {
        PublicationError::Failed(error) => error.into(),
        error => {
            tracing::error!(%error, "a release cannot be read");
            Failure::Ours
        }
    })
}

pub(crate) async fn show(visit: Visit, Path(release): Path<String>) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, number(&release)?, Vec::new()).await
}

/// The files as they would be public, for whoever reviews them by other means.
pub(crate) async fn archive(visit: Visit, Path(release): Path<String>) -> Result<Response, Failure> {
    let Prepared { bundle, manifest, .. } = read(&visit, number(&release)?).await?;
    let bytes = bundle.to_zip().map_err(|_| Failure::Ours)?;
    let name = format!("attachment; filename=\"{}-{}.zip\"", manifest.campaign, manifest.number);
    Ok(([(CONTENT_TYPE, "application/zip".to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response())
}

type Sent = Posted<Vec<(String, String)>>;

fn field<'a>(sent: &'a [(String, String)], name: &str) -> &'a str {
    sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

pub(crate) async fn review(visit: Visit, Path(release): Path<String>, Posted(sent): Sent) -> Result<Response, Failure> {
    let number = number(&release)?;
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    let seen = (number, field(&sent, "manifest"));
    let outcome = publication::review(&visit.ctx, actor, campaign, seen, field(&sent, "remark")).await;
    then(&visit, number, outcome).await
}

pub(crate) async fn publish(visit: Visit, Path(release): Path<String>, Posted(sent): Sent) -> Result<Response, Failure> {
    let number = number(&release)?;
    if field(&sent, "sure") != "yes" {
        let errors = vec![visit.t.get("publication-not-sure")];
        return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, number, errors).await;
    }
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    let outcome = publication::publish(&visit.ctx, actor, campaign, (number, field(&sent, "manifest"))).await;
    then(&visit, number, outcome).await
}

pub(crate) async fn withdraw(visit: Visit, Path(release): Path<String>, Posted(sent): Sent) -> Result<Response, Failure> {
    let number = number(&release)?;
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    let seen = (number, field(&sent, "manifest"));
    let outcome = publication::withdraw(&visit.ctx, actor, campaign, seen, field(&sent, "remark")).await;
    then(&visit, number, outcome).await
}

async fn then(visit: &Visit, number: u32, outcome: Result<(), PublicationError>) -> Result<Response, Failure> {
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("/publication/{number}")).into_response()),
        Err(error) => {
            let errors = vec![problem(visit, error)?];
            page(visit, StatusCode::UNPROCESSABLE_ENTITY, number, errors).await
        }
    }
}

async fn page(visit: &Visit, status: StatusCode, number: u32, errors: Vec<String>) -> Result<Response, Failure> {
    let t = visit.t;
    let Prepared { known, manifest, verification, .. } = read(visit, number).await?;
    let (at, runs) = (known.state(), visit.may(Action::RunCampaign));
    let pending = matches!(at, ReleaseState::Draft | ReleaseState::Reviewed);
    let own_work = known.release.by_code == visit.session.actor.code.as_str();
    let shown = verification.differences.iter().take(20).map(ToString::to_string);
    let unread = verification.unread.as_ref().map(ToString::to_string);
    let view = View {
        page: Page::new(visit, name(t, number), crumbs(t)),
        errors,
        state: state(t, at),
        public: at == ReleaseState::Published,
        here: format!("/publication/{number}"),
        manifest: known.release.manifest.clone(),
        fixed_at: crate::moments::moment(t, known.release.at, visit.frame.settings().zone()),
        corrects: known.release.corrects.map(|number| name(t, number)).zip(known.release.reason.clone()),
        history: history(visit, &known),
        files: manifest.files.iter().map(|file| (file.name.clone(), size(t, file.size), file.sha256.clone())).collect(),
        whole: verification.is_whole(),
        figures: verification.figures,
        differences: shown.chain(unread).collect(),
        kept_back: verification.kept_back,
        reviews: at == ReleaseState::Draft && !own_work,
        own_work: at == ReleaseState::Draft && own_work,
        publishes: at == ReleaseState::Reviewed && runs,
        withdraws: pending && runs,
        has_key: visit.ctx.signing_key().is_some(),
    };
    Ok((status, Html(view.render()?)).into_response())
}
