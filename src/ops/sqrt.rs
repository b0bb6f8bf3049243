//! The square root.

use super::unary::{Function, apply};
use crate::autograd::TensorOf;
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};

#[derive(Clone, Copy)]
struct Sqrt;

impl Function for Sqrt {
    const NAME: &'static str = "sqrt";
    const READS_X: bool = false;

    // y = √x
    fn value<T: Real>(self, x: T) -> T {
        x.sqrt()
    }

    // ∂y/∂x = 1/(2√x) = 1/(2y)
    fn slope<T: Real>(self, _: T, y: T) -> T {
        T::ONE / (y + y)
    }
}

impl<T: Real> TensorOf<T> {
    /// √x of every element; NaN below 0. The slope at 0 is ∞: if zeros can occur, add a
    /// small number under the root, as normalisation does.
    pub fn sqrt(&self) -> TensorOf<T> {
        apply(Sqrt, self)
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("sqrt", "plain", [n.positive(&[2, 3])], |x| x[0].sqrt()),
        case!("sqrt", "strided", [n.strided_positive(&[2, 3, 2])], |x| x[0].sqrt()),
        case!("sqrt", "size 1", [n.positive(&[])], |x| x[0].sqrt()),
        case!("sqrt", "size 0", [n.positive(&[2, 0])], |x| x[0].sqrt()),
    ]
}
