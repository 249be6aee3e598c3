//! `/inbox`: the reader's notices, and how they want mails.

use super::moment;
use crate::failure::Failure;
use crate::forms::{Posted, path_or_home};
use crate::guard::{Asked, Visit};
use crate::texts::lang_of;
use crate::ui::Page;
use app::notices::{self, Group, Preference};
use askama::Template;
use axum::response::{Html, IntoResponse, Redirect, Response};
use scoring::Lang;
use serde::Deserialize;

struct Notice {
    id: i64,
    subject: String,
    body: String,
    path: String,
    at: String,
    is_new: bool,
}

/// A group of notices that may be mailed.
struct Choice {
    word: &'static str,
    label: String,
    is_mailed: bool,
}

#[derive(Template)]
#[template(path = "notices/inbox.html")]
struct View {
    page: Page,
    notices: Vec<Notice>,
    older: Option<i64>,
    unread: u64,
    address: Option<String>,
    is_english: bool,
    choices: Vec<Choice>,
}

pub(crate) async fn show(visit: Visit, asked: Asked) -> Result<Response, Failure> {
    let (t, actor, frame) = (visit.t, &visit.session.actor, &visit.frame);
    let before = asked.get("before").and_then(|id| id.parse().ok());
    let inbox = notices::inbox(&visit.ctx, frame, actor, before).await?;
    let preference = notices::preference(&visit.ctx, actor).await?;
    let notice = |notice: &app::notices::Notice| {
        let said = notices::say(frame, &notice.kind, t.lang());
        Notice {
            id: notice.id,
            subject: said.subject,
            body: said.body,
            path: notices::leads_to(&notice.kind, actor),
            at: moment(&visit, notice.at),
            is_new: notice.read_at.is_none(),
        }
    };
    let choice = |group: Group, label: String| Choice { word: group.word(), label, is_mailed: preference.mails(group) };
    let person = frame.campaign().people.iter().find(|person| person.code == actor.code);
    let view = View {
        page: Page::new(&visit, t.get("notices-title"), Vec::new()),
        notices: inbox.notices.iter().map(notice).collect(),
        older: inbox.next,
        unread: inbox.unread,
        address: person.and_then(|person| person.email.clone()),
        is_english: preference.language == Lang::En,
        choices: vec![
            choice(Group::Deadlines, t.get("notices-group-deadlines")),
            choice(Group::Progress, t.get("notices-group-progress")),
        ],
    };
    Ok(Html(view.render()?).into_response())
}

#[derive(Deserialize)]
pub(crate) struct Reading {
    /// One notice; none: all of them.
    #[serde(default)]
    id: Option<i64>,
    /// Where to go on: to the notice's page, or back to the inbox.
    #[serde(default)]
    go: Option<String>,
}

pub(crate) async fn read(visit: Visit, Posted(form): Posted<Reading>) -> Result<Response, Failure> {
    notices::mark_read(&visit.ctx, &visit.frame, &visit.session.actor, form.id).await?;
    let to = form.go.as_deref().map_or("/inbox", |path| path_or_home(Some(path)));
    Ok(Redirect::to(to).into_response())
}

pub(crate) async fn prefer(visit: Visit, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    let language = pairs.iter().find(|(name, _)| name == "language").and_then(|(_, code)| lang_of(code));
    let is_mailed = |group: &Group| pairs.iter().any(|(name, word)| name == "mail" && word == group.word());
    let choosable = [Group::Deadlines, Group::Progress];
    let preference = Preference {
        language: language.ok_or(Failure::Refused)?,
        muted: choosable.into_iter().filter(|group| !is_mailed(group)).collect(),
    };
    notices::set_preference(&visit.ctx, &visit.frame, &visit.session.actor, &preference).await?;
    Ok(Redirect::to("/inbox#wishes").into_response())
}
