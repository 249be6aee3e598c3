//! `POST /phieu/gui`: an answer comes in. A script is told the receipt and no more; a browser without one is shown a page.

use super::form::{Fields, Filled, refused, show};
use super::{Asker, Head, is_script, language, page};
use crate::failure::Failure;
use crate::server::Site;
use app::survey::answering::{self, NotTaken};
use askama::Template;
use axum::Json;
use axum::extract::{Form, State};
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::survey::answers;

#[derive(Template)]
#[template(path = "answering/done.html")]
struct Done {
    head: Head,
    receipt: String,
}

pub(super) async fn take(
    State(site): State<Site>,
    headers: HeaderMap,
    extensions: Extensions,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let filled = Filled::of(fields);
    let t = language(filled.get("lang").or_else(|| filled.get("in")), &headers);
    let asker = Asker::of(&site, &headers, &extensions);
    if let Some(wait) = asker.must_wait(&site, t).await? {
        return Ok(wait);
    }
    let target = filled.get("target").and_then(|text| text.parse().ok());
    let (Some(entrance), Some(target)) = (filled.entrance(), target) else {
        asker.was_wrong(&site);
        return refused(&site, t, &NotTaken::Unknown, (&filled, true)).await;
    };
    let opened: Option<i64> = filled.get("opened").and_then(|text| text.parse().ok());
    let seconds = opened.and_then(|opened| u32::try_from(site.ctx.now().timestamp().saturating_sub(opened)).ok());
    let said = |agency: usize, question: &domain::Code| filled.get(&answers::field(agency, question));
    match answering::submit(&site.ctx, &entrance, target, seconds, said).await {
        Ok(receipt) if is_script(&headers) => Ok(Json(serde_json::json!({ "receipt": receipt.to_string() })).into_response()),
        Ok(receipt) => {
            let frame = site.ctx.recent().await?;
            let head = Head::new(t, t.get("answering-done"), frame.as_deref());
            page(StatusCode::OK, &Done { head, receipt: receipt.to_string() })
        }
        Err(NotTaken::Faults(faults)) => match answering::open(&site.ctx, &entrance).await {
            Ok(opened) => show(&site, t, (&entrance, &opened), &filled, &faults, StatusCode::UNPROCESSABLE_ENTITY),
            Err(error) => refused(&site, t, &error, (&filled, true)).await,
        },
        Err(error) => {
            if matches!(error, NotTaken::Unknown) {
                asker.was_wrong(&site);
            }
            refused(&site, t, &error, (&filled, true)).await
        }
    }
}
