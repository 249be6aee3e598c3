//! Who asks, and whether the policy lets them: in front of every handler.

use crate::cookies;
use crate::failure::Failure;
use crate::names;
use crate::ours;
use crate::server::Site;
use crate::texts::{self, T};
use crate::unsent;
use app::accounts::{self, Session, SessionToken};
use app::{Computed, Context, Frame, Place, notices};
use axum::RequestExt;
use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, Utc};
use domain::Code;
use domain::assessment::Stream;
use domain::policy::{self, Action, Actor, Field, Verdict};
use std::convert::Infallible;
use std::sync::Arc;

/// What a route asks of the policy: an [`Action`], whose agency the path names `{agency}` and whose item it names `{item}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asks {
    /// Nothing: assets, health, signing in and out, the language.
    Nothing,
    /// [`Action::ReadPlan`].
    Plan,
    /// [`Action::UseOwn`].
    Own,
    /// [`Action::ReadRanking`].
    Ranking,
    /// [`Action::ReadAgency`].
    Agency,
    /// [`Action::ReadEvidence`].
    Evidence,
    /// [`Action::Assess`].
    Assess,
    /// [`Action::Submit`].
    Submit,
    /// [`Action::ReadAppraisal`].
    Appraisal,
    /// [`Action::Appraise`], in the field of the item.
    Appraise,
    /// [`Action::RunCampaign`].
    Run,
    /// [`Action::ReviewRelease`].
    Release,
    /// [`Action::ReadCouncil`].
    Council,
    /// [`Action::Vote`].
    Vote,
    /// [`Action::ReadSurvey`].
    Survey,
    /// [`Action::RunSurvey`].
    RunSurvey,
    /// [`Action::ReadSurveyPoints`], at the stage of the survey.
    SurveyPoints,
    /// [`Action::RecordFinding`].
    Finding,
    /// [`Action::ManagePeople`].
    People,
    /// [`Action::ReadAudit`].
    Audit,
    /// [`Action::ReadOutbox`].
    Outbox,
}

/// Whoever asks, signed in or not.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) t: T,
    /// The path and query asked for.
    pub(crate) here: String,
    pub(crate) now: DateTime<Utc>,
    pub(crate) session: Option<(SessionToken, Session)>,
    pub(crate) frame: Option<Arc<Frame>>,
}

/// Somebody who is signed in and whom the policy lets in.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) t: T,
    pub(crate) here: String,
    pub(crate) now: DateTime<Utc>,
    pub(crate) session: Session,
    pub(crate) frame: Arc<Frame>,
    pub(crate) ctx: Context,
    /// How many of the visitor's notices are unread; none are counted where no page is asked for.
    pub(crate) unread: u64,
    agency: Option<Code>,
}

impl Visit {
    /// Whether the policy lets the visitor do something else, such as follow a link.
    pub(crate) fn may(&self, action: Action<'_>) -> bool {
        self.verdict(action) == Verdict::Yes
    }

    /// The same visit to the campaign as it stands since.
    pub(crate) fn with(&self, frame: Arc<Frame>) -> Self {
        Self { frame, ..self.clone() }
    }

    /// What the policy says to something else that the visitor might want to do.
    pub(crate) fn verdict(&self, action: Action<'_>) -> Verdict {
        policy::may(&self.session.actor, self.frame.settings().phase(), action)
    }

    /// The campaign with its results. Pages that need none don't ask: while people write, results change all the time.
    pub(crate) async fn computed(&self) -> Result<Arc<Computed>, Failure> {
        Ok(self.ctx.computed(&self.frame).await?)
    }

    /// The streams of an agency that the visitor may read, oldest first.
    pub(crate) fn streams(&self, agency: &Code) -> impl DoubleEndedIterator<Item = scoring::Stream> {
        let readable = |stream: &&Stream| self.may(Action::ReadStream(agency, **stream));
        Stream::ALL.iter().filter(readable).map(|stream| (*stream).into()).collect::<Vec<_>>().into_iter()
    }

    /// The stream to show of an agency: the one asked for, else the one that counts in this phase; never one that the visitor may not read.
    pub(crate) fn stream_of(&self, agency: &Code, asked: Option<scoring::Stream>) -> scoring::Stream {
        let wanted = asked.unwrap_or_else(|| names::stream_of(self.frame.settings().phase()));
        self.streams(agency).rev().find(|stream| *stream <= wanted).unwrap_or(scoring::Stream::SelfAssessed)
    }

