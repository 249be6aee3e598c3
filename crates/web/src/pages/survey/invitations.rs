//! `/survey/invitations`: how invitations stand, by group and agency. Ordering links and reminders, inviting a list, printing slips.

use super::said::{agency, crumbs, field, number};
use super::stage;
use crate::attached;
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::{Asked, Visit};
use crate::server::Site;
use crate::texts::T;
use crate::ui::{Link, Page};
use app::survey::invitations::{self, InvitationError, NotInvited, Order, Standings, Whom};
use askama::Template;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Code;
use domain::policy::Action;
use domain::survey::Stage;
use domain::survey::answers::Target;

/// Counts of a row, in the order of the columns.
struct Row {
    name: Link,
    counts: Vec<String>,
    small: bool,
}

#[derive(Template)]
#[template(path = "survey/invitations.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    done: Option<String>,
    stage: Option<String>,
    columns: Vec<String>,
    forms: Vec<Row>,
    sum: Vec<String>,
    chosen: Option<(String, String)>,
    targets: Vec<Row>,
    /// What an order is for: the word and the name.
    whom: (String, String),
    runs: bool,
    fieldwork: bool,
    mails: bool,
    lots: String,
    /// The columns of a list: name, whether it must be filled in.
    list: Vec<&'static str>,
}

pub(crate) async fn show(visit: Visit, asked: Asked) -> Result<Response, Failure> {
    let form = asked.get("form").and_then(Code::new);
    let done = done(&visit, &asked);
    page(&visit, StatusCode::OK, form.as_ref(), Vec::new(), done).await
}

/// What has just been done, as the address says it.
pub(super) fn done(visit: &Visit, asked: &Asked) -> Option<String> {
    let n: usize = asked.get("n").and_then(|n| n.parse().ok()).unwrap_or(0);
    let key = match asked.get("done")? {
        "invited" => "survey-invited-done",
        "send" => "survey-sent-done",
        "remind" => "survey-reminded-done",
        "reissue" => "survey-reissued-done",
        "replace" => "survey-replaced-done",
        _ => return None,
    };
    Some(visit.t.with(key, &[("n", &n)]))
}

/// Orders links or reminders.
pub(crate) async fn order(visit: Visit, Posted(sent): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    let whom = whom(field(&sent, "whom")).ok_or(Failure::Refused)?;
    let what = field(&sent, "order");
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    let outcome = match what {
        "send" => invitations::send(&visit.ctx, actor, campaign, &whom, field(&sent, "small") == "yes").await,
        "remind" => invitations::remind(&visit.ctx, actor, campaign, &whom).await,
        _ => return Err(Failure::Refused),
    };
    match outcome {
        Ok(n) => Ok(Redirect::to(&format!("{}done={what}&n={n}", address(&whom))).into_response()),
        Err(error) => again(&visit, &whom, problem(&visit, error)?).await,
    }
}

/// Invites everybody of a list.
pub(crate) async fn import(visit: Visit, request: Request) -> Result<Response, Failure> {
    let sent = attached::read(request).await?;
    let Some((name, bytes)) = &sent.file else {
        let errors = vec![visit.t.get("survey-no-file")];
        return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, None, errors, None).await;
    };
    let confirmed = sent.field("small") == "yes";
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match invitations::import(&visit.ctx, actor, campaign, (name, bytes), confirmed).await {
        Ok(n) => Ok(Redirect::to(&format!("/survey/invitations?done=invited&n={n}")).into_response()),
        Err(error) => {
            let errors = match error {
                NotInvited::Unreadable(error) => vec![error.say(visit.t.lang())],
                NotInvited::Problems(problems) => problems.iter().take(100).map(|problem| problem.say(visit.t.lang())).collect(),
                NotInvited::Failed(error) => problem(&visit, error)?,
            };
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, None, errors, None).await
        }
    }
}

