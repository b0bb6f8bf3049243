//! Shapes that do not fit are refused, and say why.

use gradus::gradient_descent::*;

#[test]
#[should_panic(expected = "there are no examples")]
fn a_mean_over_no_examples_is_refused() {
    mean_squared_error(&[1.0], &[], &[]);
}

#[test]
#[should_panic(expected = "2 rows of inputs but 1 targets")]
fn a_missing_target_is_refused() {
    logistic_loss(&[1.0], &[vec![1.0], vec![2.0]], &[1.0]);
}

#[test]
#[should_panic(expected = "row 1 has 2 features but there are 1 weights")]
fn a_row_of_another_width_is_refused() {
    mean_squared_error_gradient(&[1.0], &[vec![1.0], vec![2.0, 3.0]], &[1.0, 1.0]);
}

#[test]
#[should_panic(expected = "dot: both sides must be equally long")]
fn vectors_of_different_length_have_no_dot_product() {
    dot(&[1.0, 2.0], &[1.0]);
}

#[test]
#[should_panic(expected = "2 weights but 1 numbers in the gradient")]
fn a_gradient_of_another_length_is_refused() {
    step(&mut [1.0, 2.0], &[1.0], 0.1);
}

#[test]
#[should_panic(expected = "fitted to 1 features")]
fn rows_of_another_width_are_not_standardised() {
    Standardiser::fit(&[vec![1.0]]).apply(&[vec![1.0, 2.0]]);
}

#[test]
#[should_panic(expected = "not square")]
fn a_matrix_that_is_not_square_has_no_eigenvalues() {
    largest_eigenvalue(&[vec![1.0, 2.0]]);
}
