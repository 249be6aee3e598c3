//! A workbook as `.xlsx`.

mod columns;
mod cover;
mod read;
mod scan;
mod write;

pub use cover::Marks;
pub use read::read_xlsx;
pub(crate) use write::write_bare;
pub use write::write_xlsx;
