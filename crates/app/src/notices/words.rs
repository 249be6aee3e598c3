//! A notice in words, and where it leads.

use crate::Frame;
use crate::texts::T;
use chrono::{DateTime, NaiveDate, Utc};
use domain::Code;
use domain::accounts::Role;
use domain::notices::Kind;
use domain::plan::Window;
use domain::policy::Actor;
use scoring::{Lang, Text};

/// What a notice says to its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// A line.
    pub subject: String,
    /// A few sentences.
    pub body: String,
}

/// Puts a notice of this campaign into words.
#[must_use]
pub fn say(frame: &Frame, kind: &Kind, lang: Lang) -> Said {
    let words = Words { frame, t: T(lang), lang };
    let (key, arguments) = (format!("notice-{}", kind.word()), words.arguments(kind));
    let mut body = words.t.body(&key, &arguments);
    if let Kind::DraftSent { until: Some(until), .. } = kind {
        body = format!("{body} {}", words.t.with("notice-draft_sent-explain", &[("until", words.day(*until))]));
    }
    Said { subject: words.t.with(&key, &arguments), body }
}

struct Words<'a> {
    frame: &'a Frame,
    t: T,
    lang: Lang,
}

impl Words<'_> {
    fn arguments(&self, kind: &Kind) -> Vec<(&'static str, String)> {
        match kind {
            Kind::WindowOpened { window, agency, until } | Kind::WindowMissed { window, agency, until } => {
                vec![("window", self.window(*window, agency.as_ref())), ("until", self.day(*until))]
            }
            Kind::WindowCloses { window, agency, until, days, .. } => {
                vec![("window", self.window(*window, agency.as_ref())), ("until", self.day(*until)), ("days", days.to_string())]
            }
            Kind::TaskDue { task, due, days, .. } => {
                let mut arguments = self.task(task, *due);
                arguments.push(("days", days.to_string()));
                arguments
            }
            Kind::TaskOverdue { task, due } => self.task(task, *due),
            Kind::Submitted { agency, at, by, receipt } => {
                vec![("agency", self.agency(agency)), ("at", self.moment(*at)), ("by", by.clone()), ("receipt", receipt.clone())]
            }
            Kind::DraftSent { agency, round, at, .. } => {
                vec![("agency", self.agency(agency)), ("round", round.word().into()), ("at", self.moment(*at))]
            }
            Kind::ExplanationReceived { agency, at, by } => {
                vec![("agency", self.agency(agency)), ("at", self.moment(*at)), ("by", by.clone())]
            }
            Kind::Reopened { agency, until, reason, .. } => {
                vec![("agency", self.agency(agency)), ("until", self.day(*until)), ("reason", reason.clone())]
            }
            Kind::Extended { agency, window, until, reason, .. } => vec![
                ("agency", self.agency(agency)),
                ("window", self.window(*window, None)),
                ("until", self.day(*until)),
                ("reason", reason.clone()),
            ],
            Kind::Returned { agency, round, reason, .. } => {
                vec![("agency", self.agency(agency)), ("round", round.word().into()), ("reason", reason.clone())]
            }
            Kind::Lapsed { agency, window, at } => {
                vec![("agency", self.agency(agency)), ("window", self.window(*window, None)), ("at", self.moment(*at))]
            }
            Kind::CouncilReturned { at, reason } => vec![("at", self.moment(*at)), ("reason", reason.clone())],
            Kind::CouncilConvened { on, place, .. } => vec![("on", self.day(*on)), ("place", place.clone())],
            Kind::CouncilDecided { at, .. } => vec![("at", self.moment(*at))],
            Kind::SurveyHandedOver { at, by, hash } => {
                vec![("at", self.moment(*at)), ("by", by.clone()), ("hash", hash.clone())]
            }
            Kind::SurveyTakenBack { at, by, reason } => {
                vec![("at", self.moment(*at)), ("by", by.clone()), ("reason", reason.clone())]
            }
            Kind::AccountLink { at, until, .. } => vec![("at", self.moment(*at)), ("until", self.moment(*until))],
        }
    }

    fn window(&self, window: Window, agency: Option<&Code>) -> String {
        let name = self.t.get(&format!("notice-window-{}", window.word()));
        match agency {
            Some(agency) => self.t.with("notice-window-of", &[("window", name), ("agency", self.agency(agency))]),
            None => name,
        }
    }

    fn task(&self, code: &Code, due: NaiveDate) -> Vec<(&'static str, String)> {
        let task = self.frame.campaign().tasks.iter().find(|task| task.code == *code);
        let says = |text: Option<Text>| text.map(|text| text.get(self.lang).to_owned()).unwrap_or_default();
        vec![
            ("task", code.to_string()),
            ("title", says(task.map(|task| task.title()))),
            ("owner", says(task.map(|task| task.owner()))),
            ("due", self.day(due)),
        ]
    }

    /// The name of an agency; its code where the campaign no longer has it.
    fn agency(&self, code: &Code) -> String {
        let agency = self.frame.campaign().agencies.iter().find(|agency| agency.code == *code);
        agency.map_or_else(|| code.to_string(), |agency| agency.name().get(self.lang).to_owned())
    }

    fn day(&self, day: NaiveDate) -> String {
        match self.lang {
            Lang::Vi => day.format("%d/%m/%Y").to_string(),
            Lang::En => day.format("%-d %b %Y").to_string(),
        }
    }

    /// A moment in the campaign's zone.
    fn moment(&self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&self.frame.settings().zone());
        format!("{} {}", local.format("%H:%M"), self.day(local.date_naive()))
    }
}

