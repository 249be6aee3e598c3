//! Who of an agency's officers fills in which item. It guides and forbids nothing: whoever of the agency may write still may.

use crate::change::Change;
use crate::{Context, Error, Frame};
use domain::Code;
use domain::accounts::{Person, Role};
use domain::policy::{Action, Actor};

/// Those who may be asked to fill in items of an agency.
#[must_use]
pub fn officers<'a>(frame: &'a Frame, agency: &Code) -> Vec<&'a Person> {
    let people = frame.campaign().people.iter();
    people.filter(|person| person.is_active() && speaks(person.role) && person.agency.as_ref() == Some(agency)).collect()
}

fn speaks(role: Role) -> bool {
    matches!(role, Role::Officer | Role::Head)
}

/// Asks an officer to fill in items, or nobody in particular.
///
/// # Errors
/// [`Error::NotThere`] where the officer is none of the agency's, or what the policy or the database says. Nothing was changed.
pub async fn assign(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    agency: &Code,
    items: &[Code],
    to: Option<&Code>,
) -> Result<(), Error> {
    let change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::Assess(agency))?;
    if to.is_some_and(|to| !officers(&change.frame, agency).iter().any(|person| person.code == *to)) {
        return Err(Error::NotThere);
    }
    store::assessment::items::assign(&change.tx, change.code(), agency, items, to).await?;
    let codes = items.iter().map(Code::as_str).collect::<Vec<_>>().join(" ");
    change.log("assessment.assigned", agency.as_str(), &format!("{} to {}", codes, to.map_or("nobody", Code::as_str))).await?;
    change.commit().await
}
