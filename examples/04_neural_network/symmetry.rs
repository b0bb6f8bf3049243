//! All weights equal at the start: what a layer of 64 neurons is then worth.

use crate::classifier::*;
use gradus::neural_network::{Activation, Context, Mlp, named_parameters};
use gradus::random::generator;
use gradus::report::Run;
use gradus::tensor::Array;

pub fn begin_alike(run: &mut Run, quick: bool) {
    let steps = if quick { 40 } else { 500 };
    let seeds = run.seeds().to_vec();
    let starts = [("zero", 0.0), ("equal", 0.1)];
    let results = of_seeds(&seeds, |seed| {
        let mut random = generator(seed);
        let (train, test) = pictures(&mut random);
        let (train, test) = (Rows::new(&train), Rows::new(&test));
        let alike = starts.map(|(_, start)| {
            let model = Mlp::new(&[64, 64, 10], Activation::Relu, &mut random);
            for (path, parameter) in named_parameters(&model) {
                if path.ends_with("weight") {
                    parameter.set(Array::full(start, &parameter.shape()));
                }
            }
            descend(&model, 0.1, steps, |_| {
                train.loss(&model.forward(&train.x, &mut Context::evaluation()))
            });
            (test.judge(&model).1, spread(&model))
        });
        let lone = trained(&[64, 1, 10], &train, 0.1, steps, &mut random);
        (alike, test.judge(&lone).1)
    });
    for (place, (key, _)) in starts.iter().enumerate() {
        let accuracies = column(&results, |result| result.0[place].0);
        run.measured(&format!("symmetry.{key}"), &accuracies, 1);
        let widest = results.iter().map(|result| result.0[place].1).fold(0.0, f32::max);
        run.number(&format!("symmetry.{key}.spread"), f64::from(widest), 0);
    }
    run.measured("symmetry.one", &column(&results, |result| result.1), 1);
}

/// How far the weights of two hidden neurons are apart, at most.
fn spread(model: &Mlp<f32>) -> f32 {
    let weight = model.layers[0].weight.value();
    let gap = weight.max(&[0]).zip(&weight.min(&[0]), "spread", |a, b| a - b);
    gap.to_vec().into_iter().fold(0.0, f32::max)
}
