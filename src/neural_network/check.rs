//! A whole model's gradients against finite differences.

use super::{Module, named_parameters};
use crate::autograd::TensorOf;
use crate::gradcheck::{Report, central_differences};
use crate::tensor::Array;

/// Compares the gradient of `loss`, a single number, with central differences: every element
/// of every trainable parameter. Returns a report for each, with its path. A parameter that
/// the loss does not depend on should have the gradient 0.
///
/// `loss` is computed twice for every number of the model, so take a small one; what is
/// random in it must start from the same seed every time.
///
/// # Panics
/// When the loss is not a single number, or depends on no trainable parameter.
///
/// ```
/// use gradus::autograd::TensorOf;
/// use gradus::neural_network::{Activation, Context, Mlp, check_gradients};
/// use gradus::random::generator;
/// let model = Mlp::new(&[2, 3, 1], Activation::Tanh, &mut generator(1));
/// let x = TensorOf::new(vec![0.5, -1.0], &[1, 2]);
/// let loss = || model.forward(&x, &mut Context::evaluation()).sum_all();
/// for (path, report) in check_gradients(&model, loss) {
///     assert!(report.fault.is_none(), "{path}: {report:?}");
/// }
/// ```
#[track_caller]
pub fn check_gradients(
    module: &dyn Module<f64>,
    loss: impl Fn() -> TensorOf<f64>,
) -> Vec<(String, Report)> {
    let gradients = loss().backward();
    let mut reports = Vec::new();
    for (path, parameter) in named_parameters(module) {
        if !parameter.is_trainable() {
            continue;
        }
        let value = parameter.value();
        let zeros = || Array::zeros(value.shape());
        let got = parameter.gradient(&gradients).cloned().unwrap_or_else(zeros);
        let expected = central_differences(&value, |shifted| {
            parameter.set(shifted);
            loss().item()
        });
        parameter.set(value);
        reports.push((path, Report::of(&got, &expected)));
    }
    reports
}
