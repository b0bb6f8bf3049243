//! The rate over time, and gradients of a bounded length.

use gradus::tensor::Array;
use gradus::training::*;

fn gradient(values: &[f64]) -> Vec<Option<Array<f64>>> {
    vec![Some(Array::new(values.to_vec(), &[values.len()]))]
}

#[test]
fn clipping_scales_all_gradients_together_and_keeps_their_direction() {
    let mut gradients =
        vec![gradient(&[3.0]).remove(0), None, gradient(&[4.0]).remove(0)];
    assert_eq!(clip_by_global_norm(&mut gradients, 10.0), 5.0);
    assert_eq!(gradients[0].as_ref().unwrap().item(), 3.0, "short enough");
    assert_eq!(clip_by_global_norm(&mut gradients, 1.0), 5.0);
    assert!((gradients[0].as_ref().unwrap().item() - 0.6).abs() < 1e-12);
    assert!((gradients[2].as_ref().unwrap().item() - 0.8).abs() < 1e-12);
    let mut broken = gradient(&[f64::NAN]);
    assert!(clip_by_global_norm(&mut broken, 1.0).is_nan());
}

#[test]
fn schedules_begin_and_end_where_they_say() {
    let cosine = Schedule::Cosine { warmup: 4, total: 10, last: 0.1 };
    let linear = Schedule::Linear { warmup: 4, total: 10, last: 0.1 };
    for schedule in [cosine, linear] {
        let at = |update| schedule.factor(update);
        assert_eq!((at(0), at(3), at(4), at(10), at(99)), (0.25, 1.0, 1.0, 0.1, 0.1));
        assert!((at(7) - 0.55).abs() < 1e-12, "half way between 1 and 0.1");
        assert!((4..10).all(|update| at(update + 1) < at(update)));
    }
    assert!(
        (cosine.factor(5)
            - (0.1 + 0.9 * (1.0 + (std::f64::consts::PI / 6.0).cos()) / 2.0))
            .abs()
            < 1e-12
    );
    let none = Schedule::Linear { warmup: 0, total: 0, last: 0.0 };
    assert_eq!(none.factor(0), 0.0);
    assert_eq!(Schedule::Constant.factor(1_000_000), 1.0);
}
