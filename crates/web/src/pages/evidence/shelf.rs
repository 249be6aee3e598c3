//! `/agencies/{agency}/evidence`: all documents of an agency, and what each proves.

use super::document::items;
use super::list::Attach;
use super::said::{self, Said};
use crate::failure::Failure;
use crate::guard::Visit;
use crate::ui::{Link, Page};
use app::evidence::{self, Document, Standing};
use askama::Template;
use axum::response::Html;
use domain::Code;

struct Row {
    number: u32,
    href: String,
    title: String,
    issuer: Option<String>,
    signed_on: Option<String>,
    file: String,
    size: String,
    version: u32,
    /// The items that it proves, code and title.
    items: Vec<Link>,
    warnings: Vec<Said>,
}

#[derive(Template)]
#[template(path = "evidence/shelf.html")]
struct View {
    page: Page,
    agency: String,
    rows: Vec<Row>,
    standing: Option<String>,
    attach: Option<Attach>,
}

pub(crate) async fn show(visit: Visit) -> Result<Html<String>, Failure> {
    let t = visit.t;
    let (agency, place) = visit.agency()?;
    let shelf = evidence::of_agency(&visit.ctx, &visit.session.actor, &visit.frame, agency).await?;
    let name = t.of(&place.agency.name);
    let crumbs = vec![Link::new(format!("/agencies/{agency}"), &*name)];
    let view = View {
        page: Page::new(&visit, t.get("evidence-title"), crumbs),
        agency: name,
        rows: shelf.documents.iter().map(|document| row(&visit, agency, document)).collect(),
        standing: said::standing(&visit, shelf.standing),
        attach: matches!(shelf.standing, Standing::Open(_)).then(|| Attach::new(&visit, agency, None, None)),
    };
    Ok(Html(view.render()?))
}

fn row(visit: &Visit, agency: &Code, document: &Document) -> Row {
    let newest = &document.newest;
    Row {
        number: document.number,
        href: format!("/agencies/{agency}/evidence/{}", document.number),
        title: said::title(newest),
        issuer: newest.description.issuer.clone(),
        signed_on: newest.description.signed_on.map(said::day),
        file: newest.name.clone(),
        size: said::size(visit.t, newest.size),
        version: newest.version,
        items: items(visit, agency, &document.links),
        warnings: said::warnings(visit.t, &document.warned),
    }
}
