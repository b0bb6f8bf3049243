//! The rectifier: what is negative becomes 0.

use super::unary::{Function, apply};
use crate::autograd::TensorOf;
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};

#[derive(Clone, Copy)]
struct Relu;

impl Function for Relu {
    const NAME: &'static str = "relu";
    const READS_X: bool = false;

    // y = max(0, x), and NaN for NaN
    fn value<T: Real>(self, x: T) -> T {
        if x <= T::ZERO { T::ZERO } else { x }
    }

    // ∂y/∂x = 1 for y > 0; otherwise y itself, which is 0 or NaN
    fn slope<T: Real>(self, _: T, y: T) -> T {
        if y > T::ZERO { T::ONE } else { y }
    }
}

impl<T: Real> TensorOf<T> {
    /// max(0, x) of every element. The slope at the kink, 0, is 0, as everybody has it; at
    /// NaN value and slope are NaN, so that it does not vanish here.
    pub fn relu(&self) -> TensorOf<T> {
        apply(Relu, self)
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("relu", "plain", [n.any(&[2, 3])], |x| x[0].relu()),
        case!("relu", "strided", [n.strided(&[2, 3, 2])], |x| x[0].relu()),
        case!("relu", "size 1", [n.any(&[])], |x| x[0].relu()),
        case!("relu", "size 0", [n.any(&[2, 0])], |x| x[0].relu()),
    ]
}
