//! Where a request comes from, as far as signing in wants to know.

use crate::server::Options;
use axum::extract::ConnectInfo;
use axum::http::header::USER_AGENT;
use axum::http::{Extensions, HeaderMap};
use std::net::{IpAddr, SocketAddr};

/// What tells a browser, where the first that is found counts: most claim to be others as well.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
/// What tells a system.
const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
];

/// The browser in a few words, such as `Firefox · Windows`: enough for its owner to know it again.
pub(crate) fn browser(headers: &HeaderMap) -> String {
    let said = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| said.contains(mark)).map(|(_, name)| *name);
    let words: Vec<_> = [first(&BROWSERS), first(&SYSTEMS)].into_iter().flatten().collect();
    words.join(" · ")
}

/// The address of the network that asks. Behind a proxy it is the last one named, which the proxy wrote; those before it anybody can write.
pub(crate) fn source(options: Options, headers: &HeaderMap, extensions: &Extensions) -> Option<String> {
    if options.behind_proxy {
        let named = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        return named.rsplit(',').next()?.trim().parse::<IpAddr>().ok().map(of_one);
    }
    extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| of_one(address.ip()))
}

/// Whoever has one address of IPv6 has a whole network of them.
fn of_one(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_known_by_their_own_names() {
        let table = [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox · Windows"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Safari/537.36 Edg/128.0",
                "Edge · Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Mobile Safari/537.36",
                "Chrome · Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1",
                "Safari · iPhone",
            ),
            ("curl/8.5.0", ""),
        ];
        for (said, expected) in table {
            assert_eq!(browser(&HeaderMap::from_iter([(USER_AGENT, said.parse().unwrap())])), expected);
        }
        assert_eq!(browser(&HeaderMap::new()), "");
    }

    #[test]
    fn a_proxy_is_believed_only_where_there_is_one() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "198.51.100.7".parse().unwrap());
        headers.append("x-forwarded-for", "10.0.0.1, 203.0.113.9".parse().unwrap());
        let mut extensions = Extensions::new();
        let proxied = Options { behind_proxy: true, ..Options::default() };
        assert_eq!(source(proxied, &headers, &extensions).as_deref(), Some("203.0.113.9"));
        assert_eq!(source(Options::default(), &headers, &extensions), None);
        let address: SocketAddr = "[2001:db8:1:2:3:4:5:6]:80".parse().unwrap();
        extensions.insert(ConnectInfo(address));
        assert_eq!(source(Options::default(), &headers, &extensions).as_deref(), Some("2001:db8:1:2"));
        headers.append("x-forwarded-for", "nonsense".parse().unwrap());
        assert_eq!(source(proxied, &headers, &extensions), None);
    }
}
