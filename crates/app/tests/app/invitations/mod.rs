//! Links go out once and are kept nowhere; nobody is told from others before there are enough for a lot.

mod mailed;
mod printed;
mod simulated;

use crate::notices::server::{Server, header, text};
use crate::survey_intake::small;
use crate::{Hand, process};
use app::mail::Mailer;
use app::survey::answering::{self, Entrance, NotTaken};
use app::survey::invitations::{self, Delivered, InvitationError, NotInvited, Whom};
use app::{Actor, Code, Context, Frame};
use domain::accounts::Role;
use domain::survey::secrecy::LinkCode;
use domain::survey::{Stage, StageEvent};
use std::sync::Arc;
use store::Store;
use store::survey::course::StageStep;
use store::survey::invitations::Invitation;
use store::testing::Database;
use tokio::sync::watch;

/// A survey in its fieldwork, with a mail server.
struct Survey {
    context: Context,
    clock: Arc<Hand>,
    server: Server,
    mailer: Mailer,
    vien: Actor,
    code: Code,
    url: String,
}

impl Survey {
    async fn of(database: &Database) -> Self {
        let clock = Hand::at("2023-11-20T02:00:00Z");
        let context = process(database, &clock).await;
        let campaign = small();
        app::campaign::import(&context, &Actor::at_the_console(), &campaign).await.unwrap();
        let server = Server::start();
        let mailer = Mailer::new(&server.url(), "Viện <vien@hn.example>", "https://par.example").unwrap();
        context.mails_by(&mailer);
        let officer = campaign.people.iter().find(|person| person.role == Role::SurveyOfficer).unwrap();
        let code = campaign.settings.code.clone();
        let survey = Self { context, clock, server, mailer, vien: officer.into(), code, url: database.url().into() };
        survey.step(StageEvent::Freeze, Stage::Frozen).await;
        survey.step(StageEvent::Open, Stage::Fieldwork).await;
        survey
    }

    async fn step(&self, event: StageEvent, stage: Stage) {
        let tx = Store::open(&self.url).await.unwrap().write().await.unwrap();
        let word = || "vien".to_owned();
        let step =
            StageStep { event, stage, reason: None, by_code: word(), by_name: word(), by_role: word(), at: self.context.now() };
        store::survey::course::add(&tx, &self.code, &step).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Invites so many people to rate STC, those with these numbers without an address; more of them in other targets.
    async fn invite(&self, many: usize, without_address: &[usize]) {
        let mut list = "form,person,name,email,agency\n".to_owned();
        for at in 1..=many {
            let email = if without_address.contains(&at) { String::new() } else { format!("p{at}@x.example") };
            list.push_str(&format!("S2-2023,p-{at},Người {at},{email},STC\n"));
        }
        self.import(&list, true).await.unwrap();
    }

    async fn import(&self, list: &str, confirmed: bool) -> Result<usize, NotInvited> {
        invitations::import(&self.context, &self.vien, &self.code, ("list.csv", list.as_bytes()), confirmed).await
    }

    async fn deliver(&self) -> Delivered {
        invitations::deliver(&self.context, &self.mailer, &watch::channel(false).1).await.unwrap()
    }

    async fn send(&self) -> Result<usize, InvitationError> {
        invitations::send(&self.context, &self.vien, &self.code, &Whom::All, true).await
    }

    async fn remind(&self) -> Result<usize, InvitationError> {
        invitations::remind(&self.context, &self.vien, &self.code, &Whom::All).await
    }

    async fn reissue(&self, number: u32) -> Result<(), InvitationError> {
        invitations::reissue(&self.context, &self.vien, &self.code, number).await
    }

    async fn all(&self) -> Vec<Invitation> {
        let store = Store::open(&self.url).await.unwrap();
        store::survey::invitations::all(&store.read().await.unwrap(), &self.code).await.unwrap()
    }

    /// Waits until so many links are marked: a lot is marked behind the answers that made it full.
    async fn marked(&self, many: usize) {
        while self.all().await.iter().filter(|one| one.used).count() < many {
            tokio::task::yield_now().await;
        }
    }

    async fn one(&self, number: u32) -> Invitation {
        self.all().await.into_iter().find(|one| one.number == number).unwrap()
    }

    async fn frame(&self) -> Arc<Frame> {
        self.context.current().await.unwrap().unwrap()
    }

    /// Answers by a code, with the first choice everywhere.
    async fn answer(&self, code: &LinkCode) -> Result<(), NotTaken> {
        let frame = self.frame().await;
        let target = frame.survey().targets[0].clone();
        let form = frame.survey().form(&target.form).unwrap().clone();
        let said = |_: usize, name: &Code| {
            let question = form.questions.iter().find(|question| question.name == *name)?;
            Some(question.choices().first()?.name.as_str())
        };
        let entrance = Entrance::Link(code.clone());
        answering::submit(&self.context, &entrance, target.id, Some(200), said).await.map(drop)
    }

    async fn opens(&self, code: &LinkCode) -> bool {
        answering::open(&self.context, &Entrance::Link(code.clone())).await.is_ok()
    }

    /// The mails to somebody, in order.
    fn mails(&self, person: usize) -> Vec<String> {
        let to = format!("p{person}@x.example");
        self.server.taken().into_iter().filter(|mail| header(mail, "To").contains(&to)).collect()
    }

    /// The number of somebody's invitation.
    async fn number(&self, person: usize) -> u32 {
        self.all().await.into_iter().find(|one| one.person == format!("p-{person}")).unwrap().number
    }
}

/// The code in a mail.
fn code_in(mail: &str) -> LinkCode {
    let text = text(mail);
    let (_, behind) = text.split_once("https://par.example/phieu#").unwrap_or_else(|| panic!("no link in\n{text}"));
    LinkCode::parse(behind.lines().next().unwrap()).unwrap()
}

/// That a database holds none of these codes, in whatever writing, in its rows, its files and its log of changes.
async fn holds_none(database: &Database, codes: &[LinkCode]) {
    assert!(!codes.is_empty());
    let mut forms = Vec::new();
    for code in codes {
        let bare = code.shown().replace('-', "");
        // Half a code is more than chance.
        for form in [&bare[..10], &bare[10..], &code.shown()[..12]] {
            forms.extend([form.to_owned(), form.to_ascii_lowercase()]);
        }
    }
    let cells: Vec<String> = database.seen().await.into_iter().flat_map(|seen| seen.rows).flatten().collect();
    for form in &forms {
        let hex: String = form.bytes().map(|byte| format!("{byte:02x}")).collect();
        assert!(!cells.iter().any(|cell| cell.contains(form.as_str()) || cell.contains(&hex)), "a row holds a code");
    }
    assert!(!database.holds(&forms), "a file holds a code");
}
