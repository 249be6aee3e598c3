//! What a result says beyond its ranking: where points are lost, how sure the ranks are, whether the criteria measure what they should.
//!
//! Nothing here reaches a score: it reads what `scoring` computed. Hence statistics may use floats, where their module says so; they are
//! computed in a fixed order with nothing but `+ - * /`, square roots and comparisons, so that every machine prints the same digits.

pub mod random;
pub mod sobol;
pub mod uncertainty;
