//! What a gradient costs beside the loss: by the walk back, and by central differences.

use gradus::autograd::TensorOf;
use gradus::gradcheck::central_differences;
use gradus::random::{generator, normal};
use gradus::report::Run;
use gradus::tensor::Array;
use std::hint::black_box;
use std::time::Instant;

/// Rows of inputs.
const ROWS: usize = 256;

/// Above so many weights, central differences are counted and not timed.
const PATIENCE: usize = 1100;

pub fn measure(run: &mut Run, mode: &str) {
    let (rounds, sides): (usize, &[usize]) = match mode {
        "quick" => (5, &[4, 16]),
        "full" => (51, &[4, 16, 32, 64, 128, 256, 512, 1024]),
        _ => (21, &[4, 16, 32, 64, 128, 256, 512]),
    };
    let mut rows = Vec::new();
    for side in sides {
        let mut random = generator(0);
        let mut numbers = |shape: [usize; 2], scale: f64| {
            Array::from_fn(&shape, |_| scale * normal(&mut random))
        };
        let inputs: TensorOf<f64> = numbers([ROWS, *side], 1.0).into();
        let weights = numbers([*side, *side], (*side as f64).powf(-0.5));
        let loss = |weights: &TensorOf<f64>| {
            let y = inputs.matmul(weights).tanh();
            y.mul(&y).sum_all().scale(1.0 / ROWS as f64)
        };
        let value = || loss(&weights.clone().into()).item();
        let gradient = || {
            let weights = TensorOf::from(weights.clone()).tracked();
            loss(&weights).backward().take(&weights).expect("it is tracked")
        };
        let differences = || central_differences(&weights, |w| loss(&w.into()).item());
        black_box(value());
        black_box(gradient());
        let (mut forward, mut both) = (Vec::new(), Vec::new());
        // In turn, so that whatever slows the machine slows both; many at a time, so that
        // a round lasts.
        let many = (200_000 / (side * side)).clamp(1, 100);
        for _ in 0..rounds {
            forward.push(seconds(many, value));
            both.push(seconds(many, gradient));
        }
        let d = side * side;
        let slow = (d <= PATIENCE).then(|| seconds(1, differences));
        let key = |what: &str| format!("cost.{d}.{what}");
        let ratios: Vec<f64> = both.iter().zip(&forward).map(|(b, f)| b / f).collect();
        let median = |text: String| text.split(' ').next().unwrap_or("").to_string();
        rows.push(vec![
            grouped(d),
            median(run.timings(&key("loss"), &forward, 1e-6, 0)),
            median(run.timings(&key("gradient"), &both, 1e-6, 0)),
            run.timings(&key("ratio"), &ratios, 1.0, 1),
            grouped(2 * d),
            slow.map_or("not timed".into(), |time| {
                run.timing(&key("differences"), time);
                format!("{time:.3}")
            }),
        ]);
    }
    run.table(
        "cost",
        "Loss and gradient of d weights: medians, and the ratio with its range",
        &[
            "d",
            "loss, microseconds",
            "with gradient, microseconds",
            "ratio of the seconds",
            "differences: losses",
            "differences: seconds",
        ],
        &rows,
    );
}

/// The mean time of one call.
fn seconds<T>(many: usize, work: impl Fn() -> T) -> f64 {
    let start = Instant::now();
    (0..many).for_each(|_| drop(black_box(work())));
    start.elapsed().as_secs_f64() / many as f64
}

/// 262,144.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let comma = |(i, digit): (usize, char)| match (digits.len() - i) % 3 {
        0 if i > 0 => format!(",{digit}"),
        _ => digit.to_string(),
    };
    digits.chars().enumerate().map(comma).collect()
}
