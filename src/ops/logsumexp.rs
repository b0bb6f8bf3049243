//! The logarithm of a sum of exponentials: a smooth maximum.

use super::softmax::{shift, softmax};
use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::device::kernels::SOFTMAX;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;
use crate::tensor::on_device::{Rows, common};

struct LogSumExp<T: Real> {
    x: Array<T>,
    axes: Vec<usize>,
}

impl<T: Real> TensorOf<T> {
    /// ln Σ eˣⁱ along `axes`, which stay with size 1. No exponential overflows.
    ///
    /// Over nothing, and over −∞ alone, it is −∞ (the logarithm of an empty sum), and no
    /// gradient flows. With +∞ it is +∞, and the gradient is NaN.
    ///
    /// # Panics
    /// When there is no such axis, or one is named twice.
    #[track_caller]
    pub fn logsumexp(&self, axes: &[usize]) -> TensorOf<T> {
        let x = self.value();
        let op = || LogSumExp { x: x.clone(), axes: axes.to_vec() };
        if let Some(gpu) = x.gpu() {
            x.shrunk(axes, "logsumexp"); // refuses axes that are not there
            let rows = Rows::along(x.shape(), axes);
            let y = Array::unwritten(gpu, &[rows.count()]);
            let launch = rows.launch(gpu, &SOFTMAX, "logsumexp_value", &[("x", x)]);
            launch.array("y", &y).rows_of(&rows).rows(rows.count(), rows.length());
            return TensorOf::record(rows.heads(&y), &[self], op);
        }
        // y = m + ln Σ e^(xᵢ − m)
        let m = shift(x, axes, "logsumexp");
        let sum = x.zip(&m, "logsumexp", |x, m| (x - m).exp()).sum(axes);
        let y = m.zip(&sum, "logsumexp", |m, sum| m + sum.ln());
        TensorOf::record(y, &[self], op)
    }
}

impl<T: Real> Op<T> for LogSumExp<T> {
    fn name(&self) -> &'static str {
        "logsumexp"
    }

    // dxᵢ = dy eˣⁱ / Σⱼ eˣʲ
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        if let Some(gpu) = common(&[&self.x, dy]) {
            let rows = Rows::along(self.x.shape(), &self.axes);
            let given = [("x", &self.x), ("dy", dy)];
            return vec![Some(rows.each(&gpu, &SOFTMAX, "logsumexp_slope", &given))];
        }
        let shares = softmax(&self.x, &self.axes, "logsumexp");
        vec![Some(shares.zip(dy, "logsumexp", |share, dy| dy * share))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    let masked = Array::new(vec![0.3, f64::NEG_INFINITY, -1.2], &[3]);
    vec![
        case!("logsumexp", "last", [n.any(&[2, 3])], |x| x[0].logsumexp(&[1])),
        case!("logsumexp", "strided", [n.strided(&[2, 3, 4])], |x| {
            x[0].logsumexp(&[0, 2])
        }),
        case!("logsumexp", "masked", [masked], |x| x[0].logsumexp(&[0])),
        case!("logsumexp", "size 1", [n.any(&[1, 3])], |x| x[0].logsumexp(&[0])),
        case!("logsumexp", "size 0", [n.any(&[0, 3])], |x| x[0].logsumexp(&[1])),
    ]
}
