//! The mails to those who are invited. No picture, no address of ours but the link, nothing that tells that a mail was read.

use crate::Frame;
use crate::mail::Letter;
use crate::texts::T;
use chrono::{DateTime, TimeDelta, Utc};
use domain::accounts::Role;
use domain::survey::answers::Target;
use domain::survey::frame::Language;
use scoring::Lang;
use std::sync::Arc;
use store::survey::invitations::Invitation;

/// Who invites, to what, when.
pub(in crate::survey) struct Campaigner<'a> {
    pub(in crate::survey) frame: &'a Arc<Frame>,
    pub(in crate::survey) target: &'a Target,
    pub(in crate::survey) at: DateTime<Utc>,
}

/// The language in which somebody is written to.
pub(super) fn language(invitation: &Invitation) -> Lang {
    match invitation.language.as_deref().and_then(Language::from_word) {
        Some(Language::En) => Lang::En,
        _ => Lang::Vi,
    }
}

impl Campaigner<'_> {
    /// What people rate, in words: one agency, or how many.
    pub(in crate::survey) fn rated(&self, t: T) -> String {
        let Some(one) = self.target.agencies.first().filter(|_| self.target.agencies.len() == 1) else {
            return t.with("survey-rates-many", &[("many", self.target.agencies.len().to_string())]);
        };
        self.frame.place(one).map_or_else(|| one.to_string(), |place| place.agency.name.get(t.0).to_owned())
    }

    /// The title of the form.
    pub(in crate::survey) fn form(&self, lang: Lang) -> String {
        let form = self.frame.survey().form(&self.target.form);
        form.map_or_else(|| self.target.form.to_string(), |form| form.title.get(lang).to_owned())
    }

    /// The last day on which one can answer; none where the plan sets no end.
    pub(in crate::survey) fn until(&self) -> Option<String> {
        // The end is the first moment at which nobody answers any more.
        let last = self.frame.survey().ends? - TimeDelta::seconds(1);
        Some(last.with_timezone(&self.frame.settings().zone()).format("%d/%m/%Y").to_string())
    }

    /// Whom to ask: whoever runs the survey.
    fn contact(&self) -> Option<String> {
        let runs = |person: &&domain::accounts::Person| person.role == Role::SurveyOfficer && person.is_active();
        let person = self.frame.campaign().people.iter().find(runs)?;
        Some(person.email.as_ref().map_or_else(|| person.name.clone(), |email| format!("{} <{email}>", person.name)))
    }

    fn letter(&self, t: T, invitation: &Invitation, address: String, subject: &str, parts: Vec<String>) -> Letter {
        let year = self.frame.settings().year.to_string();
        let mut parts = parts;
        parts.extend(self.contact().map(|contact| t.with("survey-mail-contact", &[("contact", contact)])));
        parts.extend(self.frame.notice().map(|said| t.with("notice-mail-notices", &[("said", said)])));
        Letter {
            subject: t.with(subject, &[("year", year), ("form", self.form(t.0))]),
            text: format!("{}\n", parts.join("\n\n")),
            at: self.at,
            id: self.id(invitation),
            in_reply_to: None,
            to: (invitation.name.clone(), address),
        }
    }

    /// What the mail that holds the link is called: the same whoever asks, so that a reminder can refer to it.
    fn id(&self, invitation: &Invitation) -> String {
        format!("survey-{}-{}.{}", invitation.number, invitation.issued, self.frame.settings().code)
    }

    fn until_words(&self, t: T) -> Option<String> {
        self.until().map(|until| t.with("survey-mail-until", &[("until", until)]))
    }
}

/// The mail with a link.
pub(super) fn link(from: &Campaigner<'_>, invitation: &Invitation, address: String, link: &str, typed: &str) -> Letter {
    let t = T(language(invitation));
    let title = from.frame.settings().title.clone();
    let title = match t.0 {
        Lang::En => from.frame.settings().title_en.clone().unwrap_or(title),
        Lang::Vi => title,
    };
    let code = link.rsplit('#').next().unwrap_or_default().to_owned();
    let mut parts = vec![
        t.with("notice-mail-greeting", &[("name", invitation.name.clone())]),
        t.with("survey-mail-purpose", &[("title", title), ("form", from.form(t.0)), ("rated", from.rated(t))]),
        format!("{}\n{link}", t.get("survey-mail-link")),
        t.with("survey-mail-typed", &[("address", typed.to_owned()), ("code", code)]),
        t.get("survey-mail-secrecy"),
    ];
    parts.extend(from.until_words(t));
    from.letter(t, invitation, address, "survey-mail-subject", parts)
}

/// A reminder, as an answer to the mail with the link. It holds no link: nobody knows that any more.
pub(super) fn reminder(from: &Campaigner<'_>, invitation: &Invitation, address: String) -> Letter {
    let t = T(language(invitation));
    let mut parts = vec![
        t.with("notice-mail-greeting", &[("name", invitation.name.clone())]),
        t.with("survey-mail-reminder", &[("form", from.form(t.0)), ("rated", from.rated(t))]),
        t.get("survey-mail-reminder-secrecy"),
    ];
    parts.extend(from.until_words(t));
    let letter = from.letter(t, invitation, address, "survey-mail-reminder-subject", parts);
    let first = letter.id.clone();
    Letter { id: format!("reminder-{}-{first}", invitation.reminded + 1), in_reply_to: Some(first), ..letter }
}
