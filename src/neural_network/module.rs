//! A part of a model. One visit serves optimizers, freezing, checkpoints and counting.

use super::{Linear, Parameter};
use crate::element::Real;

// ANCHOR: module
/// A part of a model: it shows its parameters, and its linear layers, each with its path.
/// [`module!`](crate::module) writes both visits from a list of the fields.
pub trait Module<T: Real> {
    /// Calls `visit` for every parameter. `path` is where this module is; a parameter of
    /// it is at [`at`]`(path, name)`.
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

/// A parameter is a module of its own: it stands at the path itself.
impl<T: Real> Module<T> for Parameter<T> {
    fn parameters(&self, path: &str, visit: &mut dyn FnMut(&str, &Parameter<T>)) {
        visit(path, self);
    }

    fn linears(&mut self, _: &str, _: &mut dyn FnMut(&str, &mut Linear<T>)) {}
}

/// Modules one after the other are found by number: `layers.0`, `layers.1`.
impl<T: Real, M: Module<T>> Module<T> for Vec<M> {
    fn parameters(&self, path: &str, visit: &mut dyn FnMut(&str, &Parameter<T>)) {
        for (index, part) in self.iter().enumerate() {
            part.parameters(&at(path, &index.to_string()), visit);
        }
    }

    fn linears(&mut self, path: &str, visit: &mut dyn FnMut(&str, &mut Linear<T>)) {
        for (index, part) in self.iter_mut().enumerate() {
            part.linears(&at(path, &index.to_string()), visit);
        }
    }
}

/// A module that may be missing.
impl<T: Real, M: Module<T>> Module<T> for Option<M> {
    fn parameters(&self, path: &str, visit: &mut dyn FnMut(&str, &Parameter<T>)) {
        self.iter().for_each(|part| part.parameters(path, visit));
    }

    fn linears(&mut self, path: &str, visit: &mut dyn FnMut(&str, &mut Linear<T>)) {
        self.iter_mut().for_each(|part| part.linears(path, visit));
    }
}

// ANCHOR: module_macro
/// Makes a [`Module`](crate::neural_network::Module) of a struct, generic over the real
/// type, from the list of its fields: the modules in it, then, after a semicolon, whatever
/// else it holds. A field that is in neither list does not compile, so that no layer can be
/// forgotten by the optimizer, a checkpoint, or LoRA.
///
/// ```
/// use gradus::element::Real;
/// use gradus::neural_network::{Linear, named_parameters};
/// use gradus::random::generator;
///
/// struct Gate<T: Real> {
///     up: Linear<T>,
///     down: Option<Linear<T>>,
///     scale: f64,
/// }
/// gradus::module!(Gate { up, down; scale });
///
/// let up = Linear::<f32>::new(2, 3, 1.0, &mut generator(1));
/// let gate = Gate { up, down: None, scale: 2.0 };
/// let named = named_parameters(&gate);
/// let paths: Vec<&str> = named.iter().map(|(path, _)| path.as_str()).collect();
/// assert_eq!(paths, ["up.weight", "up.bias"]);
/// ```
#[macro_export]
macro_rules! module {
    ($module:ident { $($part:ident),* $(,)? $(; $($other:ident),* $(,)?)? }) => {
        impl<T: $crate::element::Real> $crate::neural_network::Module<T> for $module<T> {
            fn parameters(
                &self,
                path: &str,
                visit: &mut dyn FnMut(&str, &$crate::neural_network::Parameter<T>),
            ) {
                use $crate::neural_network::module::at;
                let $module { $($part,)* $($($other: _,)*)? } = self;
                $($crate::neural_network::Module::parameters(
                    $part, &at(path, stringify!($part)), visit,
                );)*
            }

            fn linears(
                &mut self,
                path: &str,
                visit: &mut dyn FnMut(&str, &mut $crate::neural_network::Linear<T>),
            ) {
                use $crate::neural_network::module::at;
                let $module { $($part,)* $($($other: _,)*)? } = self;
                $($crate::neural_network::Module::linears(
                    $part, &at(path, stringify!($part)), visit,
                );)*
            }
        }
    };
}
// ANCHOR_END: module_macro
