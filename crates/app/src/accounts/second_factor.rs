//! The second factor: a code that an app on the owner's phone shows for half a minute (TOTP, RFC 6238).

use super::tokens::{self, recovery_code, recovery_hash};
use super::{counting, hashing};
use crate::{Context, Error, audit};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::accounts::password::Password;
use domain::accounts::sessions::{RECOVERY_CODES, STEP_SECONDS};
use domain::policy::Actor;
use store::accounts::credentials::{self, Credentials};
use totp_rs::{Builder, Secret, Totp};

/// What the app on the phone shows above the code.
const ISSUER: &str = "PAR Index";
/// One step earlier or later counts too: clocks differ.
const SKEW: u16 = 1;
/// Bytes of a secret (RFC 4226, section 4).
const SECRET: usize = 20;

/// What the owner's app needs, by hand or as a picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret in base 32, in groups of four as it is typed.
    pub secret: String,
    /// The same as an address, for the picture.
    pub url: String,
    /// The picture: rows of dots, of which those that are true are dark.
    pub dots: Vec<Vec<bool>>,
}

/// Why a second factor was not set up or put away.
#[derive(Debug, thiserror::Error)]
pub enum FactorError {
    /// The code is not the one that the app should show now.
    #[error("the code is wrong")]
    WrongCode,
    /// The password is wrong.
    #[error("the password is wrong")]
    WrongPassword,
    /// There is nothing to confirm, or one is set up already.
    #[error("there is nothing to confirm")]
    Nothing,
    /// Too many attempts.
    #[error("too many attempts; try again at {until}")]
    Locked {
        /// From then on the next attempt is looked at.
        until: DateTime<Utc>,
    },
    /// Something else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for FactorError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Makes a secret for somebody who wants a second factor. It counts once it is confirmed; until then a new one takes its place.
///
/// # Errors
/// [`FactorError::Nothing`] where one is set up already.
pub async fn begin_second_factor(context: &Context, actor: &Actor) -> Result<(), FactorError> {
    let secret = Secret::from(tokens::bytes::<SECRET>()?.to_vec()).to_base32();
    let tx = context.store().write().await?;
    let before = credentials::of(&tx, &actor.code).await?;
    if before.totp_since.is_some() {
        return Err(FactorError::Nothing);
    }
    credentials::save(&tx, &Credentials { totp_secret: Some(secret), totp_step: None, ..before }).await?;
    Ok(tx.commit().await?)
}

/// What waits for being confirmed; none where nothing does.
///
/// # Errors
/// Where the database does not answer.
pub async fn enrolment(context: &Context, actor: &Actor) -> Result<Option<Enrolment>, Error> {
    let known = credentials::of(&context.store().read().await?, &actor.code).await?;
    let waiting = known.totp_secret.filter(|_| known.totp_since.is_none());
    Ok(waiting.and_then(|secret| picture(&secret, &actor.code)))
}

/// Turns the second factor on, as its first code is right, and gives the recovery codes: they are shown this once.
///
/// # Errors
/// [`FactorError`].
pub async fn confirm_second_factor(context: &Context, actor: &Actor, code: &str) -> Result<Vec<String>, FactorError> {
    let frame = context.current().await?.ok_or(FactorError::Nothing)?;
    let now = context.now();
    let tx = context.store().write().await?;
    let before = credentials::of(&tx, &actor.code).await?;
    let secret = before.totp_secret.as_deref().filter(|_| before.totp_since.is_none()).ok_or(FactorError::Nothing)?;
    let step = step(secret, code, now).ok_or(FactorError::WrongCode)?;
    let codes = (0..RECOVERY_CODES).map(|_| recovery_code()).collect::<Result<Vec<_>, _>>()?;
    credentials::save(&tx, &Credentials { totp_since: Some(now), totp_step: Some(step), ..before }).await?;
    credentials::replace_recovery_codes(&tx, &actor.code, codes.iter().map(|code| recovery_hash(code)).collect()).await?;
    let event = audit::event_at(now, actor, "accounts.second_factor_on", actor.code.as_str(), "");
    store::audit::append(&tx, &frame.settings().code, event).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Puts one's own second factor away; the password is asked once more.
///
/// # Errors
/// [`FactorError`].
pub async fn drop_second_factor(context: &Context, actor: &Actor, password: &str) -> Result<(), FactorError> {
    let frame = context.current().await?.ok_or(FactorError::Nothing)?;
    let subject = counting::Subject::name(actor.code.as_str());
    if let Err(locked) = counting::count(context, &[&subject]).await? {
        return Err(FactorError::Locked { until: locked.until });
    }
    let known = credentials::of(&context.store().read().await?, &actor.code).await?.password_hash;
    if !hashing::is_right(Password::typed(password), known).await? {
        return Err(FactorError::WrongPassword);
    }
    let tx = context.store().write().await?;
    counting::forget(&tx, &subject, None, context.now()).await?;
    put_away(&tx, &actor.code).await?;
    let event = audit::event(context, actor, "accounts.second_factor_off", actor.code.as_str(), "");
    store::audit::append(&tx, &frame.settings().code, event).await?;
    Ok(tx.commit().await?)
}

/// Takes a person's second factor and recovery codes away.
pub(super) async fn put_away(tx: &store::Transaction, person: &Code) -> Result<(), store::Error> {
    let before = credentials::of(tx, person).await?;
    credentials::save(tx, &Credentials { totp_secret: None, totp_since: None, totp_step: None, ..before }).await?;
    credentials::replace_recovery_codes(tx, person, Vec::new()).await
}

/// The step at which the code is right, by the clock; none where it is wrong.
pub(super) fn step(secret: &str, typed: &str, now: DateTime<Utc>) -> Option<i64> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let step = totp(secret, None)?.check(&code, u64::try_from(now.timestamp()).ok()?)?;
    i64::try_from(step).ok()
}

fn totp(secret: &str, owner: Option<&Code>) -> Option<Totp> {
    let builder = Builder::new().with_secret(Secret::try_from_base32(secret).ok()?).with_skew(SKEW);
    let builder = builder.with_step_duration(STEP_SECONDS).with_issuer(Some(ISSUER));
    owner.map_or(builder.clone(), |owner| builder.with_account_name(owner.as_str())).build().ok()
}

/// A text as the picture that a phone's camera reads: rows of dots, of which those that are true are dark. None where it is too long.
#[must_use]
pub fn dots(text: &str) -> Vec<Vec<bool>> {
    use qrcodegen::{QrCode, QrCodeEcc};
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return Vec::new() };
    (0..code.size()).map(|y| (0..code.size()).map(|x| code.get_module(x, y)).collect()).collect()
}

