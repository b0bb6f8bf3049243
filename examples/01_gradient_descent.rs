//! Chapter 1: how long a step may be, why the scale of the features matters, and what
//! both regressions reach on real data, beside an independent solver.

mod support;

use clap::Parser;
use gradus::gradient_descent::*;
use gradus::random::{generator, normal, uniform};
use gradus::report::{Figure, Run, mean_and_spread};
use smartcore::dataset::{breast_cancer, diabetes};
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::linalg::traits::evd::EVDDecomposable;
use smartcore::linear::linear_regression::{
    LinearRegression, LinearRegressionParameters,
};
use smartcore::linear::logistic_regression::{
    LogisticRegression, LogisticRegressionParameters,
};
use support::{Arguments, Table};

fn main() -> gradus::Result<()> {
    let arguments = Arguments::parse();
    let source = include_str!("01_gradient_descent.rs");
    let mut run = Run::new(
        "01-gradient_descent",
        source,
        arguments.mode(),
        arguments.seeds(3, 10, 30),
    );
    walks_in_a_bowl(&mut run);
    critical_rate(&mut run);
    local_minima(&mut run);
    scale_of_the_features(&mut run);
    separable_classes(&mut run);
    regression_on_diabetes(&mut run);
    classification_on_breast_cancer(&mut run);
    run.finish(&arguments.out)
}

/// Paths on L(w) = (w₁² + 10 w₂²)/2, whose largest eigenvalue is 10: 2/λmax = 0.2.
fn walks_in_a_bowl(run: &mut Run) {
    let mut figure = Figure::new("Three walks in one bowl").x("w₁").y("w₂").equal_axes();
    for level in [2.0f64, 12.0, 30.0, 56.0] {
        let ring = (0..=120).map(|k| 2.0 * std::f64::consts::PI * k as f64 / 120.0);
        let ring: Vec<_> = ring
            .map(|t| ((2.0 * level).sqrt() * t.cos(), (level / 5.0).sqrt() * t.sin()))
            .collect();
        figure = figure.guide(&ring);
    }
    for rate in [0.02, 0.1, 0.19] {
        let (mut w, mut path) = (vec![-9.0, 2.5], vec![(-9.0, 2.5)]);
        for _ in 0..25 {
            let gradient = [w[0], 10.0 * w[1]];
            step(&mut w, &gradient, rate);
            path.push((w[0], w[1]));
        }
        figure = figure.line(&format!("η = {rate}"), &path);
    }
    run.figure("bowl", figure);
}

