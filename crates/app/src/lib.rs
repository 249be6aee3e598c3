//! The use cases: each change of state is one function here.

pub mod clock;
pub mod results;

pub use clock::{Clock, SystemClock};
pub use results::{Computed, Place};
