//! How a function of one number becomes an operation on every element.

use crate::autograd::{Op, TensorOf};
use crate::device::{Arguments, kernels::ELEMENTWISE};
use crate::element::Real;
use crate::tensor::Array;
use crate::tensor::on_device::{common, each};

/// A function of one number, and its slope. On a device it is the kernels `NAME_value` and
/// `NAME_slope` of `elementwise.cu`.
pub trait Function: Copy + Send + Sync + 'static {
    /// The operation's name.
    const NAME: &'static str;

    /// y = f(x).
    fn value<T: Real>(self, x: T) -> T;

    /// Whether the slope reads x. What no slope reads is not kept.
    const READS_X: bool = true;

    /// Whether the slope reads y.
    const READS_Y: bool = true;

    /// ∂y/∂x, from x and y.
    fn slope<T: Real>(self, x: T, y: T) -> T;

    /// The function's own numbers, as its kernels take them.
    fn settings(self) -> Arguments {
        Arguments::new()
    }
}

/// What backward will read: the array itself, or a stand-in of its shape if nothing of it
/// is read. The stand-in holds a single NaN, which would show in the gradient if it were
/// read after all.
pub(super) fn kept<T: Real>(array: &Array<T>, read: bool) -> Array<T> {
    if read { array.clone() } else { Array::full(T::of(f64::NAN), array.shape()) }
}

struct Unary<F: Function, T: Real> {
    function: F,
    x: Array<T>,
    y: Array<T>,
}

/// yᵢ = f(xᵢ) for every element of `x`.
pub fn apply<F: Function, T: Real>(function: F, x: &TensorOf<T>) -> TensorOf<T> {
    let y = match x.value().gpu() {
        None => x.value().map(|x| function.value(x)),
        Some(_) => {
            let operands = [("x", x.value() as _)];
            each(
                &ELEMENTWISE,
                format!("{}_value", F::NAME),
                &operands,
                function.settings(),
            )
        }
    };
    let op =
        || Unary { function, x: kept(x.value(), F::READS_X), y: kept(&y, F::READS_Y) };
    TensorOf::record(y.clone(), &[x], op)
}

impl<F: Function, T: Real> Op<T> for Unary<F, T> {
    fn name(&self) -> &'static str {
        F::NAME
    }

    // dxᵢ = dyᵢ f′(xᵢ)
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        let dx = match common(&[dy, &self.x, &self.y]) {
            None => {
                let through = |dy, x, y| dy * self.function.slope(x, y);
                dy.zip3(&self.x, &self.y, F::NAME, through)
            }
            Some(gpu) => {
                let kept = if F::READS_Y { &self.y } else { &self.x };
                let [kept, dy] = [kept, dy].map(|x| x.along(&gpu, F::NAME));
                let operands = [("kept", &kept as _), ("dy", &dy as _)];
                let settings = self.function.settings();
                each(&ELEMENTWISE, format!("{}_slope", F::NAME), &operands, settings)
            }
        };
        vec![Some(dx)]
    }
}
