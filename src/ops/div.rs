//! The quotient of elements.

use super::binary::{Function, apply};
use crate::autograd::TensorOf;
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};

#[derive(Clone, Copy)]
struct Div;

impl Function for Div {
    const NAME: &'static str = "div";
    const READS_A: [bool; 2] = [false, true];

    // y = a / b
    fn value<T: Real>(self, a: T, b: T) -> T {
        a / b
    }

    // ∂y/∂a = 1/b
    fn slope_a<T: Real>(self, _: T, b: T) -> T {
        T::ONE / b
    }

    // ∂y/∂b = −a/b²
    fn slope_b<T: Real>(self, a: T, b: T) -> T {
        -(a / b) / b
    }
}

impl<T: Real> TensorOf<T> {
    /// The quotients of elements, the shapes broadcast to each other. Also `&a / &b`. By 0
    /// it is infinite, and 0/0 is NaN; the slopes there are infinite or NaN too.
    ///
    /// # Panics
    /// When the shapes do not fit.
    #[track_caller]
    pub fn div(&self, other: &TensorOf<T>) -> TensorOf<T> {
        apply(Div, self, other)
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("div", "alike", [n.any(&[2, 3]), n.any(&[2, 3])], |x| x[0].div(&x[1])),
        case!("div", "broadcast", [n.any(&[4, 1, 3]), n.any(&[2, 1])], |x| x[0]
            .div(&x[1])),
        case!("div", "strided", [n.strided(&[2, 3]), n.strided(&[3])], |x| x[0]
            .div(&x[1])),
        case!("div", "size 1", [n.any(&[]), n.any(&[1])], |x| x[0].div(&x[1])),
        case!("div", "size 0", [n.any(&[0, 3]), n.any(&[3])], |x| x[0].div(&x[1])),
    ]
}
