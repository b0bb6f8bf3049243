//! What backward keeps, and whether the cases of `gradcheck` try everything.

use crate::operations;
use gradus::autograd::{Gradients, TensorOf};
use gradus::gradcheck::Case;
use gradus::ops;
use gradus::tensor::Array;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Whether nobody but `array` holds its memory.
fn is_free(array: &mut Array<f64>) -> bool {
    let before = array.storage().as_ptr();
    array.make_mut();
    array.storage().as_ptr() == before
}

#[test]
fn only_what_backward_reads_is_kept() {
    type Function = fn(&TensorOf<f64>) -> TensorOf<f64>;
    let unary: [(Function, bool); 17] = [
        (|x| x.exp(), false),
        (|x| x.neg(), false),
        (|x| x.sqrt(), false),
        (|x| x.tanh(), false),
        (|x| x.sigmoid(), false),
        (|x| x.relu(), false),
        (|x| x.scale(2.0), false),
        (|x| x.add_scalar(2.0), false),
        (|x| x.sub(x), false),
        (|x| x.add(x), false),
        (|x| x.sum_all(), false),
        (|x| x.matmul(&x.detach().scale(2.0)), false),
        (|x| x.pad(0, 1, 1, 0.0), false),
        (|x| x.detach().div(&x.exp()), true),
        (|x| x.ln(), true),
        (|x| x.gelu(), true),
        (|x| x.mul(x), true),
    ];
    for (number, (f, kept)) in unary.into_iter().enumerate() {
        let mut value = Array::from_fn(&[2, 2], |i| i as f64 + 1.0);
        let y = f(&TensorOf::from(value.clone()).tracked());
        assert_eq!(!is_free(&mut value), kept, "number {number}");
        drop(y);
    }
}

/// The gradients of a case with the inputs in `wanted` as leaves.
fn gradients(case: &Case, wanted: impl Fn(usize) -> bool) -> Vec<Option<Array<f64>>> {
    let plain = case.inputs.iter().cloned().map(TensorOf::from).enumerate();
    let leaves: Vec<TensorOf<f64>> =
        plain.map(|(i, x)| if wanted(i) { x.tracked() } else { x }).collect();
    let y = (case.graph64)(&leaves);
    let seed = Array::from_fn(y.shape(), |i| 0.3 + i as f64);
    let mut found: Gradients<f64> = y.backward_from(seed);
    leaves.iter().map(|leaf| found.take(leaf)).collect()
}

#[test]
fn one_input_alone_gets_the_gradient_it_gets_among_all() {
    let mut tried = 0;
    for case in ops::cases().iter().filter(|case| case.inputs.len() > 1) {
        let all = gradients(case, |_| true);
        for input in 0..case.inputs.len() {
            let alone = gradients(case, |i| i == input);
            assert_eq!(alone[input], all[input], "{} {}", case.operation, case.name);
            assert_eq!(alone.iter().flatten().count(), 1);
            tried += 1;
        }
    }
    assert!(tried > 80, "{tried}");
}

#[test]
fn every_operation_is_tried_on_all_kinds_of_inputs() {
    let mut names: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for case in ops::cases() {
        let apart = case.inputs.iter().any(|x| x.as_slice().is_none());
        let held = names.entry(case.operation).or_default();
        held.push(if apart { "strided".to_string() } else { case.name });
    }
    for (operation, names) in names {
        for kind in ["strided", "size 1", "size 0"] {
            assert!(names.iter().any(|name| name == kind), "{operation}: no {kind}");
        }
        assert!(names.len() > 3, "{operation}: nothing plain");
    }
}

/// Ten steps of the finite differences.
const CLEAR: f64 = 1e-4;

#[test]
fn the_inputs_of_cases_keep_clear_of_kinks() {
    let mut tried = 0;
    for case in ops::cases() {
        let x = &case.inputs;
        let distances = match case.operation {
            "relu" | "abs" => x[0].clone(),
            "clamp" => x[0].map(|x| (x + 0.9).abs().min((x - 1.1).abs())),
            "maximum" | "minimum" => x[0].zip(&x[1], "distance", |a, b| a - b),
            _ => continue,
        };
        tried += 1;
        let least = distances.map(f64::abs).to_vec();
        let clear = least.iter().all(|distance| *distance >= CLEAR);
        assert!(clear, "{} {}: {least:?}", case.operation, case.name);
    }
    assert!(tried >= 22, "{tried}");
}

/// The list comes from the source, so that none can be forgotten.
#[test]
fn every_operation_in_the_source_is_met_by_a_case() {
    let tried: BTreeSet<&str> = ops::cases().iter().flat_map(operations::met).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ops");
    let written = operations::operations(&folder).expect("their names can be read");
    for (name, file) in &written {
        assert!(tried.contains(name.as_str()), "{file}: no case meets `{name}`");
    }
    // And what is met is written: nothing is missed by the reading.
    for name in tried {
        assert!(written.contains_key(name), "`{name}` was not found in the source");
    }
}
