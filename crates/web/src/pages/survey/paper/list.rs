//! `/survey/paper`: the batches, how their sheets add up, and how well each keyed. Beginning a batch.

use super::{Keyer, keyers, named, problem};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::pages::survey::crumbs;
use crate::pages::survey::invitations::rated;
use crate::pages::survey::said::field;
use crate::ui::{Link, Page};
use app::survey::paper;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::policy::Action;
use domain::survey::answers::Target;
use domain::survey::draw::Stratum;
use domain::survey::frame;
use domain::survey::paper::{Book, MOST_SHEETS, Sums, may_print};

struct Row {
    link: Link,
    rated: String,
    serials: String,
    sums: Sums,
    closed: bool,
}

struct Choice {
    id: String,
    name: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "survey/paper/list.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    rows: Vec<Row>,
    total: Sums,
    keyers: Vec<Keyer>,
    prints: bool,
    targets: Vec<Choice>,
    sheets: String,
    most: u32,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, &[], Vec::new()).await
}

pub(crate) async fn print(visit: Visit, Posted(sent): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    let sheets = field(&sent, "sheets").parse().unwrap_or(0);
    let Some(stratum) = paper::printable(&visit.frame).into_iter().find(|one| id(one) == field(&sent, "target")) else {
        return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &sent, vec![visit.t.get("paper-no-target")]).await;
    };
    match paper::print(&visit.ctx, &visit.session.actor, &visit.frame.settings().code, &stratum, sheets).await {
        Ok(number) => Ok(Redirect::to(&format!("/survey/paper/{number}")).into_response()),
        Err(error) => page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &sent, problem(&visit, error)?).await,
    }
}

async fn page(visit: &Visit, status: StatusCode, sent: &[(String, String)], errors: Vec<String>) -> Result<Response, Failure> {
    let t = visit.t;
    let books = paper::books(&visit.ctx, &visit.session.actor, &visit.frame).await?;
    let rows: Vec<Row> = books.iter().map(|book| row(visit, book)).collect();
    let total = rows.iter().fold(Sums::default(), |total, row| add(total, row.sums));
    let chosen = field(sent, "target");
    let targets = paper::printable(&visit.frame).into_iter().map(|one| Choice {
        name: rated(visit, &Target { id: 0, agencies: frame::rated(visit.frame.campaign(), &one), form: one.form.clone() }),
        chosen: chosen == id(&one),
        id: id(&one),
    });
    let view = View {
        page: Page::new(visit, t.get("paper-title"), crumbs(t)),
        errors,
        rows,
        total,
        keyers: keyers(t, books.iter().flat_map(Book::keyers)),
        prints: visit.may(Action::RunSurvey) && may_print(visit.frame.survey().stage).is_ok(),
        targets: targets.collect(),
        sheets: field(sent, "sheets").to_owned(),
        most: MOST_SHEETS,
    };
    Ok((status, Html(view.render()?)).into_response())
}

/// How the form of a new batch names what is rated.
fn id(stratum: &Stratum) -> String {
    let agency = stratum.agency.as_ref().map_or("", |agency| agency.as_str());
    format!("{} {agency}", stratum.form).trim_end().to_owned()
}

fn row(visit: &Visit, book: &Book) -> Row {
    let (label, rated) = named(visit, book);
    Row {
        link: Link::new(format!("/survey/paper/{}", book.batch.number), label),
        rated,
        serials: format!("{}–{}", book.batch.first, book.batch.last),
        sums: book.sums(),
        closed: book.closing.is_some(),
    }
}

fn add(a: Sums, b: Sums) -> Sums {
    Sums {
        printed: a.printed + b.printed,
        returned: a.returned + b.returned,
        spoiled: a.spoiled + b.spoiled,
        lost: a.lost + b.lost,
        outstanding: a.outstanding + b.outstanding,
        once: a.once + b.once,
        differing: a.differing + b.differing,
        settled: a.settled + b.settled,
    }
}
