//! softmax.cu: along the last axis, forward and backward.

use super::harness::*;
use super::reduce::rows;
use gradus::autograd::TensorOf;
use gradus::device::{Gpu, Arguments, kernels};
use gradus::element::Real;
use gradus::tensor::Array;

const INF: f32 = f32::INFINITY;

/// Rows of every length, and rows that are masked, large, infinite.
fn inputs() -> Vec<(&'static str, Array<f32>)> {
    let mut all: Vec<(&str, Array<f32>)> =
        [[1, 1], [3, 31], [5, 33], [4, 257], [2, 1000], [1, 5000], [3, 0], [0, 4]]
            .into_iter()
            .map(|shape| ("numbers", array(&shape, 1)))
            .collect();
    let special = [
        [-INF; 4],
        [-INF, 1.0, -INF, 2.0],
        [1000.0, 1000.0, -INF, 999.0],
        [-1000.0, -1001.0, -1002.0, -1e30],
        [INF, 1.0, 2.0, -INF],
        [f32::NAN, 1.0, 2.0, 3.0],
        [88.0, -88.0, 0.0, -0.0],
        [f32::MAX, f32::MIN, f32::MAX, 0.0],
    ];
    all.push(("special", Array::new(special.concat(), &[8, 4])));
    all
}

/// y and dx.
fn truth<T: Real>(name: &str, x: Array<T>, dy: Array<T>) -> [Vec<T>; 2] {
    let x = TensorOf::from(x).tracked();
    let y = match name {
        "softmax" => x.softmax(),
        "log_softmax" => x.log_softmax(),
        _ => x.logsumexp(&[1]),
    };
    let value = y.to_vec();
    [value, y.backward_from(dy).of(&x).unwrap().to_vec()]
}

pub fn softmax_its_logarithm_and_logsumexp(gpu: &Gpu) {
        for name in ["softmax", "log_softmax", "logsumexp"] {
            for (what, x) in inputs() {
                let [m, n] = *x.shape() else { panic!("a matrix") };
                let what = format!("{name} of {what} {m}×{n}");
                let wide_dy = [m, if name == "logsumexp" { 1 } else { n }];
                let dy = array(&wide_dy, 2);
                let class = truth(name, x.clone(), dy.clone());
                let want = truth(name, wide(&x), wide(&dy));
                let (from, y) = (on(gpu, x.storage()), room(gpu, class[0].len()));
                let arguments = Arguments::new().memory("x", &from).memory("y", &y);
                let arguments = arguments.count(m).count(n);
                let source = &kernels::SOFTMAX;
                launch(gpu, source, &format!("{name}_value"), rows(m), arguments);
                // An exponent −x that is rounded is off by x ε; the sum is right to a few ε.
                let far = |i: usize| {
                    let row = &x.to_vec()[i / n * n..][..n];
                    let m = row.iter().fold(-INF, |m, x| m.max(*x));
                    let far = f64::from(m - row[i % n]);
                    if far.is_nan() { 0.0 } else { far.min(110.0) }
                };
                near(&format!("{what}: y"), &back(gpu, &y), &want[0], &class[0], |i| {
                    match name {
                        "softmax" => Bound { ulps: 4.0 + 0.6 * far(i), floor: 0.0 },
                        _ => Bound { ulps: 1.5, floor: 3.0 * EPSILON },
                    }
                });

                let kept = if name == "logsumexp" { &from } else { &y };
                let (up, dx) = (on(gpu, dy.storage()), room(gpu, m * n));
                let arguments = Arguments::new().memory("kept", kept).memory("dy", &up);
                let arguments = arguments.memory("dx", &dx).count(m).count(n);
                launch(gpu, source, &format!("{name}_slope"), rows(m), arguments);
                // Σⱼ |dyⱼ| of the row, times the share of the element
                let share = truth("softmax", wide(&x), wide(&x))[0].clone();
                let ups = dy.to_vec();
                let floor = |i: usize| {
                    let columns = wide_dy[1];
                    let up = &ups[i / n * columns..][..columns];
                    let all: f64 = up.iter().map(|dy| f64::from(dy.abs())).sum();
                    let exponent = 0.6 * far(i) + 4.0;
                    let all = if name == "softmax" { 4.0 } else { all };
                    all * share[i].max(0.0) * exponent * EPSILON
                };
                near(&format!("{what}: dx"), &back(gpu, &dx), &want[1], &class[1], |i| {
                    let floor = floor(i);
                    Bound { ulps: 1.5, floor: if floor.is_nan() { 0.0 } else { floor } }
                });
            }
        }
}
