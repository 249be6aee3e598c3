//! Who asks, and whether the policy lets them: in front of every handler.

use crate::cookies;
use crate::failure::Failure;
use crate::server::Site;
use crate::texts::{self, T};
use app::accounts::{self, Session, SessionToken};
use app::{Computed, Place};
use axum::RequestExt;
use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, Utc};
use domain::Code;
use domain::policy::{self, Action, Verdict};
use std::convert::Infallible;
use std::sync::Arc;

/// The name of the cookie that holds the session's token.
pub(crate) const SESSION: &str = "session";

/// What a route asks of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asks {
    /// Nothing: assets, health, signing in and out, the language.
    Nothing,
    /// [`Action::ReadPlan`].
    Plan,
    /// [`Action::ReadRanking`].
    Ranking,
    /// [`Action::ReadAgency`], of the agency that the path names `{agency}`.
    Agency,
}

/// Whoever asks, signed in or not.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) t: T,
    /// The path and query asked for.
    pub(crate) here: String,
    pub(crate) now: DateTime<Utc>,
    pub(crate) session: Option<(SessionToken, Session)>,
    pub(crate) computed: Option<Arc<Computed>>,
}

/// Somebody who is signed in and whom the policy lets in.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) t: T,
    pub(crate) here: String,
    pub(crate) now: DateTime<Utc>,
    pub(crate) session: Session,
    pub(crate) computed: Arc<Computed>,
    agency: Option<Code>,
}

impl Visit {
    /// Whether the policy lets the visitor do something else, such as follow a link.
    pub(crate) fn may(&self, action: Action<'_>) -> bool {
        policy::may(&self.session.actor, self.computed.campaign().settings.phase(), action) == Verdict::Yes
    }

    /// The agency that the path names, which the policy was asked about.
    pub(crate) fn agency(&self) -> Result<(&Code, Place<'_>), Failure> {
        let code = self.agency.as_ref().ok_or(Failure::NotFound)?;
        Ok((code, self.computed.place(code).ok_or(Failure::NotFound)?))
    }

    /// Today, in the campaign's zone.
    pub(crate) fn today(&self) -> NaiveDate {
        let zone = self.computed.campaign().settings.timezone.as_deref().and_then(|name| name.parse().ok());
        self.now.with_timezone(&zone.unwrap_or(chrono_tz::Asia::Ho_Chi_Minh)).date_naive()
    }
}

pub(crate) async fn guard(
    State((site, asks)): State<(Site, Asks)>,
    mut request: Request,
    next: Next,
) -> Result<Response, Failure> {
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let visitor = visitor(&site, request.headers(), here).await?;
    if asks != Asks::Nothing {
        let Some(computed) = visitor.computed.clone() else { return Err(Failure::NoCampaign) };
        let Some((_, session)) = visitor.session.clone() else {
            return Ok(to_sign_in(request.method(), &visitor.here));
        };
        let agency = agency_in_path(&mut request).await;
        let action = match (asks, &agency) {
            (Asks::Ranking, _) => Action::ReadRanking,
            (Asks::Agency, Some(code)) if computed.place(code).is_some() => Action::ReadAgency(code),
            (Asks::Agency, _) => return Err(Failure::NotFound),
            (Asks::Plan | Asks::Nothing, _) => Action::ReadPlan,
        };
        match policy::may(&session.actor, computed.campaign().settings.phase(), action) {
            Verdict::Yes => {}
            Verdict::Hidden => return Err(Failure::NotFound),
            Verdict::Forbidden => return Err(Failure::Forbidden),
        }
        let (t, here, now) = (visitor.t, visitor.here.clone(), visitor.now);
        request.extensions_mut().insert(Visit { t, here, now, session, computed, agency });
    }
    request.extensions_mut().insert(visitor);
    Ok(next.run(request).await)
}

async fn visitor(site: &Site, headers: &HeaderMap, here: String) -> Result<Visitor, Failure> {
    let session = match cookies::read(headers, SESSION).and_then(SessionToken::parse) {
        Some(token) => accounts::session(&site.ctx, &token).await?.map(|session| (token, session)),
        None => None,
    };
    Ok(Visitor {
        t: T::of_reader(cookies::read(headers, texts::COOKIE), headers),
        here,
        now: site.ctx.now(),
        session,
        computed: site.ctx.current().await?,
    })
}

async fn agency_in_path(request: &mut Request) -> Option<Code> {
    let params = request.extract_parts::<RawPathParams>().await.ok()?;
    params.iter().find(|(name, _)| *name == "agency").and_then(|(_, code)| Code::new(code))
}

/// After signing in one comes back to the page asked for; what was sent without a session is not sent again.
fn to_sign_in(method: &Method, here: &str) -> Response {
    if method != Method::GET || here == "/" {
        return Redirect::to("/sign-in").into_response();
    }
    let next: String = here
        .bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    Redirect::to(&format!("/sign-in?next={next}")).into_response()
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.get().cloned().ok_or(Failure::Ours)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.get().cloned().ok_or(Failure::Ours)
    }
}

/// The query of an address, leniently: what isn't understood is not there.
pub(crate) struct Asked(Vec<(String, String)>);

impl Asked {
    /// The first value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The stream asked for.
    pub(crate) fn stream(&self) -> Option<scoring::Stream> {
        self.get("stream").and_then(scoring::Stream::from_code)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        Ok(Self(query.map(|query| query.0).unwrap_or_default()))
    }
}
