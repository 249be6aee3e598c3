//! `/council/documents/minutes.pdf`: the council's minutes as a file, to be signed.

use super::file::{download, language, named};
use crate::failure::Failure;
use crate::guard::{Asked, Visit};
use crate::pages::council;
use app::documents::{self, NotPrinted};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

pub(crate) async fn send(visit: Visit, Path(file): Path<String>, asked: Asked) -> Result<Response, Failure> {
    let (word, format) = named(&file)?;
    if word != "minutes" {
        return Err(Failure::NotFound);
    }
    let lang = language(visit.t, &asked);
    match documents::print_minutes(&visit.ctx, &visit.session.actor, &visit.frame, format, lang).await {
        Ok(printed) => download(printed),
        Err(NotPrinted::Failed(error)) => Err(error.into()),
        Err(refused) => council::minutes::page(&visit, StatusCode::UNPROCESSABLE_ENTITY, vec![refused.say(visit.t.lang())]).await,
    }
}