    /// The agency that the path names, which the policy was asked about.
    pub(crate) fn agency(&self) -> Result<(&Code, Place<'_>), Failure> {
        let code = self.agency.as_ref().ok_or(Failure::NotFound)?;
        Ok((code, self.frame.place(code).ok_or(Failure::NotFound)?))
    }

    /// The same agency with what is claimed of it.
    pub(crate) fn agency_in<'a>(&'a self, computed: &'a Computed) -> Result<(&'a Code, Place<'a>), Failure> {
        let code = self.agency.as_ref().ok_or(Failure::NotFound)?;
        Ok((code, computed.place(code).ok_or(Failure::NotFound)?))
    }

    /// Today, in the campaign's zone.
    pub(crate) fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.frame.settings().zone()).date_naive()
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
        let Some(frame) = visitor.frame.clone() else { return Err(Failure::NoCampaign) };
        let Some((_, session)) = visitor.session.clone() else {
            if !ours::only_reads(request.method()) {
                return unsent::page(&visitor, unsent::Why::NoSession, request).await;
            }
            return Ok(to_sign_in(&visitor.here));
        };
        let (agency, item) = named_in_path(&mut request).await;
        match verdict(asks, &session.actor, &frame, agency.as_ref(), item.as_ref()).ok_or(Failure::NotFound)? {
            Verdict::Yes => {}
            Verdict::Hidden => return Err(Failure::NotFound),
            Verdict::Forbidden => return Err(Failure::Forbidden),
            Verdict::Conflict => return Err(Failure::Conflict),
        }
        let (t, here, now, ctx) = (visitor.t, visitor.here.clone(), visitor.now, site.ctx.clone());
        let reads = ours::only_reads(request.method());
        let unread = if reads { notices::unread(&ctx, &frame, &session.actor).await? } else { 0 };
        request.extensions_mut().insert(Visit { t, here, now, session, frame, ctx, unread, agency });
    }
    request.extensions_mut().insert(visitor);
    Ok(next.run(request).await)
}

async fn visitor(site: &Site, headers: &HeaderMap, here: String) -> Result<Visitor, Failure> {
    let session = match cookies::read(headers, site.options.session_cookie()).and_then(SessionToken::parse) {
        Some(token) => accounts::session(&site.ctx, &token).await?.map(|session| (token, session)),
        None => None,
    };
    Ok(Visitor {
        t: T::of_reader(cookies::read(headers, texts::COOKIE), headers),
        here,
        now: site.ctx.now(),
        session,
        frame: site.ctx.current().await?,
    })
}

/// What the policy says; none where the path names what is not there.
fn verdict(asks: Asks, actor: &Actor, frame: &Frame, agency: Option<&Code>, item: Option<&Code>) -> Option<Verdict> {
    let named = || agency.filter(|code| frame.place(code).is_some());
    let field;
    let action = match asks {
        Asks::Nothing | Asks::Plan => Action::ReadPlan,
        Asks::Own => Action::UseOwn,
        Asks::Ranking => Action::ReadRanking,
        Asks::Agency => Action::ReadAgency(named()?),
        Asks::Evidence => Action::ReadEvidence(named()?),
        Asks::Assess => Action::Assess(named()?),
        Asks::Submit => Action::Submit(named()?),
        Asks::Appraisal => Action::ReadAppraisal,
        Asks::Appraise => {
            field = frame.field_of(named()?, item?)?;
            Action::Appraise(named()?, Field { block: &field.0, code: &field.1 })
        }
        Asks::Run => Action::RunCampaign,
        Asks::Release => Action::ReviewRelease,
        Asks::Council => Action::ReadCouncil,
        Asks::Vote => Action::Vote,
        Asks::Survey => Action::ReadSurvey,
        Asks::RunSurvey => Action::RunSurvey,
        Asks::SurveyPoints => Action::ReadSurveyPoints(frame.survey().stage),
        Asks::Finding => Action::RecordFinding,
        Asks::People => Action::ManagePeople,
        Asks::Audit => Action::ReadAudit,
        Asks::Outbox => Action::ReadOutbox,
    };
    Some(policy::may(actor, frame.settings().phase(), action))
}

/// The agency and the item that the path names.
async fn named_in_path(request: &mut Request) -> (Option<Code>, Option<Code>) {
    let Ok(params) = request.extract_parts::<RawPathParams>().await else { return (None, None) };
    let named = |wanted: &str| params.iter().find(|(name, _)| *name == wanted).and_then(|(_, code)| Code::new(code));
    (named("agency"), named("item"))
}

/// After signing in one comes back to the page asked for.
fn to_sign_in(here: &str) -> Response {
    if here == "/" {
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
