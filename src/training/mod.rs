//! Chapter 5: from gradients to a trained model.
//!
//! | file | idea |
//! |---|---|
//! | [`optimizer`] | what an optimizer is, and groups of parameters with their own settings |
//! | [`state`] | what an optimizer remembers, in a form that a file can hold |
//! | [`sgd`] | stochastic gradient descent, momentum, Nesterov |
//! | [`adam`] | Adam and AdamW |
//! | [`schedule`] | the learning rate over time |
//! | [`clip`] | gradients of a bounded length |
//! | [`batches`] | the data in random order, batch by batch |
//! | [`scale`] | from rows to micro-batches, rounds, updates |
//! | [`accumulate`] | the gradient of a large batch from those of its parts |
//! | [`parallel`] | the same on several devices |
//! | [`config`] | what a run is told |
//! | [`trainer`] | the loop of batches, gradients and steps |
//! | `health` | what would ruin a run |
//! | [`outcome`] | how a run ended |
//! | [`metrics`] | what a run reports while it trains |
//! | [`checkpoint`] | a run in a file |
//! | `folder` | what lies where, for one run at a time |
//! | `resume` | from the trainer to the checkpoint, and back |

pub mod accumulate;
pub mod adam;
pub mod batches;
pub mod checkpoint;
pub mod clip;
pub mod config;
mod folder;
mod health;
pub mod metrics;
pub mod optimizer;
pub mod outcome;
pub mod parallel;
mod resume;
pub mod scale;
pub mod schedule;
pub mod sgd;
pub mod state;
pub mod trainer;

pub use accumulate::{Accumulated, Averaged};
pub use adam::{Adam, AdamConfig};
pub use batches::{Batches, take};
pub use checkpoint::{Checkpoint, Progress};
pub use clip::{clip_by_global_norm, global_norm};
pub use config::{Length, TrainerConfig};
pub use metrics::{EvaluationMetrics, Observer, UpdateMetrics};
pub use optimizer::{Group, Optimizer, gradients_of};
pub use outcome::{End, Outcome};
pub use parallel::{all_reduce, gradients};
pub use scale::Scale;
pub use schedule::Schedule;
pub use sgd::{Sgd, SgdConfig};
pub use state::State;
pub use trainer::Trainer;
