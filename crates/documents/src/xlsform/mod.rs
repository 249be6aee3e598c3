//! Forms as XLSForm workbooks, the way ODK, KoboToolbox and pyxform know them: out, and in again.
//!
//! What of XLSForm is supported, and which columns are our own, is written down in docs/forms.md. A file is read into the rows of
//! [`domain::workbook`]'s sheets `questions` and `choices`, whose cells and expressions are then checked there as everybody else's; here
//! is only told what XLSForm knows and we don't. What would change the meaning of a form is refused with its place; what would not is
//! passed over and listed.

mod header;
mod kind;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::{Found, read};
pub use write::write;

/// The name of the note at the head of a form that holds its purpose notice: XLSForm has no place of its own for it.
pub const INTRO: &str = "intro";

/// The sheets of an XLSForm.
pub(crate) const SURVEY: &str = "survey";
pub(crate) const CHOICES: &str = "choices";
pub(crate) const SETTINGS: &str = "settings";

/// The languages, as XLSForm names them.
const VI: &str = "Tiếng Việt (vi)";
const EN: &str = "English (en)";

/// The column of an XLSForm in which stands what a column of our workbook holds; `sheet` is ours.
#[must_use]
pub fn place(sheet: &str, column: &str) -> Option<(&'static str, String)> {
    let ours = match sheet {
        "questions" => SURVEY,
        "choices" => CHOICES,
        _ => return None,
    };
    let column = match column {
        "label" | "hint" => format!("{column}::{VI}"),
        "label_en" => format!("label::{EN}"),
        "hint_en" => format!("hint::{EN}"),
        "list" => "list_name".into(),
        _ => column.into(),
    };
    Some((ours, column))
}