// ANCHOR: critical
/// The loss of linear regression on diabetes just below 2/λmax and just above it.
fn critical_rate(run: &mut Run) {
    let factors = [0.5, 0.99, 1.01];
    let (mut rates, mut checked, mut ends) =
        (Vec::new(), Vec::new(), vec![Vec::new(); factors.len()]);
    let mut figure = Figure::new("Below 2/λmax it converges, above it diverges")
        .x("step")
        .y_log("loss − smallest loss");
    for &seed in &run.seeds().to_vec() {
        let (train, _) = prepared(Table::new(diabetes::load_dataset()), seed);
        let critical = critical_learning_rate(&mean_squared_error_hessian(&train.inputs));
        let smallest =
            mean_squared_error(&least_squares(&train), &train.inputs, &train.targets);
        for (factor, ends) in factors.iter().zip(&mut ends) {
            let start = vec![0.0; train.inputs[0].len()];
            let descent = descend(start, factor * critical, &Rule::budget(1000), |w| {
                squared(w, &train)
            });
            let above: Vec<f64> =
                descent.losses.iter().map(|loss| loss - smallest).collect();
            ends.push(above[1000] / above[0]);
            if seed == 0 {
                let points: Vec<_> =
                    (0..=1000).step_by(5).map(|k| (k as f64, above[k])).collect();
                figure = figure.line(&format!("η = {factor} · 2/λmax"), &points);
            }
        }
        rates.push(critical);
        checked.push(2.0 / eigenvalues(&mean_squared_error_hessian(&train.inputs))[0]);
    }
    run.figure("critical", figure);
    run.measured("critical.rate", &rates, 3);
    let gap =
        rates.iter().zip(&checked).map(|(a, b)| (a / b - 1.0).abs()).fold(0.0, f64::max);
    run.number_as("critical.gap", gap, &scientific(gap));
    let seeds = rates.len();
    let count = |ends: &[f64], holds: fn(&f64) -> bool| {
        ends.iter().filter(|end| holds(end)).count()
    };
    let rows = factors.iter().zip(&ends).map(|(factor, ends)| {
        let (smaller, larger) =
            (count(ends, |end| *end < 1.0), count(ends, |end| *end > 1.0));
        let worst = ends
            .iter()
            .copied()
            .fold(f64::NAN, if larger > 0 { f64::min } else { f64::max });
        vec![
            format!("{factor}"),
            format!("{smaller} of {seeds}"),
            format!("{larger} of {seeds}"),
            scientific(worst),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let columns = [
        "η in units of 2/λmax",
        "fell",
        "grew",
        "weakest case: loss ÷ loss at the start",
    ];
    run.table(
        "critical",
        "The loss above its minimum after 1,000 steps",
        &columns,
        &rows,
    );
    sweep(run);
}
// ANCHOR_END: critical

/// The steps until only a hundredth of the avoidable loss is left, for learning rates up
/// to the critical one.
fn sweep(run: &mut Run) {
    let factors = [0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99];
    let mut points = Vec::new();
    for factor in factors {
        let steps: Vec<f64> = run
            .seeds()
            .iter()
            .map(|&seed| {
                let (train, _) = prepared(Table::new(diabetes::load_dataset()), seed);
                let rate = factor
                    * critical_learning_rate(&mean_squared_error_hessian(&train.inputs));
                let smallest = mean_squared_error(
                    &least_squares(&train),
                    &train.inputs,
                    &train.targets,
                );
                let first = squared(&vec![0.0; train.inputs[0].len()], &train).0;
                let descent = descend(
                    vec![0.0; train.inputs[0].len()],
                    rate,
                    &Rule::budget(5000),
                    |w| squared(w, &train),
                );
                let there = |loss: &f64| loss - smallest <= 0.01 * (first - smallest);
                descent.losses.iter().position(there).unwrap_or(5000) as f64
            })
            .collect();
        points.push((factor, mean_and_spread(&steps).0));
        run.measured(&format!("sweep.{factor}"), &steps, 0);
    }
    let figure = Figure::new("Too short and too long are both slow")
        .x("η in units of 2/λmax")
        .y_log("steps");
    run.figure(
        "sweep",
        figure.line("steps to 99 % of the way", &points).points("measured", &points),
    );
}

/// f(w) = w⁴/4 − w² + 0.3 w has a shallow minimum on the right and a deep one on the
/// left.
fn local_minima(run: &mut Run) {
    let f = |w: f64| w.powi(4) / 4.0 - w * w + 0.3 * w;
    let slope = |w: f64| w.powi(3) - 2.0 * w + 0.3;
    let walk = |start: f64| {
        descend(
            vec![start],
            0.05,
            &Rule { gradient_norm: 1e-9, ..Rule::budget(10_000) },
            |w| (f(w[0]), vec![slope(w[0])]),
        )
    };
    let shares: Vec<f64> = run
        .seeds()
        .iter()
        .map(|&seed| {
            let mut random = generator(seed);
            let deep = (0..1000)
                .filter(|_| walk(5.0 * uniform(&mut random) - 2.5).weights[0] < 0.0)
                .count();
            deep as f64 / 10.0
        })
        .collect();
    run.measured("minima.deep", &shares, 1);
    let (left, right) = (walk(-2.5).weights[0], walk(2.5).weights[0]);
    run.number("minima.left", left, 2);
    run.number("minima.right", right, 2);
    run.number("minima.left_value", f(left), 2);
    run.number("minima.right_value", f(right), 2);
    let curve: Vec<_> =
        (-44..=42).map(|k| f64::from(k) / 20.0).map(|w| (w, f(w))).collect();
    let visited = |start: f64| -> Vec<(f64, f64)> {
        let mut w = [start];
        (0..20)
            .map(|_| {
                let at = (w[0], f(w[0]));
                let g = [slope(w[0])];
                step(&mut w, &g, 0.05);
                at
            })
            .collect()
    };
    let figure = Figure::new("Where a walk ends depends on where it begins")
        .x("w")
        .y("f(w)")
        .line("f", &curve);
    run.figure(
        "minima",
        figure.points("from w = 0", &visited(0.0)).points("from w = 0.5", &visited(0.5)),
    );
}

// ANCHOR: scale
/// Logistic regression on breast cancer, features as they were measured against features
/// on one scale.
fn scale_of_the_features(run: &mut Run) {
    let mut figure =
        Figure::new("The same data, the same number of steps").x_log("step").y("loss");
    let mut ends = [Vec::new(), Vec::new()];
    let mut conditions = [Vec::new(), Vec::new()];
    for &seed in &run.seeds().to_vec() {
        let (raw, _) =
            Table::new(breast_cancer::load_dataset()).split(0.8, &mut generator(seed));
        let scaled = Standardiser::fit(&raw.inputs).apply(&raw.inputs);
        for (index, (name, inputs)) in
            [("as measured", &raw.inputs), ("standardised", &scaled)]
                .into_iter()
                .enumerate()
        {
            let train = Table { inputs: with_bias(inputs), targets: raw.targets.clone() };
            let hessian = mean_squared_error_hessian(&train.inputs);
            let spectrum = eigenvalues(&hessian);
            conditions[index].push(spectrum[0] / spectrum[spectrum.len() - 1]);
            // The cross-entropy curves at most 1/8 as much as the squared error: the
            // slope of σ is at most 1/4, and there is no factor 2. Half of the critical
            // rate for that curvature is safe everywhere.
            let rate = 4.0 * critical_learning_rate(&hessian);
            let start = vec![0.0; train.inputs[0].len()];
            let descent =
                descend(start, rate, &Rule::budget(2000), |w| logistic(w, &train, 0.0));
            ends[index].push(descent.losses[2000]);
            if seed == 0 {
                let points: Vec<_> =
                    geometric(2000).map(|k| (k as f64, descent.losses[k])).collect();
                figure = figure.line(name, &points);
            }
        }
    }
    run.figure("scale", figure);
    for (name, index) in [("raw", 0), ("scaled", 1)] {
        run.measured(&format!("scale.{name}.loss"), &ends[index], 3);
        let (mean, _) = mean_and_spread(&conditions[index]);
        run.number_as(&format!("scale.{name}.condition"), mean, &scientific(mean));
    }
}
// ANCHOR_END: scale

/// Two clouds of points that a line separates: the weights grow for ever, unless they
/// have a price.
fn separable_classes(run: &mut Run) {
    let steps = 10_000;
    let mut figure = Figure::new("The length of the weights on separable classes")
        .x_log("step")
        .y("‖w‖");
    for (name, strength) in [("no penalty", 0.0), ("λ = 0.01", 0.01)] {
        let mut at = [Vec::new(), Vec::new(), Vec::new()];
        for &seed in &run.seeds().to_vec() {
            let mut random = generator(seed);
            let targets: Vec<f64> = (0..40).map(|row| f64::from(row % 2)).collect();
            let centre = |y: &f64| if *y == 1.0 { 4.0 } else { -4.0 };
            let inputs: Vec<_> = targets
                .iter()
                .map(|y| vec![centre(y) + normal(&mut random), normal(&mut random)])
                .collect();
            let data = Table { inputs: with_bias(&inputs), targets };
            let (mut weights, mut lengths) = (vec![0.0; 3], vec![0.0]);
            for _ in 0..steps {
                let gradient = logistic(&weights, &data, strength).1;
                step(&mut weights, &gradient, 0.1);
                lengths.push(norm(&weights[..2]));
            }
            for (at, step) in at.iter_mut().zip([100, 1000, 10_000]) {
                at.push(lengths[step]);
            }
            if seed == 0 {
                let points: Vec<_> =
                    geometric(steps).map(|k| (k as f64, lengths[k])).collect();
                figure = figure.line(name, &points);
            }
        }
        for (at, step) in at.iter().zip([100, 1000, 10_000]) {
            run.measured(&format!("separable.{strength}.{step}"), at, 2);
        }
    }
    run.figure("separable", figure);
}

// ANCHOR: diabetes
/// Linear regression on diabetes: the error on rows that were not trained on, beside the
/// closed form.
fn regression_on_diabetes(run: &mut Run) {
    let mut errors = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    let mut gaps = Vec::new();
    for &seed in run.seeds() {
        let (train, test) = prepared(Table::new(diabetes::load_dataset()), seed);
        let d = train.inputs[0].len();
        let rate =
            0.9 * critical_learning_rate(&mean_squared_error_hessian(&train.inputs));
        let rule = Rule { gradient_norm: 1e-8, ..Rule::budget(100_000) };
        let descended =
            descend(vec![0.0; d], rate, &rule, |w| squared(w, &train)).weights;
        let solved = least_squares(&train);
        let mean = train.targets.iter().sum::<f64>() / train.targets.len() as f64;
        let constant: Vec<f64> =
            (0..d).map(|j| if j == d - 1 { mean } else { 0.0 }).collect();
        let mut random = generator(seed);
        let random: Vec<f64> = (0..d).map(|_| normal(&mut random)).collect();
        for (errors, weights) in
            errors.iter_mut().zip([&constant, &random, &descended, &solved])
        {
            errors.push(mean_squared_error(weights, &test.inputs, &test.targets).sqrt());
        }
        gaps.push(
            descended.iter().zip(&solved).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max),
        );
    }
    let names = [
        "the mean of the training targets",
        "random weights",
        "gradient descent",
        "least squares, solved directly",
    ];
    let keys = ["mean", "random", "descent", "solved"];
    let rows: Vec<_> = (0..4)
        .map(|i| {
            vec![
                names[i].to_string(),
                run.measured(&format!("diabetes.{}", keys[i]), &errors[i], 1),
            ]
        })
        .collect();
    let gap = gaps.iter().copied().fold(0.0, f64::max);
    run.number_as("diabetes.gap", gap, &scientific(gap));
    run.table(
        "diabetes",
        "Diabetes: root mean squared error on the test rows",
        &["prediction by", "error"],
        &rows,
    );
}
// ANCHOR_END: diabetes

/// Logistic regression on breast cancer, beside an independent solver of the same
/// objective.
fn classification_on_breast_cancer(run: &mut Run) {
    let strength = 0.01;
    let mut accuracies = [Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    let mut gaps = Vec::new();
    for &seed in run.seeds() {
        let (train, test) = prepared(Table::new(breast_cancer::load_dataset()), seed);
        let (n, d) = (train.targets.len(), train.inputs[0].len());
        let descended = fit_logistic(&train, strength);
        let solved = independent_logistic(&train, strength);
        gaps.push(
            logistic(&descended, &train, strength).0
                - logistic(&solved, &train, strength).0,
        );
        let benign = train.targets.iter().sum::<f64>() / n as f64;
        let constant: Vec<f64> =
            (0..d).map(|j| if j == d - 1 { benign - 0.5 } else { 0.0 }).collect();
        let mut random = generator(seed);
        let random: Vec<f64> = (0..d).map(|_| normal(&mut random)).collect();
        // What happens if the test rows help to choose the scale?
        let all = Table::new(breast_cancer::load_dataset());
        let leaked = with_bias(&Standardiser::fit(&all.inputs).apply(&all.inputs));
        let (leaked_train, leaked_test) =
            Table { inputs: leaked, ..all }.split(0.8, &mut generator(seed));
        let leaky = fit_logistic(&leaked_train, strength);
        let models = [
            (&constant, &test),
            (&random, &test),
            (&descended, &test),
            (&solved, &test),
            (&leaky, &leaked_test),
        ];
        for (accuracies, (weights, test)) in accuracies.iter_mut().zip(models) {
            accuracies.push(accuracy(weights, test));
        }
    }
    let names = [
        "the more frequent class",
        "random weights",
        "gradient descent",
        "L-BFGS (smartcore), same objective",
        "gradient descent, scale fitted to all rows",
    ];
    let keys = ["majority", "random", "descent", "solved", "leaky"];
    let rows: Vec<_> = (0..5)
        .map(|i| {
            vec![
                names[i].to_string(),
                run.measured(&format!("cancer.{}", keys[i]), &accuracies[i], 1),
            ]
        })
        .collect();
    let gap = gaps.iter().fold(0f64, |largest, gap| largest.max(gap.abs()));
    run.number_as("cancer.gap", gap, &scientific(gap));
    let differ = accuracies[2].iter().zip(&accuracies[4]).filter(|(a, b)| a != b).count();
    run.number("cancer.leak_changes", differ as f64, 0);
    run.table(
        "cancer",
        "Breast cancer: accuracy on the test rows, in per cent",
        &["prediction by", "accuracy"],
        &rows,
    );
}

/// Four fifths of the rows for training, standardised by their own statistics, with a
/// bias.
fn prepared(data: Table, seed: u64) -> (Table, Table) {
    let (mut train, mut test) = data.split(0.8, &mut generator(seed));
    let standardiser = Standardiser::fit(&train.inputs);
    for table in [&mut train, &mut test] {
        table.inputs = with_bias(&standardiser.apply(&table.inputs));
    }
    (train, test)
}

fn squared(weights: &[f64], data: &Table) -> (f64, Vec<f64>) {
    let loss = mean_squared_error(weights, &data.inputs, &data.targets);
    (loss, mean_squared_error_gradient(weights, &data.inputs, &data.targets))
}

fn logistic(weights: &[f64], data: &Table, strength: f64) -> (f64, Vec<f64>) {
    let (price, slopes) = l2_penalty(weights, strength);
    let gradient = logistic_gradient(weights, &data.inputs, &data.targets);
    let gradient = gradient.iter().zip(&slopes).map(|(g, s)| g + s).collect();
    (logistic_loss(weights, &data.inputs, &data.targets) + price, gradient)
}

fn fit_logistic(train: &Table, strength: f64) -> Vec<f64> {
    let rate = 4.0 * critical_learning_rate(&mean_squared_error_hessian(&train.inputs));
    let rule = Rule { gradient_norm: 1e-6, ..Rule::budget(20_000) };
    descend(vec![0.0; train.inputs[0].len()], rate, &rule, |w| {
        logistic(w, train, strength)
    })
    .weights
}

/// The share of rows, in per cent, on the right side of even odds.
fn accuracy(weights: &[f64], test: &Table) -> f64 {
    let right = test
        .inputs
        .iter()
        .zip(&test.targets)
        .filter(|(x, y)| (dot(weights, x) > 0.0) == (**y == 1.0));
    100.0 * right.count() as f64 / test.targets.len() as f64
}

/// The rows without their last feature, the bias, as `smartcore` wants them.
fn matrix(rows: &[Vec<f64>], drop: usize) -> DenseMatrix<f64> {
    let rows = rows.iter().map(|row| row[..row.len() - drop].to_vec()).collect();
    DenseMatrix::from_2d_vec(&rows).expect("the rows are equally long")
}

fn least_squares(train: &Table) -> Vec<f64> {
    let fitted = LinearRegression::fit(
        &matrix(&train.inputs, 1),
        &train.targets,
        LinearRegressionParameters::default(),
    );
    let fitted = fitted.expect("the features are linearly independent");
    let d = train.inputs[0].len() - 1;
    let coefficient =
        |j| *smartcore::linalg::basic::arrays::Array::get(fitted.coefficients(), (j, 0));
    (0..d).map(coefficient).chain([*fitted.intercept()]).collect()
}

fn independent_logistic(train: &Table, strength: f64) -> Vec<f64> {
    use smartcore::linalg::basic::arrays::Array;
    // Its objective is a sum over the rows, ours a mean: the price is scaled by their
    // number.
    let parameters = LogisticRegressionParameters::default()
        .with_alpha(strength * train.targets.len() as f64);
    let labels: Vec<u32> = train.targets.iter().map(|y| *y as u32).collect();
    let fitted = LogisticRegression::fit(&matrix(&train.inputs, 1), &labels, parameters)
        .expect("two classes");
    let d = train.inputs[0].len() - 1;
    (0..d)
        .map(|j| *fitted.coefficients().get((0, j)))
        .chain([*fitted.intercept().get((0, 0))])
        .collect()
}

/// The eigenvalues of a symmetric matrix, largest first, by `smartcore`.
fn eigenvalues(symmetric: &[Vec<f64>]) -> Vec<f64> {
    let mut values =
        matrix(symmetric, 0).evd(true).expect("a symmetric matrix has eigenvalues").d;
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

/// 1, 2, … spaced so that a logarithmic axis shows them evenly, up to `last`.
fn geometric(last: usize) -> impl Iterator<Item = usize> {
    let mut steps: Vec<usize> = (0..=120)
        .map(|k| (last as f64).powf(f64::from(k) / 120.0).round() as usize)
        .collect();
    steps.dedup();
    steps.into_iter()
}

/// `3.2 · 10⁻⁷`.
fn scientific(value: f64) -> String {
    let text = format!("{value:.0e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let raised: String = exponent
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            digit => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']
                [digit as usize - '0' as usize],
        })
        .collect();
    format!("{digits} · 10{raised}")
}
