//! The library against PyTorch: every operation on odd inputs, random graphs, optimizers,
//! and small models in training. `torch_fixtures.py` made the numbers and says where the
//! two differ on purpose. `GRADUS_PEERS=FILE` compares with another file of that script.

mod fixture;
mod graph;
mod training;

use fixture::{Graph, fixture};
use gradus::element::Real;
use gradus::ops;
use std::collections::BTreeSet;

/// A graph of 15 operations rounds some hundred times, each time by 1e-16 of the largest
/// number; subtractions and divisions carry that further. A wrong formula is off by far more.
const WIDE: f64 = 1e-12;

/// The same in f32, which rounds by 6e-8. The script keeps only random graphs that PyTorch
/// itself computes in f32 to 1e-5.
const NARROW: f64 = 1e-5;

#[test]
fn values_and_gradients_are_those_of_pytorch_in_f64() {
    compare::<f64>(WIDE);
}

#[test]
fn values_and_gradients_are_those_of_pytorch_in_f32() {
    compare::<f32>(NARROW);
}

fn compare<T: Real>(bound: f64) {
    let (mut worst, mut faults) = (0f64, Vec::new());
    for graph in &fixture().graphs {
        if T::NAME == "f32" && graph.needs_f64() {
            continue;
        }
        // As it is, and lying in memory in another order: the same must come out.
        for strided in [false, true] {
            let found = graph::evaluate::<T>(graph, strided);
            let expected = std::iter::once(&graph.value.values).chain(&graph.gradients);
            let expected: Vec<_> = expected.collect();
            let error = match found {
                Ok(found) if found.len() == expected.len() => found
                    .iter()
                    .zip(&expected)
                    .map(|(a, b)| distance(a, &b.0))
                    .fold(0.0, f64::max),
                _ => f64::INFINITY,
            };
            worst = worst.max(error);
            if error > bound {
                faults.push(format!("{} (strided: {strided}): {error:e}", graph.name));
            }
        }
    }
    println!("{}: worst {worst:e} of the bound {bound:e}", T::NAME);
    assert!(faults.is_empty(), "{} wrong:\n{}", faults.len(), faults.join("\n"));
}

/// The largest difference, measured against the largest number, or 1. Infinities and NaN
/// must stand where they should.
fn distance(got: &[f64], expected: &[f64]) -> f64 {
    if got.len() != expected.len() {
        return f64::INFINITY;
    }
    let finite = expected.iter().filter(|x| x.is_finite());
    let scale = finite.fold(1f64, |most, x| most.max(x.abs()));
    let off = |(a, b): (&f64, &f64)| match (a, b) {
        (a, b) if a == b || a.is_nan() && b.is_nan() => 0.0,
        (a, b) if a.is_finite() && b.is_finite() => (a - b).abs() / scale,
        _ => f64::INFINITY,
    };
    got.iter().zip(expected).map(off).fold(0.0, f64::max)
}

#[test]
fn every_operation_is_compared() {
    let steps = fixture().graphs.iter().flat_map(|graph: &Graph| &graph.steps);
    let compared: BTreeSet<&str> = steps.map(|step| step.operation.as_str()).collect();
    let cases = ops::cases();
    // `to` only moves: there is nothing to compare.
    let computing = cases.iter().filter(|case| case.operation != "to");
    let known: BTreeSet<&str> = computing.map(|case| case.operation).collect();
    assert!(known.len() > 40 && known.is_subset(&compared), "{known:?} {compared:?}");
    let random = fixture().graphs.iter().filter(|g| g.name.starts_with("random"));
    assert!(random.filter(|graph| (5..=15).contains(&graph.steps.len())).count() >= 100);
    assert!(!fixture().torch.is_empty() && fixture().made_by.starts_with("python"));
}

#[test]
fn a_wrong_number_is_a_difference() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    assert_eq!(distance(&[1.0, inf, nan], &[1.0, inf, nan]), 0.0);
    assert_eq!(distance(&[0.5, 4.0], &[0.5, 8.0]), 0.5);
    for (got, expected) in [(nan, 1.0), (1.0, nan), (inf, 1.0), (inf, -inf), (1.0, inf)] {
        assert_eq!(distance(&[got], &[expected]), inf, "{got} {expected}");
    }
    assert_eq!(distance(&[], &[1.0]), inf);
}
