//! Rounding in sums: what 32 bits can hold, and what adding in parts saves.

use gradus::tensor::Array;
use gradus::tensor::reduce::sum;

/// One addition after the other.
fn in_order(values: &[f32]) -> f32 {
    values.iter().fold(0.0, |sum, x| sum + x)
}

#[test]
fn counting_in_f32_stops_at_two_to_the_24() {
    let most = 16_777_216f32;
    assert_eq!(most, 2f32.powi(24));
    assert_eq!(most - 1.0 + 1.0, most, "below, every whole number is there");
    assert_eq!(most + 1.0, most, "the next number is 2 away");
    assert_eq!(most + 2.0, most + 2.0);
    assert_ne!(most + 2.0, most);
    assert_eq!(2f64.powi(53) + 1.0, 2f64.powi(53));
}

#[test]
fn a_sum_in_order_stalls_and_one_in_lanes_does_not() {
    let ones = vec![1f32; 1 << 25];
    assert_eq!(in_order(&ones), 16_777_216.0);
    assert_eq!(sum(&ones), 33_554_432.0);
}

/// The lanes run along the last axis. Along the others the additions are in order, and
/// stall as well. (Axes of size 1 play no part, so there are two columns.)
#[test]
fn a_sum_along_another_axis_than_the_last_stalls() {
    let ones = Array::new(vec![1f32], &[1, 1]).broadcast_to(&[1 << 25, 2]);
    assert_eq!(ones.sum(&[0]).to_vec(), [16_777_216.0; 2]);
}

#[test]
fn a_tenth_is_not_exact_and_its_sum_drifts() {
    assert_ne!(f64::from(0.1f32), 0.1);
    let tenths = vec![0.1f32; 1_000_000];
    let exact = 1e6 * f64::from(0.1f32);
    let error = |sum: f32| (f64::from(sum) - exact).abs() / exact;
    assert!(error(in_order(&tenths)) > 9e-3, "{}", in_order(&tenths));
    assert!(error(sum(&tenths)) < 1e-3, "{}", sum(&tenths));
}

#[test]
fn the_sum_of_a_slice_counts_every_element_once() {
    for length in [0, 1, 15, 16, 17, 31, 32, 33, 1000] {
        let values: Vec<f64> = (1..=length).map(f64::from).collect();
        assert_eq!(sum(&values), f64::from(length * (length + 1) / 2));
    }
}
