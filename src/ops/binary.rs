//! How a function of two numbers becomes an operation on pairs of elements, whose shapes
//! are broadcast to each other.

use crate::autograd::{Op, TensorOf};
use crate::element::Real;
use crate::tensor::Array;

/// A function of two numbers, and its slopes.
pub trait Function: Copy + Send + Sync + 'static {
    /// The operation's name.
    const NAME: &'static str;

    /// y = f(a, b).
    fn value<T: Real>(self, a: T, b: T) -> T;

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
    TensorOf::record(y, &[a, b], || Binary { function, a: x.clone(), b: z.clone() })
}

impl<F: Function, T: Real> Op<T> for Binary<F, T> {
    fn name(&self) -> &'static str {
        F::NAME
    }

    // daᵢ = dyᵢ ∂f/∂a, summed over the copies that broadcasting made of aᵢ; so for b
    fn backward(&self, dy: &Array<T>, needs: &[bool]) -> Vec<Option<Array<T>>> {
        let through = |slopes: Array<T>, shape| {
            dy.zip(&slopes, F::NAME, |dy, slope| dy * slope).sum_to(shape)
        };
        let (f, a, b) = (self.function, &self.a, &self.b);
        let da = || through(a.zip(b, F::NAME, |a, b| f.slope_a(a, b)), a.shape());
        let db = || through(a.zip(b, F::NAME, |a, b| f.slope_b(a, b)), b.shape());
        vec![needs[0].then(da), needs[1].then(db)]
    }
}
