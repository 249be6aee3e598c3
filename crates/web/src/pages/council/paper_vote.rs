//! `/council/questions/{question}/paper`: the standing body records a vote that came on a signed paper.

use super::{docket, field, number, problem, question};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::ui::Link;
use app::council::{self, CouncilError, Docket, Matter, OnPaper};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Code;
use domain::council::{Choice, Vote};

/// The form by which a vote on paper is recorded.
pub(super) struct Recording {
    pub(super) basis: u64,
    /// Each member whose paper may be recorded: sign-in name and name. Who keeps out, or has voted themselves, is not among them.
    pub(super) members: Vec<(String, String)>,
    /// Each choice: its word and name.
    pub(super) choices: Vec<(&'static str, String)>,
    /// The signed documents of the sitting, newest first: number and name.
    pub(super) papers: Vec<(u32, String)>,
}

/// The form, where the question is open and somebody's paper may still come.
pub(super) fn recording(visit: &Visit, docket: &Docket, matter: &Matter) -> Option<Recording> {
    let own = |vote: &Vote| vote.paper.is_none() && vote.basis == matter.basis;
    let awaited = matter.ballots.iter().filter(|ballot| !ballot.recused && !ballot.vote.as_ref().is_some_and(own));
    let members: Vec<_> = awaited.map(|ballot| (ballot.member.code.to_string(), ballot.member.name.clone())).collect();
    let name = |choice: &Choice| (choice.word(), visit.t.get(&format!("council-choice-{}", choice.word())));
    let papers = docket.papers.iter().rev().filter(|paper| paper.sitting == matter.question.sitting);
    (!members.is_empty()).then(|| Recording {
        basis: matter.basis,
        members,
        choices: Choice::ALL.iter().map(name).collect(),
        papers: papers.map(|paper| (paper.number, paper.name.clone())).collect(),
    })
}

/// The paper on which a vote came, and who recorded it.
pub(super) fn came_on(visit: &Visit, docket: &Docket, vote: &Vote) -> Option<(Link, String)> {
    let number = vote.paper?;
    let paper = docket.papers.iter().find(|paper| paper.number == number);
    let name = paper.map_or_else(|| number.to_string(), |paper| paper.name.clone());
    let by = vote.recorded_name.as_deref().unwrap_or_default();
    Some((Link::new(format!("/council/papers/{number}"), name), visit.t.with("council-recorded-by", &[("by", &by)])))
}

pub(crate) async fn record(
    visit: Visit,
    Path(question): Path<String>,
    Posted(sent): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (t, question) = (visit.t, number(&question)?);
    let wrong = |says: String| question::page(&visit, question, StatusCode::UNPROCESSABLE_ENTITY, vec![says], None);
    let Some(choice) = Choice::from_word(field(&sent, "choice")) else { return wrong(t.get("council-choose")).await };
    let Some(member) = Code::new(field(&sent, "member")) else { return wrong(t.get("council-no-member")).await };
    let Ok(paper) = field(&sent, "paper").parse() else { return wrong(t.get("council-no-paper")).await };
    let said = OnPaper { member, choice, paper, seen: field(&sent, "basis").parse().unwrap_or(u64::MAX) };
    let campaign = &visit.frame.settings().code;
    match council::record(&visit.ctx, &visit.session.actor, campaign, question, said).await {
        Ok(()) => Ok(Redirect::to(&format!("/council/questions/{question}?recorded")).into_response()),
        // It is not the reader who keeps out, but the member.
        Err(CouncilError::Failed(app::Error::Conflict)) => wrong(t.get("council-member-recused")).await,
        Err(error) => {
            let errors = problem(&visit, &docket(&visit).await?, error)?;
            question::page(&visit, question, StatusCode::UNPROCESSABLE_ENTITY, errors, None).await
        }
    }
}