/// Prints slips: the file is the answer, and the codes in it are nowhere else.
pub(crate) async fn print(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Posted(sent): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let whom = whom(field(&sent, "whom")).ok_or(Failure::Refused)?;
    let order = Order {
        whom: &whom,
        with_address: field(&sent, "with_address") == "yes",
        confirmed: field(&sent, "small") == "yes",
        base: &base(&site, &headers),
        lang: visit.t.lang(),
    };
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match invitations::print(&visit.ctx, actor, campaign, order).await {
        Ok(bytes) => Ok(pdf("phieu-moi.pdf", bytes)),
        Err(error) => again(&visit, &whom, problem(&visit, error)?).await,
    }
}

/// The page of those to whom an order was to apply, with what kept it from happening.
async fn again(visit: &Visit, whom: &Whom, errors: Vec<String>) -> Result<Response, Failure> {
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    match whom {
        Whom::All => page(visit, wrong, None, errors, None).await,
        Whom::Form(form) => page(visit, wrong, Some(form), errors, None).await,
        Whom::Target(target) => super::invited::page(visit, wrong, *target, errors, None).await,
        Whom::One(number) => {
            let target = super::invited::target_of(visit, *number).await?;
            super::invited::page(visit, wrong, target, errors, None).await
        }
    }
}

/// Where the reader sees those to whom something applies; a query can be added.
fn address(whom: &Whom) -> String {
    match whom {
        Whom::Form(form) => format!("/survey/invitations?form={form}&"),
        Whom::Target(target) => format!("/survey/invitations/targets/{target}?"),
        Whom::All | Whom::One(_) => "/survey/invitations?".into(),
    }
}

/// To whom something applies, as forms say it.
fn whom(text: &str) -> Option<Whom> {
    let (kind, of) = text.split_once(':').unwrap_or((text, ""));
    match kind {
        "all" => Some(Whom::All),
        "form" => Code::new(of).map(Whom::Form),
        "target" => of.parse().ok().map(Whom::Target),
        "one" => of.parse().ok().map(Whom::One),
        _ => None,
    }
}

/// Where people reach the pages, as the reader does.
pub(super) fn base(site: &Site, headers: &HeaderMap) -> String {
    let scheme = if site.options.secure_cookies { "https" } else { "http" };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    format!("{scheme}://{host}")
}

