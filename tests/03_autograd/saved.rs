//! What an operation saved stays what it was; and what was not saved is not there.

use crate::support::leaf;
use gradus::autograd::{Op, TensorOf};
use gradus::tensor::Array;

// ANCHOR: in_place
#[test]
fn a_saved_value_keeps_what_it_was() {
    let x = leaf(&[2.0]);
    let mut value = Array::new(vec![3.0], &[1]);
    let y = x.mul(&value.clone().into());
    value.make_mut()[0] = 100.0;
    assert_eq!(y.sum_all().backward().of(&x).unwrap().to_vec(), [3.0]);
}
// ANCHOR_END: in_place

/// The same edit, of the leaf's own value.
#[test]
fn an_edited_copy_of_a_leaf_leaves_the_graph_alone() {
    let x = leaf(&[2.0]);
    let y = x.mul(&x).sum_all();
    let mut value = x.value().clone();
    value.make_mut()[0] = 100.0;
    assert_eq!(x.item(), 2.0);
    assert_eq!(y.backward().of(&x).unwrap().to_vec(), [4.0]);
}

/// tanh keeps its output, and ln its input: neither costs an array, since both share the
/// memory of a tensor that is there anyway.
#[test]
fn what_is_saved_is_shared_and_not_copied() {
    let x = leaf(&[2.0]);
    let y = x.tanh();
    let address = |array: &Array<f64>| array.storage().as_ptr();
    struct Spy(Array<f64>);
    impl Op<f64> for Spy {
        fn name(&self) -> &'static str {
            "spy"
        }
        fn backward(&self, dy: &Array<f64>, _: &[bool]) -> Vec<Option<Array<f64>>> {
            assert_eq!(dy.shape(), self.0.shape());
            vec![Some(dy.clone())]
        }
    }
    let spied = TensorOf::record(y.value().clone(), &[&y], || Spy(y.value().clone()));
    assert_eq!(address(spied.value()), address(y.value()));
    assert_eq!(address(y.detach().value()), address(y.value()));
    let slope = 1.0 - 2f64.tanh().powi(2);
    assert_eq!(spied.sum_all().backward().of(&x).unwrap().item(), slope);
}

/// Without a leaf behind it nothing is saved: the operation is not even made.
#[test]
fn an_untracked_input_makes_no_operation() {
    struct Never;
    impl Op<f64> for Never {
        fn name(&self) -> &'static str {
            "never"
        }
        fn backward(&self, _: &Array<f64>, _: &[bool]) -> Vec<Option<Array<f64>>> {
            unreachable!()
        }
    }
    let x = TensorOf::new(vec![1.0], &[1]);
    let y = TensorOf::record(x.value().clone(), &[&x], || -> Never {
        panic!("nobody wants a gradient here")
    });
    assert!(!y.is_tracked());
}

/// A backward that forgets an input is told by name.
#[test]
#[should_panic(expected = "forgetful returned no gradient for an input that needs one")]
fn a_missing_gradient_is_an_error_and_not_a_zero() {
    struct Forgetful;
    impl Op<f64> for Forgetful {
        fn name(&self) -> &'static str {
            "forgetful"
        }
        fn backward(&self, _: &Array<f64>, _: &[bool]) -> Vec<Option<Array<f64>>> {
            vec![None]
        }
    }
    let x = leaf(&[1.0]);
    TensorOf::record(x.value().clone(), &[&x], || Forgetful).sum_all().backward();
}
