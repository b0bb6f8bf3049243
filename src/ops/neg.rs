//! The opposite of every element.

use super::unary::{Function, apply};
use crate::autograd::TensorOf;
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};

#[derive(Clone, Copy)]
struct Neg;

impl Function for Neg {
    const NAME: &'static str = "neg";
    const READS_X: bool = false;
    const READS_Y: bool = false;

    // y = −x
    fn value<T: Real>(self, x: T) -> T {
        -x
    }

    // ∂y/∂x = −1
    fn slope<T: Real>(self, _: T, _: T) -> T {
        -T::ONE
    }
}

impl<T: Real> TensorOf<T> {
    /// −x of every element. Also `-&x`.
    pub fn neg(&self) -> TensorOf<T> {
        apply(Neg, self)
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("neg", "plain", [n.any(&[2, 3])], |x| x[0].neg()),
        case!("neg", "strided", [n.strided(&[2, 3, 2])], |x| x[0].neg()),
        case!("neg", "size 1", [n.any(&[])], |x| x[0].neg()),
        case!("neg", "size 0", [n.any(&[2, 0])], |x| x[0].neg()),
    ]
}
