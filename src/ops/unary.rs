//! How a function of one number becomes an operation on every element.

use crate::autograd::{Op, TensorOf};
use crate::element::Real;
use crate::tensor::Array;

/// A function of one number, and its slope.
pub trait Function: Copy + Send + Sync + 'static {
    /// The operation's name.
    const NAME: &'static str;

    /// y = f(x).
    fn value<T: Real>(self, x: T) -> T;

    /// dy/dx, from x and y.
    fn slope<T: Real>(self, x: T, y: T) -> T;
}

struct Unary<F: Function, T: Real> {
    function: F,
    x: Array<T>,
    y: Array<T>,
}

/// yᵢ = f(xᵢ) for every element of `x`.
pub fn apply<F: Function, T: Real>(function: F, x: &TensorOf<T>) -> TensorOf<T> {
    let y = x.value().map(|x| function.value(x));
    let op = || Unary { function, x: x.value().clone(), y: y.clone() };
    TensorOf::record(y.clone(), &[x], op)
}

impl<F: Function, T: Real> Op<T> for Unary<F, T> {
    fn name(&self) -> &'static str {
        F::NAME
    }

    // dxᵢ = dyᵢ f′(xᵢ)
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        let slopes = self.x.zip(&self.y, F::NAME, |x, y| self.function.slope(x, y));
        vec![Some(dy.zip(&slopes, F::NAME, |dy, slope| dy * slope))]
    }
}
