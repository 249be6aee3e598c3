//! Passwords as they are kept: argon2id, by the parameters that OWASP's password storage cheat sheet names (19 MiB, two rounds, one lane).
//!
//! A hash takes some 20 ms of a core and 19 MiB. It runs beside the requests, and a few at once: when an office signs in at eight,
//! people wait for tenths of a second and the server's memory stays what it was.

use crate::Error;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use domain::accounts::password::Password;
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Hashes at once in this process.
const AT_ONCE: usize = 4;

static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

/// What a password is held against where nobody has the name or no password was chosen, so that the answer takes as long.
static NOBODYS: LazyLock<Option<String>> = LazyLock::new(|| hash_now(&Password::typed("nobody's password")).ok());

/// The hash of a password, with its parameters and a salt of its own.
pub(super) async fn hash(password: Password) -> Result<String, Error> {
    apart(move || hash_now(&password)).await?
}

/// Whether the password is the one that was hashed. It takes the same time where there is nothing to hold it against, and is then wrong.
pub(super) async fn is_right(password: Password, hash: Option<String>) -> Result<bool, Error> {
    apart(move || {
        let held_against = hash.as_ref().or(NOBODYS.as_ref()).and_then(|text| PasswordHash::new(text).ok());
        let fits = held_against.is_some_and(|known| Argon2::default().verify_password(password.as_bytes(), &known).is_ok());
        fits && hash.is_some()
    })
    .await
}

/// Takes the password as one of the person's, or says which rule it breaks.
pub(super) async fn accept(
    text: String,
    owner: domain::Code,
    about: Vec<String>,
) -> Result<Result<Password, domain::accounts::password::Refused>, Error> {
    apart(move || Password::new(&text, &owner, |password| super::guessing::is_guessed(password, &about))).await
}

fn hash_now(password: &Password) -> Result<String, Error> {
    let hash: Result<PasswordHash, _> = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| Error::NoRandomness(error.to_string()))
}

async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    // The semaphore is never closed; were it, hashing without a place would still be right.
    let _place = PLACES.acquire().await;
    spawn_blocking(work).await.map_err(|error| Error::NoRandomness(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_says_how_it_was_made_and_opens_to_its_password_only() {
        let right = || Password::typed("mùa thu lá bay vàng");
        let (first, second) = (hash(right()).await.unwrap(), hash(right()).await.unwrap());
        assert!(first.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{first}");
        assert_ne!(first, second, "each has its own salt");
        assert!(is_right(right(), Some(first.clone())).await.unwrap());
        assert!(!is_right(Password::typed("mua thu la bay vang"), Some(first)).await.unwrap());
        assert!(!is_right(Password::typed("nobody's password"), None).await.unwrap());
        assert!(!is_right(right(), Some("no hash".into())).await.unwrap());
    }
}
