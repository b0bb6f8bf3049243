//! What `smartcore` says: another library's logistic regression of ten classes.

use crate::classifier::Rows;
use crate::support::Table;
use gradus::autograd::Tensor;
use smartcore::linalg::basic::arrays::Array;
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::linear::logistic_regression::{
    LogisticRegression, LogisticRegressionParameters,
};

/// The logits of the test rows, by L-BFGS on the training rows, with the same price.
pub fn logits(train: &Table, test: &Rows, strength: f64) -> Tensor {
    // Its objective is a sum over the rows, ours a mean: the price is scaled by their
    // number.
    let parameters = LogisticRegressionParameters::default()
        .with_alpha(strength * train.targets.len() as f64);
    let labels: Vec<u32> = train.targets.iter().map(|y| *y as u32).collect();
    let inputs = DenseMatrix::from_2d_vec(&train.inputs).expect("equally long rows");
    let fitted =
        LogisticRegression::fit(&inputs, &labels, parameters).expect("ten classes");
    let features = train.inputs[0].len();
    let weight = (0..10).flat_map(|c| (0..features).map(move |j| (c, j)));
    let weight = weight.map(|place| *fitted.coefficients().get(place) as f32).collect();
    let bias = (0..10).map(|c| *fitted.intercept().get((c, 0)) as f32).collect();
    let weight = Tensor::new(weight, &[10, features]);
    test.x.matmul(&weight.transpose(0, 1)).add(&Tensor::new(bias, &[10]))
}
