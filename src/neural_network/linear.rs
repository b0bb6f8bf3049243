//! The linear layer.

use super::module::{Module, at};
use super::{Context, Parameter, init};
use crate::autograd::TensorOf;
use crate::element::Real;
use crate::random::Generator;
use crate::tensor::Array;

/// Something that is added to a linear layer's output, attached from outside: LoRA. Its
/// parameters stand at the layer's path, beside `weight` and `bias`.
///
/// To attach one, set [`Linear::branch`] in a visit of [`Module::linears`]; to detach it,
/// take it out again. Clones of a parameter are that parameter, so whoever attaches a branch
/// can keep a second one with the same numbers, and merge it into the weight later.
pub trait Branch<T: Real>: Module<T> + Send + Sync {
    /// What is added, from the layer's input: `[.., in] → [.., out]`.
    fn forward(&self, x: &TensorOf<T>, context: &mut Context) -> TensorOf<T>;
}

// ANCHOR: linear
/// y = x Wᵀ + b, and the branch's output if there is one: `[.., in] → [.., out]`.
pub struct Linear<T: Real> {
    /// W: `[out, in]`, one row for each output.
    pub weight: Parameter<T>,
    /// b: `[out]`.
    pub bias: Option<Parameter<T>>,
    /// What is attached to this layer.
    pub branch: Option<Box<dyn Branch<T>>>,
}

impl<T: Real> Linear<T> {
    /// A layer whose weights have the standard deviation `deviation`; biases begin at 0.
    pub fn new(
        inputs: usize,
        outputs: usize,
        deviation: f64,
        random: &mut Generator,
    ) -> Linear<T> {
        let weight = init::normal_array(&[outputs, inputs], deviation, random);
        let bias = Some(Parameter::new(Array::zeros(&[outputs])));
        Linear { weight: Parameter::new(weight), bias, branch: None }
    }

    /// The output for every row of `x`.
    ///
    /// # Panics
    /// When the last axis of `x` is not as long as the layer has inputs.
    #[track_caller]
    pub fn forward(&self, x: &TensorOf<T>, context: &mut Context) -> TensorOf<T> {
        let y = x.matmul(&self.weight.tensor().transpose(0, 1));
        let y = match &self.bias {
            Some(bias) => y.add(&bias.tensor()),
            None => y,
        };
        match &self.branch {
            Some(branch) => y.add(&branch.forward(x, context)),
            None => y,
        }
    }
}
// ANCHOR_END: linear

impl<T: Real> Module<T> for Linear<T> {
    fn parameters(&self, path: &str, visit: &mut dyn FnMut(&str, &Parameter<T>)) {
        visit(&at(path, "weight"), &self.weight);
        if let Some(bias) = &self.bias {
            visit(&at(path, "bias"), bias);
        }
        if let Some(branch) = &self.branch {
            branch.parameters(path, visit);
        }
    }

    fn linears(&mut self, path: &str, visit: &mut dyn FnMut(&str, &mut Linear<T>)) {
        visit(path, self);
    }
}
