//! The graph: what accumulates, what is freed, what is refused.

use crate::support::leaf;
use gradus::autograd::TensorOf;

#[test]
fn paths_that_meet_again_add_up() {
    let x = leaf(&[3.0]);
    let y = x.mul(&x).add(&x); // x² + x
    let z = y.mul(&y).sum_all(); // its slope: 2 (x² + x) (2 x + 1)
    assert_eq!(z.backward().of(&x).unwrap().to_vec(), [2.0 * 12.0 * 7.0]);
}

#[test]
fn only_what_is_tracked_gets_a_gradient() {
    let (x, frozen) = (leaf(&[2.0]), TensorOf::new(vec![5.0], &[1]));
    let y = x.mul(&frozen).add(&x.detach()).sum_all();
    let gradients = y.backward();
    assert_eq!(gradients.of(&x).unwrap().to_vec(), [5.0]);
    assert!(gradients.of(&frozen).is_none());
    assert!(!frozen.mul(&frozen).is_tracked());
}

// ANCHOR: hundred_thousand
#[test]
fn a_hundred_thousand_nodes_are_walked_and_dropped_without_overflow() {
    let work = || {
        let x = leaf(&[1.0]);
        let one = TensorOf::new(vec![1.0], &[1]);
        let grow = |y: TensorOf<f64>, _| y.mul(&one).add(&x);
        let y = (0..50_000).fold(x.clone(), grow);
        assert_eq!(y.sum_all().backward().of(&x).unwrap().to_vec(), [50_001.0]);
        drop((0..50_000).fold(x.clone(), grow));
    };
    // The stack of a test thread, and not more.
    std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
}
// ANCHOR_END: hundred_thousand

#[test]
fn the_graph_is_freed_by_the_backward_walk() {
    let x = leaf(&[1.0, 2.0]);
    let y = x.exp();
    let seen = std::sync::Arc::downgrade(y.node().unwrap());
    let loss = y.sum_all();
    drop(y);
    assert!(seen.upgrade().is_some());
    loss.backward();
    assert!(seen.upgrade().is_none());
}

#[test]
#[should_panic(expected = "must be a single number, and this has shape [2]")]
fn a_loss_is_a_single_number() {
    leaf(&[1.0, 2.0]).exp().backward();
}

#[test]
#[should_panic(expected = "nothing behind this tensor wants a gradient")]
fn a_loss_without_leaves_is_refused() {
    TensorOf::new(vec![1.0], &[]).exp().backward();
}

#[test]
#[should_panic(expected = "add: [2] and [3] do not fit")]
fn shapes_that_do_not_fit_are_named_with_the_operation() {
    leaf(&[1.0, 2.0]).add(&leaf(&[1.0, 2.0, 3.0]));
}
