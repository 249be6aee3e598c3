//! `/council/questions/{question}`: a question, what is proposed, and the votes on it. Voting, closing, taking back.

use super::paper_vote::{self, Recording};
use super::{agency, asks, crumbs, docket, field, item, moment, number, problem, state, tables, tally};
use crate::failure::Failure;
use crate::figures::{Figure, Score};
use crate::forms::Posted;
use crate::guard::Visit;
use crate::ui::{Link, Page};
use app::council::{self, Cast, CouncilError, Docket, Matter};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::assessment::Claim;
use domain::assessment::entry::Form;
use domain::council::{Choice, Manner, QuestionState};
use domain::plan::{Window, window_end};
use domain::policy::Action;

/// Of an item: what is proposed, and what would follow.
struct Proposed {
    agency: String,
    ledger: Link,
    says: Vec<(String, String)>,
    reason: String,
    by: String,
    now: (Score, Option<Figure>, Option<usize>),
    then: (Score, Option<Figure>, Option<usize>),
}

/// A member and their vote.
struct Ballot {
    name: String,
    says: String,
    detail: String,
    /// The paper on which it came, and who recorded it.
    paper: Option<(Link, String)>,
}

/// The form by which a member votes.
struct Voting {
    basis: u64,
    /// Each choice: its word, its name, whether it stands now.
    choices: Vec<(&'static str, String, bool)>,
    /// What the member said last, where that still counts.
    own: Option<String>,
    /// Whether they have said something that no longer counts.
    outdated: bool,
    until: String,
    /// Whether the day of the sitting has come.
    room: bool,
    in_writing: bool,
}

#[derive(Template)]
#[template(path = "council/question.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    done: Option<String>,
    number: u32,
    state: String,
    open: bool,
    tally: String,
    quorum: bool,
    carried: bool,
    proposed: Option<Proposed>,
    block: Option<Link>,
    /// Why the reader, a member, cannot vote.
    kept_out: Option<String>,
    voting: Option<Voting>,
    recording: Option<Recording>,
    ballots: Vec<Ballot>,
    note: Option<String>,
    may_close: bool,
    may_withdraw: bool,
}

pub(crate) async fn show(visit: Visit, Path(question): Path<String>, asked: crate::guard::Asked) -> Result<Response, Failure> {
    let voted = asked.get("voted").map(|_| visit.t.get("council-voted"));
    let done = voted.or_else(|| asked.get("recorded").map(|_| visit.t.get("council-recorded")));
    page(&visit, number(&question)?, StatusCode::OK, Vec::new(), done).await
}

pub(crate) async fn vote(
    visit: Visit,
    Path(question): Path<String>,
    Posted(sent): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let question = number(&question)?;
    let manner = Manner::from_word(field(&sent, "manner"));
    let (Some(choice), Some(manner)) = (Choice::from_word(field(&sent, "choice")), manner) else {
        let errors = vec![visit.t.get("council-choose")];
        return page(&visit, question, StatusCode::UNPROCESSABLE_ENTITY, errors, None).await;
    };
    let cast = Cast { choice, manner, seen: field(&sent, "basis").parse().unwrap_or(u64::MAX) };
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    let outcome = council::vote(&visit.ctx, actor, campaign, question, cast).await;
    then(&visit, question, outcome, "?voted").await
}

pub(crate) async fn close(visit: Visit, Path(question): Path<String>) -> Result<Response, Failure> {
    let question = number(&question)?;
    let campaign = &visit.frame.settings().code;
    let outcome = council::close(&visit.ctx, &visit.session.actor, campaign, question).await;
    then(&visit, question, outcome.map(|_| ()), "").await
}

pub(crate) async fn withdraw(
    visit: Visit,
    Path(question): Path<String>,
    Posted(sent): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let question = number(&question)?;
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    let outcome = council::withdraw(&visit.ctx, actor, campaign, question, field(&sent, "reason")).await;
    then(&visit, question, outcome, "").await
}

async fn then(visit: &Visit, question: u32, outcome: Result<(), CouncilError>, query: &str) -> Result<Response, Failure> {
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("/council/questions/{question}{query}")).into_response()),
        Err(error) => {
            let errors = problem(visit, &docket(visit).await?, error)?;
            page(visit, question, StatusCode::UNPROCESSABLE_ENTITY, errors, None).await
        }
    }
}

