//! One element of each row by number: the logarithm of the probability of what came.

use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

struct Gather {
    axis: usize,
    indices: Array<u32>,
    shape: Vec<usize>,
}

impl<T: Real> TensorOf<T> {
    /// `y[.., i, ..] = x[.., indices[.., i, ..], ..]` along `axis`; `indices` has this shape
    /// but for that axis.
    ///
    /// # Panics
    /// When the shapes do not fit so, or an index is too large.
    #[track_caller]
    pub fn gather(&self, axis: usize, indices: &Array<u32>) -> TensorOf<T> {
        let y = self.value().gather(axis, indices);
        let op =
            || Gather { axis, indices: indices.clone(), shape: self.shape().to_vec() };
        TensorOf::record(y, &[self], op)
    }
}

impl<T: Real> Op<T> for Gather {
    fn name(&self) -> &'static str {
        "gather"
    }

    // yᵢ = x_k with k = indicesᵢ:  dx_k = Σ dyᵢ over all i that chose element k
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        vec![Some(dy.scatter_add(self.axis, &self.indices, &self.shape))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("gather", "last", [n.any(&[2, 3])], |x| {
            x[0].gather(1, &Array::new(vec![2, 0, 2, 1, 1, 1, 0, 2], &[2, 4]))
        }),
        case!("gather", "first", [n.any(&[3, 2])], |x| {
            x[0].gather(0, &Array::new(vec![2, 0, 2, 1], &[2, 2]))
        }),
        case!("gather", "strided", [n.strided(&[2, 3, 2])], |x| {
            x[0].gather(
                1,
                &Array::new(vec![1, 2, 0, 2, 2, 1, 0, 0], &[2, 2, 2]).transpose(0, 2),
            )
        }),
        case!("gather", "size 1", [n.any(&[1])], |x| {
            x[0].gather(0, &Array::zeros(&[1]))
        }),
        case!("gather", "size 0", [n.any(&[2, 3])], |x| {
            x[0].gather(1, &Array::zeros(&[2, 0]))
        }),
    ]
}
