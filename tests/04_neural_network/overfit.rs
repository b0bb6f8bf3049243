//! One batch is learnt by heart, also with random labels.

use gradus::autograd::Tensor;
use gradus::neural_network::*;
use gradus::ops::CrossEntropyOptions;
use gradus::random::{generator, uniform};
use gradus::tensor::Array;

// ANCHOR: overfit
#[test]
fn one_batch_can_be_overfitted() {
    let random = &mut generator(1);
    let model = Mlp::<f32>::new(&[64, 32, 10], Activation::Relu, random);
    let x = Tensor::from(init::normal_array(&[16, 64], 1.0, random));
    // Labels that have nothing to do with the rows.
    let labels = Array::from_fn(&[16], |_| (10.0 * uniform(random)) as u32);
    let loss = |context: &mut Context| {
        let logits = model.forward(&x, context);
        logits.cross_entropy(&labels, CrossEntropyOptions::default())
    };
    let mut context = Context::training(0);
    for _ in 0..1000 {
        let gradients = loss(&mut context).backward();
        for parameter in parameters(&model) {
            let gradient = parameter.gradient(&gradients).expect("it is used").to_vec();
            parameter
                .update(|w| w.iter_mut().zip(&gradient).for_each(|(w, g)| *w -= 0.3 * g));
        }
    }
    assert!(loss(&mut Context::evaluation()).item() < 1e-3);
}
// ANCHOR_END: overfit
