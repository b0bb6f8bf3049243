//! Chapter 5: from gradients to a trained model.
//!
//! | file | idea |
//! |---|---|
//! | [`optimizer`] | what an optimizer is, and groups of parameters with their own settings |
//! | [`sgd`] | stochastic gradient descent, momentum, Nesterov |
//! | [`adam`] | Adam and AdamW |
//! | [`schedule`] | the learning rate over time |
//! | [`clip`] | gradients of a bounded length |
//! | [`batches`] | the data in random order, batch by batch |

pub mod adam;
pub mod batches;
pub mod clip;
pub mod optimizer;
pub mod schedule;
pub mod sgd;

pub use adam::{Adam, AdamConfig};
pub use batches::Batches;
pub use clip::{clip_by_global_norm, global_norm};
pub use optimizer::{Group, Optimizer, gradients_of};
pub use schedule::Schedule;
pub use sgd::{Sgd, SgdConfig};
