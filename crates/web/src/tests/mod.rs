//! The pages as a browser gets them.

mod accounts;
mod answering;
mod api;
mod appraisal;
mod assessment;
mod audit;
mod council;
mod course;
mod csrf;
mod documents;
mod evidence;
mod notices;
mod pages;
mod policy;
mod portal;
mod publication;
mod safety;
mod sample;
mod survey_forms;
mod survey_paper;
mod survey_plan;
mod survey_points;
mod survey_quality;

use crate::server::{Options, router};
use app::accounts::{SessionToken, issue_link};
use app::evidence::{Begin, Stored, receive};
use app::{Clock, Context, SignIn};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use chrono::{DateTime, Utc};
use domain::accounts::Role;
use domain::policy::Actor;
use domain::survey::StageEvent;
use domain::{Campaign, Code, Phase};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

/// Three weeks after the last but one task was due.
struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> DateTime<Utc> {
        "2024-01-20T05:00:00Z".parse().unwrap()
    }
}

/// A server with a database of its own.
pub(crate) struct Server {
    router: Router,
    context: Context,
    _folder: TempDir,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    fn goes_to(&self) -> &str {
        self.headers[LOCATION].to_str().unwrap()
    }
}

impl Server {
    pub(crate) async fn with(campaign: Option<&Campaign>) -> Self {
        Self::signing_in(campaign, SignIn::Demonstration).await
    }

    /// One where people sign in in this way.
    pub(crate) async fn signing_in(campaign: Option<&Campaign>, way: SignIn) -> Self {
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite:{}", folder.path().join("web.sqlite").display());
        let context = Context::open(&url, Arc::new(Fixed), way).await.unwrap();
        if let Some(campaign) = campaign {
            app::campaign::import(&context, &Actor::at_the_console(), campaign).await.unwrap();
        }
        Self { router: router(context.clone(), Options::default()), context, _folder: folder }
    }

    /// The same server as people reach it over HTTPS.
    pub(crate) fn over_https(&self) -> Self {
        let options = Options { secure_cookies: true, ..Options::default() };
        Self { router: router(self.context.clone(), options), context: self.context.clone(), _folder: TempDir::new().unwrap() }
    }

    /// The path of a link that the console issues.
    pub(crate) async fn link(&self, person: &str) -> String {
        let (console, person) = (Actor::at_the_console(), Code::new(person).unwrap());
        let frame = self.context.current().await.unwrap().unwrap();
        issue_link(&self.context, &console, &frame.settings().code, &person, false).await.unwrap().path
    }

    /// What the app on a phone with this secret shows.
    pub(crate) fn totp(&self, secret: &str) -> String {
        let totp = totp_rs::Builder::new().with_secret(totp_rs::Secret::try_from_base32(secret).unwrap()).build().unwrap();
        totp.generate(u64::try_from(self.context.now().timestamp()).unwrap()).to_string()
    }

    /// One whose agencies A and D have attached a document each, before the campaign came to its phase.
    pub(crate) async fn with_evidence(campaign: &Campaign) -> Self {
        let mut open = campaign.clone();
        open.settings.phase = Some(Phase::Open);
        open.tallies.clear();
        for group in &mut open.groups {
            group.mode = Some(domain::survey::Mode::Both);
        }
        let server = Self::with(Some(&open)).await;
        server.survey().await;
        server.batch().await;
        server.call_back().await;
        for agency in ["A", "D"] {
            server.attach(agency, "1.1.1", "Kế hoạch.pdf", b"%PDF-1.7 a plan").await;
        }
        let mut sitting = campaign.clone();
        sitting.settings.phase = Some(Phase::Council);
        server.import(&sitting).await;
        server.convene().await;
        let mut decided = campaign.clone();
        decided.settings.phase = Some(Phase::Decided);
        server.import(&decided).await;
        server.draft_release(campaign).await;
        server.import(campaign).await;
        server
    }

    /// Makes a release of a campaign that is decided, as the standing body would; its number.
    pub(crate) async fn draft_release(&self, campaign: &Campaign) -> u32 {
        let of_role = |person: &&domain::accounts::Person| person.role == domain::accounts::Role::StandingBody;
        let actor = Actor::from(campaign.people.iter().find(of_role).unwrap());
        app::publication::draft(&self.context, &actor, &campaign.settings.code, "").await.unwrap()
    }

    async fn import(&self, campaign: &Campaign) {
        app::campaign::import(&self.context, &Actor::at_the_console(), campaign).await.unwrap();
    }

    /// Convenes the council for today, which makes question 1, attaches a signed document, and delivers one for task 1.
    pub(crate) async fn convene(&self) {
        let code = self.context.current().await.unwrap().unwrap().settings().code.clone();
        let by = Actor { role: Role::StandingBody, ..Actor::at_the_console() };
        let what = app::council::Convening {
            on: "2024-01-20".parse().unwrap(),
            place: "Phòng họp 1".into(),
            chair: Code::new("council").unwrap(),
            seen: 0,
        };
        app::council::convene(&self.context, &by, &code, what).await.unwrap();
        app::council::attach(&self.context, &by, &code, ("Biên bản.pdf", b"%PDF-1.7 minutes".as_slice().into())).await.unwrap();
        let file = Some(("Quyết định.pdf", b"%PDF-1.7 decision".as_slice().into()));
        let what = app::plan::Delivery { title: "", file };
        app::plan::deliver(&self.context, &by, &code, &Code::new("1").unwrap(), what).await.unwrap();
    }