fn picture(secret: &str, owner: &Code) -> Option<Enrolment> {
    let url = totp(secret, Some(owner))?.to_url().ok()?;
    let dots = dots(&url);
    let groups: Vec<String> = secret.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    Some(Enrolment { secret: groups.join(" "), url, dots })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of RFC 6238, appendix B, for SHA-1, whose codes are the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = Secret::from(b"12345678901234567890".to_vec()).to_base32();
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")] {
            let at = |seconds: i64| DateTime::from_timestamp(seconds, 0).unwrap();
            assert_eq!(step(&secret, code, at(seconds)), Some(seconds / 30));
            assert_eq!(step(&secret, &format!(" {} {}", &code[..3], &code[3..]), at(seconds + 30)), Some(seconds / 30));
            assert_eq!(step(&secret, code, at(seconds + 90)), None, "too late");
            assert_eq!(step(&secret, "000000", at(seconds)), None);
            assert_eq!(step(&secret, "", at(seconds)), None);
        }
    }

    #[test]
    fn the_picture_holds_what_an_app_reads() {
        let secret = Secret::from(b"12345678901234567890".to_vec()).to_base32();
        let found = picture(&secret, &Code::new("stc.officer").unwrap()).unwrap();
        assert_eq!(found.secret.replace(' ', ""), secret);
        assert!(found.url.starts_with("otpauth://totp/PAR%20Index:stc.officer?secret="), "{}", found.url);
        assert!(found.dots.len() > 20 && found.dots.iter().all(|row| row.len() == found.dots.len()));
        assert_eq!(found.dots[0][..8], [true, true, true, true, true, true, true, false], "the corner that readers look for");
    }
}
