//! The solution of `own_operation`.

use gradus::autograd::{Op, TensorOf};
use gradus::tensor::Array;

/// y = ln(1 + eˣ), and what its backward reads.
struct Softplus {
    y: Array<f64>,
}

impl Op<f64> for Softplus {
    fn name(&self) -> &'static str {
        "softplus"
    }

    fn backward(&self, dy: &Array<f64>, _needs: &[bool]) -> Vec<Option<Array<f64>>> {
        // gradus: solution
        let dx = dy.zip(&self.y, "softplus", |dy, y| -dy * (-y).exp_m1());
        vec![Some(dx)]
        // gradus: skeleton
        // todo!("the gradient of the input, from {:?} and {:?}", dy.shape(), self.y.shape())
        // gradus: end
    }
}

/// ln(1 + eˣ) of every element.
pub fn softplus(x: &TensorOf<f64>) -> TensorOf<f64> {
    let y = x.value().map(|x| x.max(0.0) + (-x.abs()).exp().ln_1p());
    // gradus: solution
    TensorOf::record(y.clone(), &[x], || Softplus { y })
    // gradus: skeleton
    // todo!("record {y}, made from x, by {}", Softplus { y: y.clone() }.name())
    // gradus: end
}
