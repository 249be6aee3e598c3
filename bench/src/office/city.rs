//! A city in the middle of its self-assessment: the shipped campaign, with as many officers as work at once.

use chrono::NaiveDate;
use domain::Campaign;
use domain::accounts::{Person, Role};
use domain::assessment::Stream;
use domain::{Code, Phase};
use std::path::Path;

/// Somebody who enters, and for whom.
#[derive(Clone, Debug)]
pub(super) struct Officer {
    pub(super) name: String,
    pub(super) agency: String,
    /// Items of the agency that are filled in with numbers.
    pub(super) items: Vec<String>,
}

/// The campaign with its self-assessment open, far from its end, and its officers.
pub(super) fn campaign(officers: usize) -> Result<(Campaign, Vec<Officer>), String> {
    let tables = documents::workbook::read(Path::new("campaigns/hanoi-2023")).map_err(|error| error.to_string())?;
    let mut campaign = domain::workbook::read(&tables).map_err(|problems| format!("{} problems", problems.len()))?;
    campaign.settings.phase = Some(Phase::Open);
    campaign.claims.retain(|claim| claim.stream == Stream::SelfAssessed);
    for task in campaign.tasks.iter_mut().filter(|task| task.window.is_some()) {
        // The server has the real clock.
        task.due = NaiveDate::from_ymd_opt(2199, 12, 31);
    }
    let agencies: Vec<_> = campaign.agencies.iter().filter(|agency| agency.is_assessed()).cloned().collect();
    let mut working = Vec::new();
    for (at, agency) in agencies.iter().cycle().take(officers).enumerate() {
        let name = format!("officer{at}");
        let items = campaign.inputs.iter().filter(|input| input.block == agency.block && input.name.as_str() == "done");
        // Those that concern every agency.
        let concerns = |item: &Code| {
            let row = campaign.criteria.iter().find(|row| row.block == agency.block && row.code == *item);
            row.is_some_and(|row| row.applies_to.as_deref().is_none_or(|to| !to.contains(':')))
        };
        let items = items.filter(|input| concerns(&input.item)).map(|input| input.item.to_string()).collect();
        working.push(Officer { name: name.clone(), agency: agency.code.to_string(), items });
        campaign.people.push(Person {
            code: Code::new(&name).ok_or("no code")?,
            name: format!("Cán bộ {at}"),
            role: Role::Officer,
            agency: Some(agency.code.clone()),
            ..nobody(campaign.people.first())?
        });
    }
    campaign.people.sort_by(|a, b| a.code.cmp(&b.code));
    Ok((campaign, working))
}

/// Somebody of whom nothing is known, whatever columns people have.
fn nobody(somebody: Option<&Person>) -> Result<Person, String> {
    let somebody = somebody.ok_or("the campaign has no people")?;
    Ok(Person { email: None, fields: None, ..somebody.clone() })
}
