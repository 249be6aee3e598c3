//! The working group appraises: work lists, the decision on an item, bulk acceptance, phrases.

mod across;
mod agency;
mod bulk;
mod decide;
mod item;
mod phrases;
mod scored;
mod worklist;

pub use across::{Across, May, Row, across};
pub use agency::{AgencyField, AgencyRow, AgencyWork, of_agency};
pub use bulk::{Accepted, Passed, Seen, accept_as_claimed};
pub use decide::{DecideError, Decided, decide, preview};
pub use item::{Desk, Happened, desk, next_of_agency};
pub use phrases::{LONGEST_PHRASE, MOST_PHRASES, PhraseError, forget_phrase, keep_phrase, phrases};
pub use worklist::{OfAgency, OfField, OfItem, Progress, Work, worklist};
