//! How a function of two numbers becomes an operation on pairs of elements, whose shapes
//! are broadcast to each other.

use super::unary::kept;
use crate::autograd::{Op, TensorOf};
use crate::device::{Arguments, Gpu, kernels::ELEMENTWISE_PAIRS};
use crate::element::Real;
use crate::tensor::Array;
use crate::tensor::on_device::{common, each};

/// A function of two numbers, and its slopes. On a device it is the kernels `NAME_value`,
/// `NAME_slope_a` and `NAME_slope_b` of `elementwise_pairs.cu`.
pub trait Function: Copy + Send + Sync + 'static {
    /// The operation's name.
    const NAME: &'static str;

    /// y = f(a, b).
    fn value<T: Real>(self, a: T, b: T) -> T;

    /// Whether ∂y/∂a and ∂y/∂b read a. What no wanted slope reads is not kept.
    const READS_A: [bool; 2] = [true, true];

    /// Whether ∂y/∂a and ∂y/∂b read b.
    const READS_B: [bool; 2] = [true, true];

    /// ∂y/∂a.
    fn slope_a<T: Real>(self, a: T, b: T) -> T;

    /// ∂y/∂b.
    fn slope_b<T: Real>(self, a: T, b: T) -> T;
}

struct Binary<F: Function, T: Real> {
    function: F,
    a: Array<T>,
    b: Array<T>,
}

/// yᵢ = f(aᵢ, bᵢ).
///
/// # Panics
/// When the shapes cannot be broadcast to each other.
#[track_caller]
pub fn apply<F: Function, T: Real>(
    function: F,
    a: &TensorOf<T>,
    b: &TensorOf<T>,
) -> TensorOf<T> {
    let (x, z) = (a.value(), b.value());
    let y = match common(&[x, z]) {
        None => x.zip(z, F::NAME, |a, b| function.value(a, b)),
        Some(gpu) => x.paired(z, &gpu, F::NAME, &format!("{}_value", F::NAME)),
    };
    let read = |by: [bool; 2]| by[0] && a.is_tracked() || by[1] && b.is_tracked();
    let op = || Binary {
        function,
        a: kept(x, read(F::READS_A)),
        b: kept(z, read(F::READS_B)),
    };
    TensorOf::record(y, &[a, b], op)
}

impl<F: Function, T: Real> Op<T> for Binary<F, T> {
    fn name(&self) -> &'static str {
        F::NAME
    }

    // ANCHOR: backward
    // daᵢ = dyᵢ ∂f/∂a, summed over the copies that broadcasting made of aᵢ; so for b
    fn backward(&self, dy: &Array<T>, needs: &[bool]) -> Vec<Option<Array<T>>> {
        let (f, a, b) = (self.function, &self.a, &self.b);
        if let Some(gpu) = common(&[dy, a, b]) {
            return backward_on_device(F::NAME, &gpu, dy, [a, b], needs);
        }
        let da = || dy.zip3(a, b, F::NAME, |dy, a, b| dy * f.slope_a(a, b));
        let db = || dy.zip3(a, b, F::NAME, |dy, a, b| dy * f.slope_b(a, b));
        vec![
            needs[0].then(|| da().sum_to(a.shape())),
            needs[1].then(|| db().sum_to(b.shape())),
        ]
    }
    // ANCHOR_END: backward
}

/// The same by kernels.
fn backward_on_device<T: Real>(
    name: &str,
    gpu: &Gpu,
    dy: &Array<T>,
    inputs: [&Array<T>; 2],
    needs: &[bool],
) -> Vec<Option<Array<T>>> {
    let [a, b, dy] = [inputs[0], inputs[1], dy].map(|x| x.along(gpu, name));
    let (a, b, dy) = a.three(&b, &dy, name);
    let slope = |side: &str, input: &Array<T>| {
        let operands = [("a", &a as _), ("b", &b as _), ("dy", &dy as _)];
        let kernel = format!("{name}_slope_{side}");
        let slope: Array<T> =
            each(&ELEMENTWISE_PAIRS, kernel, &operands, Arguments::new());
        slope.sum_to(input.shape())
    };
    let slopes = [("a", inputs[0]), ("b", inputs[1])].into_iter().zip(needs);
    slopes.map(|((side, input), needed)| needed.then(|| slope(side, input))).collect()
}
