//! Signatures as minisign makes them: Ed25519 over a BLAKE2b hash, with a comment that is signed too.

use minisign::{KeyPair, PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};
use std::io::Cursor;

/// A key that signs.
pub struct SigningKey {
    secret: SecretKey,
    public: PublicKey,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", name(&self.public))
    }
}

/// A key, or a signature, that is none, or does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The text of a secret key cannot be read, or its password is another one.
    #[error("the signing key cannot be read: {0}")]
    Secret(String),
    /// The text of a public key cannot be read.
    #[error("the public key cannot be read: {0}")]
    Public(String),
    /// The text of a signature cannot be read.
    #[error("the signature cannot be read: {0}")]
    Unreadable(String),
    /// It is another key's, or what was signed was something else.
    #[error("the signature does not fit: {0}")]
    Wrong(String),
    /// It could not be made.
    #[error("it could not be signed: {0}")]
    NotSigned(String),
}

impl SigningKey {
    /// A new key, by the system's randomness.
    ///
    /// # Errors
    /// Where there is no randomness.
    pub fn new() -> Result<Self, SignatureError> {
        let pair = KeyPair::generate_unencrypted_keypair().map_err(|error| SignatureError::NotSigned(error.to_string()))?;
        Ok(Self { secret: pair.sk, public: pair.pk })
    }

    /// Reads a minisign secret key, with its password where it has one.
    ///
    /// # Errors
    /// [`SignatureError::Secret`].
    pub fn read(text: &str, password: Option<String>) -> Result<Self, SignatureError> {
        let wrong = |error: minisign::PError| SignatureError::Secret(error.to_string());
        let boxed = SecretKeyBox::from_string(text).map_err(wrong)?;
        // Asked without a password, the library would ask the terminal.
        let secret = match password {
            Some(password) => boxed.into_secret_key(Some(password)),
            None => boxed.into_unencrypted_secret_key(),
        };
        let secret = secret.map_err(wrong)?;
        let public = PublicKey::from_secret_key(&secret).map_err(wrong)?;
        Ok(Self { secret, public })
    }

    /// The text of the secret key, without a password.
    ///
    /// # Errors
    /// [`SignatureError::Secret`].
    pub fn secret(&self) -> Result<String, SignatureError> {
        let boxed = self.secret.to_box(Some("parindex secret key")).map_err(|error| SignatureError::Secret(error.to_string()))?;
        Ok(boxed.into_string())
    }

    /// The text of the public key, as `minisign -P` takes it.
    #[must_use]
    pub fn public(&self) -> String {
        self.public.to_base64()
    }

    /// Signs bytes, with a comment that cannot be changed either.
    ///
    /// # Errors
    /// [`SignatureError::NotSigned`].
    pub fn sign(&self, bytes: &[u8], comment: &str) -> Result<String, SignatureError> {
        let key = format!("public key {}", self.public());
        let signed = minisign::sign(Some(&self.public), &self.secret, Cursor::new(bytes), Some(comment), Some(&key));
        Ok(signed.map_err(|error| SignatureError::NotSigned(error.to_string()))?.into_string())
    }
}

/// Verifies a signature over bytes by a public key; gives the signed comment.
///
/// # Errors
/// [`SignatureError`].
pub fn verify(public: &str, signature: &str, bytes: &[u8]) -> Result<String, SignatureError> {
    let key = public_key(public)?;
    let signature = SignatureBox::from_string(signature).map_err(|error| SignatureError::Unreadable(error.to_string()))?;
    let wrong = |error: minisign::PError| SignatureError::Wrong(error.to_string());
    minisign::verify(&key, &signature, Cursor::new(bytes), true, false, false).map_err(wrong)?;
    signature.trusted_comment().map_err(wrong)
}

/// Reads a public key: the line itself, or the file that holds it.
fn public_key(text: &str) -> Result<PublicKey, SignatureError> {
    let unread = |error: minisign::PError| SignatureError::Public(error.to_string());
    if text.trim().lines().count() > 1 {
        return PublicKeyBox::from_string(text).and_then(PublicKeyBox::into_public_key).map_err(unread);
    }
    PublicKey::from_base64(text.trim()).map_err(unread)
}

fn name(key: &PublicKey) -> String {
    number(key.keynum())
}

fn number(bytes: &[u8]) -> String {
    hex::encode(bytes.iter().rev().copied().collect::<Vec<u8>>()).to_uppercase()
}

/// The number of the key that a signature says it is made with; whether it is, [`verify`] finds out.
///
/// # Errors
/// [`SignatureError::Unreadable`].
pub fn signer(signature: &str) -> Result<String, SignatureError> {
    let read = SignatureBox::from_string(signature).map_err(|error| SignatureError::Unreadable(error.to_string()))?;
    Ok(number(read.keynum()))
}

/// The number by which people tell keys apart, as minisign shows it.
///
/// # Errors
/// [`SignatureError::Public`].
pub fn key_name(public: &str) -> Result<String, SignatureError> {
    Ok(name(&public_key(public)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_signed_is_verified_and_nothing_else() {
        let (key, other) = (SigningKey::new().unwrap(), SigningKey::new().unwrap());
        let signature = key.sign(b"text", "release 1").unwrap();
        assert_eq!(verify(&key.public(), &signature, b"text").unwrap(), "release 1");
        assert!(matches!(verify(&key.public(), &signature, b"Text"), Err(SignatureError::Wrong(_))));
        assert!(matches!(verify(&other.public(), &signature, b"text"), Err(SignatureError::Wrong(_))));
        let commented = signature.replace("release 1", "release 2");
        assert!(matches!(verify(&key.public(), &commented, b"text"), Err(SignatureError::Wrong(_))));
        assert!(matches!(verify(&key.public(), "nothing", b"text"), Err(SignatureError::Unreadable(_))));
        assert!(matches!(verify("nothing", &signature, b"text"), Err(SignatureError::Public(_))));
    }

    #[test]
    fn a_key_is_read_back() {
        let key = SigningKey::new().unwrap();
        let again = SigningKey::read(&key.secret().unwrap(), None).unwrap();
        assert_eq!(again.public(), key.public());
        assert_eq!(key_name(&key.public()).unwrap().len(), 16);
        assert!(matches!(SigningKey::read("untrusted comment: x\nnonsense\n", None), Err(SignatureError::Secret(_))));
    }
}
