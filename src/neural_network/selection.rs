//! Parameters by path: chosen, counted, frozen, copied, moved.

use super::{Module, Parameter};
use crate::Result;
use crate::device::Device;
use crate::element::Real;

/// All parameters with their paths. One that is shared is named once, where it is met first.
pub fn named_parameters<T: Real>(module: &dyn Module<T>) -> Vec<(String, Parameter<T>)> {
    met(module, |_| true)
        .into_iter()
        .map(|(path, parameter, _)| (path, parameter))
        .collect()
}

/// All parameters, each once: what an optimizer is given.
pub fn parameters<T: Real>(module: &dyn Module<T>) -> Vec<Parameter<T>> {
    named_parameters(module).into_iter().map(|(_, parameter)| parameter).collect()
}

/// The parameters whose path satisfies `chosen`; one that is shared is chosen by any of its
/// paths, and named by the first.
///
/// # Panics
/// When there is none: a pattern that matches nothing is a slip.
///
/// ```
/// use gradus::neural_network::{Activation, Mlp, select};
/// use gradus::random::generator;
/// let model = Mlp::<f32>::new(&[2, 3, 1], Activation::Tanh, &mut generator(1));
/// let biases = select(&model, |path| path.ends_with("bias"));
/// assert_eq!(biases[1].0, "layers.1.bias");
/// ```
#[track_caller]
pub fn select<T: Real>(
    module: &dyn Module<T>,
    chosen: impl Fn(&str) -> bool,
) -> Vec<(String, Parameter<T>)> {
    let (mut wanted, mut others) = (Vec::new(), Vec::new());
    for (path, parameter, chosen) in met(module, chosen) {
        if chosen { wanted.push((path, parameter)) } else { others.push(path) }
    }
    assert!(
        !wanted.is_empty(),
        "select: of {} parameters none was chosen: their paths are like {:?}",
        others.len(),
        &others[..others.len().min(3)]
    );
    wanted
}

/// Every parameter once, with its first path, and whether one of its paths is chosen.
fn met<T: Real>(
    module: &dyn Module<T>,
    chosen: impl Fn(&str) -> bool,
) -> Vec<(String, Parameter<T>, bool)> {
    let mut found: Vec<(String, Parameter<T>, bool)> = Vec::new();
    module.parameters("", &mut |path, parameter| match found
        .iter_mut()
        .find(|(_, known, _)| known.is(parameter))
    {
        Some((_, _, wanted)) => *wanted |= chosen(path),
        None => found.push((path.to_string(), parameter.clone(), chosen(path))),
    });
    found
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

/// The parameters that training may change: what an optimizer gets.
pub fn trainable<T: Real>(module: &dyn Module<T>) -> Vec<Parameter<T>> {
    let all = named_parameters(module).into_iter().map(|(_, parameter)| parameter);
    all.filter(Parameter::is_trainable).collect()
}

/// Freezes every parameter that [`select`] chooses, and returns how many that were.
///
/// # Panics
/// When there is none.
#[track_caller]
pub fn freeze<T: Real>(module: &dyn Module<T>, chosen: impl Fn(&str) -> bool) -> usize {
    let chosen = select(module, chosen);
    chosen.iter().for_each(|(_, parameter)| parameter.set_trainable(false));
    chosen.len()
}

/// The opposite of [`freeze`].
///
/// # Panics
/// When there is none.
#[track_caller]
pub fn thaw<T: Real>(module: &dyn Module<T>, chosen: impl Fn(&str) -> bool) -> usize {
    let chosen = select(module, chosen);
    chosen.iter().for_each(|(_, parameter)| parameter.set_trainable(true));
    chosen.len()
}

/// Gives `to` the values of `from`: a frozen reference beside the model that is trained, for
/// example. (A clone of a parameter would be the parameter itself.) Memory is shared until
/// one of the two is changed; what is trainable stays so.
///
/// # Panics
/// When the two have other paths or shapes.
///
/// ```
/// use gradus::neural_network::{Activation, Mlp, copy, freeze};
/// use gradus::random::generator;
/// let model = |seed| Mlp::<f32>::new(&[2, 3, 1], Activation::Tanh, &mut generator(seed));
/// let (policy, reference) = (model(1), model(2));
/// copy(&policy, &reference);
/// freeze(&reference, |_| true);
/// let first = |model: &Mlp<f32>| model.layers[0].weight.value();
/// assert!(first(&policy) == first(&reference));
/// ```
#[track_caller]
pub fn copy<T: Real>(from: &dyn Module<T>, to: &dyn Module<T>) {
    let (from, to) = (named_parameters(from), named_parameters(to));
    let paths = |named: &[(String, Parameter<T>)]| -> Vec<String> {
        named.iter().map(|(path, p)| format!("{path} {:?}", p.shape())).collect()
    };
    let (ours, theirs) = (paths(&from), paths(&to));
    if let Some(differs) = (0..ours.len().max(theirs.len()))
        .find(|&place| ours.get(place) != theirs.get(place))
    {
        panic!(
            "copy: the models differ: where one has {}, the other has {}",
            ours.get(differs).map_or("nothing", String::as_str),
            theirs.get(differs).map_or("nothing", String::as_str)
        );
    }
    from.iter().zip(&to).for_each(|((_, from), (_, to))| to.set(from.value()));
}

/// Moves all parameters to a device, or none of them. What is computed from them is then
/// computed there, and inputs must lie there too.
///
/// # Errors
/// When the device has not so much memory, or is lost; the parameters are then where they
/// were.
///
/// ```
/// use gradus::device::Device;
/// use gradus::neural_network::{Activation, Context, Mlp, move_to};
/// use gradus::random::generator;
/// use gradus::tensor::Array;
/// let model = Mlp::<f32>::new(&[2, 3, 1], Activation::Tanh, &mut generator(1));
/// let emulator = Device::emulator();
/// move_to(&model, &emulator)?;
/// let x = Array::new(vec![0.5, -1.0], &[1, 2]).to(&emulator)?;
/// let y = model.forward(&x.into(), &mut Context::evaluation());
/// assert_eq!(y.value().device(), emulator);
/// # Ok::<(), gradus::Error>(())
/// ```
pub fn move_to<T: Real>(module: &dyn Module<T>, device: &Device) -> Result<()> {
    let parameters = parameters(module);
    let moved = parameters.iter().map(|parameter| parameter.value().to(device));
    let moved = moved.collect::<Result<Vec<_>>>()?;
    parameters.iter().zip(moved).for_each(|(parameter, value)| parameter.hold(value));
    Ok(())
}
