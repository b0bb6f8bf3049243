//! What an optimizer is, and groups of parameters with their own settings.

use super::state::State;
use crate::autograd::Gradients;
use crate::cpu::parts::{for_each, parts};
use crate::cpu::vector::vectorised;
use crate::device::{Gpu, Source};
use crate::element::Real;
use crate::neural_network::Parameter;
use crate::tensor::Array;
use crate::tensor::on_device::Launch;

/// Parameters that are updated with the same settings.
pub struct Group<T: Real> {
    /// The parameters; the order is that of the optimizer's state.
    pub parameters: Vec<Parameter<T>>,
    /// The learning rate of this group is the optimizer's times this.
    pub rate: f64,
    /// Whether weights decay in this group.
    pub decay: bool,
}

impl<T: Real> Group<T> {
    /// All of these, at the full rate: matrices decay, biases and gains (fewer than two
    /// axes) do not.
    pub fn by_rank(parameters: Vec<Parameter<T>>) -> Vec<Group<T>> {
        let (matrices, vectors): (Vec<_>, Vec<_>) =
            parameters.into_iter().partition(|parameter| parameter.shape().len() > 1);
        vec![
            Group { parameters: matrices, rate: 1.0, decay: true },
            Group { parameters: vectors, rate: 1.0, decay: false },
        ]
    }
}

/// Something that changes parameters by their gradients.
pub trait Optimizer<T: Real> {
    /// The groups, in order.
    fn groups(&self) -> &[Group<T>];

    /// One update. `gradients` has one entry for each parameter of each group, in order;
    /// `None` leaves that parameter as it is.
    ///
    /// # Panics
    /// When the learning rate is negative or not finite, or the number of gradients or a
    /// shape does not fit.
    fn step(&mut self, gradients: &[Option<Array<T>>], learning_rate: f64);

    /// Its kind and settings, as text. A checkpoint goes on only under the same ones.
    fn settings(&self) -> String;

    /// What it remembers of each parameter, in order.
    fn state(&self) -> Vec<State<T>>;

    /// Remembers this instead.
    ///
    /// # Errors
    /// What does not fit, in words; nothing is changed then.
    fn restore(&mut self, states: Vec<State<T>>) -> std::result::Result<(), String>;
}

/// The gradients of all parameters of `groups`, in the order that `step` wants.
pub fn gradients_of<T: Real>(
    groups: &[Group<T>],
    gradients: &Gradients<T>,
) -> Vec<Option<Array<T>>> {
    let parameters = groups.iter().flat_map(|group| &group.parameters);
    parameters.map(|parameter| parameter.gradient(gradients).cloned()).collect()
}

/// Panics unless there is one gradient for each parameter, of its shape, and the learning
/// rate is a number that can be used.
#[track_caller]
pub(super) fn check<T: Real>(
    groups: &[Group<T>],
    gradients: &[Option<Array<T>>],
    learning_rate: f64,
) {
    assert!(
        learning_rate.is_finite() && learning_rate >= 0.0,
        "step: the learning rate {learning_rate} must be a finite number, not below 0"
    );
    let parameters: Vec<_> = groups.iter().flat_map(|group| &group.parameters).collect();
    assert!(
        parameters.len() == gradients.len(),
        "step: {} parameters but {} gradients",
        parameters.len(),
        gradients.len()
    );
    for (parameter, gradient) in parameters.iter().zip(gradients) {
        if let Some(gradient) = gradient {
            assert!(
                parameter.shape() == gradient.shape(),
                "step: a parameter of shape {:?} got a gradient of shape {:?}",
                parameter.shape(),
                gradient.shape()
            );
        }
    }
}

/// A part of a parameter, of what is remembered of it, and of its gradient.
type Task<'a, T, const N: usize> = (&'a mut [T], ([&'a mut [T]; N], &'a [T]));

/// Calls `change` with the weights, what is remembered of them, and the gradient: all of
/// them at once, or in parts, on several threads, where that is worthwhile.
pub(super) fn in_parts<T: Real, const N: usize>(
    parameter: &Parameter<T>,
    remembered: [&mut Array<T>; N],
    gradient: &Array<T>,
    change: impl Fn(&mut [T], [&mut [T]; N], &[T]) + Sync,
) {
    let gradient = gradient.contiguous();
    let gradient = gradient.as_slice().expect("it is contiguous");
    let part = gradient.len().div_ceil(parts(gradient.len())).max(1);
    let mut remembered = remembered.map(|array| array.make_mut().chunks_mut(part));
    let mut cut = |gradient| {
        let own = remembered.each_mut().map(|r| r.next().expect("one for each weight"));
        (own, gradient)
    };
    parameter.update(|weights| {
        let tasks = weights.chunks_mut(part).zip(gradient.chunks(part));
        let tasks = tasks.map(|(weights, gradient)| (weights, cut(gradient))).collect();
        for_each(tasks, gradient.len(), &|(weights, (own, gradient)): Task<T, N>| {
            vectorised(|| change(weights, own, gradient));
        });
    });
}

/// The same on a device: a kernel is given the weights, what is remembered of them (each
/// under a name for messages), the gradient, its settings, and how many weights there are.
#[track_caller]
pub(super) fn by_kernel<T: Real, const N: usize>(
    (source, gpu): (&'static Source, &Gpu),
    parameter: &Parameter<T>,
    remembered: [(&'static str, &mut Array<T>); N],
    gradient: &Array<T>,
    settings: Vec<u8>,
) {
    let gradient = gradient.along(gpu, &source.name).contiguous();
    parameter.change(|weights| {
        // The kernel has the name of its file.
        let mut launch = Launch::new(gpu, source, &*source.name);
        launch = launch.changed("weights", weights);
        for (name, array) in remembered {
            launch = launch.changed(name, array);
        }
        let launch = launch.array("gradients", &gradient).bytes(settings);
        launch.count(gradient.size()).each(gradient.size());
    });
}
