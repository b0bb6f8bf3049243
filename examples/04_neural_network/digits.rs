//! The pictures: a network with one hidden layer, beside logistic regression, an
//! independent solver of it, and two predictions that have learnt nothing.

use crate::classifier::*;
use crate::independent;
use gradus::autograd::Tensor;
use gradus::gradient_descent::norm;
use gradus::neural_network::{Activation, Context, Mlp, parameters};
use gradus::random::{Generator, generator};
use gradus::report::{Run, scientific};

/// The price of chapter 1 on the squares of the weights, for logistic regression.
const STRENGTH: f32 = 0.01;

/// What one draw gives.
struct Found {
    accuracies: Vec<f64>,
    train: Vec<f64>,
    slope: f64,
    differ: usize,
    tested: usize,
}

pub fn read(run: &mut Run, quick: bool) {
    let steps = if quick { 60 } else { 500 };
    let seeds = run.seeds().to_vec();
    let results = of_seeds(&seeds, |seed| one(seed, steps, quick));
    let rows = [
        ("majority", "the most frequent class"),
        ("untrained", "an untrained network, 64 hidden"),
        ("logistic", "logistic regression, as many steps"),
        ("price", "logistic regression with a price, until it arrives"),
        ("lbfgs", "the same by L-BFGS (smartcore)"),
        ("mlp", "64 hidden, ReLU"),
    ];
    let table: Vec<Vec<String>> = rows
        .iter()
        .enumerate()
        .map(|(place, (key, name))| {
            let accuracies = column(&results, |found| found.accuracies[place]);
            let train = column(&results, |found| found.train[place]);
            let train = match *key {
                "lbfgs" => "–".to_string(),
                _ => run.measured(&format!("digits.{key}.train"), &train, 1),
            };
            vec![
                name.to_string(),
                train,
                run.measured(&format!("digits.{key}"), &accuracies, 1),
            ]
        })
        .collect();
    let columns = ["prediction by", "training rows", "test rows"];
    run.table("digits", "Digits: accuracy in per cent", &columns, &table);

    for (key, other) in [("step", 2), ("price", 3)] {
        let gains =
            column(&results, |found| found.accuracies[5] - found.accuracies[other]);
        run.measured(&format!("digits.gain.{key}"), &gains, 1);
        let better = gains.iter().filter(|gain| **gain > 0.0).count();
        run.number(&format!("digits.gain.{key}.draws"), better as f64, 0);
    }
    run.number("digits.tested", results[0].tested as f64, 0);
    let slope = results.iter().map(|found| found.slope).fold(0.0, f64::max);
    run.number_as("digits.slope", slope, &scientific(slope));
    let differ: usize = results.iter().map(|found| found.differ).sum();
    run.number("digits.differ", differ as f64, 0);
    let all: usize = results.iter().map(|found| found.tested).sum();
    run.number("digits.predictions", all as f64, 0);
}

fn one(seed: u64, steps: usize, quick: bool) -> Found {
    let mut random = generator(seed);
    let (table, test) = pictures(&mut random);
    let (train, test) = (Rows::new(&table), Rows::new(&test));
    let frequent = majority(&table.targets, test.classes.size());
    let frequent_train = majority(&table.targets, train.classes.size());
    let untrained = Mlp::new(&[64, 64, 10], Activation::Relu, &mut random);
    let logistic = trained(&[64, 10], &train, 0.3, steps, &mut random);
    let (price, slope) = with_price(&train, if quick { 150 } else { 2000 }, &mut random);
    let solved = independent::logits(&table, &test, f64::from(STRENGTH));
    let mlp = trained(&[64, 64, 10], &train, 0.3, steps, &mut random);

    let judged = [&untrained, &logistic, &price].map(|model| test.judge(model).1);
    let of_train = [&untrained, &logistic, &price].map(|model| train.judge(model).1);
    let accuracies = [test.accuracy(&frequent)].into_iter().chain(judged);
    let accuracies = accuracies.chain([test.accuracy(&solved), test.judge(&mlp).1]);
    let of_train = [train.accuracy(&frequent_train)].into_iter().chain(of_train);
    let of_train = of_train.chain([f64::NAN, train.judge(&mlp).1]);
    let ours = price.forward(&test.x, &mut Context::evaluation()).value().argmax(1);
    let same = ours.equal(&solved.value().argmax(1)).to_vec().into_iter().sum::<u32>();
    Found {
        accuracies: accuracies.collect(),
        train: of_train.collect(),
        slope,
        differ: test.classes.size() - same as usize,
        tested: test.classes.size(),
    }
}

/// Logits that name the most frequent class for every row.
fn majority(targets: &[f64], rows: usize) -> Tensor {
    let mut counts = [0f32; 10];
    targets.iter().for_each(|class| counts[*class as usize] += 1.0);
    Tensor::new(counts.to_vec(), &[10]).broadcast_to(&[rows, 10])
}

/// Logistic regression with the price, and the length of the gradient where it ends.
fn with_price(train: &Rows, steps: usize, random: &mut Generator) -> (Mlp<f32>, f64) {
    let model = Mlp::new(&[64, 10], Activation::Relu, random);
    let loss = || {
        let logits = model.forward(&train.x, &mut Context::evaluation());
        let weight = model.layers[0].weight.tensor();
        train.loss(&logits).add(&weight.mul(&weight).sum_all().scale(STRENGTH / 2.0))
    };
    descend(&model, 0.5, steps, |_| loss());
    let gradients = loss().backward();
    let all = parameters(&model);
    let all = all.iter().flat_map(|p| p.gradient(&gradients).expect("one").to_vec());
    (model, norm(&all.map(f64::from).collect::<Vec<_>>()))
}
