//! `parindex user`: accounts, for whoever works at the machine itself, where no account is needed. So the first operator gets in.

use super::{Done, Failure, block_on, in_lang, open, stored};
use crate::output::{self, Cell, Column};
use crate::{Database, User};
use app::accounts::{self, PersonState};
use app::{Actor, Code, Context, Error, Lang, SignIn, SystemClock};
use std::sync::Arc;

pub(crate) fn user(what: User, lang: Lang) -> Done {
    match what {
        User::Link { person, base_url, campaign, database } => {
            at(&database, campaign.as_deref(), lang, async |context, campaign| {
                let code = known(&person, lang)?;
                let issued = accounts::issue_link(context, &Actor::at_the_console(), campaign, &code, false).await;
                let issued = issued.map_err(|error| failed(error, &person, lang))?;
                let until = issued.until.format("%Y-%m-%d %H:%M UTC");
                output::say(&in_lang(
                    lang,
                    format!("đường dẫn dùng một lần cho {} ({person}), đến {until}:", issued.person.name),
                    format!("a link that works once, for {} ({person}), until {until}:", issued.person.name),
                ));
                Ok(output::print(&format!("{}{}", base_url.unwrap_or_default().trim_end_matches('/'), issued.path))?)
            })
        }
        User::List { campaign, shown, database } => at(&database, campaign.as_deref(), lang, async |context, campaign| {
            let people = accounts::people(context, &Actor::at_the_console(), campaign).await;
            let people = people.map_err(|error| Failure::database(error.say(lang)))?;
            let names = ["code", "name", "role", "agency", "active", "password", "second_factor", "locked_until", "sessions"];
            let columns = names.map(|name| Column::text(name, name));
            Ok(output::table(shown.format, &columns, &people.iter().map(row).collect::<Vec<_>>(), None)?)
        }),
        User::Unlock { person, campaign, database } => at(&database, campaign.as_deref(), lang, async |context, campaign| {
            let code = known(&person, lang)?;
            let done = accounts::unlock(context, &Actor::at_the_console(), campaign, &code).await;
            done.map_err(|error| failed(error, &person, lang))?;
            output::say(&in_lang(lang, format!("đã mở khóa {person}"), format!("{person} may try again at once")));
            Ok(())
        }),
        User::SignOut { person, campaign, database } => at(&database, campaign.as_deref(), lang, async |context, campaign| {
            let code = known(&person, lang)?;
            let ended = accounts::revoke_sessions(context, &Actor::at_the_console(), campaign, &code).await;
            let ended = ended.map_err(|error| failed(error, &person, lang))?;
            output::say(&in_lang(
                lang,
                format!("đã kết thúc {ended} phiên của {person}"),
                format!("{ended} sessions of {person} ended"),
            ));
            Ok(())
        }),
    }
}

/// Does something in a campaign of the database.
fn at(database: &Database, campaign: Option<&str>, lang: Lang, what: impl AsyncFnOnce(&Context, &Code) -> Done) -> Done {
    block_on(async {
        let context = open(&database.url, Arc::new(SystemClock), SignIn::Closed, lang).await?;
        let campaign = stored(&context, campaign, lang).await?.campaign().settings.code.clone();
        what(&context, &campaign).await
    })
}

fn known(person: &str, lang: Lang) -> Result<Code, Failure> {
    Code::new(person).ok_or_else(|| nobody(person, lang))
}

fn nobody(person: &str, lang: Lang) -> Failure {
    Failure::not_there(in_lang(
        lang,
        format!("kỳ đánh giá không có người “{person}” đang hoạt động; xem bằng: parindex user list"),
        format!("nobody active in the campaign is called “{person}”; see them by: parindex user list"),
    ))
}

fn failed(error: Error, person: &str, lang: Lang) -> Failure {
    match error {
        Error::NotThere => nobody(person, lang),
        error => Failure::database(error.say(lang)),
    }
}

fn row(state: &PersonState) -> Vec<Cell> {
    let person = &state.person;
    let yes = |yes: bool| Cell::same(if yes { "yes" } else { "no" });
    let locked = state.locked_until.map(|until| until.format("%Y-%m-%dT%H:%M:%SZ").to_string());
    vec![
        Cell::same(person.code.as_str()),
        Cell::same(&person.name),
        Cell::same(person.role.word()),
        person.agency.as_ref().map_or_else(Cell::missing, |agency| Cell::same(agency.as_str())),
        yes(person.is_active()),
        yes(state.has_password),
        yes(state.has_second_factor),
        locked.map_or_else(Cell::missing, Cell::same),
        Cell::same(state.stays.len().to_string()),
    ]
}
