//! Documents in and out. What they mean is decided in `domain`; this crate only reads and writes.

pub mod workbook;
