//! The exponential function.

use super::unary::{Function, apply};
use crate::autograd::TensorOf;
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};

#[derive(Clone, Copy)]
struct Exp;

impl Function for Exp {
    const NAME: &'static str = "exp";
    const READS_X: bool = false;

    // y = eˣ
    fn value<T: Real>(self, x: T) -> T {
        x.exp()
    }

    // ∂y/∂x = eˣ = y
    fn slope<T: Real>(self, _: T, y: T) -> T {
        y
    }
}

impl<T: Real> TensorOf<T> {
    /// eˣ of every element.
    pub fn exp(&self) -> TensorOf<T> {
        apply(Exp, self)
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("exp", "plain", [n.any(&[2, 3])], |x| x[0].exp()),
        case!("exp", "strided", [n.strided(&[2, 3, 2])], |x| x[0].exp()),
        case!("exp", "size 1", [n.any(&[])], |x| x[0].exp()),
        case!("exp", "size 0", [n.any(&[2, 0])], |x| x[0].exp()),
    ]
}
