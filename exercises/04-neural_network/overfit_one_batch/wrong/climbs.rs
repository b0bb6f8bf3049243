//! Adds the gradient.
//!
//! rejected by: the example of the statement
//! says: *against* the gradient

use gradus::autograd::TensorOf;
use gradus::neural_network::{Context, Parameter};

pub fn overfit_one_batch(
    loss: &dyn Fn(&mut Context) -> TensorOf<f64>,
    parameters: &[Parameter<f64>],
    learning_rate: f64,
    budget: usize,
) -> Option<usize> {
    let mut context = Context::training(0);
    for steps in 0..=budget {
        if loss(&mut Context::evaluation()).item() < 0.001 {
            return Some(steps);
        }
        if steps == budget {
            break;
        }
        let gradients = loss(&mut context).backward();
        for parameter in parameters {
            let Some(gradient) = parameter.gradient(&gradients) else { continue };
            let gradient = gradient.to_vec();
            parameter.update(|values| {
                for (w, g) in values.iter_mut().zip(&gradient) {
                    *w += learning_rate * g;
                }
            });
        }
    }
    None
}
