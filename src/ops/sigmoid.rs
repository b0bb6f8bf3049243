//! The logistic function.

use super::unary::{Function, apply};
use crate::autograd::TensorOf;
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};

#[derive(Clone, Copy)]
struct Sigmoid;

impl Function for Sigmoid {
    const NAME: &'static str = "sigmoid";
    const READS_X: bool = false;

    // y = σ(x)
    fn value<T: Real>(self, x: T) -> T {
        sigmoid(x)
    }

    // ∂y/∂x = y (1 − y)
    fn slope<T: Real>(self, _: T, y: T) -> T {
        y * (T::ONE - y)
    }
}

// σ(x) = 1/(1 + e⁻ˣ) = eˣ/(1 + eˣ): of the two, the one whose exponential cannot overflow.
pub(super) fn sigmoid<T: Real>(x: T) -> T {
    let small = (-x.abs()).exp();
    let numerator = if x < T::ZERO { small } else { T::ONE };
    numerator / (T::ONE + small)
}

impl<T: Real> TensorOf<T> {
    /// σ(x) = 1 / (1 + e⁻ˣ) of every element, between 0 and 1.
    pub fn sigmoid(&self) -> TensorOf<T> {
        apply(Sigmoid, self)
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("sigmoid", "plain", [n.any(&[2, 3])], |x| x[0].sigmoid()),
        case!("sigmoid", "strided", [n.strided(&[2, 3, 2])], |x| x[0].sigmoid()),
        case!("sigmoid", "size 1", [n.any(&[])], |x| x[0].sigmoid()),
        case!("sigmoid", "size 0", [n.any(&[2, 0])], |x| x[0].sigmoid()),
    ]
}
