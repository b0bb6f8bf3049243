//! Real classes that a plane separates.

use gradus::gradient_descent::*;

/// The perceptron: a row on the wrong side moves the weights towards itself. It comes to
/// rest only if a plane separates the classes, and then it has found one.
#[test]
fn a_plane_separates_all_samples_of_breast_tissue() {
    let data = smartcore::dataset::breast_cancer::load_dataset();
    let row = |row: &[f32]| row.iter().map(|x| f64::from(*x)).collect::<Vec<f64>>();
    let rows: Vec<_> = data.data.chunks(30).map(row).collect();
    let rows = with_bias(&Standardiser::fit(&rows).apply(&rows));
    let sides: Vec<f64> = data.target.iter().map(|y| 2.0 * f64::from(*y) - 1.0).collect();
    let wrong = |w: &[f64], i: &usize| sides[*i] * dot(w, &rows[*i]) <= 0.0;
    let mut weights = vec![0.0; 31];
    for _ in 0..500_000 {
        let before = weights.clone();
        for i in 0..rows.len() {
            if wrong(&weights, &i) {
                step(&mut weights, &rows[i], -sides[i]);
            }
        }
        if weights == before {
            break;
        }
    }
    assert_eq!((0..569).filter(|i| wrong(&weights, i)).count(), 0);
}

/// What makes the loss of such classes tend to 0, and the loss of any other weights not.
#[test]
fn one_row_on_the_wrong_side_costs_ln_2_over_n() {
    let (rows, labels) =
        ([vec![1.0], vec![-1.0], vec![3.0], vec![-0.5]], [1.0, 0.0, 1.0, 0.0]);
    let loss = |w: f64| logistic_loss(&[w], &rows, &labels);
    for w in [-5.0, -0.1, 0.0] {
        assert!(loss(w) >= 2f64.ln() / 4.0, "{w}: {}", loss(w));
    }
    assert!(loss(2.0) < loss(1.0) && loss(1e3) < 1e-100);
}
