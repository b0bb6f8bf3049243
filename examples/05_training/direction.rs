//! How well the gradient of a batch points where that of all rows points, and how large its
//! noise is.

use crate::arm::{Arm, loss, train};
use crate::digits::{Digits, Set};
use crate::tune::both;
use gradus::neural_network::{Mlp, parameters};
use gradus::random::{Generator, generator_at, uniform};
use gradus::report::{Figure, Run, mean_and_spread, slope};

const SIZES: [usize; 10] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/// The gradient of all weights as one list.
fn gradient(model: &Mlp<f32>, set: &Set) -> Vec<f64> {
    let gradients = loss(model, set).backward();
    let own = parameters(model);
    let all =
        own.iter().map(|own| own.gradient(&gradients).expect("a gradient").to_vec());
    all.flatten().map(f64::from).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// For every size: the mean cosine with the whole gradient, and the mean squared distance
/// from it. Rows are drawn with replacement, so that the rows of a batch are independent.
fn at(
    model: &Mlp<f32>,
    set: &Set,
    draws: usize,
    random: &mut Generator,
) -> (Vec<(f64, f64)>, f64) {
    let whole = gradient(model, set);
    let length = dot(&whole, &whole).sqrt();
    let of = |size: &usize| {
        let (mut cosines, mut distances) = (Vec::new(), Vec::new());
        for _ in 0..draws {
            let draw = |_| (uniform(random) * set.len() as f64) as usize;
            let rows: Vec<usize> = (0..*size).map(draw).collect();
            let g = gradient(model, &set.rows(&rows));
            cosines.push(dot(&g, &whole) / (dot(&g, &g).sqrt() * length).max(1e-300));
            distances.push(g.iter().zip(&whole).map(|(g, w)| (g - w).powi(2)).sum());
        }
        (mean_and_spread(&cosines).0, mean_and_spread(&distances).0)
    };
    (SIZES.iter().map(of).collect(), length * length)
}

pub fn measure(run: &mut Run, splits: &[(u64, Digits)], draws: usize) {
    let mut cosine =
        Figure::new("The gradient of a batch against the gradient of all rows")
            .x_log("batch size")
            .y("mean cosine");
    let mut noise = Figure::new("The variance of a batch's gradient falls as 1/B")
        .x_log("batch size")
        .y_log("variance over signal, E‖g − G‖² / ‖G‖²");
    for (key, name, epochs) in
        [("start", "at the start", 0), ("later", "after ten epochs", 10)]
    {
        let measured = both(splits, |(seed, digits)| {
            let arm = Arm { rate: 0.125, ..Arm::epochs(16, epochs, 1024) };
            let model = train(&arm, &digits.train, *seed, |_, _, _| true);
            let model = model.expect("this rate does not diverge");
            at(&model, &digits.train, draws, &mut generator_at([*seed, 0, 0, 6]))
        });
        let (mut slopes, mut scales) = (Vec::new(), Vec::new());
        for (found, signal) in &measured {
            let logs =
                SIZES.iter().zip(found).map(|(b, (_, n))| ((*b as f64).ln(), n.ln()));
            slopes.push(slope(&logs.collect::<Vec<_>>()));
            // B · E‖g − G‖² is the same for all B: the noise of one row.
            let one = SIZES.iter().zip(found).map(|(b, (_, n))| *b as f64 * n);
            scales.push(one.sum::<f64>() / SIZES.len() as f64 / signal);
        }
        run.measured(&format!("direction.{key}.slope"), &slopes, 2);
        run.measured(&format!("direction.{key}.scale"), &scales, 0);
        let mut points = (Vec::new(), Vec::new());
        for (place, size) in SIZES.iter().enumerate() {
            let cosines: Vec<f64> =
                measured.iter().map(|(found, _)| found[place].0).collect();
            let ratio =
                |(found, signal): &(Vec<(f64, f64)>, f64)| found[place].1 / signal;
            let ratios: Vec<f64> = measured.iter().map(ratio).collect();
            points.0.push((*size as f64, mean_and_spread(&cosines).0));
            points.1.push((*size as f64, mean_and_spread(&ratios).0));
            if [1, 16, 256].contains(size) {
                run.measured(&format!("direction.{key}.cosine.{size}"), &cosines, 2);
            }
        }
        cosine = cosine.line(name, &points.0);
        noise = noise.line(name, &points.1);
    }
    run.figure("direction.cosine", cosine);
    run.figure("direction.noise", noise);
}
