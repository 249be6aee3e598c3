//! A survey in its fieldwork: the shipped campaign, one form with so many questions, and very many people invited.

use chrono::{DateTime, NaiveDate};
use domain::survey::answers::Target;
use domain::survey::form::{Form, Kind};
use domain::survey::secrecy::{LinkCode, Nullifier};
use domain::survey::tally::Channel;
use domain::survey::{QuestionRow, Stage, StageEvent};
use domain::{Campaign, Code, Phase};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::Store;
use store::survey::course::StageStep;
use store::survey::invitations::Invitation;
use store::survey::responses::Response;
use store::survey::{course, invitations, responses, targets};

/// The form that everybody answers.
const FORM: &str = "S2-2023";

/// The campaign with its survey under way and nothing counted yet.
pub(super) fn campaign(questions: usize) -> Result<Campaign, String> {
    let tables = documents::workbook::read(Path::new("campaigns/hanoi-2023")).map_err(|error| error.to_string())?;
    let mut campaign = domain::workbook::read(&tables).map_err(|problems| format!("{} problems", problems.len()))?;
    campaign.settings.phase = Some(Phase::Open);
    campaign.tallies.clear();
    campaign.claims.clear();
    for task in campaign.tasks.iter_mut().filter(|task| task.window.is_some()) {
        // The server has the real clock.
        task.due = NaiveDate::from_ymd_opt(2199, 12, 31);
    }
    let own: Vec<QuestionRow> =
        campaign.questions.iter().filter(|row| row.form.as_str() == FORM && row.select_one().is_some()).cloned().collect();
    let first = own.first().cloned().ok_or("the form asks nothing")?;
    for more in own.len()..questions {
        let name = Code::new(&format!("more_{more}")).ok_or("no name")?;
        campaign.questions.push(QuestionRow { name, order: Some(9_000), item: None, ..first.clone() });
    }
    domain::workbook::read(&domain::workbook::write(&campaign)).map_err(|problems| format!("{problems:?}"))
}

/// Everybody who is invited, and what they answer.
pub(super) struct Setting {
    codes: Vec<LinkCode>,
    target: Vec<Target>,
    /// Of each question: its name and how many choices it has.
    questions: Vec<(Code, Vec<Code>)>,
    next: AtomicUsize,
    opened: i64,
}

impl Setting {
    pub(super) async fn lay(store: &Store, campaign: &Campaign, people: usize) -> Result<Self, String> {
        let said = |error: store::Error| error.to_string();
        let code = &campaign.settings.code;
        let form = campaign.forms.iter().find(|form| form.code.as_str() == FORM).ok_or("there is no such form")?;
        let form = Form::of(form, &campaign.questions, &campaign.choices).ok_or("the form cannot be read")?;
        let of_question = form
            .marked()
            .map(|(question, choices)| (question.name.clone(), choices.iter().map(|choice| choice.name.clone()).collect()));
        let agencies = campaign.agencies.iter().filter(|agency| agency.block == form.block && agency.is_assessed());
        let wanted: Vec<(Code, Vec<Code>)> = agencies.map(|agency| (form.code.clone(), vec![agency.code.clone()])).collect();

        let tx = store.write().await.map_err(said)?;
        let at = DateTime::from_timestamp(1_700_000_000, 0).ok_or("no time")?;
        let steps = [(StageEvent::Freeze, Stage::Frozen), (StageEvent::Open, Stage::Fieldwork)];
        for (event, stage) in steps {
            let (by_code, by_name, by_role) = ("bench".to_owned(), "bench".to_owned(), "survey_officer".to_owned());
            let step = StageStep { event, stage, reason: None, by_code, by_name, by_role, at };
            course::add(&tx, code, &step).await.map_err(said)?;
        }
        let target = targets::add(&tx, code, &wanted).await.map_err(said)?;
        tx.commit().await.map_err(said)?;

        let mut dice = ChaCha8Rng::seed_from_u64(243);
        let mut codes = Vec::with_capacity(people);
        for lot in (0..people).collect::<Vec<_>>().chunks(50_000) {
            let mut rows = Vec::with_capacity(lot.len());
            for at in lot {
                let mut random = [0; 20];
                dice.fill_bytes(&mut random);
                let link = LinkCode::of(random);
                let of = target.get(at % target.len().max(1)).ok_or("there is no target")?;
                rows.push(invitation(u32::try_from(at + 1).map_err(|_| "too many")?, of.id, &link));
                codes.push(link);
            }
            let tx = store.write().await.map_err(said)?;
            invitations::add(&tx, code, &rows).await.map_err(said)?;
            tx.commit().await.map_err(said)?;
        }
        Ok(Self { codes, target, questions: of_question.collect(), next: AtomicUsize::new(0), opened: at.timestamp() })
    }

