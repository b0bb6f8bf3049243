//! cross_entropy.cu, with ignored rows, smoothing, impossible classes and targets beyond them.

use super::harness::*;
use super::reduce::rows;
use gradus::autograd::TensorOf;
use gradus::device::{Arguments, Gpu, Memory, Shape, kernels};
use gradus::element::Real;
use gradus::ops::CrossEntropyOptions;
use gradus::tensor::Array;

const IGNORED: u32 = 99;

struct Result {
    loss: f32,
    n: f32,
    dx: Vec<f32>,
}

/// What the kernels say; the gradient of the loss is ¾.
fn run(
    gpu: &Gpu,
    x: &Array<f32>,
    targets: &[u32],
    options: CrossEntropyOptions,
) -> Result {
    let [m, classes] = *x.shape() else { panic!("a matrix") };
    let CrossEntropyOptions { ignore_index, label_smoothing } = options;
    let (whole, uniform) = (1.0 - label_smoothing, label_smoothing / classes as f64);
    let (x, targets) = (on(gpu, x.storage()), on(gpu, targets));
    let row_wise = |arguments: Arguments| {
        arguments
            .count(m)
            .count(classes)
            .number(u32::from(ignore_index.is_some()))
            .number(ignore_index.unwrap_or(0))
            .number(whole as f32)
            .number(uniform as f32)
    };
    let [losses, counted]: [Memory<f32>; 2] = [room(gpu, m), room(gpu, m)];
    let inputs = || Arguments::new().memory("logits", &x).memory("targets", &targets);
    let arguments = inputs().memory("losses", &losses).memory("counted", &counted);
    let source = &kernels::CROSS_ENTROPY;
    launch(gpu, source, "cross_entropy_value", rows(m), row_wise(arguments));
    let [loss, n]: [Memory<f32>; 2] = [room(gpu, 1), room(gpu, 1)];
    let arguments = Arguments::new()
        .memory("losses", &losses)
        .memory("counted", &counted)
        .memory("loss", &loss)
        .memory("n", &n)
        .count(m);
    launch(gpu, source, "cross_entropy_mean", Shape::row(1, 64), arguments);
    let (dy, dx) = (on(gpu, &[0.75f32]), room(gpu, m * classes));
    let arguments = inputs().memory("dy", &dy).memory("n", &n).memory("dx", &dx);
    launch(gpu, source, "cross_entropy_slope", rows(m), row_wise(arguments));
    Result { loss: back(gpu, &loss)[0], n: back(gpu, &n)[0], dx: back(gpu, &dx) }
}

fn truth<T: Real>(
    x: Array<T>,
    targets: &[u32],
    options: CrossEntropyOptions,
) -> (Vec<T>, Vec<T>) {
    let x = TensorOf::from(x).tracked();
    let targets = Array::new(targets.to_vec(), &[targets.len()]);
    let loss = x.cross_entropy(&targets, options);
    let value = loss.to_vec();
    let gradients = loss.backward_from(Array::scalar(T::of(0.75)));
    (value, gradients.of(&x).unwrap().to_vec())
}

fn check(gpu: &Gpu, x: &Array<f32>, targets: &[u32], options: CrossEntropyOptions) {
    let got = run(gpu, x, targets, options);
    let (want, want_dx) = truth(wide(x), targets, options);
    let (class, class_dx) = truth(x.clone(), targets, options);
    let n = targets.iter().filter(|t| options.ignore_index != Some(**t)).count().max(1);
    assert_eq!(got.n, n as f32);
    near(
        &format!("loss {:?} {options:?}", x.shape()),
        &[got.loss],
        &want,
        &class,
        |_| Bound { ulps: 2.0, floor: 2.0 * EPSILON },
    );
    near(
        &format!("dx {:?} {options:?}", x.shape()),
        &got.dx,
        &want_dx,
        &class_dx,
        |_| Bound { ulps: 2.0, floor: EPSILON / n as f64 },
    );
}

pub fn losses_and_gradients_at_odd_sizes(gpu: &Gpu) {
        for [m, classes] in
            [[1, 1], [3, 31], [33, 5], [70, 33], [4, 257], [2, 1000], [0, 3]]
        {
            let x = array(&[m, classes], 1);
            let mut targets: Vec<u32> =
                (0..m).map(|row| (row * 7 % classes) as u32).collect();
            for label_smoothing in [0.0, 0.1, 1.0] {
                let options = CrossEntropyOptions { ignore_index: None, label_smoothing };
                check(gpu, &x, &targets, options);
            }
            // every third row does not count, then none does
            targets.iter_mut().step_by(3).for_each(|target| *target = IGNORED);
            let ignore_index = Some(IGNORED);
            for label_smoothing in [0.0, 0.1] {
                let options = CrossEntropyOptions { ignore_index, label_smoothing };
                check(gpu, &x, &targets, options);
            }
            let options = CrossEntropyOptions { ignore_index, label_smoothing: 0.1 };
            check(gpu, &x, &vec![IGNORED; m], options);
        }
}

pub fn impossible_classes_and_large_logits(gpu: &Gpu) {
    let inf = f32::INFINITY;
    let rows = [[0.0, -inf, 1.0], [1000.0, 998.0, -1e30], [-1000.0, -1000.0, -1000.0]];
        let x = Array::new(rows.concat(), &[3, 3]);
        check(gpu, &x, &[2, 0, 1], CrossEntropyOptions::default()); // no 0 · ∞
        check(gpu, &x, &[1, 0, 1], CrossEntropyOptions::default()); // what came was impossible
        // smoothed away altogether, a target that was impossible has no share of its own
        let options = CrossEntropyOptions { ignore_index: None, label_smoothing: 1.0 };
        check(gpu, &x, &[1, 0, 1], options);
        for row in [[-inf; 3], [inf, 0.0, 1.0], [f32::NAN, 0.0, 1.0]] {
            let x = Array::new(row.to_vec(), &[1, 3]);
            check(gpu, &x, &[1], CrossEntropyOptions::default());
        }
}

pub fn a_target_beyond_the_classes_is_not_a_number(gpu: &Gpu) {
        let x = array(&[2, 5], 2);
        let Result { loss, dx, .. } =
            run(gpu, &x, &[1, 5], CrossEntropyOptions::default());
        assert!(loss.is_nan());
        assert!(
            dx[..5].iter().all(|dx| dx.is_finite())
                && dx[5..].iter().all(|dx| dx.is_nan())
        );
}
