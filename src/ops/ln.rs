//! The natural logarithm.

use super::unary::{Function, apply};
use crate::autograd::TensorOf;
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};

#[derive(Clone, Copy)]
struct Ln;

impl Function for Ln {
    const NAME: &'static str = "ln";
    const READS_Y: bool = false;

    // y = ln x
    fn value<T: Real>(self, x: T) -> T {
        x.ln()
    }

    // ∂y/∂x = 1/x
    fn slope<T: Real>(self, x: T, _: T) -> T {
        T::ONE / x
    }
}

impl<T: Real> TensorOf<T> {
    /// ln x of every element: −∞ at 0, where the slope is ∞; NaN below. The slope below 0
    /// is still 1/x: no gradient should be read where the value is NaN.
    pub fn ln(&self) -> TensorOf<T> {
        apply(Ln, self)
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("ln", "plain", [n.positive(&[2, 3])], |x| x[0].ln()),
        case!("ln", "strided", [n.strided_positive(&[2, 3, 2])], |x| x[0].ln()),
        case!("ln", "size 1", [n.positive(&[])], |x| x[0].ln()),
        case!("ln", "size 0", [n.positive(&[2, 0])], |x| x[0].ln()),
    ]
}