    pub(super) fn codes(&self) -> usize {
        self.codes.len()
    }

    /// How many have answered.
    pub(super) fn used(&self) -> usize {
        self.next.load(Ordering::Relaxed)
    }

    /// The next person's form, as a browser sends it.
    pub(super) fn next(&self) -> Result<String, String> {
        let at = self.next.fetch_add(1, Ordering::Relaxed);
        if at >= self.codes.len() {
            return Err("everybody has answered".into());
        }
        Ok(self.form(at))
    }

    pub(super) fn form(&self, at: usize) -> String {
        let mut text = String::with_capacity(1_024);
        if let (Some(code), Some(target)) = (self.codes.get(at), self.target.get(at % self.target.len().max(1))) {
            text.push_str(&format!("code={}&target={}&opened={}&in=vi", code.shown(), target.id, self.opened));
        }
        for (nth, (question, choices)) in self.questions.iter().enumerate() {
            if let Some(choice) = choices.get((at / 7 + nth * 3) % choices.len().max(1)) {
                text.push_str(&format!("&0.{question}={choice}"));
            }
        }
        text
    }

    /// Responses written as they are, many at a time: what the database can do. How many a second.
    pub(super) async fn raw(&self, store: &Store, many: usize) -> Result<u64, String> {
        let said = |error: store::Error| error.to_string();
        let mut dice = ChaCha8Rng::seed_from_u64(4_190);
        let target = self.target.first().ok_or("there is no target")?.id;
        let begun = crate::clock::now();
        for _ in 0..many / 256 {
            let mut rows = Vec::with_capacity(256);
            for _ in 0..256 {
                rows.push(response(&mut dice, target, self.questions.len()));
            }
            let tx = store.write().await.map_err(said)?;
            responses::add(&tx, &rows).await.map_err(said)?;
            tx.commit().await.map_err(said)?;
        }
        Ok(many as u64 * 1_000 / u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX).max(1))
    }

    pub(super) async fn stored(&self, store: &Store) -> Result<u64, String> {
        let snapshot = store.read().await.map_err(|error| error.to_string())?;
        let counts = responses::counts(&snapshot).await.map_err(|error| error.to_string())?;
        Ok(counts.iter().map(|(_, _, many)| many).sum())
    }
}

/// A response by chance.
pub(super) fn response(dice: &mut ChaCha8Rng, target: i64, questions: usize) -> Response {
    let mut nullifier = [0; 16];
    dice.fill_bytes(&mut nullifier);
    let marks = (0..questions).map(|_| char::from(b'0' + dice.random_range(0..5_u8))).collect();
    Response { nullifier: Nullifier(nullifier), target, channel: Channel::Web, pace: Some(dice.random()), marks, others: None }
}

fn invitation(number: u32, target: i64, link: &LinkCode) -> Invitation {
    Invitation {
        number,
        target,
        person: number.to_string(),
        name: format!("Người thứ {number}"),
        tag: Some(link.tag()),
        issued: 1,
        ..Invitation::default()
    }
}

/// Whether a form has as many questions with one answer as it should.
pub(super) fn marked(form: &Form) -> usize {
    form.questions.iter().filter(|question| matches!(question.kind, Kind::One(_))).count()
}
