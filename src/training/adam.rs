//! Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019).

use super::optimizer::{Group, Optimizer, by_kernel, check, in_parts};
use super::state::{Remembered, State, fit, settings};
use crate::device::{Device, kernels::ADAM};
use crate::element::Real;
use crate::tensor::Array;

/// The settings of [`Adam`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdamConfig {
    /// β₁: how much of the mean of gradients is kept.
    pub beta1: f64,
    /// β₂: how much of the mean of squared gradients is kept.
    pub beta2: f64,
    /// ε: outside the root and after the correction of the bias. TensorFlow 1 added it to
    /// √v before the correction, which makes it ε/√(1 − β₂ᵗ) here: larger in the first
    /// updates. Settings do not carry over where ε matters.
    pub epsilon: f64,
    /// λ: the share of a weight that decays in a step is η λ (AdamW: outside the moments).
    pub weight_decay: f64,
}

impl Default for AdamConfig {
    fn default() -> AdamConfig {
        AdamConfig { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: 0.0 }
    }
}

/// The means of gradients and of their squares.
#[derive(Clone)]
pub(super) struct Moments<T: Real> {
    pub(super) first: Array<T>,
    pub(super) second: Array<T>,
    /// How many updates this parameter has had.
    pub(super) steps: i32,
}

/// ```text
/// m ← β₁ m + (1 − β₁) g         m̂ = m / (1 − β₁ᵗ)
/// v ← β₂ v + (1 − β₂) g²        v̂ = v / (1 − β₂ᵗ)
/// w ← w − η λ w − η m̂ / (√v̂ + ε)
/// ```
pub struct Adam<T: Real> {
    config: AdamConfig,
    groups: Vec<Group<T>>,
    moments: Vec<Option<Moments<T>>>,
}

impl<T: Real> Adam<T> {
    /// An optimizer that has seen nothing.
    pub fn new(groups: Vec<Group<T>>, config: AdamConfig) -> Adam<T> {
        let count = groups.iter().map(|group| group.parameters.len()).sum();
        Adam { config, groups, moments: vec![None; count] }
    }
}

impl<T: Real> Optimizer<T> for Adam<T> {
    fn groups(&self) -> &[Group<T>] {
        &self.groups
    }

    #[track_caller]
    fn step(&mut self, gradients: &[Option<Array<T>>], learning_rate: f64) {
        check(&self.groups, gradients, learning_rate);
        let AdamConfig { beta1, beta2, epsilon, weight_decay } = self.config;
        let mut states = self.moments.iter_mut().zip(gradients);
        for group in &self.groups {
            let rate = learning_rate * group.rate;
            let decay = if group.decay { rate * weight_decay } else { 0.0 };
            for parameter in &group.parameters {
                let (state, gradient) = states.next().expect("as many as parameters");
                let Some(gradient) = gradient else { continue };
                let zeros = || parameter.value().zeros_like();
                let Moments { first, second, steps } = state.get_or_insert_with(|| {
                    Moments { first: zeros(), second: zeros(), steps: 0 }
                });
                *steps += 1;
                // ANCHOR: adam
                let (b1, b2) = (T::of(beta1), T::of(beta2));
                let (c1, c2) = (T::of(1.0 - beta1), T::of(1.0 - beta2));
                // The corrections are the same for all elements: 1/(1 − βᵗ).
                let m_hat = T::of(1.0 / (1.0 - beta1.powi(*steps)));
                let v_hat = T::of(1.0 / (1.0 - beta2.powi(*steps)));
                let (rate, keep) = (T::of(rate), T::of(1.0 - decay));
                let epsilon = T::of(epsilon);
                if let Device::Gpu(gpu) = parameter.device() {
                    let numbers = [b1, b2, c1, c2, m_hat, v_hat, rate, keep, epsilon];
                    let mut settings = Vec::new();
                    numbers.iter().for_each(|number| number.write(&mut settings));
                    let remembered = [("first", first), ("second", second)];
                    by_kernel((&ADAM, &gpu), parameter, remembered, gradient, settings);
                    continue;
                }
                in_parts(parameter, [first, second], gradient, |w, [m, v], g| {
                    for (((w, m), v), g) in w.iter_mut().zip(m).zip(v).zip(g) {
                        *m = b1 * *m + c1 * *g;
                        *v = b2 * *v + c2 * *g * *g;
                        let step = *m * m_hat / ((*v * v_hat).sqrt() + epsilon);
                        *w = *w * keep - rate * step;
                    }
                });
                // ANCHOR_END: adam
            }
        }
    }

    fn settings(&self) -> String {
        settings(&self.config, &self.groups)
    }

    fn state(&self) -> Vec<State<T>> {
        let state = |moments: &Option<Moments<T>>| {
            let Some(Moments { first, second, steps }) = moments else {
                return State::empty();
            };
            let arrays = [("first", first), ("second", second)];
            let owned =
                |(name, array): (&str, &Array<T>)| (name.to_string(), array.clone());
            let arrays = arrays.map(owned).to_vec();
            State { steps: *steps as u64, arrays }
        };
        self.moments.iter().map(state).collect()
    }

    fn restore(&mut self, states: Vec<State<T>>) -> Result<(), String> {
        let moments = |(steps, [first, second]): Remembered<T, 2>| {
            let steps = i32::try_from(steps).map_err(|_| format!("{steps} steps"))?;
            Ok(Moments { first, second, steps })
        };
        let found = fit(&self.groups, states, ["first", "second"])?;
        let restored = found.into_iter().map(|found| found.map(moments).transpose());
        self.moments = restored.collect::<Result<_, String>>()?;
        Ok(())
    }
}
