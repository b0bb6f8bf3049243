//! How a function of two numbers becomes an operation on pairs of elements, whose shapes
//! are broadcast to each other.

use super::unary::kept;
use crate::autograd::{Op, TensorOf};
use crate::element::Real;
use crate::tensor::Array;

/// A function of two numbers, and its slopes.
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
    let y = x.zip(z, F::NAME, |a, b| function.value(a, b));
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
        let da = || dy.zip3(a, b, F::NAME, |dy, a, b| dy * f.slope_a(a, b));
        let db = || dy.zip3(a, b, F::NAME, |dy, a, b| dy * f.slope_b(a, b));
        vec![
            needs[0].then(|| da().sum_to(a.shape())),
            needs[1].then(|| db().sum_to(b.shape())),
        ]
    }
    // ANCHOR_END: backward
}
