//! Forms that are sent to us: from our own pages only.

use crate::failure::Failure;
use crate::ours::Admitted;
use axum::extract::{Form, FromRequest, Request};
use serde::de::DeserializeOwned;

/// A form of ours, which [`crate::ours`] has looked at: every template puts `page.csrf` into its forms' field `csrf`.
pub(crate) struct Posted<F>(pub(crate) F);

impl<S: Send + Sync, F: DeserializeOwned> FromRequest<S> for Posted<F> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        // A route that nobody stands in front of answers no forms.
        request.extensions().get::<Admitted>().ok_or(Failure::Ours)?;
        let Form(form) = Form::from_request(request, state).await.map_err(|_| Failure::Refused)?;
        Ok(Self(form))
    }
}

/// A path of ours to go on to, from a form or an address; the first page where it is none.
pub(crate) fn path_or_home(path: Option<&str>) -> &str {
    path.filter(|path| is_path(path)).unwrap_or("/")
}

/// Whether the text is a path on this server: `//host` and `/\host` would lead away.
fn is_path(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    plain && text.starts_with('/') && !text.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_on_to_a_page_of_ours_only() {
        for away in ["//a.vn", "/\\a.vn", "https://a.vn", "a", "", "/a\r\nb", "/\t/a.vn"] {
            assert_eq!(path_or_home(Some(away)), "/", "{away:?}");
        }
        assert_eq!(path_or_home(Some("/ranking/x?stream=self")), "/ranking/x?stream=self");
        assert_eq!(path_or_home(None), "/");
    }
}
