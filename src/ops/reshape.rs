//! The same elements in the same order under another shape.

use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

struct Reshape {
    shape: Vec<usize>,
}

impl<T: Real> TensorOf<T> {
    /// The same elements in the same order under another shape: a view where strides can
    /// say it, a copy where not.
    ///
    /// # Panics
    /// When the shape holds another number of elements.
    #[track_caller]
    pub fn reshape(&self, shape: &[usize]) -> TensorOf<T> {
        let y = self.value().reshape(shape);
        TensorOf::record(y, &[self], || Reshape { shape: self.shape().to_vec() })
    }

    /// A view with an axis of size 1 put in, which becomes axis `axis`.
    ///
    /// # Panics
    /// When `axis` is larger than the rank.
    #[track_caller]
    pub fn unsqueeze(&self, axis: usize) -> TensorOf<T> {
        assert!(
            axis <= self.rank(),
            "unsqueeze: no axis can be put in at {axis} of the shape {:?}",
            self.shape()
        );
        let mut shape = self.shape().to_vec();
        shape.insert(axis, 1);
        self.reshape(&shape)
    }

    /// A view without `axis`, which must have size 1.
    ///
    /// # Panics
    /// When there is no such axis, or its size is not 1.
    #[track_caller]
    pub fn squeeze(&self, axis: usize) -> TensorOf<T> {
        assert!(
            self.shape().get(axis) == Some(&1),
            "squeeze: axis {axis} of the shape {:?} is not of size 1",
            self.shape()
        );
        let mut shape = self.shape().to_vec();
        shape.remove(axis);
        self.reshape(&shape)
    }
}

impl<T: Real> Op<T> for Reshape {
    fn name(&self) -> &'static str {
        "reshape"
    }

    // y is x under another shape:  dx is dy under the shape of x
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        vec![Some(dy.reshape(&self.shape))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("reshape", "plain", [n.any(&[2, 6])], |x| x[0].reshape(&[3, 4])),
        case!("reshape", "strided", [n.strided(&[2, 6])], |x| x[0].reshape(&[3, 4])),
        case!("reshape", "a strided gradient", [n.any(&[2, 6])], |x| {
            x[0].reshape(&[3, 4]).transpose(0, 1).slice(0, 1..3)
        }),
        case!("reshape", "size 1", [n.any(&[1, 1])], |x| x[0].reshape(&[])),
        case!("reshape", "size 0", [n.any(&[2, 0])], |x| x[0].reshape(&[0, 3])),
        case!("unsqueeze", "inside", [n.any(&[2, 3])], |x| x[0].unsqueeze(1)),
        case!("unsqueeze", "strided", [n.strided(&[2, 3])], |x| x[0].unsqueeze(0)),
        case!("unsqueeze", "size 1", [n.any(&[])], |x| x[0].unsqueeze(0)),
        case!("unsqueeze", "size 0", [n.any(&[0])], |x| x[0].unsqueeze(1)),
        case!("squeeze", "inside", [n.any(&[2, 1, 3])], |x| x[0].squeeze(1)),
        case!("squeeze", "strided", [n.strided(&[2, 1, 3])], |x| x[0].squeeze(1)),
        case!("squeeze", "size 1", [n.any(&[1])], |x| x[0].squeeze(0)),
        case!("squeeze", "size 0", [n.any(&[0, 1])], |x| x[0].squeeze(1)),
    ]
}
