//! The working group appraises: work lists, the decision on an item, and what is still owed.

mod across;
mod decide;
mod item;
mod scored;

pub use across::{Across, May, Row, across};
pub use decide::{DecideError, Decided, decide, preview};
pub use item::{Desk, Happened, desk, next_of_agency};
