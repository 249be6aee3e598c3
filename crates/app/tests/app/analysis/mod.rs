//! What a result says beyond its ranking.

mod uncertainty;
