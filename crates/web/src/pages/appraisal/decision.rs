//! `POST /agencies/{agency}/appraisal/{item}`: the decision; `GET …/score`: what it would come to.

use super::form::{Editor, Sent};
use super::row::RowView;
use super::{across, item, words};
use crate::failure::Failure;
use crate::figures::{Figures, Score};
use crate::forms::Posted;
use crate::guard::Visit;
use crate::texts::T;
use crate::ui::Page;
use app::appraisal::{self, DecideError};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Code;
use domain::appraisal::Refusal;
use domain::assessment::entry::Form;

/// Whether htmx asks, and puts the answer into the page.
pub(super) fn is_partial(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request")
}

#[derive(Template)]
#[template(path = "appraisal/row.html")]
struct RowAnswer {
    page: Page,
    item: String,
    row: RowView,
}

/// What a decision would come to.
#[derive(Template)]
#[template(path = "appraisal/live.html")]
pub(super) struct Live {
    pub(super) t: T,
    pub(super) score: Score,
    pub(super) maximum: String,
    pub(super) outcome: Option<String>,
    pub(super) steps: Vec<String>,
    /// Said instead, where the figures are wrong.
    pub(super) wrong: Vec<String>,
}

pub(crate) async fn decide(
    visit: Visit,
    Path((_, item)): Path<(String, String)>,
    headers: HeaderMap,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (code, _) = visit.agency()?;
    let item = Code::new(&item).ok_or(Failure::NotFound)?;
    let sent = Sent::of(&pairs)?;
    let campaign = &visit.frame.settings().code;
    let decided = appraisal::decide(&visit.ctx, &visit.session.actor, campaign, (code, &item), sent.seen, &sent.said).await;
    match decided {
        Ok(_) if sent.from_across && is_partial(&headers) => answer(&visit, code, &item, StatusCode::OK, None).await,
        Ok(_) => onwards(&visit, code, &item, sent.from_across).await,
        Err(error) => {
            let (status, message, refusals) = told(&visit, error)?;
            if sent.from_across && is_partial(&headers) {
                return answer(&visit, code, &item, status, Some((&sent, message, refusals))).await;
            }
            item::page(&visit, code, &item, status, Some((&sent, message, refusals))).await
        }
    }
}

/// Why nothing was decided: in one sentence, and what is wrong with the form.
fn told(visit: &Visit, error: DecideError) -> Result<(StatusCode, Option<String>, Vec<Refusal>), Failure> {
    let t = visit.t;
    Ok(match error {
        DecideError::Refused(refusals) => (StatusCode::UNPROCESSABLE_ENTITY, None, refusals),
        DecideError::NotNow { why, by, at } => {
            let since = t.with("appraisal-since", &[("by", &by), ("at", &words::moment(visit, at))]);
            (StatusCode::CONFLICT, Some(format!("{} {since}", words::not_now(visit, why))), Vec::new())
        }
        DecideError::Changed { by, at } => {
            let says = t.with("appraisal-changed", &[("by", &by), ("at", &words::moment(visit, at))]);
            (StatusCode::CONFLICT, Some(says), Vec::new())
        }
        DecideError::Failed(error) => return Err(error.into()),
    })
}

/// The row as it stands now, with the form open where something is wrong with it.
async fn answer(
    visit: &Visit,
    agency: &Code,
    item: &Code,
    status: StatusCode,
    wrong: Option<(&Sent, Option<String>, Vec<Refusal>)>,
) -> Result<Response, Failure> {
    let desk = appraisal::desk(&visit.ctx, &visit.frame, &visit.session.actor, agency, item).await?;
    let mut row = RowView::of(visit, &desk.row, item.as_str());
    if let Some((sent, message, refusals)) = &wrong {
        row.message.clone_from(message);
        row.editor = editor(visit, &desk, item, Some(sent), refusals).await?;
    }
    let view = RowAnswer { page: Page::new(visit, "", Vec::new()), item: item.to_string(), row };
    let place = [("hx-retarget", format!("#row-{agency}")), ("hx-reswap", "outerHTML".to_owned())];
    Ok((status, place, Html(view.render()?)).into_response())
}

