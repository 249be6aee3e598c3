//! `/survey/forms`: the forms, each with its group and how much it asks.

use super::said::{crumbs, number};
use crate::failure::Failure;
use crate::guard::Visit;
use crate::ui::{Link, Page};
use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use domain::survey::form::Question;

struct Row {
    link: Link,
    title: String,
    group: String,
    questions: String,
    counted: String,
}

#[derive(Template)]
#[template(path = "survey/forms.html")]
struct View {
    page: Page,
    rows: Vec<Row>,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    let t = visit.t;
    let campaign = visit.frame.campaign();
    let rows = visit.frame.survey().forms.iter().map(|form| {
        let group = campaign.groups.iter().find(|group| group.block == form.block && group.code == form.group);
        let block = campaign.blocks.iter().find(|block| block.code == form.block);
        let names = block.map(|block| t.of(&block.title())).into_iter().chain(group.map(|group| t.of(&group.title())));
        Row {
            link: Link::new(format!("/survey/forms/{}", form.code), form.code.to_string()),
            title: t.of(&form.title),
            group: names.collect::<Vec<_>>().join(" · "),
            questions: number(t, form.questions.iter().filter(|question| question.asks()).count() as u64),
            counted: number(t, form.questions.iter().filter(|question: &&Question| question.item.is_some()).count() as u64),
        }
    });
    let view = View { page: Page::new(&visit, t.get("forms-title"), crumbs(t)), rows: rows.collect() };
    Ok(Html(view.render()?).into_response())
}
