//! What a result says beyond its ranking: each function reads a computed campaign and answers one question about it.

pub mod uncertainty;
