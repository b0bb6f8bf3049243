//! The size of every element, without its sign.

use super::unary::{Function, apply};
use crate::autograd::TensorOf;
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};

#[derive(Clone, Copy)]
struct Abs;

impl Function for Abs {
    const NAME: &'static str = "abs";
    const READS_Y: bool = false;

    // y = |x|
    fn value<T: Real>(self, x: T) -> T {
        x.abs()
    }

    // ∂y/∂x = 1 for x > 0, −1 for x < 0; otherwise x itself, which is 0 or NaN
    fn slope<T: Real>(self, x: T, _: T) -> T {
        match x {
            x if x > T::ZERO => T::ONE,
            x if x < T::ZERO => -T::ONE,
            x => x,
        }
    }
}

impl<T: Real> TensorOf<T> {
    /// |x| of every element. The slope at the kink, 0, is 0, halfway between −1 and 1; at
    /// NaN it is NaN.
    pub fn abs(&self) -> TensorOf<T> {
        apply(Abs, self)
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("abs", "plain", [n.any(&[2, 3])], |x| x[0].abs()),
        case!("abs", "strided", [n.strided(&[2, 3, 2])], |x| x[0].abs()),
        case!("abs", "size 1", [n.any(&[])], |x| x[0].abs()),
        case!("abs", "size 0", [n.any(&[2, 0])], |x| x[0].abs()),
    ]
}
