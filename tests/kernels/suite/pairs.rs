//! elementwise_pairs.cu and losses.cu: two tensors, broadcast to each other.

use super::harness::*;
use gradus::autograd::TensorOf;
use gradus::device::{Arguments, Gpu, Memory, kernels};
use gradus::element::Real;
use gradus::tensor::{Array, broadcast_shape};

type Of<T> = fn(&TensorOf<T>, &TensorOf<T>) -> TensorOf<T>;

/// A function as the library has it; its value and slopes in units in the last place.
struct Pair {
    name: &'static str,
    value: f64,
    slope: f64,
    f32: Of<f32>,
    f64: Of<f64>,
}

macro_rules! pairs {
    ($($name:literal $value:literal $slope:literal $f:expr),+ $(,)?) => {
        vec![$(Pair { name: $name, value: $value, slope: $slope, f32: $f, f64: $f }),+]
    };
}

/// One rounding is half a unit; dy times a slope that is rounded itself is more.
fn pairs() -> Vec<Pair> {
    pairs![
        "add" 0.5 0.0 |a, b| a.add(b),
        "sub" 0.5 0.0 |a, b| a.sub(b),
        "mul" 0.5 0.5 |a, b| a.mul(b),
        "div" 0.51 1.5 |a, b| a.div(b),
        "maximum" 0.0 0.0 |a, b| a.maximum(b),
        "minimum" 0.0 0.0 |a, b| a.minimum(b),
    ]
}

/// y, da, db; the gradients before they are summed over copies.
fn truth<T: Real>(f: Of<T>, a: &Array<T>, b: &Array<T>, dy: &Array<T>) -> [Vec<T>; 3] {
    let [a, b] = [a, b].map(|x| TensorOf::from(x.contiguous()).tracked());
    let y = f(&a, &b);
    let value = y.to_vec();
    let gradients = y.backward_from(dy.contiguous());
    [value, gradients.of(&a).unwrap().to_vec(), gradients.of(&b).unwrap().to_vec()]
}

