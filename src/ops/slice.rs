//! A part of an axis, and an axis in parts.

use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;
use std::ops::Range;

struct Slice {
    axis: usize,
    before: usize,
    after: usize,
}

impl<T: Real> TensorOf<T> {
    /// A view of the entries `range` of `axis`.
    ///
    /// # Panics
    /// When there is no such axis, or the range leaves it.
    #[track_caller]
    pub fn slice(&self, axis: usize, range: Range<usize>) -> TensorOf<T> {
        let y = self.value().slice(axis, range.clone());
        let op = || {
            let after = self.shape()[axis] - range.end;
            Slice { axis, before: range.start, after }
        };
        TensorOf::record(y, &[self], op)
    }

    /// Views of `axis` in parts of the given sizes, one after the other.
    ///
    /// # Panics
    /// When there is no such axis, or the sizes do not add up to its length.
    ///
    /// ```
    /// use gradus::autograd::Tensor;
    /// let x = Tensor::new(vec![1.0, 2.0, 3.0], &[3]);
    /// let parts = x.split(0, &[1, 2]);
    /// assert_eq!(parts[1].to_vec(), [2.0, 3.0]);
    /// ```
    #[track_caller]
    pub fn split(&self, axis: usize, sizes: &[usize]) -> Vec<TensorOf<T>> {
        assert!(
            self.shape().get(axis) == Some(&sizes.iter().sum()),
            "split: the sizes {sizes:?} do not add up to axis {axis} of the shape {:?}",
            self.shape()
        );
        let (mut start, mut parts) = (0, Vec::new());
        for size in sizes {
            parts.push(self.slice(axis, start..start + size));
            start += size;
        }
        parts
    }
}

impl<T: Real> Op<T> for Slice {
    fn name(&self) -> &'static str {
        "slice"
    }

    // y is a part of x:  dx is dy there, and 0 before and after
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        vec![Some(dy.pad(self.axis, self.before, self.after, T::ZERO))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("slice", "inside", [n.any(&[2, 5, 3])], |x| x[0].slice(1, 1..3)),
        case!("slice", "strided", [n.strided(&[4, 3])], |x| x[0].slice(0, 0..3)),
        case!("slice", "size 1", [n.any(&[1])], |x| x[0].slice(0, 0..1)),
        case!("slice", "size 0", [n.any(&[2, 3])], |x| x[0].slice(1, 3..3)),
        case!("split", "two of three", [n.any(&[2, 6])], |x| {
            let parts = x[0].split(1, &[1, 3, 2]);
            parts[0].mul(&parts[2])
        }),
        case!("split", "strided", [n.strided(&[4, 3])], |x| {
            let parts = x[0].split(0, &[2, 2]);
            parts[0].mul(&parts[1])
        }),
        case!("split", "size 1", [n.any(&[1])], |x| x[0].split(0, &[1]).remove(0)),
        case!("split", "size 0", [n.any(&[2, 3])], |x| x[0].split(0, &[0, 2]).remove(0)),
    ]
}
