//! `/council`: the file to decide. Convening the council.

use super::tables::{self, BlockTable, Dispute};
use super::{asks, docket, field, moment, problem, state, tally};
use crate::failure::Failure;
use crate::figures::day;
use crate::forms::Posted;
use crate::guard::{Asked, Visit};
use crate::ui::{Link, Page};
use app::council::{self, Convening, Docket, Matter};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Code;
use domain::council::{QuestionState, Sitting};
use domain::policy::Action;

/// Items in dispute that are shown at first.
const FIRST: usize = 30;

/// A sitting in words.
pub(super) struct SittingText {
    pub(super) number: u32,
    pub(super) state: String,
    pub(super) on: String,
    pub(super) place: String,
    pub(super) chair: String,
    pub(super) note: Option<String>,
}

/// A question in a list.
pub(super) struct Line {
    pub(super) number: u32,
    pub(super) link: Link,
    pub(super) state: String,
    pub(super) tally: String,
    /// The reader's own vote, or that they have none; none where they have no vote at all.
    pub(super) own: Option<String>,
    /// Whether the reader is still to vote.
    pub(super) waits: bool,
}

/// The form by which the council is convened, with what is typed in it.
struct Convene {
    seen: u32,
    on: String,
    place: String,
    chairs: Vec<(String, String, bool)>,
}

#[derive(Template)]
#[template(path = "council/file.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    sitting: Option<SittingText>,
    convened: bool,
    runs: bool,
    convene: Option<Convene>,
    lines: Vec<Line>,
    waiting: usize,
    members: Vec<(String, String)>,
    tabs: Vec<Link>,
    streams: Vec<String>,
    blocks: Vec<BlockTable>,
    disputes: Vec<Dispute>,
    disputed: usize,
    papers: Vec<(Link, String)>,
    asks: bool,
}

pub(crate) async fn show(visit: Visit, asked: Asked) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, (&asked, Vec::new(), &[])).await
}

pub(crate) async fn convene(
    visit: Visit,
    asked: Asked,
    Posted(sent): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (on, chair) = (field(&sent, "on").parse(), Code::new(field(&sent, "chair")));
    let errors = match (on, chair) {
        (Ok(on), Some(chair)) => {
            let seen = field(&sent, "seen").parse().unwrap_or(0);
            let what = Convening { on, place: field(&sent, "place").into(), chair, seen };
            match council::convene(&visit.ctx, &visit.session.actor, &visit.frame.settings().code, what).await {
                Ok(_) => return Ok(Redirect::to("/council").into_response()),
                Err(error) => problem(&visit, &docket(&visit).await?, error)?,
            }
        }
        (Err(_), _) => vec![visit.t.get("council-no-day")],
        (_, None) => vec![visit.t.get("council-no-chair")],
    };
    page(&visit, StatusCode::UNPROCESSABLE_ENTITY, (&asked, errors, &sent)).await
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    (asked, errors, sent): (&Asked, Vec<String>, &[(String, String)]),
) -> Result<Response, Failure> {
    let (t, computed) = (visit.t, visit.computed().await?);
    let docket = docket(visit).await?;
    let proposed = docket.proposed(&computed);
    let disputed = council::disputed(&visit.ctx, &visit.session.actor, &visit.frame).await?;
    let most = if asked.get("all").is_some() { usize::MAX } else { FIRST };
    let (disputes, count) = tables::disputes(visit, &computed, &disputed, most);
    let by_change = asked.get("sort") == Some("change");
    let runs = visit.may(Action::RunCampaign);
    let with_council = visit.frame.settings().phase() == domain::Phase::Council;
    let lines: Vec<Line> = docket.matters.iter().map(|matter| line(visit, &docket, matter)).collect();
    let view = View {
        page: Page::new(visit, t.get("council-title"), Vec::new()),
        errors,
        sitting: docket.sitting.as_ref().map(|sitting| sitting_text(visit, &docket, sitting)),
        convened: docket.convened().is_some(),
        runs,
        convene: (runs && with_council).then(|| form(visit, &docket, sent)),
        waiting: lines.iter().filter(|line| line.waits).count(),
        lines,
        members: docket.members().map(|member| (member.name.clone(), works_at(visit, member.agency.as_ref()))).collect(),
        tabs: vec![
            Link::new("/council", t.get("council-by-rank")).current(!by_change),
            Link::new("/council?sort=change", t.get("council-by-change")).current(by_change),
        ],
        streams: tables::streams(visit),
        blocks: tables::blocks(visit, &computed, &proposed, by_change),
        disputes,
        disputed: count,
        papers: papers(visit, &docket),
        asks: docket.convened().is_some(),
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn works_at(visit: &Visit, agency: Option<&Code>) -> String {
    agency.map(|code| super::agency(visit, code)).unwrap_or_default()
}

/// The signed documents, with who attached each and when.
pub(super) fn papers(visit: &Visit, docket: &Docket) -> Vec<(Link, String)> {
    let paper = |paper: &council::Paper| {
        let link = Link::new(format!("/council/papers/{}", paper.number), &*paper.name);
        (link, visit.t.with("council-paper-by", &[("by", &paper.by), ("at", &moment(visit, paper.at))]))
    };
    docket.papers.iter().map(paper).collect()
}

/// A sitting in words.
pub(super) fn sitting_text(visit: &Visit, docket: &Docket, sitting: &Sitting) -> SittingText {
    let t = visit.t;
    let chair = docket.members().find(|member| member.code == sitting.chair);
    SittingText {
        number: sitting.number,
        state: t.get(&format!("council-sitting-{}", sitting.state.word())),
        on: day(t, sitting.on),
        place: sitting.place.clone(),
        chair: chair.map_or_else(|| sitting.chair.to_string(), |chair| chair.name.clone()),
        note: sitting.note.clone(),
    }
}

/// A question in a list.
pub(super) fn line(visit: &Visit, docket: &Docket, matter: &Matter) -> Line {
    let t = visit.t;
    let open = matter.state == QuestionState::Open && docket.convened().is_some();
    let ballot = matter.ballot(&visit.session.actor.code).filter(|_| visit.may(Action::Vote));
    let counts = ballot.and_then(|ballot| ballot.vote.as_ref()).filter(|vote| vote.basis == matter.basis || !open);
    Line {
        number: matter.question.number,
        link: Link::new(format!("/council/questions/{}", matter.question.number), asks(visit, matter)),
        state: state(t, matter.state),
        tally: tally(t, matter.tally),
        own: ballot.map(|ballot| match counts {
            _ if ballot.recused => t.get("council-recused"),
            Some(vote) => t.get(&format!("council-choice-{}", vote.choice.word())),
            None => t.get("council-not-voted"),
        }),
        waits: open && ballot.is_some_and(|ballot| !ballot.recused) && counts.is_none(),
    }
}

fn form(visit: &Visit, docket: &Docket, sent: &[(String, String)]) -> Convene {
    let now = docket.convened();
    let typed = |name: &str, was: String| if sent.is_empty() { was } else { field(sent, name).to_owned() };
    let on = now.map_or_else(|| visit.today(), |sitting| sitting.on);
    let chair = typed("chair", now.map(|sitting| sitting.chair.to_string()).unwrap_or_default());
    let member =
        |member: &domain::accounts::Person| (member.code.to_string(), member.name.clone(), member.code.as_str() == chair);
    Convene {
        seen: now.map_or(0, |sitting| sitting.revision),
        on: typed("on", on.to_string()),
        place: typed("place", now.map(|sitting| sitting.place.clone()).unwrap_or_default()),
        chairs: docket.members().map(member).collect(),
    }
}
