//! Computes the gradient anew for each parameter, when those before it have moved already.
//!
//! rejected by: parameters that meet in the loss
//! says: belong to one moment

use gradus::autograd::TensorOf;
use gradus::neural_network::{Context, Parameter};

pub fn overfit_one_batch(
    loss: &dyn Fn(&mut Context) -> TensorOf<f64>,
    parameters: &[Parameter<f64>],
    learning_rate: f64,
    budget: usize,
) -> Option<usize> {
    let mut context = Context::training(0);
    let mut steps = 0;
    loop {
        if loss(&mut Context::evaluation()).item() < 0.001 {
            return Some(steps);
        }
        if steps == budget {
            return None;
        }
        for parameter in parameters {
            let gradients = loss(&mut context).backward();
            let Some(gradient) = parameter.gradient(&gradients) else { continue };
            let gradient = gradient.to_vec();
            parameter.update(|values| {
                for (w, g) in values.iter_mut().zip(&gradient) {
                    *w -= learning_rate * g;
                }
            });
        }
        steps += 1;
    }
}
