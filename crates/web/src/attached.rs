//! Files that come and go whole: a form with one file beside its fields, and a file sent as a download.

use crate::failure::Failure;
use crate::pages::evidence::file::{FILE_POLICY, disposition};
use app::evidence::{Attachment, WHOLE_LIMIT};
use axum::body::{Body, Bytes};
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::Response;

/// So much of a form is read, so that whoever sends a file that is too large is told so in words.
const READ: usize = 100 * 1024 * 1024;

/// Most bytes of a field that is no file.
const FIELD: usize = 64 * 1024;

/// A form with a file.
#[derive(Default)]
pub(crate) struct Form {
    pub(crate) fields: Vec<(String, String)>,
    /// The name and bytes of the field `file`; none where no file was chosen.
    pub(crate) file: Option<(String, Bytes)>,
    /// Files of other fields, by the field.
    pub(crate) others: Vec<(String, (String, Bytes))>,
}

impl Form {
    /// The value of a field; empty where it is not there.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields.iter().rfind(|(found, _)| found == name).map_or("", |(_, value)| value)
    }
}

/// Reads such a form. Of a file that is too large a little more than is allowed comes back, which says so.
pub(crate) async fn read(mut request: Request) -> Result<Form, Failure> {
    DefaultBodyLimit::max(READ).apply(&mut request);
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Failure::Refused)?;
    let most = usize::try_from(WHOLE_LIMIT).unwrap_or(usize::MAX).saturating_add(1);
    let mut form = Form::default();
    while let Some(mut part) = parts.next_field().await.map_err(|_| Failure::Refused)? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file) => {
                let bytes = first(&mut part, most).await?;
                // So browsers send a field in which nothing was chosen.
                let chosen = !(file.is_empty() && bytes.is_empty());
                match name.as_str() {
                    _ if !chosen => {}
                    "file" => form.file = form.file.or(Some((file, bytes))),
                    _ => form.others.push((name, (file, bytes))),
                }
            }
            None => {
                let value = String::from_utf8(first(&mut part, FIELD).await?.into()).map_err(|_| Failure::Refused)?;
                form.fields.push((name, value));
            }
        }
    }
    Ok(form)
}

/// The first bytes of a field; what comes after them is read and forgotten.
async fn first(part: &mut Field<'_>, most: usize) -> Result<Bytes, Failure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|_| Failure::Refused)? {
        bytes.extend(chunk.iter().take(most.saturating_sub(bytes.len())));
    }
    Ok(bytes.into())
}

/// The file as a download: under the one type that it was found to be, and with a policy under which nothing in it runs.
pub(crate) async fn send(file: Attachment) -> Result<Response, Failure> {
    let disposition = HeaderValue::try_from(disposition("attachment", &file.name)).map_err(|_| Failure::Ours)?;
    let mut response = Response::new(Body::from_stream(file.bytes().await?));
    let answer = response.headers_mut();
    answer.insert(CONTENT_TYPE, HeaderValue::from_static(file.media.mime()));
    answer.insert(CONTENT_DISPOSITION, disposition);
    answer.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(FILE_POLICY));
    answer.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    answer.insert(CONTENT_LENGTH, HeaderValue::from(file.size));
    Ok(response)
}
