//! Chapter 4: layers, and what they are made of.
//!
//! | file | idea |
//! |---|---|
//! | [`parameter`] | a tensor that training changes, and whether it may |
//! | [`mod@module`] | a part of a model: its parameters and linear layers by path |
//! | [`selection`] | parameters by path: chosen, counted, frozen, copied |
//! | [`check`] | a whole model's gradients against finite differences |
//! | [`context`] | training or evaluation, and the random stream |
//! | [`init`] | how large weights are at the start |
//! | [`weights`] | a model's parameters in a file |
//! | [`linear`] | x Wᵀ + b, with an opening for a branch |
//! | [`mlp`] | linear layers with a function between them |
//! | [`embedding`] | a vector for every id |
//! | [`layer_norm`] | mean 0 and variance 1 for every row |
//! | [`dropout`] | random in training, nothing in evaluation |

pub mod check;
pub mod context;
pub mod dropout;
pub mod embedding;
pub mod init;
pub mod layer_norm;
pub mod linear;
pub mod mlp;
pub mod module;
pub mod parameter;
pub mod selection;
pub mod weights;

pub use check::check_gradients;
pub use context::Context;
pub use dropout::Dropout;
pub use embedding::Embedding;
pub use layer_norm::LayerNorm;
pub use linear::{Branch, Linear};
pub use mlp::{Activation, Mlp};
pub use module::Module;
pub use parameter::Parameter;
pub use selection::{
    copy, freeze, move_to, named_parameters, parameter_count, parameters, select, thaw,
    trainable,
};
