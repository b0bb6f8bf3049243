//! The triangle applied again and again: how many pieces depth makes by hand, how many it
//! has at the start, and whether descent finds them.

use crate::classifier::*;
use gradus::autograd::TensorOf;
use gradus::neural_network::{Activation, Context, Linear, Mlp, Parameter};
use gradus::random::{generator, normal};
use gradus::report::Run;
use gradus::tensor::Array;

const DEPTHS: [usize; 5] = [1, 2, 4, 6, 8];
/// What descent is asked for: the triangle applied so many times.
const ASKED: [usize; 2] = [2, 4];

pub fn fold(run: &mut Run, quick: bool) {
    let seeds = run.seeds().to_vec();
    let mut rows = Vec::new();
    for depth in DEPTHS {
        let made = pieces(&sawtooth(depth));
        let drawn: Vec<f64> =
            seeds.iter().map(|seed| pieces(&random_folds(depth, *seed)) as f64).collect();
        run.number(&format!("teeth.{depth}.pieces"), made as f64, 0);
        let random = run.measured(&format!("teeth.{depth}.random"), &drawn, 1);
        let neurons = 2 * depth;
        let row = [depth, neurons, made, neurons + 1].map(|number| number.to_string());
        rows.push(row.into_iter().chain([random]).collect());
    }
    let columns = [
        "hidden layers",
        "neurons",
        "pieces, by hand",
        "one layer, at most",
        "16 wide, at random",
    ];
    run.table("teeth", "Straight pieces between 0 and 1", &columns, &rows);

    let steps = if quick { 100 } else { 1500 };
    let shapes: [(&str, &str, Vec<usize>); 3] = [
        ("narrow", "4 hidden layers of 2", vec![1, 2, 2, 2, 2, 1]),
        ("deep", "4 hidden layers of 16", vec![1, 16, 16, 16, 16, 1]),
        ("flat", "1 hidden layer of 128", vec![1, 128, 1]),
    ];
    let results = of_seeds(&seeds, |seed| {
        ASKED.map(|asked| {
            shapes.clone().map(|(_, _, sizes)| descended(&sizes, asked, steps, seed))
        })
    });
    let made = ASKED.map(|asked| error(&sawtooth(asked), asked).item());
    let mut rows = vec![made.map(|made| format!("{made:.4}")).to_vec()];
    rows[0].insert(0, "made by hand".to_string());
    for (place, (key, name, _)) in shapes.iter().enumerate() {
        let mut row = vec![name.to_string()];
        for (which, asked) in ASKED.iter().enumerate() {
            let errors = column(&results, |result| result[which][place]);
            row.push(run.measured(&format!("teeth.{key}.{asked}"), &errors, 4));
        }
        rows.push(row);
    }
    let caption =
        "Mean squared error on the teeth, where a constant reaches 1/12 = 0.0833";
    run.table("teeth_learnt", caption, &["network", "2 teeth", "8 teeth"], &rows);
}

/// The triangle applied `depth` times, with two neurons in each hidden layer.
fn sawtooth(depth: usize) -> Mlp<f64> {
    let layer = |weight: &[f64], inputs: usize, bias: &[f64]| Linear {
        weight: Parameter::new(Array::new(weight.to_vec(), &[bias.len(), inputs])),
        bias: Some(Parameter::new(Array::new(bias.to_vec(), &[bias.len()]))),
        branch: None,
    };
    let fold = |_| layer(&[2.0, -4.0, 2.0, -4.0], 2, &[0.0, -0.5]);
    let first = layer(&[1.0, 1.0], 1, &[0.0, -0.5]);
    let last = layer(&[2.0, -4.0], 2, &[0.0]);
    let layers = [first].into_iter().chain((1..depth).map(fold)).chain([last]).collect();
    Mlp { layers, activation: Activation::Relu }
}

/// As many layers of sixteen neurons as drawn at the start, with biases that are drawn too.
fn random_folds(depth: usize, seed: u64) -> Mlp<f64> {
    let mut random = generator(seed);
    let sizes = [&[1], &vec![16; depth][..], &[1]].concat();
    let model = Mlp::new(&sizes, Activation::Relu, &mut random);
    for layer in &model.layers {
        let bias = layer.bias.as_ref().expect("it has one");
        bias.update(|b| b.iter_mut().for_each(|b| *b = 0.5 * normal(&mut random)));
    }
    model
}

/// How often the slope changes between 0 and 1, and once more.
fn pieces(model: &Mlp<f64>) -> usize {
    const GRID: usize = 1 << 14;
    let x: Vec<f64> = (0..=GRID).map(|i| i as f64 / GRID as f64).collect();
    let x = TensorOf::new(x, &[GRID + 1, 1]);
    let y = model.forward(&x, &mut Context::evaluation()).to_vec();
    let slopes: Vec<f64> = y.windows(2).map(|y| (y[1] - y[0]) * GRID as f64).collect();
    let bent = |a: f64, b: f64| (a - b).abs() > 1e-6;
    // A corner between two places of the grid spoils the slope of that step alone.
    let mut count = 1;
    let mut i = 0;
    while i + 1 < slopes.len() {
        if bent(slopes[i], slopes[i + 1]) {
            count += 1;
            i += 1;
        }
        i += 1;
    }
    count
}

/// The mean squared error against the triangle applied `asked` times.
fn error(model: &Mlp<f64>, asked: usize) -> TensorOf<f64> {
    let x: Vec<f64> = (0..256).map(|i| (f64::from(i) + 0.5) / 256.0).collect();
    let folded = |x: &f64| (0..asked).fold(*x, |x, _| 1.0 - (2.0 * x - 1.0).abs());
    let y = TensorOf::new(x.iter().map(folded).collect(), &[256, 1]);
    let x = TensorOf::new(x, &[256, 1]);
    let gap = model.forward(&x, &mut Context::evaluation()).sub(&y);
    gap.mul(&gap).mean_all()
}

/// The least error on the way of a descent, at the better of two rates.
fn descended(sizes: &[usize], asked: usize, steps: usize, seed: u64) -> f64 {
    let of_rate = |rate: f64| {
        let model = Mlp::new(sizes, Activation::Relu, &mut generator(seed));
        let mut least = f64::INFINITY;
        descend(&model, rate, steps, |_| {
            let loss = error(&model, asked);
            least = least.min(loss.item());
            loss
        });
        least
    };
    of_rate(0.1).min(of_rate(0.01))
}
