//! Features on one scale, and the data that the chapter uses.

use crate::support::*;
use gradus::gradient_descent::*;

#[test]
fn standardised_training_rows_have_mean_0_and_deviation_1() {
    let (mut rows, _, _) = problem(100, 3, 8);
    rows.iter_mut().for_each(|row| row[1] = 1e4 + 1e-3 * row[1]);
    let scaled = Standardiser::fit(&rows).apply(&rows);
    for j in 0..3 {
        let mean = scaled.iter().map(|row| row[j]).sum::<f64>() / 100.0;
        let square = scaled.iter().map(|row| row[j] * row[j]).sum::<f64>() / 100.0;
        assert!(
            mean.abs() < 1e-6 && (square - 1.0).abs() < 1e-9,
            "feature {j}: {mean} {square}"
        );
    }
}

#[test]
fn a_constant_feature_is_shifted_and_not_divided_by_zero() {
    let fitted = Standardiser::fit(&[vec![2.0], vec![2.0]]);
    assert_eq!(fitted.apply(&[vec![2.0], vec![5.0]]), [[0.0], [3.0]]);
    // 0.1 + 0.1 + 0.1 is not 3 · 0.1 in binary.
    for (value, rows) in [(0.1, 3), (0.3, 354), (3.7, 455), (1e-200, 7)] {
        let fitted = Standardiser::fit(&vec![vec![value]; rows]);
        assert_eq!((fitted.mean[0], fitted.deviation[0]), (value, 1.0));
    }
}

#[test]
fn a_small_spread_far_from_zero_is_kept() {
    let fitted = Standardiser::fit(&[vec![1e9 - 2.0], vec![1e9 + 2.0]]);
    assert_eq!(fitted.apply(&[vec![1e9 - 2.0], vec![1e9]]), [[-1.0], [0.0]]);
}

#[test]
fn shifting_and_scaling_a_feature_beforehand_changes_nothing() {
    let (rows, _, _) = problem(40, 2, 9);
    let moved: Vec<Vec<f64>> =
        rows.iter().map(|row| vec![3.0 * row[0] - 7.0, 0.01 * row[1] + 2.0]).collect();
    let (a, b) = (Standardiser::fit(&rows[..30]), Standardiser::fit(&moved[..30]));
    assert_close(&a.apply(&rows).concat(), &b.apply(&moved).concat(), 1e-11);
}

#[test]
fn the_data_are_as_the_chapter_describes_them() {
    let diabetes = smartcore::dataset::diabetes::load_dataset();
    assert_eq!((diabetes.num_samples, diabetes.num_features), (442, 10));
    let cancer = smartcore::dataset::breast_cancer::load_dataset();
    assert_eq!((cancer.num_samples, cancer.num_features), (569, 30));
    let largest = |j: usize| {
        let column = cancer.data.iter().skip(j).step_by(30);
        column.copied().fold(f32::NEG_INFINITY, f32::max)
    };
    let largest: Vec<f32> = (0..30).map(largest).collect();
    assert!(largest.iter().any(|x| *x > 4000.0));
    assert!(largest.iter().any(|x| *x < 0.03));
}
