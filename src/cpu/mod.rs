//! What makes the loops of an array fast on a processor. The results are those of the plain
//! loops: nothing here changes the order in which numbers are added.
//!
//! | file | idea |
//! |---|---|
//! | [`pool`] | memory that is used again, instead of given back and asked for at every step |
//! | [`parts`] | one loop on several threads |
//! | [`vector`] | one loop with the widest registers that this processor has |
//! | [`functions`] | eˣ, tanh and Φ in f32, without a branch, so that they fit into such loops |
//! | [`erf`] | the error function in f64, to the last digits |

pub mod erf;
pub mod functions;
pub mod parts;
pub mod pool;
pub mod vector;
