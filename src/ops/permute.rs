//! The axes in another order.

use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

struct Permute {
    order: Vec<usize>,
}

impl<T: Real> TensorOf<T> {
    /// A view with the axes in another order: axis `a` of the result is axis `order[a]` of
    /// this.
    ///
    /// # Panics
    /// When `order` does not name every axis once.
    #[track_caller]
    pub fn permute(&self, order: &[usize]) -> TensorOf<T> {
        let y = self.value().permute(order);
        TensorOf::record(y, &[self], || Permute { order: order.to_vec() })
    }

    /// A view with two axes exchanged.
    ///
    /// # Panics
    /// When there is no such axis.
    #[track_caller]
    pub fn transpose(&self, a: usize, b: usize) -> TensorOf<T> {
        let y = self.value().transpose(a, b);
        let op = || {
            let mut order: Vec<usize> = (0..self.rank()).collect();
            order.swap(a, b);
            Permute { order }
        };
        TensorOf::record(y, &[self], op)
    }
}

impl<T: Real> Op<T> for Permute {
    fn name(&self) -> &'static str {
        "permute"
    }

    // Axis a of y is axis order[a] of x:  axis order[a] of dx is axis a of dy
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        let mut inverse = vec![0; self.order.len()];
        for (a, axis) in self.order.iter().enumerate() {
            inverse[*axis] = a;
        }
        vec![Some(dy.permute(&inverse))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("permute", "plain", [n.any(&[2, 3, 4])], |x| x[0].permute(&[1, 2, 0])),
        case!("permute", "equal sizes", [n.any(&[2, 2, 2])], |x| {
            x[0].permute(&[1, 2, 0])
        }),
        case!("permute", "strided", [n.strided(&[2, 3, 4])], |x| {
            x[0].permute(&[2, 0, 1])
        }),
        case!("permute", "size 1", [n.any(&[1, 1])], |x| x[0].permute(&[1, 0])),
        case!("permute", "size 0", [n.any(&[2, 0, 3])], |x| x[0].permute(&[1, 2, 0])),
        case!("transpose", "plain", [n.any(&[2, 3, 4])], |x| x[0].transpose(0, 2)),
        case!("transpose", "strided", [n.strided(&[2, 3])], |x| x[0].transpose(0, 1)),
        case!("transpose", "size 1", [n.any(&[1])], |x| x[0].transpose(0, 0)),
        case!("transpose", "size 0", [n.any(&[2, 0])], |x| x[0].transpose(0, 1)),
    ]
}
