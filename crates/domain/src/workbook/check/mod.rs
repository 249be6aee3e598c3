use super::{Draft, Problem}; pub(super) fn draft(_: &Draft, _: &mut Vec<Problem>) {}
