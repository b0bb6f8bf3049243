//! The error of finite differences against their step, for eˣ: its value and all its
//! derivatives are the same, so no constant hides the slopes.

use gradus::autograd::TensorOf;
use gradus::element::Real;
use gradus::random::{generator, uniform};
use gradus::report::{Figure, Run, mean_and_spread, slope};
use gradus::tensor::Array;

/// How many points, between 0 and 1, the error is averaged over.
const POINTS: usize = 2000;

/// A kind of difference in one precision, and between which steps each slope is fitted.
struct Kind {
    name: &'static str,
    key: &'static str,
    error: fn(&[f64], f64) -> f64,
    /// Where truncation rules, and where rounding does.
    truncation: (f64, f64),
    rounding: (f64, f64),
    /// The least step of the grid: below it, x + h is x.
    least: f64,
}

const KINDS: [Kind; 4] = [
    Kind {
        name: "one-sided, f32",
        key: "f32.one",
        error: one_sided::<f32>,
        truncation: (1e-2, 0.2),
        rounding: (1e-6, 3e-5),
        least: 1e-6,
    },
    Kind {
        name: "central, f32",
        key: "f32.central",
        error: central::<f32>,
        truncation: (5e-2, 0.5),
        rounding: (1e-6, 3e-4),
        least: 1e-6,
    },
    Kind {
        name: "one-sided, f64",
        key: "f64.one",
        error: one_sided::<f64>,
        truncation: (1e-6, 0.2),
        rounding: (1e-14, 1e-9),
        least: 1e-14,
    },
    Kind {
        name: "central, f64",
        key: "f64.central",
        error: central::<f64>,
        truncation: (1e-3, 0.5),
        rounding: (1e-14, 1e-7),
        least: 1e-14,
    },
];

pub fn vary(run: &mut Run) {
    let steps: Vec<f64> = (0..=56).map(|k| 10f64.powf(-0.25 * f64::from(k))).collect();
    let mut figure = Figure::new("The error of a finite difference against its step")
        .x_log("step h")
        .y_log("relative error");
    let mut rows = Vec::new();
    for kind in &KINDS {
        let steps: Vec<f64> =
            steps.iter().copied().filter(|h| *h >= 0.99 * kind.least).collect();
        let (mut all, mut right, mut left) = (vec![vec![]; steps.len()], vec![], vec![]);
        let (mut best, mut least) = (vec![], vec![]);
        for seed in run.seeds().to_vec() {
            let mut random = generator(seed);
            let points: Vec<f64> =
                (0..POINTS).map(|_| f64::from(uniform(&mut random) as f32)).collect();
            let errors: Vec<f64> =
                steps.iter().map(|h| (kind.error)(&points, *h)).collect();
            right.push(fitted(&steps, &errors, kind.truncation));
            left.push(fitted(&steps, &errors, kind.rounding));
            let smallest =
                (0..steps.len()).min_by(|a, b| errors[*a].total_cmp(&errors[*b]));
            let smallest = smallest.expect("there are steps");
            best.push(steps[smallest].log10());
            least.push(errors[smallest].log10());
            all.iter_mut().zip(&errors).for_each(|(all, error)| all.push(*error));
        }
        let key = |what: &str| format!("steps.{}.{what}", kind.key);
        rows.push(vec![
            kind.name.to_string(),
            run.measured(&key("truncation"), &right, 2),
            run.measured(&key("rounding"), &left, 2),
            run.measured(&key("best"), &best, 2),
            run.measured(&key("error"), &least, 1),
        ]);
        let mean = |(h, errors): (&f64, &Vec<f64>)| (*h, mean_and_spread(errors).0);
        let points: Vec<_> = steps.iter().zip(&all).map(mean).collect();
        figure = figure.line(kind.name, &points);
    }
    run.figure("steps", figure);
    run.table(
        "steps",
        "Finite differences of eˣ: the two slopes on logarithmic axes, and the best step",
        &[
            "difference",
            "slope, large steps",
            "slope, small steps",
            "log₁₀ of the best step",
            "log₁₀ of the error there",
        ],
        &rows,
    );
}

/// The root of the mean squared relative error of (f(x + h) − f(x)) / h.
fn one_sided<T: Real>(points: &[f64], h: f64) -> f64 {
    error::<T>(points, |x| {
        (x.add_scalar(T::of(h)).exp().sub(&x.exp())).scale(T::of(1.0 / h))
    })
}

/// The same of (f(x + h) − f(x − h)) / 2h.
fn central<T: Real>(points: &[f64], h: f64) -> f64 {
    error::<T>(points, |x| {
        let (up, down) = (x.add_scalar(T::of(h)).exp(), x.add_scalar(T::of(-h)).exp());
        up.sub(&down).scale(T::of(0.5 / h))
    })
}

fn error<T: Real>(
    points: &[f64],
    difference: impl Fn(&TensorOf<T>) -> TensorOf<T>,
) -> f64 {
    let x: TensorOf<T> = Array::from_fn(&[points.len()], |i| T::of(points[i])).into();
    let slopes: Array<f64> = difference(&x).value().map(|slope| slope.f64());
    let relative = |(slope, x): (f64, &f64)| (slope / x.exp() - 1.0).powi(2);
    let squares: f64 = slopes.to_vec().into_iter().zip(points).map(relative).sum();
    (squares / points.len() as f64).sqrt()
}

/// The slope of the straight line that fits best, on logarithmic axes, between two steps.
fn fitted(steps: &[f64], errors: &[f64], (from, to): (f64, f64)) -> f64 {
    let inside = |h: f64| (0.99 * from..=1.01 * to).contains(&h);
    let pairs = steps.iter().zip(errors).filter(|(h, _)| inside(**h));
    let points: Vec<(f64, f64)> = pairs.map(|(h, e)| (h.log10(), e.log10())).collect();
    slope(&points)
}
