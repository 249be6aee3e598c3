//! What a request asks for: the release and whatever else its path and its query name.

use super::answer::{FOR_GOOD, Problem, json_for};
use super::schema::Page;
use crate::server::Site;
use app::Stream;
use app::publication::{self, Released};
use axum::extract::{FromRequestParts, Path};
use axum::http::header::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use domain::Code;
use scoring::{Block, BlockResult};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// Most rows of a page.
const MOST: usize = 200;
/// Rows of a page where nobody says how many.
const USUAL: usize = 50;

/// Which part of a list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `Asked` reads")]
pub(super) struct Paging {
    /// Which page, from 1.
    #[param(minimum = 1, maximum = 1_000_000, example = 1)]
    page: Option<u32>,
    /// Rows of a page, 1 to 200; 50 where it is not said.
    #[param(minimum = 1, maximum = 200, example = 50)]
    per_page: Option<u32>,
}

/// A request's path, query and headers.
pub(super) struct Asked {
    names: HashMap<String, String>,
    query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let names = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self {
            names: names.map(|Path(names)| names).map_err(|_| Problem::not_found())?,
            query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            headers: parts.headers.clone(),
        })
    }
}

impl Asked {
    /// A part of the path.
    pub(super) fn name(&self, name: &str) -> &str {
        self.names.get(name).map_or("", String::as_str)
    }

    /// The release that the path names.
    pub(super) async fn release(&self, site: &Site) -> Result<Arc<Released>, Problem> {
        let campaign = Code::new(self.name("campaign")).ok_or_else(Problem::not_found)?;
        let number = self.name("number").parse().map_err(|_| Problem::not_found())?;
        publication::release(&site.ctx, &campaign, number).await?.ok_or_else(Problem::not_found)
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The blocks that the query asks for: the one named, or all where none is or its name is empty.
    pub(super) fn blocks<'a>(&self, released: &'a Released) -> Result<Vec<(&'a Block, &'a BlockResult)>, Problem> {
        let computed = &released.computed;
        let all = computed.model().blocks.iter().zip(computed.results(Stream::Final));
        let Some(wanted) = self.parameter("block").filter(|wanted| !wanted.is_empty()) else { return Ok(all.collect()) };
        let found: Vec<_> = all.filter(|(block, _)| *block.code == *wanted).collect();
        let known = || computed.model().blocks.iter().map(|block| block.code.to_string()).collect::<Vec<_>>().join(", ");
        if found.is_empty() { Err(Problem::none_of("block", &known())) } else { Ok(found) }
    }

    fn number(&self, name: &str, usual: usize, most: usize) -> Result<usize, Problem> {
        let Some(text) = self.parameter(name) else { return Ok(usual) };
        let number = text.parse().ok().filter(|number| (1..=most).contains(number));
        number.ok_or_else(|| Problem::parameter(format!("{name}: a whole number from 1 to {most}")))
    }

    /// A page of rows that never change.
    pub(super) fn page<T: Serialize + ToSchema>(&self, rows: Vec<T>) -> Result<Response, Problem> {
        self.page_kept(rows, FOR_GOOD)
    }

    /// A page of rows.
    pub(super) fn page_kept<T: Serialize + ToSchema>(&self, rows: Vec<T>, kept: &'static str) -> Result<Response, Problem> {
        let (page, per_page) = (self.number("page", 1, 1_000_000)?, self.number("per_page", USUAL, MOST)?);
        let total = rows.len();
        let items = rows.into_iter().skip((page - 1).saturating_mul(per_page)).take(per_page).collect();
        let page = Page { items, page, per_page, pages: total.div_ceil(per_page), total };
        Ok(json_for(&self.headers, &page, kept))
    }
}
