//! The public portal: what a release says, for everybody. A small router of its own beside [`crate::routes`]: nobody signs in, no cookie is
//! set, the language stands in the address, and nothing is read but public releases (`app::publication`), never the campaign.
//!
//! A release never changes, so a page of it is rendered once and kept ([`kept`]); only that a newer release corrects it can be added.

mod agency;
mod fields;
mod files;
mod kept;
mod method;
mod questionnaires;
mod ranking;
mod verify;
mod years;

pub(crate) use kept::Kept;

use crate::failure::Failure;
use crate::figures::Figures;
use crate::server::Site;
use crate::texts::{self, T};
use crate::ui::{self, Assets, Link};
use crate::watch::CONTENT_SECURITY_POLICY;
use app::publication::{self, Released};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue, VARY};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use domain::Code;
use scoring::Text;
use std::collections::HashMap;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// How long a browser may show a page before it asks again whether it is still the same.
const FOR_A_MINUTE: &str = "public, max-age=60";
/// Files of a release carry its number in their address.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// A route of the portal. All are open to everybody.
pub(crate) struct Route {
    #[cfg_attr(not(test), expect(dead_code, reason = "tests walk the routes by it"))]
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    answer: MethodRouter<Site>,
}

/// What a page is rendered from.
pub(super) struct Asked {
    pub(super) t: T,
    pub(super) released: Arc<Released>,
    /// The part of the address that names an agency or a block; empty where there is none.
    pub(super) named: String,
    /// The address without its language and release, such as `/agencies/STC`.
    rest: String,
}

/// Renders a page; [`Failure::NotFound`] where the release has nothing of that name.
type Render = fn(&Asked) -> Result<String, Failure>;

/// The one table of them.
pub(crate) fn table() -> Vec<Route> {
    let get = |path, answer: MethodRouter<Site>| Route { method: Method::GET, path, answer };
    let page = |path, render: Render| {
        let answer = move |site: State<Site>, headers: HeaderMap, names: Path<Names>| show(site, headers, names, render);
        get(path, on(MethodFilter::GET, answer))
    };
    vec![
        get("/public", on(MethodFilter::GET, entrance)),
        get("/public/{lang}", on(MethodFilter::GET, newest)),
        get("/public/{lang}/years", on(MethodFilter::GET, years::show)),
        page("/public/{lang}/{campaign}/{number}", ranking::render),
        page("/public/{lang}/{campaign}/{number}/agencies/{named}", agency::render),
        page("/public/{lang}/{campaign}/{number}/fields/{named}", fields::render),
        page("/public/{lang}/{campaign}/{number}/method", method::render),
        page("/public/{lang}/{campaign}/{number}/questionnaires", questionnaires::render),
        page("/public/{lang}/{campaign}/{number}/files", files::render),
        page("/public/{lang}/{campaign}/{number}/verify", verify::render),
        Route {
            method: Method::POST,
            path: "/public/{lang}/{campaign}/{number}/verify",
            answer: on(MethodFilter::POST, verify::again),
        },
        get("/public/{lang}/{campaign}/{number}/files/{*file}", on(MethodFilter::GET, files::send)),
        get("/public/{lang}/{campaign}/{number}/release.zip", on(MethodFilter::GET, files::archive)),
    ]
}

pub(crate) fn router(site: Site) -> Router {
    let header = |name, value| SetResponseHeaderLayer::overriding(HeaderName::from_static(name), HeaderValue::from_static(value));
    let routes = table().into_iter().fold(Router::new(), |router, Route { path, answer, .. }| router.route(path, answer));
    routes
        .layer(CatchPanicLayer::new())
        .layer(header("content-security-policy", CONTENT_SECURITY_POLICY))
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "no-referrer"))
        .with_state(site)
}

/// The parts of an address by name.
pub(super) type Names = HashMap<String, String>;

/// The language that an address names.
pub(super) fn language(names: &Names) -> Option<T> {
    names.get("lang").and_then(|lang| texts::lang_of(lang)).map(T::new)
}

/// The release that an address names.
pub(super) async fn released(site: &Site, names: &Names) -> Result<Arc<Released>, Failure> {
    let campaign = names.get("campaign").and_then(|campaign| Code::new(campaign)).ok_or(Failure::NotFound)?;
    let number = names.get("number").and_then(|number| number.parse().ok()).ok_or(Failure::NotFound)?;
    publication::release(&site.ctx, &campaign, number).await?.ok_or(Failure::NotFound)
}

/// `/public`: to the newest release, in the browser's language.
async fn entrance(headers: HeaderMap) -> Response {
    let t = T::of_reader(None, &headers);
    ([(VARY, "Accept-Language")], Redirect::temporary(&format!("/public/{}", t.code()))).into_response()
}

/// `/public/{lang}`: to the newest release; before there is one, a page that says so.
async fn newest(State(site): State<Site>, Path(names): Path<Names>) -> Response {
    let Some(t) = language(&names) else { return Failure::NotFound.page(T::new(scoring::Lang::Vi), "") };
    let found = match publication::newest(&site.ctx).await {
        Ok(Some(released)) => Redirect::temporary(&Head::at(t, &released)).into_response(),
        Ok(None) => years::nothing(t).unwrap_or_else(|failure| failure.page(t, "")),
        Err(error) => Failure::from(error).page(t, ""),
    };
    ([(CACHE_CONTROL, FOR_A_MINUTE)], found).into_response()
}

