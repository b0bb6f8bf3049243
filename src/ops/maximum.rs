//! The larger and the smaller of two elements.

use super::binary::{Function, apply};
use crate::autograd::TensorOf;
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};

#[derive(Clone, Copy)]
struct Maximum;

impl Function for Maximum {
    const NAME: &'static str = "maximum";

    // y = max(a, b); NaN if one of them is, which their sum is then too
    fn value<T: Real>(self, a: T, b: T) -> T {
        match (a, b) {
            (a, b) if a >= b => a,
            (a, b) if a < b => b,
            (a, b) => a + b,
        }
    }

    // ∂y/∂a = 1 for a > b, 0 for a < b, ½ for a = b, NaN where a or b is
    fn slope_a<T: Real>(self, a: T, b: T) -> T {
        match (a, b) {
            (a, b) if a > b => T::ONE,
            (a, b) if a < b => T::ZERO,
            (a, b) if a == b => T::of(0.5),
            (a, b) => a + b,
        }
    }

    // ∂y/∂b: the same with a and b exchanged
    fn slope_b<T: Real>(self, a: T, b: T) -> T {
        self.slope_a(b, a)
    }
}

#[derive(Clone, Copy)]
struct Minimum;

impl Function for Minimum {
    const NAME: &'static str = "minimum";

    // y = min(a, b) = −max(−a, −b)
    fn value<T: Real>(self, a: T, b: T) -> T {
        -Maximum.value(-a, -b)
    }

    // ∂y/∂a = 1 for a < b: the slope of the maximum in the other one
    fn slope_a<T: Real>(self, a: T, b: T) -> T {
        Maximum.slope_b(a, b)
    }

    // ∂y/∂b = 1 for b < a
    fn slope_b<T: Real>(self, a: T, b: T) -> T {
        Maximum.slope_a(a, b)
    }
}

impl<T: Real> TensorOf<T> {
    /// The larger of two elements, the shapes broadcast to each other. Where both are equal,
    /// each has slope ½: max(a, b) = (a + b + |a − b|)/2, and |0| has slope 0. Where one is
    /// NaN, value and slopes are NaN.
    ///
    /// # Panics
    /// When the shapes do not fit.
    #[track_caller]
    pub fn maximum(&self, other: &TensorOf<T>) -> TensorOf<T> {
        apply(Maximum, self, other)
    }

    /// The smaller of two elements, the shapes broadcast to each other. Equal elements and
    /// NaN are treated as by [`maximum`](TensorOf::maximum).
    ///
    /// # Panics
    /// When the shapes do not fit.
    #[track_caller]
    pub fn minimum(&self, other: &TensorOf<T>) -> TensorOf<T> {
        apply(Minimum, self, other)
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("maximum", "alike", [n.any(&[2, 3]), n.any(&[2, 3])], |x| x[0]
            .maximum(&x[1])),
        case!("maximum", "broadcast", [n.any(&[4, 1, 3]), n.any(&[2, 1])], |x| x[0]
            .maximum(&x[1])),
        case!("maximum", "strided", [n.strided(&[2, 3]), n.strided(&[3])], |x| x[0]
            .maximum(&x[1])),
        case!("maximum", "size 1", [n.any(&[]), n.any(&[1])], |x| x[0].maximum(&x[1])),
        case!("maximum", "size 0", [n.any(&[0, 3]), n.any(&[3])], |x| x[0]
            .maximum(&x[1])),
        case!("minimum", "alike", [n.any(&[2, 3]), n.any(&[2, 3])], |x| x[0]
            .minimum(&x[1])),
        case!("minimum", "broadcast", [n.any(&[4, 1, 3]), n.any(&[2, 1])], |x| x[0]
            .minimum(&x[1])),
        case!("minimum", "strided", [n.strided(&[2, 3]), n.strided(&[3])], |x| x[0]
            .minimum(&x[1])),
        case!("minimum", "size 1", [n.any(&[]), n.any(&[1])], |x| x[0].minimum(&x[1])),
        case!("minimum", "size 0", [n.any(&[0, 3]), n.any(&[3])], |x| x[0]
            .minimum(&x[1])),
    ]
}
