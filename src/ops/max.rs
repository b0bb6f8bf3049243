//! The largest element along axes.

use super::extreme::Extreme;
use crate::autograd::TensorOf;
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};

impl<T: Real> TensorOf<T> {
    /// The largest elements along `axes`, which stay with size 1; NaN where there is one,
    /// −∞ over nothing. Equal elements share the gradient.
    ///
    /// # Panics
    /// When there is no such axis, or one is named twice.
    #[track_caller]
    pub fn max(&self, axes: &[usize]) -> TensorOf<T> {
        let (x, y) = (self.value(), self.value().max(axes));
        let op = || Extreme { name: "max", x: x.clone(), y: y.clone() };
        TensorOf::record(y.clone(), &[self], op)
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("max", "last", [n.any(&[2, 3])], |x| x[0].max(&[1])),
        case!("max", "strided", [n.strided(&[2, 3, 4])], |x| x[0].max(&[0, 2])),
        case!("max", "size 1", [n.any(&[1, 3])], |x| x[0].max(&[0])),
        case!("max", "size 0", [n.any(&[0, 3])], |x| x[0].max(&[1])),
    ]
}
