//! Rows by number: how a table of embeddings is read.

use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

struct IndexSelect {
    indices: Array<u32>,
    shape: Vec<usize>,
}

impl<T: Real> TensorOf<T> {
    /// `y[i, ..] = x[indices[i], ..]`: whole entries of the first axis. The result's shape is
    /// that of `indices`, followed by the other axes of this.
    ///
    /// # Panics
    /// When there is no axis, or an index is too large.
    #[track_caller]
    pub fn index_select(&self, indices: &Array<u32>) -> TensorOf<T> {
        let y = self.value().index_select(indices);
        let op =
            || IndexSelect { indices: indices.clone(), shape: self.shape().to_vec() };
        TensorOf::record(y, &[self], op)
    }
}

impl<T: Real> Op<T> for IndexSelect {
    fn name(&self) -> &'static str {
        "index_select"
    }

    // yᵢ = x_k with k = indicesᵢ:  dx_k = Σ dyᵢ over all i that chose row k
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        vec![Some(dy.index_add(&self.indices, &self.shape))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("index_select", "a row twice", [n.any(&[4, 3])], |x| {
            x[0].index_select(&Array::new(vec![2, 0, 2], &[3]))
        }),
        case!("index_select", "a matrix of rows", [n.any(&[3, 2, 2])], |x| {
            x[0].index_select(&Array::new(vec![1, 1, 2, 1, 0, 2], &[2, 3]))
        }),
        case!("index_select", "strided", [n.strided(&[3, 4])], |x| {
            x[0].index_select(&Array::new(vec![1, 0, 2, 1], &[2, 2]).transpose(0, 1))
        }),
        case!("index_select", "size 1", [n.any(&[1])], |x| {
            x[0].index_select(&Array::scalar(0))
        }),
        case!("index_select", "size 0", [n.any(&[2, 3])], |x| {
            x[0].index_select(&Array::zeros(&[0]))
        }),
    ]
}
