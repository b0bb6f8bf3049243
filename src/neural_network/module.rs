//! Parameters by path. One visit serves optimizers, freezing, checkpoints and counting.

use super::{Linear, Parameter};
use crate::element::Real;

// ANCHOR: module
/// A part of a model: it shows its parameters, and its linear layers, each with its path.
pub trait Module<T: Real> {
    /// Calls `visit` for every parameter. `path` is where this module is; a parameter of it
    /// is at [`at`]`(path, name)`.
    fn parameters(&self, path: &str, visit: &mut dyn FnMut(&str, &Parameter<T>));

    /// Calls `visit` for every linear layer: what is attached to a model from outside is
    /// attached there.
    fn linears(&mut self, path: &str, visit: &mut dyn FnMut(&str, &mut Linear<T>));
}
// ANCHOR_END: module

/// `encoder.layer.0` and `weight` make `encoder.layer.0.weight`.
pub fn at(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_string() } else { format!("{path}.{name}") }
}

/// All parameters with their paths. One that is shared is named once, where it is met first.
pub fn named_parameters<T: Real>(module: &dyn Module<T>) -> Vec<(String, Parameter<T>)> {
    let mut found: Vec<(String, Parameter<T>)> = Vec::new();
    module.parameters("", &mut |path, parameter| {
        if !found.iter().any(|(_, known)| known.is(parameter)) {
            found.push((path.to_string(), parameter.clone()));
        }
    });
    found
}

/// All parameters, each once: what an optimizer is given.
pub fn parameters<T: Real>(module: &dyn Module<T>) -> Vec<Parameter<T>> {
    named_parameters(module).into_iter().map(|(_, parameter)| parameter).collect()
}

/// How many numbers there are to be trained, and how many in all.
pub fn parameter_count<T: Real>(module: &dyn Module<T>) -> (usize, usize) {
    let all = named_parameters(module);
    let size = |trainable: bool| {
        let counted = all.iter().filter(|(_, p)| p.is_trainable() || !trainable);
        counted.map(|(_, parameter)| parameter.size()).sum()
    };
    (size(true), size(false))
}

/// Freezes every parameter whose path satisfies `chosen`, and returns how many that were.
pub fn freeze<T: Real>(module: &dyn Module<T>, chosen: impl Fn(&str) -> bool) -> usize {
    let all = named_parameters(module);
    let chosen = all.iter().filter(|(path, _)| chosen(path));
    chosen.map(|(_, parameter)| parameter.set_trainable(false)).count()
}
