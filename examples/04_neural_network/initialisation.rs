//! Twenty hidden layers at the start: how large activations and gradients are in each, for
//! several sizes of the first weights; and what 100 steps make of them.

use crate::classifier::*;
use gradus::autograd::Tensor;
use gradus::neural_network::{Activation, Context, Linear, Mlp, init};
use gradus::random::{Generator, generator};
use gradus::report::{Figure, Run};

const DEPTH: usize = 20;
const WIDTH: usize = 64;
/// How many of the pictures are trained on.
const ROWS: usize = 200;
const RATES: [f32; 3] = [0.3, 0.1, 0.03];

/// The standard deviation of the first weights, from the number of inputs.
type Scale = (&'static str, &'static str, fn(usize) -> f64);

const SCALES: [Scale; 4] = [
    ("small", "deviation 0.01", |_| 0.01),
    ("half", "√(1/fan-in)", |fan_in| (1.0 / fan_in as f64).sqrt()),
    ("he", "√(2/fan-in), He", init::he),
    ("large", "√(4/fan-in)", |fan_in| (4.0 / fan_in as f64).sqrt()),
];

/// What one draw gives for one scale.
struct Found {
    activations: Vec<f64>,
    gradients: Vec<f64>,
    accuracy: f64,
    loss: f64,
}

pub fn pass_on(run: &mut Run, quick: bool) {
    let steps = if quick { 5 } else { 100 };
    let seeds = run.seeds().to_vec();
    let results = of_seeds(&seeds, |seed| {
        let mut random = generator(seed);
        let (train, test) = pictures(&mut random);
        let (train, test) = (Rows::new(&train).first(ROWS), Rows::new(&test));
        SCALES.map(|(_, _, scale)| one(scale, (&train, &test), steps, &random))
    });
    let mut figures = [
        Figure::new("Twenty layers at the start: activations").y_log("root mean square"),
        Figure::new("Twenty layers at the start: gradients").y_log("length"),
    ]
    .map(|figure| figure.x("hidden layer"));
    let mut rows = Vec::new();
    for (place, (key, name, _)) in SCALES.iter().enumerate() {
        let of = |f: fn(&Found) -> f64| column(&results, |result| f(&result[place]));
        let last = of(|found| found.activations[DEPTH - 1] / found.activations[0]);
        let first = of(|found| found.gradients[0]);
        let loss = of(|found| found.loss);
        rows.push(vec![
            name.to_string(),
            run.measured_scientific(&format!("init.{key}.last"), &last),
            run.measured_scientific(&format!("init.{key}.gradient"), &first),
            run.measured(
                &format!("init.{key}.loss"),
                &loss,
                if loss[0] < 100.0 { 2 } else { 0 },
            ),
            run.measured(&format!("init.{key}.test"), &of(|found| found.accuracy), 1),
        ]);
        let numbered = |values: &[f64]| -> Vec<(f64, f64)> {
            values.iter().enumerate().map(|(k, v)| (k as f64 + 1.0, *v)).collect()
        };
        let found = &results[0][place];
        let lines = [numbered(&found.activations), numbered(&found.gradients)];
        let mut lines = lines.iter();
        figures = figures.map(|figure| figure.line(name, lines.next().expect("two")));
    }
    let columns = [
        "first weights",
        "last layer's size, the first's as 1",
        "first layer's gradient",
        "training loss",
        "test accuracy",
    ];
    run.table("init", "Twenty hidden layers of 64 neurons, ReLU", &columns, &rows);
    let [activations, gradients] = figures;
    run.figure("init", activations);
    run.figure("init_gradients", gradients);
}

fn one(
    scale: fn(usize) -> f64,
    (train, test): (&Rows, &Rows),
    steps: usize,
    random: &Generator,
) -> Found {
    let model = || deep(scale, &mut random.clone());
    let (activations, gradients) = sizes(&model(), train);
    // Each start may choose the best of three rates by its *training* loss; if all of them
    // explode, it is left as it is.
    let tries = RATES.map(|rate| {
        let model = model();
        descend(&model, rate, steps, |_| {
            train.loss(&model.forward(&train.x, &mut Context::evaluation()))
        });
        model
    });
    let start = model();
    let judged = tries.iter().chain([&start]).map(|model| train.judge(model).0);
    let judged: Vec<f64> = judged.collect();
    let finite = (0..judged.len()).filter(|k| judged[*k].is_finite());
    let best =
        finite.min_by(|a, b| judged[*a].total_cmp(&judged[*b])).expect("the start");
    let (loss, accuracy) = match tries.get(best) {
        Some(model) => (judged[best], test.judge(model).1),
        None => (judged[best], test.judge(&start).1),
    };
    Found { activations, gradients, accuracy, loss }
}

fn deep(scale: fn(usize) -> f64, random: &mut Generator) -> Mlp<f32> {
    let sizes = [&[64], &[WIDTH; DEPTH][..], &[10]].concat();
    let layer = |pair: &[usize]| Linear::new(pair[0], pair[1], scale(pair[0]), random);
    let layers = sizes.windows(2).map(layer).collect();
    Mlp { layers, activation: Activation::Relu }
}

/// The root of the mean square behind each hidden layer, and the length of the gradient of
/// its weight.
fn sizes(model: &Mlp<f32>, train: &Rows) -> (Vec<f64>, Vec<f64>) {
    let mut hidden = train.x.clone();
    let mut activations = Vec::new();
    for layer in &model.layers[..DEPTH] {
        hidden = layer.forward(&hidden, &mut Context::evaluation()).relu();
        activations.push(length(&hidden) / (hidden.size() as f64).sqrt());
    }
    let logits = model.forward(&train.x, &mut Context::evaluation());
    let gradients = train.loss(&logits).backward();
    let of = |layer: &Linear<f32>| {
        let gradient = layer.weight.gradient(&gradients).expect("it is trainable");
        length(&gradient.clone().into())
    };
    (activations, model.layers[..DEPTH].iter().map(of).collect())
}

/// In f64: squares of what has faded would be 0 in f32.
fn length(x: &Tensor) -> f64 {
    x.to_vec().iter().map(|x| f64::from(*x).powi(2)).sum::<f64>().sqrt()
}
