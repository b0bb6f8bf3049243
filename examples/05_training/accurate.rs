//! Is a bigger batch more accurate? And what becomes of one batch with everything in it,
//! where there is little data?

use crate::arm::{Arm, evaluate, model};
use crate::digits::Digits;
use crate::rate::plain;
use crate::tune::{Tuned, both, paired, rates, tuned, tuned_on};
use gradus::report::Run;

/// Test accuracies after equally many epochs (the arms of `own`), and after equally many
/// updates.
pub fn compare(run: &mut Run, own: &[Tuned], splits: &[(u64, Digits)], updates: usize) {
    let untrained =
        both(splits, |(seed, digits)| evaluate(&model(*seed), &digits.test).1);
    run.measured("accurate.untrained", &untrained, 1);
    let majority: Vec<f64> = splits.iter().map(|(_, digits)| majority(digits)).collect();
    run.measured("accurate.majority", &majority, 1);
    let small = &own[2]; // batches of 16
    let mut rows = Vec::new();
    let grid = |size: usize| rates(0.5 * (size as f64 / 1024.0).sqrt() / 4.0, 2.0, 7);
    let mut by_updates = Vec::new();
    for tuned_own in own {
        let size = tuned_own.arm.batch;
        let arm = Arm::sgd(size, updates);
        by_updates.push(if size < 16 {
            None
        } else {
            Some(tuned(arm, &grid(size), splits))
        });
    }
    let base = by_updates[2].as_ref().expect("batches of 16 are there").test();
    for (own, equal) in own.iter().zip(&by_updates) {
        let size = own.arm.batch;
        let gained = paired(&own.test(), &small.test());
        let mut row = vec![
            size.to_string(),
            run.measured(&format!("accurate.epochs.{size}"), &own.test(), 1),
            run.measured(&format!("accurate.epochs.{size}.gained"), &gained, 1),
        ];
        row.extend(match equal {
            Some(equal) => {
                let gained = paired(&equal.test(), &base);
                [
                    run.measured(&format!("accurate.updates.{size}"), &equal.test(), 1),
                    run.measured(&format!("accurate.updates.{size}.gained"), &gained, 1),
                ]
            }
            None => ["–".into(), "–".into()],
        });
        rows.push(row);
    }
    run.number("accurate.updates", updates as f64, 0);
    let columns = ["batch", "equal epochs", "minus 16", "equal updates", "minus 16"];
    let caption = "Per cent right on the test rows, at rates tuned for every batch size; \
                   the differences from batches of 16 are taken seed by seed";
    run.table("accurate", caption, &columns, &rows);
}

/// The share of the most frequent digit of the training rows among the test rows.
fn majority(digits: &Digits) -> f64 {
    let count = |y: &[u32], digit: u32| y.iter().filter(|y| **y == digit).count();
    let train = digits.train.y.to_vec();
    let digit = (0..10).max_by_key(|digit| count(&train, *digit)).expect("ten digits");
    100.0 * count(&digits.test.y.to_vec(), digit) as f64 / digits.test.len() as f64
}

/// 64 rows: all in one batch against batches of 8, for equally many updates and epochs.
pub fn little_data(run: &mut Run, splits: &[(u64, Digits)], epochs: usize) {
    let grid = rates(1.0 / 64.0, 2.0, 9);
    let few = |digits: &Digits| digits.train.first(64);
    let arms = [
        ("full", "one batch of 64", Arm::sgd(64, epochs)),
        ("updates", "batches of 8, as many updates", Arm::sgd(8, epochs)),
        ("epochs", "batches of 8, as many epochs", Arm::sgd(8, 8 * epochs)),
    ];
    let found =
        arms.map(|(key, name, arm)| (key, name, tuned_on(arm, &grid, splits, few)));
    let full = found[0].2.test();
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|(key, name, tuned)| {
            let gained = paired(&full, &tuned.test());
            vec![
                name.to_string(),
                plain(tuned.arm.rate),
                run.measured(&format!("little.{key}.train"), &tuned.train(), 3),
                run.measured(&format!("little.{key}.test"), &tuned.test(), 1),
                run.measured(&format!("little.{key}.gained"), &gained, 1),
            ]
        })
        .collect();
    run.number("little.epochs", epochs as f64, 0);
    let columns =
        ["trained with", "η", "training loss", "per cent right", "full minus this"];
    let caption = "64 pictures: the whole set in one batch, or batches of 8";
    run.table("little", caption, &columns, &rows);
}
