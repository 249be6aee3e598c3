//! Every public release, by year; and what is shown while there is none.

use super::{FOR_A_MINUTE, Names, language};
use crate::failure::Failure;
use crate::server::Site;
use crate::texts::T;
use crate::ui::Assets;
use app::publication;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::{Html, IntoResponse, Response};

#[derive(Template)]
#[template(path = "portal/years.html")]
struct View {
    t: T,
    assets: &'static Assets,
    title: String,
    other: &'static str,
    releases: Vec<Line>,
}

struct Line {
    year: u32,
    href: String,
    name: String,
    corrects: Option<String>,
}

/// `/public/{lang}/years`.
pub(super) async fn show(State(site): State<Site>, Path(names): Path<Names>) -> Response {
    let Some(t) = language(&names) else { return Failure::NotFound.page(T::new(scoring::Lang::Vi), "") };
    let rendered = async {
        let line = |heading: &publication::Heading| Line {
            year: heading.year,
            href: format!("/public/{}/{}/{}", t.code(), heading.campaign, heading.number),
            name: t.with(
                "portal-release",
                &[("n", &heading.number), ("on", &crate::figures::day(t, heading.published_at.date_naive()))],
            ),
            corrects: heading.corrects.as_ref().map(|(n, why)| t.with("portal-corrects", &[("n", n), ("why", why)])),
        };
        page(t, publication::all(&site.ctx).await?.iter().map(line).collect())
    };
    rendered.await.unwrap_or_else(|failure: Failure| failure.page(t, ""))
}

/// What stands where nothing is public yet.
pub(super) fn nothing(t: T) -> Result<Response, Failure> {
    page(t, Vec::new())
}

fn page(t: T, releases: Vec<Line>) -> Result<Response, Failure> {
    let other = if t.code() == "vi" { "en" } else { "vi" };
    let view = View { t, assets: Assets::get(), title: t.get("portal-years"), other, releases };
    Ok(([(CACHE_CONTROL, FOR_A_MINUTE)], Html(view.render()?)).into_response())
}