pub(super) async fn page(
    visit: &Visit,
    number: u32,
    status: StatusCode,
    errors: Vec<String>,
    done: Option<String>,
) -> Result<Response, Failure> {
    let (t, docket) = (visit.t, docket(visit).await?);
    let matter = docket.matter(number).ok_or(Failure::NotFound)?;
    let proposed = proposed(visit, &docket, matter).await?;
    let is_open = matter.state == QuestionState::Open && docket.convened().is_some();
    let ballot = matter.ballot(&visit.session.actor.code).filter(|_| visit.may(Action::Vote));
    let waits_for = docket.matters.iter().filter(|other| {
        other.question.block == matter.question.block
            && other.question.of_item().is_some()
            && other.state == QuestionState::Open
            && matter.question.of_item().is_none()
    });
    let kept_out = match ballot {
        Some(ballot) if ballot.recused => Some(t.get("council-conflict")),
        Some(_) if is_open => match waits_for.count() {
            0 => None,
            n => Some(t.with("council-items-open", &[("n", &n)])),
        },
        _ => None,
    };
    let voting = ballot.filter(|_| is_open && kept_out.is_none()).map(|ballot| voting(visit, &docket, matter, ballot));
    let runs = visit.may(Action::RunCampaign);
    let recording = (runs && is_open).then(|| paper_vote::recording(visit, &docket, matter)).flatten();
    let own = matter.question.asked_by == visit.session.actor.code.as_str();
    let of_item = matter.question.of_item().is_some();
    let view = View {
        page: Page::new(visit, asks(visit, matter), crumbs(t)),
        errors,
        done,
        number,
        state: state(t, matter.state),
        open: is_open,
        tally: tally(t, matter.tally),
        quorum: matter.tally.has_quorum(),
        carried: matter.tally.is_carried(),
        block: (!of_item).then(|| Link::new(format!("/council#block-{}", matter.question.block), t.get("council-see-results"))),
        proposed,
        kept_out,
        voting,
        recording,
        ballots: matter.ballots.iter().map(|ballot| said(visit, &docket, matter, ballot)).collect(),
        note: matter.closing.as_ref().and_then(|closing| closing.note.clone()),
        may_close: runs && is_open && of_item,
        may_withdraw: (runs || own) && is_open && of_item,
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn voting(visit: &Visit, docket: &Docket, matter: &Matter, ballot: &council::Ballot) -> Voting {
    let (t, settings) = (visit.t, visit.frame.settings());
    let counts = ballot.vote.as_ref().filter(|vote| vote.basis == matter.basis);
    let name = |choice: Choice| t.get(&format!("council-choice-{}", choice.word()));
    let end = window_end(&visit.frame.campaign().tasks, Window::Council, settings.zone());
    let room = docket.convened().is_some_and(|sitting| sitting.on <= visit.today());
    Voting {
        basis: matter.basis,
        choices: Choice::ALL
            .iter()
            .map(|choice| (choice.word(), name(*choice), counts.is_some_and(|vote| vote.choice == *choice)))
            .collect(),
        own: counts.map(|vote| {
            let said: [(&'static str, &dyn crate::texts::Argument); 2] =
                [("choice", &name(vote.choice)), ("at", &moment(visit, vote.at))];
            if vote.paper.is_some() { t.with("council-own-paper", &said) } else { t.with("council-own", &said) }
        }),
        outdated: counts.is_none() && ballot.vote.is_some(),
        until: match end {
            Some(end) => t.with("council-changeable-until", &[("at", &moment(visit, end))]),
            None => t.get("council-changeable"),
        },
        room,
        in_writing: !room || counts.is_some_and(|vote| vote.manner == Manner::InWriting),
    }
}

fn said(visit: &Visit, docket: &Docket, matter: &Matter, ballot: &council::Ballot) -> Ballot {
    let t = visit.t;
    let (says, detail) = match &ballot.vote {
        _ if ballot.recused => (t.get("council-recused"), t.get("council-recused-why")),
        Some(vote) if vote.basis != matter.basis && matter.closing.is_none() => {
            (t.get("council-not-voted"), t.get("council-voted-before-change"))
        }
        Some(vote) => {
            let manner = t.get(&format!("council-manner-{}", vote.manner.word()));
            let times = if ballot.times > 1 { t.with("council-times", &[("n", &ballot.times)]) } else { String::new() };
            (t.get(&format!("council-choice-{}", vote.choice.word())), format!("{manner}, {} {times}", moment(visit, vote.at)))
        }
        None => (t.get("council-not-voted"), String::new()),
    };
    let counted = ballot.vote.as_ref().filter(|_| !ballot.recused);
    let paper = counted.and_then(|vote| paper_vote::came_on(visit, docket, vote));
    Ballot { name: ballot.member.name.clone(), says, detail, paper }
}

async fn proposed(visit: &Visit, docket: &Docket, matter: &Matter) -> Result<Option<Proposed>, Failure> {
    let Some((of, which)) = matter.question.of_item() else { return Ok(None) };
    let computed = visit.computed().await?;
    let then = docket.were_approved(&computed, matter);
    let outcome = |of_computed: &app::Computed| tables::outcome(visit, of_computed, of, which).ok_or(Failure::NotFound);
    let form = Form::of(visit.frame.campaign(), &matter.question.block, which);
    Ok(Some(Proposed {
        agency: agency(visit, of),
        ledger: Link::new(format!("/agencies/{of}/items/{which}"), item(visit, of, which)),
        says: matter.proposal.iter().flat_map(|claim| says(visit, form.as_ref(), claim)).collect(),
        reason: matter.question.reason.clone().unwrap_or_default(),
        by: visit
            .t
            .with("council-asked-by", &[("by", &matter.question.asked_name), ("at", &moment(visit, matter.question.asked_at))]),
        now: outcome(&computed)?,
        then: outcome(&then)?,
    }))
}

/// What a claim says, label and value.
pub(crate) fn says(visit: &Visit, form: Option<&Form<'_>>, claim: &Claim) -> Vec<(String, String)> {
    let t = visit.t;
    let mut says = Vec::new();
    if let (Some(name), Some(value)) = (&claim.input, &claim.value) {
        let input = form.and_then(|form| form.inputs.iter().find(|input| input.name == *name));
        let level = form.and_then(|form| form.levels.iter().find(|level| level.level.as_str() == value));
        let label = input.map_or_else(|| name.to_string(), |input| t.of(&input.label()));
        says.push((label, level.map_or_else(|| value.clone(), |level| t.of(&level.label()))));
    }
    if let Some(score) = claim.score {
        says.push((t.get("agencies-score"), scoring::words::number(score, t.lang())));
    }
    if let Some(applies) = claim.applicable {
        let word = if applies { t.get("word-applies") } else { t.get("word-not-applicable") };
        says.push((t.get("council-applicability"), word));
    }
    says
}