/// A page of a release, rendered or kept.
async fn show(State(site): State<Site>, headers: HeaderMap, Path(names): Path<Names>, render: Render) -> Response {
    let Some(t) = language(&names) else { return Failure::NotFound.page(T::new(scoring::Lang::Vi), "") };
    match find(&site, &names, t, render).await {
        Ok(page) => page.answer(&headers),
        Err(failure) => failure.page(t, ""),
    }
}

async fn find(site: &Site, names: &Names, t: T, render: Render) -> Result<Arc<kept::Page>, Failure> {
    let released = released(site, names).await?;
    let named = names.get("named").cloned().unwrap_or_default();
    let rest = rest(render, &named);
    let key = format!("{} {:?} {rest}", Head::at(t, &released), released.corrected_by);
    if let Some(page) = site.portal.get(&key) {
        return Ok(page);
    }
    let page = kept::Page::new(render(&Asked { t, released, named, rest })?);
    Ok(site.portal.keep(key, page))
}

/// The address of a page below its release.
fn rest(render: Render, named: &str) -> String {
    let pages: [(Render, &str); 7] = [
        (ranking::render, ""),
        (agency::render, "/agencies/"),
        (fields::render, "/fields/"),
        (method::render, "/method"),
        (questionnaires::render, "/questionnaires"),
        (files::render, "/files"),
        (verify::render, "/verify"),
    ];
    let path = pages.iter().find(|(known, _)| std::ptr::fn_addr_eq(*known, render)).map_or("", |(_, path)| path);
    format!("{path}{named}")
}

/// What each page has around it.
pub(super) struct Head {
    pub(super) t: T,
    pub(super) assets: &'static Assets,
    pub(super) title: String,
    /// The campaign's title.
    pub(super) campaign: String,
    pub(super) authority: String,
    /// Said on every page with figures.
    pub(super) notices: Vec<&'static str>,
    /// The release's address in this language, without a slash at its end.
    pub(super) base: String,
    pub(super) nav: Vec<Link>,
    /// The same page in the other language.
    pub(super) other: String,
    /// Which release, since when, and what it corrects or is corrected by.
    pub(super) release: String,
    pub(super) corrects: Option<String>,
    pub(super) corrected: Option<(String, String)>,
}

impl Head {
    /// The address of a release in a language.
    fn at(t: T, released: &Released) -> String {
        format!("/public/{}/{}/{}", t.code(), released.campaign, released.number)
    }

    pub(super) fn new(asked: &Asked, title: String) -> Self {
        let Asked { t, released, rest, .. } = asked;
        let (t, base) = (*t, Self::at(*t, released));
        let settings = released.computed.settings();
        let other = if t.code() == "vi" { scoring::Lang::En } else { scoring::Lang::Vi };
        let link = |path: &str, key: &str| Link::new(format!("{base}{path}"), t.get(key)).current(rest == path);
        let mut nav = vec![link("", "portal-ranking")];
        for block in &released.computed.campaign().blocks {
            let path = format!("/fields/{}", block.code);
            let label = t.with("portal-fields-of", &[("block", &t.of(&block.title()))]);
            nav.push(Link::new(format!("{base}{path}"), label).current(*rest == path));
        }
        nav.extend([
            link("/method", "portal-method"),
            link("/questionnaires", "portal-questionnaires"),
            link("/files", "portal-files"),
            link("/verify", "portal-verify"),
            Link::new(format!("/public/{}/years", t.code()), t.get("portal-years")),
        ]);
        let on = crate::figures::day(t, released.published_at.with_timezone(&settings.zone()).date_naive());
        let corrected = released.corrected_by.map(|number| {
            let newer = format!("/public/{}/{}/{number}{rest}", t.code(), released.campaign);
            (t.with("portal-corrected-by", &[("n", &number)]), newer)
        });
        let corrects = released.corrects.as_ref();
        Self {
            t,
            assets: Assets::get(),
            title,
            campaign: t.of(&Text::new(&*settings.title, settings.title_en.clone().unwrap_or_default())),
            authority: t.of(&Text::new(&*settings.authority, settings.authority_en.clone().unwrap_or_default())),
            notices: ui::notices(settings),
            other: format!("{}{rest}", Self::at(T::new(other), released)),
            nav,
            release: t.with("portal-release", &[("n", &released.number), ("on", &on)]),
            corrects: corrects.map(|(number, why)| t.with("portal-corrects", &[("n", number), ("why", why)])),
            corrected,
            base,
        }
    }
}

impl Asked {
    /// Writes figures as the campaign says.
    pub(super) fn figures(&self) -> Figures {
        Figures::new(self.t, self.released.computed.model().method.rounding)
    }
}

/// A page that is not kept, such as one after a form was sent.
pub(super) fn once(html: String) -> Response {
    (StatusCode::OK, [(CACHE_CONTROL, "no-store")], axum::response::Html(html)).into_response()
}
