//! The hyperbolic tangent.

use super::unary::{Function, apply};
use crate::autograd::TensorOf;
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};

#[derive(Clone, Copy)]
struct Tanh;

impl Function for Tanh {
    const NAME: &'static str = "tanh";
    const READS_X: bool = false;

    // y = tanh x
    fn value<T: Real>(self, x: T) -> T {
        x.tanh()
    }

    // ANCHOR: slope
    // ∂y/∂x = 1 − y²
    fn slope<T: Real>(self, _: T, y: T) -> T {
        T::ONE - y * y
    }
    // ANCHOR_END: slope
}

impl<T: Real> TensorOf<T> {
    /// tanh x of every element, between −1 and 1.
    pub fn tanh(&self) -> TensorOf<T> {
        apply(Tanh, self)
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("tanh", "plain", [n.any(&[2, 3])], |x| x[0].tanh()),
        case!("tanh", "strided", [n.strided(&[2, 3, 2])], |x| x[0].tanh()),
        case!("tanh", "size 1", [n.any(&[])], |x| x[0].tanh()),
        case!("tanh", "size 0", [n.any(&[2, 0])], |x| x[0].tanh()),
    ]
}
