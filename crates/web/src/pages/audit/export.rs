//! `/audit/export`: the lines that were searched for, as a file.

use super::search::Search;
use crate::failure::Failure;
use crate::guard::{Asked, Visit};
use app::audit::{self, Export, Format};
use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::stream::try_unfold;

pub(crate) async fn download(visit: Visit, asked: Asked) -> Result<Response, Failure> {
    let (format, ending, kind) = match asked.get("format") {
        Some("csv") | None => (Format::Csv, "csv", "text/csv; charset=utf-8"),
        Some("json") => (Format::Json, "json", "application/json"),
        Some(_) => return Err(Failure::NotFound),
    };
    let filter = Search::asked(&asked).filter(&visit);
    let export = audit::export(&visit.ctx, &visit.frame, &visit.session.actor, filter, format)?;
    let name = format!("attachment; filename=\"audit-{}.{ending}\"", visit.frame.settings().code);
    // Part by part: a long log is never in memory, and the reader sees it come.
    let parts = try_unfold(export, async |mut export: Export| {
        let part = export.part().await?;
        Ok::<_, app::Error>(part.map(|part| (part, export)))
    });
    Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name)], Body::from_stream(parts)).into_response())
}
