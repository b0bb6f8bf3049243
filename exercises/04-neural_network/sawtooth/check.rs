//! Checks the values by hand, the size of the network, and deep compositions.

use crate::{Case, Check};
use gradus::autograd::TensorOf;
use gradus::neural_network::{Activation, Context, Mlp};

/// What the reader writes.
pub struct Answer {
    /// A network that computes the triangle applied `depth` times.
    pub sawtooth: fn(depth: usize) -> Mlp<f64>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let quarters = [0.0, 0.25, 0.5, 0.75, 1.0];
    check.case("the triangle itself", |case| {
        case.given("depth 1, at 0, 0.25, 0.5, 0.75 and 1");
        let got = outputs(case, &(answer.sawtooth)(1), 1, &quarters);
        case.numbers("the outputs", &got, &vec![0.0, 0.5, 1.0, 0.5, 0.0])
            .mistake(
                vec![0.0, 0.5, 1.0, 1.5, 2.0],
                "it goes on rising: at 1/2 the slope must fall by 4",
            )
            .mistake(
                vec![0.0, 0.5, 1.0, 1.0, 1.0],
                "it stays at the top: the slope must change from 2 to −2, that is by 4",
            )
            .mistake(
                vec![0.0, -0.5, -1.0, -1.5, -2.0],
                "both neurons bend at 0: one of them needs a bias",
            )
            .verify();
    });
    check.case("twice", |case| {
        case.given("depth 2, at 0, 0.25, 0.5, 0.75 and 1");
        let got = outputs(case, &(answer.sawtooth)(2), 2, &quarters);
        case.numbers("the outputs", &got, &vec![0.0, 1.0, 0.0, 1.0, 0.0])
            .mistake(
                vec![0.0, 0.5, 1.0, 0.5, 0.0],
                "this is T once: the layer in between must fold again",
            )
            .mistake(
                vec![0.0, 1.0, 2.0, 1.0, 0.0],
                "this is 2T: the second triangle is not applied to the output of the first",
            )
            .verify();
    });
    check.case("three and five times", |case| {
        for depth in [3, 5] {
            let x: Vec<f64> = (0..=64).map(|i| f64::from(i) / 64.0).collect();
            case.given(format!("depth {depth}, at 0, 1/64, 2/64, …, 1"));
            let got = outputs(case, &(answer.sawtooth)(depth), depth, &x);
            let expected = x.iter().map(|x| folded(*x, depth)).collect::<Vec<_>>();
            case.numbers("the outputs", &got, &expected).verify();
        }
    });
    check.case("between the corners, and deep", |case| {
        for depth in [1, 2, 4, 12, 20] {
            case.given(format!("depth {depth}, at 200 places between 0 and 1"));
            // Multiples of 2⁻⁴⁰: every fold of them is exact.
            let place = |i: u64| (i * 5_497_558_139 + 1) as f64 * 2f64.powi(-40);
            let x: Vec<f64> = (0..200).map(place).collect();
            let got = outputs(case, &(answer.sawtooth)(depth), depth, &x);
            let expected = x.iter().map(|x| folded(*x, depth)).collect::<Vec<_>>();
            case.numbers("the outputs", &got, &expected).within(1e-6).verify();
        }
    });
}

/// The outputs of a network that has the size it should have.
fn outputs(case: &mut Case, model: &Mlp<f64>, depth: usize, x: &[f64]) -> Vec<f64> {
    let sizes: Vec<usize> =
        model.layers.iter().map(|layer| layer.weight.shape()[0]).collect();
    let wanted: Vec<usize> = (0..depth).map(|_| 2).chain([1]).collect();
    let deep =
        "hidden layers of two neurons, one for each application of T, then the output";
    case.equal("the neurons of each layer", sizes.clone(), wanted.clone(), deep);
    case.equal("the activation", model.activation, Activation::Relu, "");
    if sizes != wanted {
        return vec![];
    }
    let x = TensorOf::new(x.to_vec(), &[x.len(), 1]);
    model.forward(&x, &mut Context::evaluation()).to_vec()
}

/// T applied `depth` times.
fn folded(x: f64, depth: usize) -> f64 {
    (0..depth).fold(x, |x, _| if x <= 0.5 { 2.0 * x } else { 2.0 - 2.0 * x })
}
