//! The product of matrices.

use super::unary::kept;
use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

struct Matmul<T: Real> {
    a: Array<T>,
    b: Array<T>,
    /// Whether B lies in memory column after column: a weight, seen through `transpose`.
    turned: bool,
}

impl<T: Real> TensorOf<T> {
    /// C = A B over the last two axes, `[.., M, K] × [.., K, N] → [.., M, N]`; the axes
    /// before them count matrices and are broadcast.
    ///
    /// # Panics
    /// When an operand has fewer than two axes, or the sizes do not fit.
    #[track_caller]
    pub fn matmul(&self, other: &TensorOf<T>) -> TensorOf<T> {
        let (a, b) = (self.value(), other.value());
        // dA reads B, and dB reads A: what no wanted gradient reads is not kept.
        let op = || Matmul {
            a: kept(a, other.is_tracked()),
            b: kept(b, self.is_tracked()),
            turned: transposed(b).layout().is_contiguous(),
        };
        TensorOf::record(a.matmul(b), &[self, other], op)
    }
}

impl<T: Real> Op<T> for Matmul<T> {
    fn name(&self) -> &'static str {
        "matmul"
    }

    // C = A B:  dA = dC Bᵀ,  dB = Aᵀ dC
    fn backward(&self, dc: &Array<T>, needs: &[bool]) -> Vec<Option<Array<T>>> {
        // ANCHOR: da
        let da = || dc.matmul(&transposed(&self.b)).sum_to(self.a.shape());
        // ANCHOR_END: da
        let db = || {
            // One matrix for a whole batch sums over all rows, which is one product.
            let one = self.b.rank() == 2;
            let flat = |x: &Array<T>| if one { x.flatten_rows() } else { x.clone() };
            let (a, dc) = (flat(&self.a), flat(dc));
            // Made as dBᵀ = dCᵀ A where B is turned: the gradient of a weight then lies in
            // memory as the weight does, row after row.
            let db = match self.turned {
                true => transposed(&transposed(&dc).matmul(&a)),
                // ANCHOR: db
                false => transposed(&a).matmul(&dc),
                // ANCHOR_END: db
            };
            db.sum_to(self.b.shape())
        };
        vec![needs[0].then(da), needs[1].then(db)]
    }
}

/// The last two axes exchanged: a view.
fn transposed<T: Real>(matrix: &Array<T>) -> Array<T> {
    matrix.transpose(matrix.rank() - 2, matrix.rank() - 1)
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("matmul", "plain", [n.any(&[2, 3]), n.any(&[3, 4])], |x| x[0]
            .matmul(&x[1])),
        case!(
            "matmul",
            "a batch broadcast",
            [n.any(&[2, 1, 2, 3]), n.any(&[3, 3, 2])],
            |x| { x[0].matmul(&x[1]) }
        ),
        case!("matmul", "a weight", [n.any(&[2, 2, 3]), n.any(&[4, 3])], |x| {
            x[0].matmul(&x[1].transpose(0, 1))
        }),
        case!("matmul", "a batch of one", [n.any(&[2, 2, 3]), n.any(&[1, 4, 3])], |x| {
            x[0].matmul(&x[1].transpose(1, 2))
        }),
        case!("matmul", "no rows", [n.any(&[2, 0, 3]), n.any(&[4, 3])], |x| {
            x[0].matmul(&x[1].transpose(0, 1))
        }),
        case!("matmul", "strided", [n.strided(&[3, 2]), n.strided(&[2, 5])], |x| {
            x[0].matmul(&x[1])
        }),
        case!("matmul", "size 1", [n.any(&[1, 1]), n.any(&[1, 1])], |x| x[0]
            .matmul(&x[1])),
        case!("matmul", "size 0", [n.any(&[2, 0]), n.any(&[0, 3])], |x| x[0]
            .matmul(&x[1])),
    ]
}
