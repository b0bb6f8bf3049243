//! Two rings, one inside the other: no line separates them, and a handful of neurons does.

use crate::classifier::*;
use crate::planes::{bend, border, plane, rings};
use gradus::autograd::Tensor;
use gradus::neural_network::{Context, Linear, Mlp, parameter_count};
use gradus::random::{Generator, generator};
use gradus::report::{Drawing, Run, Tint};

const STEPS: usize = 1000;
const RATE: f32 = 0.3;

/// Hidden layers; none is logistic regression.
const HIDDEN: [&[usize]; 6] = [&[], &[1], &[2], &[3], &[4], &[16]];

pub fn enclose(run: &mut Run) {
    let seeds = run.seeds().to_vec();
    let results = of_seeds(&seeds, |seed| {
        let mut random = generator(seed);
        let (train, test) = (rings(200, &mut random), rings(1000, &mut random));
        let collapsed = without_activation(&train, &test, &mut random);
        let models = HIDDEN.map(|hidden| {
            let sizes = [&[2], hidden, &[2]].concat();
            trained(&sizes, &train, RATE, STEPS, &mut random)
        });
        (models.each_ref().map(|model| test.judge(model).1), collapsed, train, models)
    });
    let mut rows = Vec::new();
    let mut row = |name: &str, key: &str, numbers: usize, accuracies: &[f64]| {
        let solved = accuracies.iter().filter(|accuracy| **accuracy >= 99.0).count();
        let text = run.measured(&format!("rings.{key}"), accuracies, 1);
        run.number(&format!("rings.{key}.solved"), solved as f64, 0);
        rows.push(vec![name.into(), numbers.to_string(), text, solved.to_string()]);
    };
    for (place, hidden) in HIDDEN.iter().enumerate() {
        let numbers = parameter_count(&results[0].3[place]).0;
        let accuracies = column(&results, |result| result.0[place]);
        match hidden {
            [] => row("logistic regression", "0", numbers, &accuracies),
            [width] => {
                let name = format!("{width} hidden, ReLU");
                row(&name, &width.to_string(), numbers, &accuracies);
            }
            _ => unreachable!("at most one hidden layer"),
        }
        if hidden.is_empty() {
            let collapsed = column(&results, |result| result.1.0);
            row("16, 16 hidden, no activation", "collapsed", results[0].1.1, &collapsed);
        }
    }
    let columns =
        ["model", "parameters", "test accuracy in per cent", "seeds with 99 % and more"];
    run.table("rings", "Two rings, 200 training points", &columns, &rows);
    let (_, _, train, models) = &results[0];
    draw(run, train, models);
}

/// Three linear layers with nothing between them: the accuracy, and how many parameters.
fn without_activation(train: &Rows, test: &Rows, random: &mut Generator) -> (f64, usize) {
    let mut layer = |inputs, outputs| {
        Linear::new(inputs, outputs, (1.0 / inputs as f64).sqrt(), random)
    };
    let layers: Vec<Linear<f32>> = vec![layer(2, 16), layer(16, 16), layer(16, 2)];
    let forward = |x: &Tensor| {
        let context = &mut Context::evaluation();
        layers.iter().fold(x.clone(), |x, layer| layer.forward(&x, context))
    };
    descend(&layers, 0.1, STEPS, |_| train.loss(&forward(&train.x)));
    (test.accuracy(&forward(&test.x)), parameter_count(&layers).0)
}

/// Logistic regression, the lines where four neurons bend, and what they enclose.
fn draw(run: &mut Run, train: &Rows, models: &[Mlp<f32>]) {
    let drawing = Drawing::new(
        "Two rings: the border of logistic regression, the lines at which four hidden \
         neurons bend, and the border that they make",
    );
    let undecided = |model| {
        border(model).into_iter().map(|line| (line, Tint::Plain)).collect::<Vec<_>>()
    };
    let first = &models[4].layers[0];
    let weight = first.weight.value().to_vec();
    let bias = first.bias.as_ref().expect("it has one").value().to_vec();
    let bends = weight
        .chunks(2)
        .zip(bias)
        .filter_map(|(w, b)| bend([f64::from(w[0]), f64::from(w[1])], f64::from(b)));
    let bends: Vec<_> = bends.map(|line| (line, Tint::Plain)).collect();
    let drawing = plane(drawing, 0, "no hidden layer", train, &undecided(&models[0]));
    let drawing = plane(drawing, 1, "four neurons bend", train, &bends);
    let drawing = plane(drawing, 2, "their border", train, &undecided(&models[4]));
    run.drawing("rings", &drawing);
}
