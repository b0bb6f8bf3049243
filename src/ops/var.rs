//! Variances along axes.

use super::mean::{count, mean};
use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::device::kernels::VARIANCE;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;
use crate::tensor::on_device::{Rows, common};

struct Var<T: Real> {
    name: &'static str,
    x: Array<T>,
    mean: Array<T>,
    divisor: T,
}

impl<T: Real> TensorOf<T> {
    /// The variances along `axes`, which stay with size 1: the mean of (x − μ)², so that
    /// the divisor is n. This is what normalisation uses. NaN over nothing.
    ///
    /// # Panics
    /// When there is no such axis, or one is named twice.
    #[track_caller]
    pub fn var(&self, axes: &[usize]) -> TensorOf<T> {
        var("var", self, axes, 0)
    }

    /// The same with divisor n − 1 (Bessel's correction): from a sample, the unbiased
    /// estimate of the variance that the sample was drawn with. NaN over one or nothing.
    ///
    /// # Panics
    /// When there is no such axis, or one is named twice.
    #[track_caller]
    pub fn var_unbiased(&self, axes: &[usize]) -> TensorOf<T> {
        var("var_unbiased", self, axes, 1)
    }
}

/// y = Σ (xᵢ − μ)² / (n − fewer). In two passes, the mean first: E x² − μ² would take the
/// difference of two large numbers when μ is large, and little would be left of it.
#[track_caller]
fn var<T: Real>(
    name: &'static str,
    input: &TensorOf<T>,
    axes: &[usize],
    fewer: usize,
) -> TensorOf<T> {
    let x = input.value();
    x.shrunk(axes, name); // refuses axes that are not there
    let divisor = T::of(count(x.shape(), axes).saturating_sub(fewer) as f64);
    if let Some(gpu) = x.gpu() {
        let rows = Rows::along(x.shape(), axes);
        let room = || Array::unwritten(gpu, &[rows.count()]);
        let (y, mean) = (room(), room());
        let launch = rows.launch(gpu, &VARIANCE, "var_value", &[("x", x)]);
        let launch = launch.array("y", &y).array("mean", &mean).rows_of(&rows);
        launch.number(divisor).rows(rows.count(), rows.length());
        let (y, mean) = (rows.heads(&y), rows.heads(&mean));
        let op = || Var { name, x: x.clone(), mean, divisor };
        return TensorOf::record(y, &[input], op);
    }
    let mean = mean(x, axes, name);
    let squares = x.zip(&mean, name, |x, mean| (x - mean) * (x - mean));
    let y = squares.sum(axes).map(|sum| sum / divisor);
    TensorOf::record(y, &[input], || Var { name, x: x.clone(), mean, divisor })
}

impl<T: Real> Op<T> for Var<T> {
    fn name(&self) -> &'static str {
        self.name
    }

    // y = 1/n Σ (xᵢ − μ)²:  dxᵢ = dy 2/n (xᵢ − μ)
    // (μ depends on xᵢ too, but by that way comes −2/n Σ (xⱼ − μ) ∂μ/∂xᵢ, and the sum is 0.)
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        if let Some(gpu) = common(&[&self.x, dy]) {
            let rows = Rows::between(self.x.shape(), self.mean.shape());
            let dx = Array::unwritten(&gpu, &[self.x.size()]);
            let given = [("x", &self.x), ("mean", &self.mean), ("dy", dy)];
            let launch = rows.launch(&gpu, &VARIANCE, "var_slope", &given);
            let launch = launch.array("dx", &dx).rows_of(&rows).number(self.divisor);
            launch.each(dx.size());
            return vec![Some(rows.back(&dx))];
        }
        let slope = |x, mean| T::of(2.0) * (x - mean) / self.divisor;
        let slopes = self.x.zip(&self.mean, self.name, slope);
        vec![Some(slopes.zip(dy, self.name, |slope, dy| dy * slope))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("var", "last", [n.any(&[2, 3])], |x| x[0].var(&[1])),
        case!("var", "strided", [n.strided(&[2, 3, 4])], |x| x[0].var(&[0, 2])),
        case!("var", "size 1", [n.any(&[1, 3])], |x| x[0].var(&[0])),
        case!("var", "size 0", [n.any(&[0, 3])], |x| x[0].var(&[1])),
        case!("var_unbiased", "last", [n.any(&[2, 3])], |x| x[0].var_unbiased(&[1])),
        case!("var_unbiased", "strided", [n.strided(&[2, 3])], |x| {
            x[0].var_unbiased(&[0])
        }),
        case!("var_unbiased", "size 1", [n.any(&[1, 3])], |x| x[0].var_unbiased(&[1])),
        case!("var_unbiased", "size 0", [n.any(&[0, 3])], |x| x[0].var_unbiased(&[1])),
    ]
}
