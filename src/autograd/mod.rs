//! Chapter 3: a program that differentiates itself.
//!
//! | file | idea |
//! |---|---|
//! | [`tensor`] | the tensor: an array that remembers how it was made |
//! | [`node`] | the graph: what an operation saved, and how to go back through it |
//! | [`backward`] | the walk from the loss to the gradients |

pub mod backward;
pub mod node;
pub mod tensor;

pub use backward::Gradients;
pub use node::{Node, Op};
pub use tensor::{Tensor, TensorOf};
