//! From a letter to the bytes of a file.

use crate::Error;
use documents::letter::{Letter, PrintError, docx::docx, xlsx::xlsx};
use scoring::Lang;
use tokio::sync::Semaphore;

/// How many documents are set at once: each takes a processor and some 100 MB, and pages go on being answered meanwhile.
static PRESSES: Semaphore = Semaphore::const_new(2);

/// As what a document is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// To sign and keep.
    Pdf,
    /// To edit.
    Docx,
    /// Its tables, to calculate with.
    Xlsx,
}

impl Format {
    /// All that this program was built with.
    pub const ALL: &[Self] = if cfg!(feature = "pdf") { &[Self::Pdf, Self::Docx, Self::Xlsx] } else { &[Self::Docx, Self::Xlsx] };

    /// The ending of its files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format with this ending.
    #[must_use]
    pub fn from_ending(ending: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.ending() == ending)
    }

    /// Its media type.
    #[must_use]
    pub fn media(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    fn render(self, letter: &Letter) -> Result<Vec<u8>, PrintError> {
        match self {
            #[cfg(feature = "pdf")]
            Self::Pdf => documents::letter::pdf::pdf(letter),
            #[cfg(not(feature = "pdf"))]
            Self::Pdf => Err(PrintError::Typesetter { detail: "this program was built without PDF".into() }),
            Self::Docx => docx(letter),
            Self::Xlsx => xlsx(letter),
        }
    }
}

/// A printed document.
#[derive(Clone, Debug)]
pub struct Printed {
    /// The file.
    pub bytes: Vec<u8>,
    /// As what.
    pub format: Format,
    /// Its name, with its ending.
    pub name: String,
}

/// Why a document was not printed. What was saved stands.
#[derive(Debug, thiserror::Error)]
pub enum NotPrinted {
    /// The format cannot hold it.
    #[error(transparent)]
    Refused(#[from] PrintError),
    /// Something else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl NotPrinted {
    /// What is wrong and what to do.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::Refused(error) => error.say(lang),
            Self::Failed(error) => error.say(lang),
        }
    }
}

impl From<store::Error> for NotPrinted {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

pub(crate) async fn render(letter: Letter, format: Format, name: &str) -> Result<Printed, NotPrinted> {
    let bytes = press(move || format.render(&letter)).await?;
    Ok(Printed { bytes, format, name: format!("{name}.{}", format.ending()) })
}

/// Sets a document, when a press is free.
pub(crate) async fn press(set: impl FnOnce() -> Result<Vec<u8>, PrintError> + Send + 'static) -> Result<Vec<u8>, PrintError> {
    // The semaphore is never closed.
    let press = PRESSES.acquire().await.ok();
    // The press is given back when the work is done, even if nobody waits for it any more.
    let work = tokio::task::spawn_blocking(move || {
        let _press = press;
        set()
    });
    work.await.map_err(|error| PrintError::Typesetter { detail: error.to_string() })?
}
