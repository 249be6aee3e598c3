//! Making a link anew.

use super::super::answering::new_code;
use crate::Error;
use chrono::NaiveDate;
use domain::survey::inviting::Way;
use domain::survey::secrecy::LinkCode;
use store::survey::invitations::Invitation;

/// Makes a link for an invitation, which any earlier one dies with, and gives the code to hand over; the code is nowhere else.
///
/// `remembered` says that somebody has answered by the earlier link, and that this is not marked yet. Whoever asks for another link then
/// must not answer twice, and must not be told from others in the database either: a refusal, or a tag that stays as it was, would give
/// away that they have answered, before there are enough for a lot. So they are handed a code like anybody, and what is stored is the
/// tag of another code that nobody has: the same columns change in the same way, and the answer by the new link is refused as that of no
/// link at all. What the intake has forgotten, after a crash or in another process, it cannot hold back.
pub(super) fn renew(invitation: &mut Invitation, remembered: bool, way: Way, today: NaiveDate) -> Result<LinkCode, Error> {
    let code = new_code()?;
    let stored = if remembered { new_code()?.tag() } else { code.tag() };
    invitation.tag = Some(stored);
    invitation.issued = invitation.issued.saturating_add(1);
    invitation.issued_on = Some(today);
    invitation.way = Some(way);
    invitation.fault = None;
    Ok(code)
}

/// The end of a link's address, behind the server's: the code is in the fragment, which browsers send to nobody.
pub(super) fn path(code: &LinkCode) -> String {
    format!("/phieu#{}", code.shown())
}
