//! The pages: a folder per area, a file per page, its template beside it.

pub(crate) mod accounts;
pub(crate) mod agencies;
pub(crate) mod answering;
pub(crate) mod appraisal;
pub(crate) mod assessment;
pub(crate) mod audit;
pub(crate) mod campaign;
pub(crate) mod council;
pub(crate) mod documents;
pub(crate) mod evidence;
pub(crate) mod notices;
pub(crate) mod plan;
pub(crate) mod portal;
pub(crate) mod publication;
pub(crate) mod results;
pub(crate) mod survey;
