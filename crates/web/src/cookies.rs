//! Cookies, in and out.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

/// The value of a cookie that the browser sent.
pub(crate) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

/// A cookie for `Set-Cookie`; `seconds` 0 removes it, none keeps it until the browser is closed.
///
/// `value` must be of letters and digits; anything else gives no cookie.
pub(crate) fn write(name: &'static str, value: &str, seconds: Option<u32>, secure: bool) -> Option<HeaderValue> {
    if !value.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let mut cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax");
    if let Some(seconds) = seconds {
        cookie.push_str(&format!("; Max-Age={seconds}"));
    }
    if secure {
        cookie.push_str("; Secure");
    }
    HeaderValue::try_from(cookie).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static("xsession=1; session=2;lang=vi"))]);
        assert_eq!(read(&headers, "session"), Some("2"));
        assert_eq!(read(&headers, "lang"), Some("vi"));
        assert_eq!(read(&headers, "sess"), None);
    }

    #[test]
    fn a_value_cannot_add_attributes() {
        assert_eq!(write("lang", "vi; Domain=example.org", None, false), None);
        let cookie = write("session", "ab12", None, true).unwrap();
        assert_eq!(cookie, "session=ab12; Path=/; HttpOnly; SameSite=Lax; Secure");
    }
}
