//! The logarithm of softmax.

use super::softmax::{last_axis, shift};
use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::device::kernels::SOFTMAX;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;
use crate::tensor::on_device::{Rows, common};

struct LogSoftmax<T: Real> {
    y: Array<T>,
    axis: usize,
}

impl<T: Real> TensorOf<T> {
    /// xᵢ − ln Σⱼ eˣʲ along the last axis: the logarithm of
    /// [`softmax`](TensorOf::softmax), also where a share is too small to be written.
    ///
    /// A row of −∞ alone stays so. +∞ gives NaN.
    ///
    /// # Panics
    /// When there is no axis.
    #[track_caller]
    pub fn log_softmax(&self) -> TensorOf<T> {
        self.log_softmax_along(last_axis("log_softmax", self.shape()))
    }

    /// [`log_softmax`](TensorOf::log_softmax) along `axis`.
    ///
    /// # Panics
    /// When there is no such axis.
    #[track_caller]
    pub fn log_softmax_along(&self, axis: usize) -> TensorOf<T> {
        let y = log_softmax(self.value(), axis, "log_softmax");
        TensorOf::record(y.clone(), &[self], || LogSoftmax { y, axis })
    }
}

// ANCHOR: log_softmax
/// yᵢ = (xᵢ − m) − ln Σⱼ e^(xⱼ − m). Large numbers are subtracted from each other first:
/// xᵢ − (m + ln Σ) would round away the logarithm.
#[track_caller]
pub(super) fn log_softmax<T: Real>(
    x: &Array<T>,
    axis: usize,
    operation: &str,
) -> Array<T> {
    if let Some(gpu) = x.gpu() {
        x.shrunk(&[axis], operation); // refuses an axis that is not there
        let (rows, given) = (Rows::along(x.shape(), &[axis]), [("x", x)]);
        return rows.each(gpu, &SOFTMAX, "log_softmax_value", &given);
    }
    let m = shift(x, &[axis], operation);
    let mut y = x.zip(&m, operation, |x, m| x - m);
    let sum = y.map(T::exp).sum(&[axis]);
    // The sum is at least 1, from the largest, unless all are −∞: these stay so.
    let ln = sum.map(|sum| if sum == T::ZERO { sum } else { sum.ln() });
    y.update(&ln, operation, |y, ln| y - ln);
    y
}
// ANCHOR_END: log_softmax

impl<T: Real> Op<T> for LogSoftmax<T> {
    fn name(&self) -> &'static str {
        "log_softmax"
    }

    // ∂yⱼ/∂xᵢ = [i = j] − eʸⁱ:  dxᵢ = dyᵢ − eʸⁱ Σⱼ dyⱼ
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        if let Some(gpu) = common(&[&self.y, dy]) {
            let rows = Rows::along(dy.shape(), &[self.axis]);
            let given = [("y", &self.y), ("dy", dy)];
            return vec![Some(rows.each(&gpu, &SOFTMAX, "log_softmax_slope", &given))];
        }
        let total = dy.sum(&[self.axis]);
        let shared = self.y.zip(&total, "log_softmax", |y, total| y.exp() * total);
        vec![Some(dy.zip(&shared, "log_softmax", |dy, shared| dy - shared))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("log_softmax", "plain", [n.any(&[2, 3])], |x| x[0].log_softmax()),
        case!("log_softmax", "strided", [n.strided(&[2, 3, 4])], |x| {
            x[0].log_softmax()
        }),
        case!("log_softmax", "first axis", [n.any(&[3, 2])], |x| {
            x[0].log_softmax_along(0)
        }),
        case!("log_softmax", "middle axis", [n.strided(&[2, 3, 2])], |x| {
            x[0].log_softmax_along(1)
        }),
        case!("log_softmax", "size 1", [n.any(&[2, 1])], |x| x[0].log_softmax()),
        case!("log_softmax", "size 0", [n.any(&[2, 0])], |x| x[0].log_softmax()),
        case!("log_softmax", "no rows", [n.any(&[0, 3])], |x| x[0].log_softmax()),
    ]
}
