//! Dropout: random in training, nothing in evaluation.

use crate::support::*;
use gradus::autograd::TensorOf;
use gradus::neural_network::*;
use gradus::random::generator;
use gradus::tensor::Array;

#[test]
fn dropout_keeps_the_mean_in_training_and_is_the_identity_in_evaluation() {
    let x = TensorOf::from(Array::full(2.0, &[100_000]));
    let dropout = Dropout { probability: 0.25 };
    let y = dropout.forward(&x, &mut Context::training(9)).to_vec();
    let kept = y.iter().filter(|y| **y != 0.0).count() as f64;
    // Five standard errors of 100,000 draws with probability 3/4.
    assert!(
        (kept - 75_000.0).abs() < 5.0 * (100_000.0 * 0.75 * 0.25f64).sqrt(),
        "{kept}"
    );
    assert!(y.iter().all(|y| *y == 0.0 || *y == 2.0 / 0.75));
    let mut context = Context::evaluation();
    let before = context.random.clone();
    assert_eq!(dropout.forward(&x, &mut context).to_vec(), x.to_vec());
    assert_eq!(context.random, before, "nothing is drawn");
    // The next layer, and the next pass, drop others.
    let mut context = Context::training(9);
    let masks: Vec<_> = (0..2).map(|_| dropout.forward(&x, &mut context)).collect();
    assert_eq!(masks[0].to_vec(), y);
    assert_ne!(masks[1].to_vec(), y);
    assert!(named_parameters::<Real>(&dropout).is_empty());
}

#[test]
#[should_panic(expected = "between 0 and 1, and is 1.5")]
fn a_probability_that_is_none_is_refused_in_evaluation_too() {
    Dropout { probability: 1.5 }.forward(&input(&[2]), &mut Context::evaluation());
}

#[test]
fn a_context_drops_in_training_and_leaves_its_stream_alone_in_evaluation() {
    let (x, context) = (input(&[50]), &mut Context::evaluation());
    assert_eq!(context.dropout(&x, 0.5).to_vec(), x.to_vec());
    context.training = true;
    let dropped = context.dropout(&x, 0.5).to_vec();
    assert_eq!(dropped, x.dropout(0.5, &mut generator(0)).to_vec());
    assert_ne!(context.dropout(&x, 0.5).to_vec(), dropped);
}