    /// Freezes the survey's plan, opens fieldwork, invites two people to rate A, and hangs up an open link.
    pub(crate) async fn survey(&self) {
        let code = self.context.current().await.unwrap().unwrap().settings().code.clone();
        let by = Actor { role: Role::SurveyOfficer, ..Actor::at_the_console() };
        app::survey::design::freeze(&self.context, &by, &code).await.unwrap();
        app::survey::course::move_on(&self.context, &by, &code, StageEvent::Open, None).await.unwrap();
        let list = "form,person,name,email,agency\nF1,p-1,Người Một,mot@x.example,A\nF1,p-2,Người Hai,,A\n";
        app::survey::invitations::import(&self.context, &by, &code, ("list.csv", list.as_bytes()), true).await.unwrap();
        let form = Code::new("F1").unwrap();
        let opening = app::survey::doors::Opening { form, agency: Code::new("A"), place: "Quầy 1".into(), limit: 9 };
        app::survey::doors::open(&self.context, &by, &code, &opening).await.unwrap();
        let sipas = "agency,form,indicator,level,count,value,n\nA,,1.2,,,84.5,120\nX,,1.2,,,70,9\n";
        app::survey::sources::read_in(&self.context, &by, &code, ("sipas.csv", sipas.as_bytes()), None).await.unwrap();
    }

    /// Prints the links of those who were invited, and draws one of them to be called back.
    pub(crate) async fn call_back(&self) {
        let frame = self.context.current().await.unwrap().unwrap();
        let code = &frame.settings().code;
        let by = Actor { role: Role::SurveyOfficer, ..Actor::at_the_console() };
        let whom = app::survey::invitations::Whom::All;
        let (base, lang) = ("http://127.0.0.1", scoring::Lang::Vi);
        let order = app::survey::invitations::Order { whom: &whom, with_address: true, confirmed: true, base, lang };
        app::survey::invitations::print(&self.context, &by, code, order).await.unwrap();
        let by = Actor { role: Role::Monitor, ..Actor::at_the_console() };
        let cells = frame.survey().targets.iter().map(|target| target.id).collect();
        app::survey::supervision::draw(&self.context, &by, code, "2712", &cells, 1).await.unwrap();
    }

    /// Has a batch of three sheets printed, which is number 1.
    pub(crate) async fn batch(&self) {
        let frame = self.context.current().await.unwrap().unwrap();
        let by = Actor { role: Role::SurveyOfficer, ..Actor::at_the_console() };
        let rated = app::survey::paper::printable(&frame).remove(0);
        app::survey::paper::print(&self.context, &by, &frame.settings().code, &rated, 3).await.unwrap();
    }

    /// The code of the open link that hangs.
    pub(crate) async fn door(&self) -> String {
        let frame = self.context.current().await.unwrap().unwrap();
        let by = Actor { role: Role::SurveyOfficer, ..Actor::at_the_console() };
        app::survey::doors::all(&self.context, &by, &frame).await.unwrap()[0].code.to_string()
    }

    /// Attaches a file for an item, as an officer of the agency.
    pub(crate) async fn attach(&self, agency: &str, item: &str, name: &str, content: &[u8]) -> Stored {
        let code = |text: &str| Code::new(text).unwrap();
        let frame = self.context.current().await.unwrap().unwrap();
        let by = Actor { role: Role::Officer, agency: Some(code(agency)), ..Actor::at_the_console() };
        let what = Begin { agency: code(agency), item: Some(code(item)), document: None, name: name.into(), size: None };
        let body = Body::from(content.to_vec()).into_data_stream();
        receive(&self.context, &by, &frame.settings().code, what, body).await.unwrap()
    }

    /// A request of any method, with the token of its session.
    pub(crate) async fn ask(&self, method: &Method, path: &str, cookies: &str) -> Answer {
        let request = Request::builder().method(method).uri(path).header(COOKIE, cookies);
        self.send(request.header("x-csrf-token", self.csrf(cookies)).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    pub(crate) async fn get(&self, path: &str, cookies: &str) -> Answer {
        self.send(Request::get(path).header(COOKIE, cookies).body(Body::empty()).unwrap()).await
    }

    /// A form sent from a page of the session that the cookies hold.
    pub(crate) async fn post(&self, path: &str, cookies: &str, form: &str) -> Answer {
        self.post_plainly(path, cookies, &format!("csrf={}&{form}", self.csrf(cookies))).await
    }

    /// A form with files, all in the field `file`, sent from a page of the session that the cookies hold.
    pub(crate) async fn post_files(&self, path: &str, cookies: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        let csrf = self.csrf(cookies);
        for (name, value) in std::iter::once(("csrf", csrf.as_str())).chain(fields.iter().copied()) {
            body.extend(format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (name, content) in files {
            let head = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html");
            body.extend(format!("--X\r\n{head}\r\n\r\n").bytes());
            body.extend(*content);
            body.extend(b"\r\n");
        }
        body.extend(b"--X--\r\n");
        let request = Request::post(path)
            .header(COOKIE, cookies)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "multipart/form-data; boundary=X");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// The token of the session that the cookies hold; empty where they hold none.
    pub(crate) fn csrf(&self, cookies: &str) -> String {
        let token = cookies.split(';').find_map(|cookie| cookie.trim().trim_start_matches("__Host-").strip_prefix("session="));
        let token = token.and_then(SessionToken::parse);
        token.map(|token| token.csrf()).unwrap_or_default()
    }

    /// A form as it stands, whose token the test writes itself.
    pub(crate) async fn post_plainly(&self, path: &str, cookies: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header(COOKIE, cookies)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(form.to_owned()));
        self.send(request.unwrap()).await
    }

    /// Signs somebody in and answers the cookie.
    pub(crate) async fn sign_in(&self, person: &str) -> String {
        let answer = self.post("/sign-in", "", &format!("person={person}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.headers[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned()
    }
}
