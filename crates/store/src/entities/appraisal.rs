//! What appraisers keep for themselves.

use crate::appraisal::Phrase;
use crate::sheet::sheet;

sheet! {
    "phrases" holds Phrase as phrases by (person, text) {
        person: String,
        text: String,
        added_at: DateTimeUtc,
    }
}
