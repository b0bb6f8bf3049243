//! Elements kept within bounds.

use super::unary::{Function, apply};
use crate::autograd::TensorOf;
use crate::case;
use crate::device::Arguments;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};

#[derive(Clone, Copy)]
struct Clamp {
    min: f64,
    max: f64,
}

impl Function for Clamp {
    const NAME: &'static str = "clamp";
    const READS_Y: bool = false;

    // y = min(max(x, lower), upper), and NaN for NaN
    fn value<T: Real>(self, x: T) -> T {
        match x {
            x if x < T::of(self.min) => T::of(self.min),
            x if x > T::of(self.max) => T::of(self.max),
            x => x,
        }
    }

    // ∂y/∂x = 1 for lower ≤ x ≤ upper, 0 outside, NaN at NaN
    fn slope<T: Real>(self, x: T, _: T) -> T {
        match x {
            x if x < T::of(self.min) || x > T::of(self.max) => T::ZERO,
            x if x.is_nan() => x,
            _ => T::ONE,
        }
    }

    fn settings(self) -> Arguments {
        Arguments::new().number(self.min as f32).number(self.max as f32)
    }
}

impl<T: Real> TensorOf<T> {
    /// x, but no less than `min` and no more than `max`. The slope at the two kinks is 1:
    /// the bounds belong to the inside, so that what lies on one can still move back. At
    /// NaN value and slope are NaN. Either bound may be infinite.
    ///
    /// # Panics
    /// When `min` is larger than `max`, or one of them is NaN.
    #[track_caller]
    pub fn clamp(&self, min: T, max: T) -> TensorOf<T> {
        assert!(min <= max, "clamp: {min} is not at most {max}");
        apply(Clamp { min: min.f64(), max: max.f64() }, self)
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("clamp", "plain", [n.any(&[2, 3])], |x| x[0].clamp(-0.9, 1.1)),
        case!("clamp", "strided", [n.strided(&[2, 3, 2])], |x| x[0].clamp(-0.9, 1.1)),
        case!("clamp", "size 1", [n.any(&[])], |x| x[0].clamp(-0.9, 1.1)),
        case!("clamp", "size 0", [n.any(&[2, 0])], |x| x[0].clamp(-0.9, 1.1)),
    ]
}
