//! What respondents were asked.

use super::answer::Problem;
use super::asked::{Asked, Paging};
use super::schema::{Page, Text};
use crate::server::Site;
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

/// A form.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Form {
    /// Its code.
    code: String,
    /// The block that it rates.
    block: String,
    /// What people read.
    title: Text,
    /// Its questions with one answer each.
    questions: Vec<Question>,
}

/// A question with one answer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Question {
    /// Unique in the form.
    name: String,
    /// What respondents read.
    label: Text,
    /// The item that it feeds.
    item: Option<String>,
    /// The answers offered.
    choices: Vec<Text>,
}

/// The forms of the survey.
#[utoipa::path(get, path = "/releases/{campaign}/{number}/forms", tag = "campaign",
    params(("campaign" = String, Path, description = "The campaign's code", example = "hanoi-2023"), ("number" = u32, Path, description = "The release's number", example = 1), Paging),
    responses(
        (status = 200, body = Page<Form>, description = "A page of forms"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "A parameter is out of its range"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "There is no such release"),
    ))]
pub(super) async fn forms(State(site): State<Site>, asked: Asked) -> Result<Response, Problem> {
    let released = asked.release(&site).await?;
    let campaign = released.computed.campaign();
    let forms = campaign.forms.iter().map(|form| {
        let asks = campaign.questions.iter().filter(|question| question.form == form.code).filter_map(|question| {
            let list = question.select_one()?;
            let offered = campaign.choices.iter().filter(|choice| choice.list.as_str() == list);
            Some(Question {
                name: question.name.to_string(),
                label: Text::of(&question.label, question.label_en.as_ref()),
                item: question.item.as_ref().map(ToString::to_string),
                choices: offered.map(|choice| Text::of(&choice.label, choice.label_en.as_ref())).collect(),
            })
        });
        Form {
            code: form.code.to_string(),
            block: form.block.to_string(),
            title: Text::of(&form.title, form.title_en.as_ref()),
            questions: asks.collect(),
        }
    });
    asked.page(forms.collect())
}
