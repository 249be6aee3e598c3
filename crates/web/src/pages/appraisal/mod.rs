//! The working group appraises: work lists, one item of all agencies, one item of one agency.

pub(crate) mod across;
pub(crate) mod agency;
pub(crate) mod decision;
mod form;
pub(crate) mod item;
pub(crate) mod phrases;
mod row;
mod words;
pub(crate) mod work;
