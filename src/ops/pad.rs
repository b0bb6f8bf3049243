//! A margin of a constant.

use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

struct Pad {
    axis: usize,
    before: usize,
    length: usize,
}

impl<T: Real> TensorOf<T> {
    /// This with `before` entries in front of it along `axis` and `after` behind it, all of
    /// them `value`.
    ///
    /// # Panics
    /// When there is no such axis.
    ///
    /// ```
    /// use gradus::autograd::Tensor;
    /// let x = Tensor::new(vec![1.0, 2.0], &[2]);
    /// assert_eq!(x.pad(0, 1, 2, 0.0).to_vec(), [0.0, 1.0, 2.0, 0.0, 0.0]);
    /// ```
    #[track_caller]
    pub fn pad(&self, axis: usize, before: usize, after: usize, value: T) -> TensorOf<T> {
        let y = self.value().pad(axis, before, after, value);
        TensorOf::record(y, &[self], || Pad { axis, before, length: self.shape()[axis] })
    }
}

impl<T: Real> Op<T> for Pad {
    fn name(&self) -> &'static str {
        "pad"
    }

    // y is x with a margin:  dx is dy without it
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        vec![Some(dy.slice(self.axis, self.before..self.before + self.length))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("pad", "both sides", [n.any(&[2, 3])], |x| x[0].pad(1, 2, 1, 0.5)),
        case!("pad", "strided", [n.strided(&[2, 3])], |x| x[0].pad(0, 0, 2, 0.5)),
        case!("pad", "size 1", [n.any(&[1])], |x| x[0].pad(0, 1, 0, 0.5)),
        case!("pad", "size 0", [n.any(&[0, 2])], |x| x[0].pad(0, 2, 1, 0.5)),
    ]
}
