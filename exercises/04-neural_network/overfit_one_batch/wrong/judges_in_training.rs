//! Looks at the loss in training to see whether it is done.
//!
//! rejected by: steps follow training, judgement evaluation
//! says: judge in evaluation

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
        let now = loss(&mut context);
        if now.item() < 0.001 {
            return Some(steps);
        }
        if steps == budget {
            break;
        }
        let gradients = now.backward();
        for parameter in parameters {
            let Some(gradient) = parameter.gradient(&gradients) else { continue };
            let gradient = gradient.to_vec();
            parameter.update(|values| {
                for (w, g) in values.iter_mut().zip(&gradient) {
                    *w -= learning_rate * g;
                }
            });
        }
    }
    None
}
