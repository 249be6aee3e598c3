//! What a reader of the log searches for, as it stands in the address.

use crate::guard::{Asked, Visit};
use app::audit::Filter;
use chrono::{DateTime, NaiveDate, Utc};
use domain::plan::end_of;

/// The fields of the search form, as they were filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Search {
    pub(super) person: String,
    pub(super) action: String,
    pub(super) subject: String,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) text: String,
    /// A day that is none.
    pub(super) is_wrong: bool,
}

impl Search {
    pub(super) fn asked(asked: &Asked) -> Self {
        let field = |name| asked.get(name).unwrap_or_default().trim().to_owned();
        let mut search = Self {
            person: field("person"),
            action: field("action"),
            subject: field("subject"),
            from: field("from"),
            until: field("until"),
            text: field("text"),
            is_wrong: false,
        };
        search.is_wrong = [&search.from, &search.until].iter().any(|day| !day.is_empty() && day.parse::<NaiveDate>().is_err());
        search
    }

    /// The days are whole days in the campaign's zone.
    pub(super) fn filter(&self, visit: &Visit) -> Filter {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let zone = visit.frame.settings().zone();
        let end = |day: NaiveDate| -> DateTime<Utc> { end_of(day, zone) };
        let from = self.from.parse::<NaiveDate>().ok();
        let filter = Filter {
            person: some(&self.person),
            action: some(&self.action),
            subject: some(&self.subject),
            from: from.and_then(|day| day.pred_opt()).map(end),
            until: self.until.parse().ok().map(end),
            words: Vec::new(),
        };
        filter.with_text(&self.text)
    }

    /// The same search as the query of an address, with `more` behind it.
    pub(super) fn query(&self, more: &[(&str, &str)]) -> String {
        let fields = [
            ("person", &self.person),
            ("action", &self.action),
            ("subject", &self.subject),
            ("from", &self.from),
            ("until", &self.until),
            ("text", &self.text),
        ];
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        for (name, value) in more {
            query.append_pair(name, value);
        }
        query.finish()
    }
}
