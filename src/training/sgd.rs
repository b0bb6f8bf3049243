//! Stochastic gradient descent, with momentum and Nesterov's look ahead.

use super::optimizer::{Group, Optimizer, by_kernel, check, in_parts};
use super::state::{State, fit, settings};
use crate::device::{Device, kernels::SGD};
use crate::element::{Element, Real};
use crate::tensor::Array;

/// The settings of [`Sgd`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SgdConfig {
    /// μ: how much of the last velocity is kept. 0 is plain descent.
    pub momentum: f64,
    /// Step from where the velocity is about to lead (Sutskever et al. 2013, in the form
    /// that frameworks use).
    pub nesterov: bool,
    /// λ: the price on large weights, added to the gradient as λ w.
    pub weight_decay: f64,
}

impl Default for SgdConfig {
    fn default() -> SgdConfig {
        SgdConfig { momentum: 0.0, nesterov: false, weight_decay: 0.0 }
    }
}

/// v ← μ v + g,  w ← w − η v.  With Nesterov w ← w − η (g + μ v).
pub struct Sgd<T: Real> {
    config: SgdConfig,
    groups: Vec<Group<T>>,
    /// v for each parameter, once it has been updated.
    velocities: Vec<Option<Array<T>>>,
}

impl<T: Real> Sgd<T> {
    /// An optimizer at rest.
    pub fn new(groups: Vec<Group<T>>, config: SgdConfig) -> Sgd<T> {
        let count = groups.iter().map(|group| group.parameters.len()).sum();
        Sgd { config, groups, velocities: vec![None; count] }
    }
}

impl<T: Real> Optimizer<T> for Sgd<T> {
    fn groups(&self) -> &[Group<T>] {
        &self.groups
    }

    #[track_caller]
    fn step(&mut self, gradients: &[Option<Array<T>>], learning_rate: f64) {
        check(&self.groups, gradients, learning_rate);
        let SgdConfig { momentum, nesterov, weight_decay } = self.config;
        let momentum = T::of(momentum);
        let mut states = self.velocities.iter_mut().zip(gradients);
        for group in &self.groups {
            let rate = T::of(learning_rate * group.rate);
            let decay = T::of(if group.decay { weight_decay } else { 0.0 });
            for parameter in &group.parameters {
                let (state, gradient) = states.next().expect("as many as parameters");
                let Some(gradient) = gradient else { continue };
                let velocity =
                    state.get_or_insert_with(|| parameter.value().zeros_like());
                if let Device::Gpu(gpu) = parameter.device() {
                    let mut settings = Vec::new();
                    let numbers = [rate, momentum, decay];
                    numbers.iter().for_each(|number| number.write(&mut settings));
                    u32::from(nesterov).write(&mut settings);
                    let remembered = [("velocities", velocity)];
                    by_kernel((&SGD, &gpu), parameter, remembered, gradient, settings);
                    continue;
                }
                // ANCHOR: sgd
                in_parts(parameter, [velocity], gradient, |w, [v], g| {
                    for ((w, v), g) in w.iter_mut().zip(v).zip(g) {
                        let g = *g + decay * *w;
                        *v = momentum * *v + g;
                        let step = if nesterov { g + momentum * *v } else { *v };
                        *w = *w - rate * step;
                    }
                });
                // ANCHOR_END: sgd
            }
        }
    }

    fn settings(&self) -> String {
        settings(&self.config, &self.groups)
    }

    fn state(&self) -> Vec<State<T>> {
        let state = |velocity: &Option<Array<T>>| {
            let Some(velocity) = velocity else { return State::empty() };
            State { steps: 0, arrays: vec![("velocity".to_string(), velocity.clone())] }
        };
        self.velocities.iter().map(state).collect()
    }

    fn restore(&mut self, states: Vec<State<T>>) -> Result<(), String> {
        let found = fit(&self.groups, states, ["velocity"])?;
        let velocities = found.into_iter().map(|found| found.map(|(_, [v])| v));
        self.velocities = velocities.collect();
        Ok(())
    }
}
