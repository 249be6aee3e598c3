//! Printed slips, for those who have no e-mail address or whom no mail reaches.

use super::letters::Campaigner;
use super::links::{path, renew};
use super::orders::{Whom, begin};
use super::{InvitationError, small_targets};
use crate::documents::press;
use crate::texts::T;
use crate::{Context, Error};
use documents::slips::{Slip, Slips, svg};
use domain::Code;
use domain::policy::Actor;
use domain::survey::Stage;
use domain::survey::inviting::Way;
use scoring::Lang;
use std::collections::HashMap;
use store::survey::invitations::{self, Invitation};

/// Most slips in one file: fifty pages.
pub const MOST_SLIPS: usize = 400;

/// What to print.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// For whom.
    pub whom: &'a Whom,
    /// Also for those who have an e-mail address, and were sent nothing yet.
    pub with_address: bool,
    /// A target of fewer people than make a lot is wanted all the same.
    pub confirmed: bool,
    /// Where people reach the pages, such as `https://parindex.example.gov.vn`, where no mailer has said so.
    pub base: &'a str,
    /// The language of what is around.
    pub lang: Lang,
}

/// Prints slips, each with a new link, in the order of places. Slips of the same people that were printed before are dead from then on.
///
/// The codes are made here, and stand in the file alone. It is printed first, and their tags are stored then, in one transaction: as long
/// as that takes the database is not held, and where it fails the file is thrown away.
///
/// # Errors
/// [`InvitationError`]; [`Error::Stale`] where somebody changed one of the invitations meanwhile.
pub async fn print(context: &Context, actor: &Actor, campaign: &Code, order: Order<'_>) -> Result<Vec<u8>, InvitationError> {
    let stages = [Stage::Frozen, Stage::Fieldwork];
    let (change, all) = begin(context, actor, campaign, &stages).await?;
    let mut wanted: Vec<Invitation> = all
        .iter()
        .filter(|one| order.whom.has(&change, one) && one.standing().may_be_printed())
        .filter(|one| one.email.is_none() || one.way == Some(Way::Print) || order.with_address)
        .cloned()
        .collect();
    if wanted.is_empty() {
        return Err(InvitationError::Nobody);
    }
    if wanted.len() > MOST_SLIPS {
        return Err(InvitationError::TooMany(MOST_SLIPS));
    }
    let mut targets: Vec<i64> = wanted.iter().map(|one| one.target).collect();
    targets.sort_unstable();
    targets.dedup();
    let small = small_targets(&change.frame, &all, &targets);
    if !small.is_empty() && !order.confirmed {
        return Err(InvitationError::Small(small));
    }
    let (frame, now) = (change.frame.clone(), change.now);
    let today = now.with_timezone(&frame.settings().zone()).date_naive();
    let places: HashMap<u32, i64> = invitations::places(&change.tx, campaign).await?.into_iter().collect();
    drop(change);

    wanted.sort_by(|a, b| (a.target, &a.place, a.number).cmp(&(b.target, &b.place, b.number)));
    let base = context.mails_from().unwrap_or(order.base).trim_end_matches('/').to_owned();
    let t = T(order.lang);
    let mut slips = Vec::new();
    let mut renewed = Vec::new();
    for before in wanted {
        let Some(target) = frame.survey().target(before.target) else { continue };
        let remembered = places.get(&before.number).is_some_and(|place| context.intake().remembers(before.target, *place));
        let mut invitation = before.clone();
        let code = renew(&mut invitation, remembered, Way::Print, today)?;
        let from = Campaigner { frame: &frame, target, at: now };
        slips.push(Slip {
            name: invitation.name.clone(),
            place: [Some(format!("{}", invitation.number)), invitation.place.clone()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
            form: from.form(t.0),
            rated: from.rated(t),
            until: from.until().map(|until| t.with("survey-slip-until", &[("until", until)])).unwrap_or_default(),
            qr: svg(&format!("{base}{}", path(&code))).unwrap_or_default(),
            code: code.shown(),
        });
        renewed.push((before, invitation, remembered));
    }
    let sheet = Slips {
        title: t.get("survey-slip-title"),
        notice: frame.notice().unwrap_or_default(),
        how: t.with("survey-slip-how", &[("address", format!("{base}/phieu"))]),
        promise: t.get("survey-slip-secrecy"),
        slips,
    };
    let lang = order.lang;
    let file = press(move || documents::slips::slips(&sheet, lang, today)).await?;

    let (change, all) = begin(context, actor, campaign, &stages).await?;
    let now_is: HashMap<u32, &Invitation> = all.iter().map(|one| (one.number, one)).collect();
    for (before, after, remembered) in &renewed {
        // A link that was used while the file was printed is used: what was printed for it must not open anything.
        let used_since =
            places.get(&before.number).is_some_and(|place| context.intake().remembers(before.target, *place)) != *remembered;
        if now_is.get(&before.number).is_none_or(|now| **now != *before) || used_since {
            return Err(Error::Stale.into());
        }
        invitations::change(&change.tx, campaign, after).await?;
    }
    change.log("survey.slips_printed", &order.whom.word(campaign), &format!("{} slips", renewed.len())).await?;
    change.commit().await?;
    Ok(file)
}