/// Arguments of a kernel: memories with their layouts, if it is one for views.
fn given(strided: bool, all: &[(&'static str, &Array<f32>, &Memory<f32>)]) -> Arguments {
    all.iter().fold(Arguments::new(), |arguments, (name, array, memory)| {
        let arguments = arguments.memory(name, memory);
        if strided { arguments.layout(array.layout()) } else { arguments }
    })
}

fn check(gpu: &Gpu, pair: &Pair, what: &str, a: &Array<f32>, b: &Array<f32>) {
    let shape = broadcast_shape(a.shape(), b.shape()).unwrap();
    let (a, b) = (a.broadcast_to(&shape), b.broadcast_to(&shape));
    let order: Vec<usize> = (0..shape.len()).rev().collect();
    let turned: Vec<usize> = shape.iter().rev().copied().collect();
    let dy = array(&turned, 9).permute(&order);
    let all = [&a, &b, &dy];
    let class = truth(pair.f32, &a, &b, &dy);
    let exact = truth(pair.f64, &wide(&a), &wide(&b), &wide(&dy));
    let contiguous = all.iter().all(|x| x.layout().is_contiguous());
    let [at, bt, dyt] = all.map(|x| on(gpu, x.storage()));
    for (i, kernel) in ["value", "slope_a", "slope_b"].iter().enumerate() {
        let mut inputs = vec![("a", &a, &at), ("b", &b, &bt)];
        if i > 0 {
            inputs.push(("dy", &dy, &dyt));
        }
        let to = room(gpu, a.size());
        let arguments = given(!contiguous, &inputs).memory("result", &to).count(a.size());
        let strided = if contiguous { "" } else { "_strided" };
        let name = format!("{}_{kernel}{strided}", pair.name);
        launch(gpu, &kernels::ELEMENTWISE_PAIRS, &name, few(a.size()), arguments);
        let ulps = if i == 0 { pair.value } else { pair.slope };
        near(&format!("{name} {what}"), &back(gpu, &to), &exact[i], &class[i], |_| {
            Bound { ulps, floor: 0.0 }
        });
    }
}

pub fn pairs_at_odd_sizes(gpu: &Gpu) {
        for pair in pairs() {
            for count in SIZES {
                check(gpu, &pair, "alike", &array(&[count], 1), &array(&[count], 2));
            }
        }
}

pub fn pairs_of_views_that_are_broadcast(gpu: &Gpu) {
        for pair in pairs() {
            let b = array(&[7], 10);
            for (name, a) in views(11) {
                if a.shape().last() == Some(&7) {
                    check(gpu, &pair, name, &a, &b);
                    check(gpu, &pair, name, &b, &a);
                }
            }
            let (column, row) = (array(&[33, 1], 12), array(&[4, 1, 31], 13));
            check(gpu, &pair, "column and row", &column, &row);
            check(gpu, &pair, "with one number", &array(&[], 14), &row);
        }
}

pub fn pairs_at_special_values(gpu: &Gpu) {
    let n = SPECIAL.len();
    let (a, b) =
        (Array::new(SPECIAL.to_vec(), &[n, 1]), Array::new(SPECIAL.to_vec(), &[n]));
        for pair in pairs() {
            let all = |x: &Array<f32>| x.broadcast_to(&[n, n]).contiguous();
            check(gpu, &pair, "special values", &all(&a), &all(&b));
        }
}

pub fn where_chooses_and_does_not_multiply(gpu: &Gpu) {
    let a = Array::new(vec![1.0, f32::NAN, f32::INFINITY, -0.0, 5.0, 6.0], &[2, 3]);
    let b = Array::new(vec![f32::NAN, -2.0, f32::NEG_INFINITY], &[3]);
    let mask = Array::new(vec![1u32, 0, 0, 7, 1, 0], &[3, 2]).transpose(0, 1);
    let want =
        TensorOf::from(a.clone()).where_(&mask, &TensorOf::from(b.clone())).to_vec();
        let masks = on(gpu, mask.storage());
        let wide_b = b.broadcast_to(&[2, 3]);
        let (at, bt, to) = (on(gpu, a.storage()), on(gpu, b.storage()), room(gpu, 6));
        let arguments = Arguments::new()
            .memory("mask", &masks)
            .layout(mask.layout())
            .memory("a", &at)
            .layout(a.layout())
            .memory("b", &bt)
            .layout(wide_b.layout())
            .memory("y", &to)
            .count(6);
        let source = &kernels::ELEMENTWISE_PAIRS;
        launch(gpu, source, "where_value_strided", few(6), arguments);
        same("where", &back(gpu, &to), &want);

        let (masks, bt) = (on(gpu, &mask.to_vec()), on(gpu, &wide_b.to_vec()));
        let to = room(gpu, 6);
        let arguments = Arguments::new()
            .memory("mask", &masks)
            .memory("a", &at)
            .memory("b", &bt)
            .memory("y", &to)
            .count(6);
        launch(gpu, source, "where_value", few(6), arguments);
        same("where, contiguous", &back(gpu, &to), &want);

        // Backward: da is dy or a zero that is broadcast.
        let a = TensorOf::from(array(&[2, 3], 1)).tracked();
        let dy = array(&[2, 3], 2);
        let y = a.where_(&mask, &TensorOf::from(b.clone()));
        let want = y.backward_from(dy.clone()).of(&a).unwrap().to_vec();
        let zero = Array::scalar(0f32).broadcast_to(&[2, 3]);
        let (masks, up, zeros) =
            (on(gpu, mask.storage()), on(gpu, dy.storage()), on(gpu, zero.storage()));
        let to = room(gpu, 6);
        let arguments = Arguments::new()
            .memory("mask", &masks)
            .layout(mask.layout())
            .memory("dy", &up)
            .layout(dy.layout())
            .memory("zero", &zeros)
            .layout(zero.layout())
            .memory("da", &to)
            .count(6);
        launch(gpu, source, "where_value_strided", few(6), arguments);
        same("where, backward", &back(gpu, &to), &want);
}

pub fn losses_of_each_element(gpu: &Gpu) {
    // Targets between 0 and 1 serve both losses.
    let loss = |name: &str, x: &TensorOf<f64>, t: &Array<f64>| match name {
        "mse" => x.mse(&TensorOf::from(t.clone())),
        _ => x.bce_with_logits(t),
    };
        for (name, ulps) in [("mse", 2.0), ("bce_with_logits", 3.0)] {
            for count in SIZES {
                let mut xs = numbers(count, 20);
                let ts: Vec<f32> =
                    numbers(count, 21).iter().map(|t| t.abs().fract()).collect();
                if count == 1000 {
                    xs[..4].copy_from_slice(&[100.0, -100.0, 1e5, -1e5]);
                }
                let (x, t) = (Array::new(xs, &[count]), Array::new(ts, &[count]));
                let (xm, tm) = (on(gpu, x.storage()), on(gpu, t.storage()));
                let to = room(gpu, count);
                let arguments = Arguments::new()
                    .memory("x", &xm)
                    .memory("targets", &tm)
                    .memory("losses", &to)
                    .count(count);
                let kernel = format!("{name}_value");
                launch(gpu, &kernels::LOSSES, &kernel, few(count), arguments);
                let got = back(gpu, &to);
                for (i, got) in got.iter().enumerate() {
                    let one = |x: &Array<f32>| wide(&x.slice(0, i..i + 1));
                    let want = loss(name, &TensorOf::from(one(&x)), &one(&t)).item();
                    // mse squares an error that is rounded; bce is a difference of z's size
                    let z = f64::from(x.at(&[i]).abs());
                    let size = if name == "mse" { want } else { z + 1.0 };
                    near(&kernel, &[*got], &[want], &[0.0], |_| Bound {
                        ulps: 0.0,
                        floor: ulps * EPSILON * size,
                    });
                }
                let tracked = TensorOf::from(wide(&x)).tracked();
                let y = loss(name, &tracked, &wide(&t));
                let want =
                    y.backward_from(Array::scalar(0.75)).of(&tracked).unwrap().to_vec();
                let (dy, dx) = (on(gpu, &[0.75f32]), room(gpu, count));
                let n = count.max(1) as f32;
                let arguments = Arguments::new()
                    .memory("x", &xm)
                    .memory("targets", &tm)
                    .memory("dy", &dy)
                    .memory("dx", &dx)
                    .count(count)
                    .number(n);
                let kernel = format!("{name}_slope");
                launch(gpu, &kernels::LOSSES, &kernel, few(count), arguments);
                near(&kernel, &back(gpu, &dx), &want, &vec![0.0; count], |_| Bound {
                    ulps: 2.0,
                    floor: 3.0 * EPSILON / f64::from(n),
                });
            }
        }
}