pub(super) async fn editor(
    visit: &Visit,
    desk: &appraisal::Desk,
    item: &Code,
    sent: Option<&Sent>,
    refusals: &[Refusal],
) -> Result<Option<Editor>, Failure> {
    let form = Form::of(visit.frame.campaign(), &desk.field.0, item).ok_or(Failure::NotFound)?;
    let phrases = appraisal::phrases(&visit.ctx, &visit.frame, &visit.session.actor).await?;
    Ok(Editor::of(visit, desk, &form, (item, true), phrases, (sent, refusals)))
}

/// The next on which a decision is owed: the next agency of this item, or the next item of this agency; else the list.
async fn onwards(visit: &Visit, agency: &Code, item: &Code, from_across: bool) -> Result<Response, Failure> {
    let (ctx, frame, actor) = (&visit.ctx, &visit.frame, &visit.session.actor);
    let to = if from_across {
        let block = frame.place(agency).map(|place| place.block.code.to_string()).ok_or(Failure::NotFound)?;
        let list = format!("/appraisal/{block}/{item}");
        let next = across::next(visit, &block, item, agency).await?;
        next.map_or_else(|| list.clone(), |next| format!("{list}#row-{next}"))
    } else {
        let list = format!("/agencies/{agency}/appraisal");
        let next = appraisal::next_of_agency(ctx, frame, actor, agency, item).await?;
        next.map_or_else(|| list.clone(), |next| format!("{list}/{next}"))
    };
    Ok(Redirect::to(&to).into_response())
}

/// The form of one row, to be put below it.
pub(crate) async fn edit(visit: Visit, Path((_, item)): Path<(String, String)>) -> Result<Response, Failure> {
    let (code, _) = visit.agency()?;
    let item = Code::new(&item).ok_or(Failure::NotFound)?;
    let desk = appraisal::desk(&visit.ctx, &visit.frame, &visit.session.actor, code, &item).await?;
    let mut row = RowView::of(&visit, &desk.row, item.as_str());
    row.editor = editor(&visit, &desk, &item, None, &[]).await?;
    let view = RowAnswer { page: Page::new(&visit, "", Vec::new()), item: item.to_string(), row };
    Ok(Html(view.render()?).into_response())
}

/// What the form would come to as it stands. It decides nothing.
pub(crate) async fn score(
    visit: Visit,
    Path((_, item)): Path<(String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Html<String>, Failure> {
    let t = visit.t;
    let (code, _) = visit.agency()?;
    let item = Code::new(&item).ok_or(Failure::NotFound)?;
    let figures = Figures::new(t, visit.frame.model().method.rounding);
    let sent = Sent::of(&pairs).unwrap_or_else(|_| Sent::accepting());
    let preview = appraisal::preview(&visit.ctx, &visit.frame, (code, &item), &sent.said).await;
    let live = match preview {
        Ok(explained) => live(t, figures, &explained),
        Err(DecideError::Refused(refusals)) => Live {
            t,
            score: Score { text: "–".into(), exact: String::new(), is_figure: false },
            maximum: String::new(),
            outcome: None,
            steps: Vec::new(),
            wrong: refusals.iter().map(|refusal| refusal.say(t.lang())).collect(),
        },
        Err(DecideError::Failed(error)) => return Err(error.into()),
        Err(DecideError::NotNow { .. } | DecideError::Changed { .. }) => return Err(Failure::Ours),
    };
    Ok(Html(live.render()?))
}

pub(super) fn live(t: T, figures: Figures, explained: &scoring::ItemExplanation) -> Live {
    Live {
        t,
        score: figures.outcome(&explained.outcome),
        maximum: figures.maximum(explained.max_points),
        outcome: explained.outcome.points().is_none().then(|| explained.outcome.say(t.lang())),
        steps: explained.steps.iter().map(|step| step.say(t.lang())).collect(),
        wrong: Vec::new(),
    }
}
