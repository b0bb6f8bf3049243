//! Takes two terms of the series where y is small, but not small enough for two.
//!
//! rejected by: tiny slopes keep their digits
//! says: are not enough here

use gradus::autograd::{Op, TensorOf};
use gradus::tensor::Array;

struct Softplus {
    y: Array<f64>,
}

impl Op<f64> for Softplus {
    fn name(&self) -> &'static str {
        "softplus"
    }

    fn backward(&self, dy: &Array<f64>, _needs: &[bool]) -> Vec<Option<Array<f64>>> {
        let slope = |y: f64| if y < 1e-3 { y - y * y / 2.0 } else { 1.0 - (-y).exp() };
        vec![Some(dy.zip(&self.y, "softplus", |dy, y| dy * slope(y)))]
    }
}

pub fn softplus(x: &TensorOf<f64>) -> TensorOf<f64> {
    let y = x.value().map(|x| x.max(0.0) + (-x.abs()).exp().ln_1p());
    TensorOf::record(y.clone(), &[x], || Softplus { y })
}