/// The path of the page where a reader sees, or does, what a notice is about; a test in `web` follows each of them.
#[must_use]
pub fn leads_to(kind: &Kind, reader: &Actor) -> String {
    match kind {
        Kind::WindowOpened { window, agency, .. }
        | Kind::WindowCloses { window, agency, .. }
        | Kind::WindowMissed { window, agency, .. } => of_window(*window, agency.as_ref(), reader),
        Kind::Extended { agency, window, .. } | Kind::Lapsed { agency, window, .. } => of_window(*window, Some(agency), reader),
        Kind::TaskDue { task, .. } | Kind::TaskOverdue { task, .. } => format!("/plan/{task}"),
        Kind::Submitted { agency, .. } | Kind::Reopened { agency, .. } => of_window(Window::SelfAssessment, Some(agency), reader),
        Kind::DraftSent { agency, .. } | Kind::ExplanationReceived { agency, .. } => {
            of_window(Window::Explanation, Some(agency), reader)
        }
        Kind::Returned { agency, .. } => of_window(Window::Appraisal2, Some(agency), reader),
        Kind::CouncilReturned { .. } => of_window(Window::Appraisal2, None, reader),
        Kind::CouncilConvened { .. } | Kind::CouncilDecided { .. } => of_window(Window::Council, None, reader),
        Kind::SurveyHandedOver { .. } | Kind::SurveyTakenBack { .. } => "/survey/points".into(),
        Kind::AccountLink { .. } => "/account".into(),
    }
}

/// Where somebody works on, or sees, what a window is for.
fn of_window(window: Window, agency: Option<&Code>, reader: &Actor) -> String {
    let own = reader.agency.as_ref().filter(|own| reader.speaks_for(own));
    match (reader.role, own, agency) {
        (_, Some(own), _) if window == Window::Explanation => format!("/agencies/{own}/explanations"),
        (_, Some(own), _) if window == Window::SelfAssessment => format!("/agencies/{own}/assessment"),
        (_, Some(own), _) => format!("/agencies/{own}"),
        (Role::Appraiser, _, Some(agency)) => format!("/agencies/{agency}/appraisal"),
        (Role::Appraiser, ..) => "/appraisal".into(),
        (_, _, Some(agency)) => format!("/agencies/{agency}"),
        (Role::Council | Role::StandingBody, ..) if window == Window::Council => "/council".into(),
        (Role::SurveyOfficer | Role::StandingBody, ..) if window == Window::Fieldwork => "/survey".into(),
        _ => "/".into(),
    }
}