/// A printed file, which nobody keeps on the way.
pub(super) fn pdf(name: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    let answer = response.headers_mut();
    answer.insert(CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    answer.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(disposition) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        answer.insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

/// What kept something about invitations from happening, in sentences.
pub(super) fn problem(visit: &Visit, error: InvitationError) -> Result<Vec<String>, Failure> {
    let t = visit.t;
    Ok(vec![match error {
        InvitationError::Stage(at) => t.with("survey-not-at-stage", &[("stage", &stage(t, at))]),
        InvitationError::Small(targets) => {
            let named: Vec<String> = targets.iter().map(|(target, n)| format!("{} ({n})", named(visit, *target))).collect();
            t.with("survey-too-few", &[("k", &lot(visit)), ("targets", &named.join("; "))])
        }
        InvitationError::Nobody => t.get("survey-nobody"),
        InvitationError::Used => t.get("survey-link-used"),
        InvitationError::NoAddress => t.get("survey-no-address"),
        InvitationError::NoMail => t.get("survey-no-mail"),
        InvitationError::Waits => t.get("survey-mail-waits"),
        InvitationError::NoReserve => t.get("survey-no-reserve"),
        InvitationError::TooMany(most) => t.with("survey-too-many-slips", &[("most", &most)]),
        InvitationError::NotPrinted(error) => error.say(t.lang()),
        InvitationError::Failed(app::Error::Stale) => t.get("survey-stale"),
        InvitationError::Failed(error) => return Err(error.into()),
    }])
}

fn lot(visit: &Visit) -> u32 {
    visit.frame.settings().small_cell.unwrap_or(5)
}

fn named(visit: &Visit, target: i64) -> String {
    visit.frame.survey().target(target).map_or_else(|| target.to_string(), |target| rated(visit, target))
}

/// What a target is, in a row.
pub(super) fn rated(visit: &Visit, target: &Target) -> String {
    match target.agencies.as_slice() {
        [one] => format!("{} · {}", target.form, agency(visit, one)),
        many => visit.t.with("survey-all-agencies", &[("form", &target.form.to_string()), ("n", &many.len())]),
    }
}

const COLUMNS: [&str; 8] = ["asked", "mailed", "printed", "waiting", "failed", "used", "reminded", "reserve"];

fn counts(standings: &Standings) -> [usize; 8] {
    let Standings { asked, mailed, printed, waiting, failed, used, reminded, reserve, .. } = standings;
    [*asked, *mailed, *printed, *waiting, *failed, *used, *reminded, *reserve]
}

fn sum<'a>(of: impl Iterator<Item = &'a Standings>) -> [usize; 8] {
    of.map(counts).fold([0; 8], |sum, row| std::array::from_fn(|at| sum.get(at).unwrap_or(&0) + row.get(at).unwrap_or(&0)))
}

fn shown(t: T, counts: [usize; 8]) -> Vec<String> {
    // Of marks it is said that there may be more.
    let figure = |(column, count): (&&str, usize)| {
        if *column == "used" && count > 0 { t.with("survey-at-least", &[("n", &number(t, count))]) } else { number(t, count) }
    };
    COLUMNS.iter().zip(counts).map(figure).collect()
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    form: Option<&Code>,
    errors: Vec<String>,
    done: Option<String>,
) -> Result<Response, Failure> {
    let t = visit.t;
    let all = invitations::standings(&visit.ctx, &visit.session.actor, &visit.frame).await?;
    let runs = visit.may(Action::RunSurvey);
    let mut codes: Vec<&Code> = all.iter().map(|standings| &standings.target.form).collect();
    codes.sort_unstable();
    codes.dedup();
    let forms = codes.into_iter().map(|code| Row {
        name: Link::new(format!("/survey/invitations?form={code}"), code.to_string()).current(Some(code) == form),
        counts: shown(t, sum(all.iter().filter(|standings| standings.target.form == *code))),
        small: false,
    });
    let of_form = all.iter().filter(|standings| Some(&standings.target.form) == form);
    let targets = of_form.map(|standings| Row {
        name: Link::new(
            if runs { format!("/survey/invitations/targets/{}", standings.target.id) } else { String::new() },
            rated(visit, &standings.target),
        ),
        counts: shown(t, counts(standings)),
        small: standings.is_small,
    });
    let chosen = form.and_then(|code| visit.frame.survey().form(code)).map(|form| (form.code.to_string(), t.of(&form.title)));
    let at = visit.frame.survey().stage;
    let open = matches!(at, Stage::Frozen | Stage::Fieldwork);
    let view = View {
        page: Page::new(visit, t.get("survey-invitations-title"), crumbs(t)),
        errors,
        done,
        stage: (!open).then(|| t.with("survey-not-at-stage", &[("stage", &stage(t, at))])),
        columns: COLUMNS.iter().map(|word| t.get(&format!("survey-column-{word}"))).collect(),
        forms: forms.collect(),
        sum: shown(t, sum(all.iter())),
        whom: match &chosen {
            Some((code, _)) => (format!("form:{code}"), code.clone()),
            None => ("all".into(), t.get("survey-whom-all")),
        },
        chosen,
        targets: targets.collect(),
        runs: runs && open,
        fieldwork: at == Stage::Fieldwork,
        mails: visit.ctx.mails_from().is_some(),
        lots: t.with("survey-lots", &[("k", &lot(visit))]),
        list: domain::survey::frame::columns().iter().map(|column| column.name).collect(),
    };
    Ok((status, Html(view.render()?)).into_response())
}
