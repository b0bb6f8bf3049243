//! What `smartcore` says: another library's solvers, on the same problems.

use crate::support::Table;
use smartcore::linalg::basic::arrays::Array;
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::linalg::traits::evd::EVDDecomposable;
use smartcore::linear::linear_regression::LinearRegression;
use smartcore::linear::logistic_regression::{
    LogisticRegression, LogisticRegressionParameters,
};

/// The weights with the least squared error, by a decomposition of the matrix.
pub fn least_squares(train: &Table) -> Vec<f64> {
    let inputs = without_bias(train);
    let fitted = LinearRegression::fit(&inputs, &train.targets, Default::default());
    let fitted = fitted.expect("the features are linearly independent");
    let slopes = (0..inputs.shape().1).map(|j| *fitted.coefficients().get((j, 0)));
    slopes.chain([*fitted.intercept()]).collect()
}

/// The weights with the least cross-entropy plus penalty, by L-BFGS.
pub fn logistic(train: &Table, strength: f64) -> Vec<f64> {
    // Its objective is a sum over the rows, ours a mean: the price is scaled by their
    // number.
    let parameters = LogisticRegressionParameters::default()
        .with_alpha(strength * train.targets.len() as f64);
    let labels: Vec<u32> = train.targets.iter().map(|y| *y as u32).collect();
    let inputs = without_bias(train);
    let fitted =
        LogisticRegression::fit(&inputs, &labels, parameters).expect("two classes");
    let slopes = (0..inputs.shape().1).map(|j| *fitted.coefficients().get((0, j)));
    slopes.chain([*fitted.intercept().get((0, 0))]).collect()
}

/// The eigenvalues of a symmetric matrix, largest first.
pub fn eigenvalues(symmetric: &[Vec<f64>]) -> Vec<f64> {
    let mut values = matrix(symmetric).evd(true).expect("a symmetric matrix has them").d;
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

/// `smartcore` adds the bias itself.
fn without_bias(data: &Table) -> DenseMatrix<f64> {
    let slopes = |row: &Vec<f64>| row[..row.len() - 1].to_vec();
    matrix(&data.inputs.iter().map(slopes).collect::<Vec<_>>())
}

fn matrix(rows: &[Vec<f64>]) -> DenseMatrix<f64> {
    DenseMatrix::from_2d_vec(&rows.to_vec()).expect("the rows are equally long")
}
