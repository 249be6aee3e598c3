//! `/outbox`: mails that wait, were sent, or failed.

use super::moment;
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::{Asked, Visit};
use crate::ui::{Link, Page};
use app::notices::{self, Mail};
use askama::Template;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

struct Post {
    id: i64,
    name: String,
    address: Option<String>,
    lang: &'static str,
    subject: String,
    body: String,
    state: String,
    fault: Option<String>,
}

#[derive(Template)]
#[template(path = "notices/outbox.html")]
struct View {
    page: Page,
    tabs: Vec<Link>,
    posts: Vec<Post>,
    older: Option<String>,
    is_waiting: bool,
    has_failed: bool,
}

pub(crate) async fn show(visit: Visit, asked: Asked) -> Result<Response, Failure> {
    let (t, frame) = (visit.t, &visit.frame);
    let asked_for = asked.get("state").and_then(Mail::from_word).filter(|state| *state != Mail::None);
    let state = asked_for.unwrap_or(Mail::Queued);
    let before = asked.get("before").and_then(|id| id.parse().ok());
    let outbox = notices::outbox(&visit.ctx, frame, &visit.session.actor, state, before).await?;
    let href = |state: Mail| format!("/outbox?state={}", state.word());
    let tab = |of: Mail, label: String| Link::new(href(of), label).current(of == state);
    let view = View {
        page: Page::new(&visit, t.get("notices-outbox"), Vec::new()),
        tabs: vec![
            tab(Mail::Queued, t.with("notices-queued", &[("n", &outbox.counts.queued)])),
            tab(Mail::Sent, t.with("notices-sent", &[("n", &outbox.counts.sent)])),
            tab(Mail::Failed, t.with("notices-failed", &[("n", &outbox.counts.failed)])),
        ],
        older: outbox.next.map(|next| format!("{}&before={next}", href(state))),
        is_waiting: state == Mail::Queued,
        has_failed: state == Mail::Failed && !outbox.posts.is_empty(),
        posts: outbox.posts.into_iter().map(|post| shown(&visit, post)).collect(),
    };
    Ok(Html(view.render()?).into_response())
}

fn shown(visit: &Visit, post: app::notices::Post) -> Post {
    let (t, notice) = (visit.t, post.notice);
    let said = match (notice.mail, notice.sent_at, notice.next_try) {
        (Mail::Sent, Some(at), _) => t.with("notices-post-sent", &[("at", &moment(visit, at))]),
        (Mail::Queued, _, Some(at)) => t.with("notices-post-queued", &[("at", &moment(visit, at))]),
        _ => String::new(),
    };
    let attempts = (notice.attempts > 0).then(|| t.with("notices-post-attempts", &[("n", &notice.attempts)]));
    let state = [Some(said).filter(|said| !said.is_empty()), attempts];
    Post {
        id: notice.id,
        name: post.name,
        address: post.address,
        lang: crate::texts::T::new(post.lang).code(),
        subject: post.said.subject,
        body: post.said.body,
        state: state.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        fault: notice.fault,
    }
}

#[derive(Deserialize)]
pub(crate) struct Retrying {
    /// One mail; none: all that failed.
    #[serde(default)]
    id: Option<i64>,
}

pub(crate) async fn retry(visit: Visit, Posted(form): Posted<Retrying>) -> Result<Response, Failure> {
    notices::retry(&visit.ctx, &visit.session.actor, &visit.frame.settings().code, form.id).await?;
    Ok(Redirect::to("/outbox?state=failed").into_response())
}
