//! Chapter 3: a program that differentiates itself.
//!
//! | file | idea |
//! |---|---|
//! | [`tensor`] | the tensor: an array that remembers how it was made |
//! | [`node`] | the graph: what an operation saved, and how to go back through it |
//! | [`backward`] | the walk from the loss to the gradients |
//! | [`draw`] | the graph as a picture and as text, with what flows through it |
//! | [`layers`] | where the nodes of a picture stand |

pub mod backward;
pub mod draw;
pub mod layers;
pub mod node;
pub mod tensor;

pub use backward::Gradients;
pub use draw::Graph;
pub use node::{Node, Op};
pub use tensor::{Tensor, TensorOf};
