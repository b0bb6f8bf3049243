//! Softmax: numbers become shares that add up to 1.

use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::device::kernels::SOFTMAX;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;
use crate::tensor::on_device::{Rows, common};

struct Softmax<T: Real> {
    y: Array<T>,
    axis: usize,
}

impl<T: Real> TensorOf<T> {
    /// eˣⁱ / Σⱼ eˣʲ along the last axis. It depends on differences alone, so that adding a
    /// number to a whole row changes nothing, and it never overflows.
    ///
    /// A row of −∞ alone gives zeros: where everything is masked there is nothing to share.
    /// +∞ gives NaN.
    ///
    /// # Panics
    /// When there is no axis.
    ///
    /// ```
    /// use gradus::autograd::Tensor;
    /// let scores = Tensor::new(vec![1000.0, 1000.0, f32::NEG_INFINITY], &[3]);
    /// assert_eq!(scores.softmax().to_vec(), [0.5, 0.5, 0.0]);
    /// ```
    #[track_caller]
    pub fn softmax(&self) -> TensorOf<T> {
        self.softmax_along(last_axis("softmax", self.shape()))
    }

    /// [`softmax`](TensorOf::softmax) along `axis`.
    ///
    /// # Panics
    /// When there is no such axis.
    #[track_caller]
    pub fn softmax_along(&self, axis: usize) -> TensorOf<T> {
        let y = softmax(self.value(), &[axis], "softmax");
        TensorOf::record(y.clone(), &[self], || Softmax { y, axis })
    }
}

/// yᵢ = e^(xᵢ − m) / Σⱼ e^(xⱼ − m) along `axes`: no exponent is above 0.
#[track_caller]
pub(super) fn softmax<T: Real>(
    x: &Array<T>,
    axes: &[usize],
    operation: &str,
) -> Array<T> {
    x.shrunk(axes, operation); // refuses axes that are not there
    if let Some(gpu) = x.gpu() {
        return Rows::along(x.shape(), axes).each(
            gpu,
            &SOFTMAX,
            "softmax_value",
            &[("x", x)],
        );
    }
    let m = shift(x, axes, operation);
    let mut y = x.zip(&m, operation, |x, m| (x - m).exp());
    // The sum is at least 1, from the largest, unless all are −∞.
    y.update(
        &y.sum(axes),
        operation,
        |e, sum| if sum == T::ZERO { sum } else { e / sum },
    );
    y
}

/// What is taken off before the exponential, so that it cannot overflow: the largest
/// element along `axes`, or 0 where that is no finite number.
#[track_caller]
pub(super) fn shift<T: Real>(x: &Array<T>, axes: &[usize], operation: &str) -> Array<T> {
    x.shrunk(axes, operation); // refuses axes that are not there
    x.max(axes).map(|m| if m.is_finite() { m } else { T::ZERO })
}

/// The number of the last axis.
#[track_caller]
pub(super) fn last_axis(operation: &str, shape: &[usize]) -> usize {
    assert!(!shape.is_empty(), "{operation}: a number without axes has no last axis");
    shape.len() - 1
}

impl<T: Real> Op<T> for Softmax<T> {
    fn name(&self) -> &'static str {
        "softmax"
    }

    // ∂yⱼ/∂xᵢ = yⱼ ([i = j] − yᵢ):  dxᵢ = yᵢ (dyᵢ − Σⱼ yⱼ dyⱼ)
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        if let Some(gpu) = common(&[&self.y, dy]) {
            let rows = Rows::along(dy.shape(), &[self.axis]);
            let given = [("y", &self.y), ("dy", dy)];
            return vec![Some(rows.each(&gpu, &SOFTMAX, "softmax_slope", &given))];
        }
        let weighted = self.y.zip(dy, "softmax", |y, dy| y * dy);
        let mean = weighted.sum(&[self.axis]);
        let above = dy.zip(&mean, "softmax", |dy, mean| dy - mean);
        vec![Some(self.y.zip(&above, "softmax", |y, above| y * above))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    let masked = Array::new(
        [[0.3, f64::NEG_INFINITY, -1.2], [f64::NEG_INFINITY; 3]].concat(),
        &[2, 3],
    );
    vec![
        case!("softmax", "plain", [n.any(&[2, 3])], |x| x[0].softmax()),
        case!("softmax", "strided", [n.strided(&[2, 3, 4])], |x| x[0].softmax()),
        case!("softmax", "first axis", [n.any(&[3, 2])], |x| x[0].softmax_along(0)),
        case!("softmax", "middle axis", [n.strided(&[2, 3, 2])], |x| {
            x[0].softmax_along(1)
        }),
        case!("softmax", "masked", [masked], |x| x[0].softmax()),
        case!("softmax", "size 1", [n.any(&[2, 1])], |x| x[0].softmax()),
        case!("softmax", "size 0", [n.any(&[2, 0])], |x| x[0].softmax()),
        case!("softmax", "no rows", [n.any(&[0, 3])], |x| x[0].softmax()),
    ]
}
