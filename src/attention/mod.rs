//! Chapter 10: every position looks at the others, and takes from each what it finds there.
//!
//! | file | idea |
//! |---|---|
//! | [`mask`] | which keys a query may not see |
//! | [`scaled_dot_product`] | shares from queries and keys, and the mean of the values by these shares |
//! | [`heads`] | one width cut into heads, and put together again |
//! | [`self_attention`] | the layer: projections, heads, a past, an output |
//!
//! Letters in shapes: `B` sequences, `H` heads, `T` queries, `P` keys of a past, `S` = P + T
//! keys, `D` the width of the model, `D/H` that of a head.

pub mod heads;
pub mod mask;
pub mod scaled_dot_product;
pub mod self_attention;

pub use mask::Mask;
pub use scaled_dot_product::{Attention, attend};
pub use self_attention::{Attended, Given, KeyValue, Projections, SelfAttention};
