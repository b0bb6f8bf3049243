//! Momentum, warm-up, a cosine, decay inside and outside of Adam, clipping: each against
//! its absence, both at rates of their own.

use crate::arm::{Arm, Kind, Order};
use crate::digits::{Digits, Set};
use crate::rate::plain;
use crate::tune::{Tuned, both, paired, rates, score, tuned, tuned_on};
use gradus::report::Run;
use gradus::tensor::Array;
use gradus::training::Schedule;

/// Keeps both arms of a pair and their difference, and returns a row for the table.
fn pair(
    run: &mut Run,
    key: &str,
    name: &str,
    with: &Tuned,
    without: &Tuned,
) -> Vec<String> {
    let lower = paired(&without.validation(), &with.validation());
    let gained = paired(&with.test(), &without.test());
    run.measured(&format!("{key}.without.train"), &without.train(), 3);
    run.measured(&format!("{key}.with.train"), &with.train(), 3);
    vec![
        name.to_string(),
        format!("{}, {}", plain(without.arm.rate), plain(with.arm.rate)),
        run.measured(&format!("{key}.without"), &without.validation(), 3),
        run.measured(&format!("{key}.with"), &with.validation(), 3),
        run.measured(&format!("{key}.lower"), &lower, 3),
        run.measured(&format!("{key}.gained"), &gained, 1),
    ]
}

const COLUMNS: [&str; 6] = ["", "both η", "without", "with", "lower by", "accuracy"];

/// The pairs that fit into one table.
pub fn compare(run: &mut Run, splits: &[(u64, Digits)], epochs: usize) {
    let mut rows = Vec::new();
    let heavy = Kind::Sgd { momentum: 0.9 };
    for batch in [16, 1024] {
        let arm =
            Arm::epochs(batch, if batch == 16 { epochs } else { 10 * epochs }, 1024);
        let plain = tuned(arm, &rates(1.0 / 64.0, 2.0, 10), splits);
        // In the long run momentum 0.9 multiplies a step by ten.
        let grid = rates(1.0 / 512.0, 2.0, 10);
        let with = tuned(Arm { kind: heavy, ..arm }, &grid, splits);
        let name = format!("momentum, B = {batch}");
        rows.push(pair(run, &format!("momentum.{batch}"), &name, &with, &plain));
    }
    let adam = Arm { kind: Kind::Adam { decay: 0.0 }, ..Arm::epochs(16, epochs, 1024) };
    let grid = rates(1.0 / 2048.0, 2.0, 9);
    let constant = tuned(adam, &grid, splits);
    let total = adam.updates;
    let warm = Schedule::Linear { warmup: total / 5, total: usize::MAX, last: 1.0 };
    let warmed = tuned(Arm { schedule: warm, ..adam }, &grid, splits);
    rows.push(pair(run, "warmup", "warm-up (Adam)", &warmed, &constant));
    let cosine = Schedule::Cosine { warmup: 0, total, last: 0.0 };
    let cosine = tuned(Arm { schedule: cosine, ..adam }, &grid, splits);
    rows.push(pair(run, "cosine", "cosine (Adam)", &cosine, &constant));
    let descent =
        tuned(Arm::epochs(16, epochs, 1024), &rates(1.0 / 64.0, 2.0, 9), splits);
    rows.push(pair(run, "adam", "Adam for SGD", &constant, &descent));
    let caption = "Without and with each idea, both at rates of their own: validation \
                   loss, and the accuracy gained on the test rows";
    run.table("optimizers", caption, &COLUMNS, &rows);
    run.number("optimizers.epochs", epochs as f64, 0);
    // The same at rates that are too large for Adam.
    for rate in [0.0625, 0.25] {
        let one = |schedule| {
            let arm = Arm { rate, schedule, ..adam };
            both(splits, |(seed, digits)| score(&arm, digits, &digits.train, *seed).test)
        };
        let (cold, warm) = (one(Schedule::Constant), one(warm));
        run.measured(&format!("warmup.large.{rate}.without"), &cold, 1);
        run.measured(&format!("warmup.large.{rate}.with"), &warm, 1);
        run.measured(&format!("warmup.large.{rate}.gained"), &paired(&warm, &cold), 1);
    }
}

/// Decay outside the moments against the same price in the gradient, and none, on 128 rows:
/// rate and strength are tuned together.
pub fn decay(run: &mut Run, splits: &[(u64, Digits)], epochs: usize) {
    let few = |digits: &Digits| digits.train.first(128);
    let grid = rates(1.0 / 1024.0, 4.0, 4);
    let base = Arm::epochs(16, epochs, 128);
    let best = |kinds: &[Kind]| {
        let all = kinds
            .iter()
            .map(|kind| tuned_on(Arm { kind: *kind, ..base }, &grid, splits, few));
        let mean = |tuned: &Tuned| tuned.validation().iter().sum::<f64>();
        all.min_by(|a, b| mean(a).total_cmp(&mean(b))).expect("there are kinds")
    };
    let none = best(&[Kind::Adam { decay: 0.0 }]);
    let outside = [0.03, 0.1, 0.3, 1.0].map(|decay| Kind::Adam { decay });
    let inside = [0.0003, 0.001, 0.003, 0.01].map(|strength| Kind::AdamL2 { strength });
    let (outside, inside) = (best(&outside), best(&inside));
    let mut rows = Vec::new();
    for (key, name, tuned) in [
        ("none", "no decay", &none),
        ("l2", "λ w in the gradient", &inside),
        ("adamw", "AdamW", &outside),
    ] {
        let strength = match tuned.arm.kind {
            Kind::Adam { decay } => decay,
            Kind::AdamL2 { strength } => strength,
            Kind::Sgd { .. } => 0.0,
        };
        rows.push(vec![
            name.to_string(),
            plain(tuned.arm.rate),
            format!("{strength}"),
            run.measured(&format!("decay.{key}.loss"), &tuned.validation(), 3),
            run.measured(&format!("decay.{key}.test"), &tuned.test(), 1),
            run.measured(
                &format!("decay.{key}.gained"),
                &paired(&tuned.test(), &none.test()),
                1,
            ),
        ]);
    }
    let between = paired(&outside.test(), &inside.test());
    run.measured("decay.between", &between, 1);
    run.measured(
        "decay.between.loss",
        &paired(&inside.validation(), &outside.validation()),
        3,
    );
    let columns =
        ["Adam with", "η", "λ", "validation loss", "per cent right", "minus none"];
    run.table("decay", "Weight decay on 128 pictures", &columns, &rows);
}

/// One of the training rows is broken: a thousand times too bright.
pub fn clipping(run: &mut Run, splits: &[(u64, Digits)], epochs: usize) {
    let broken = |digits: &Digits| {
        let mut x = digits.train.x.to_vec();
        x[..64].iter_mut().for_each(|x| *x *= 1000.0);
        Set { x: Array::new(x, &[digits.train.len(), 64]), y: digits.train.y.clone() }
    };
    let grid = rates(1.0 / 1024.0, 2.0, 11);
    let arm = Arm::epochs(16, epochs, 1024);
    let mut tests = Vec::new();
    for (key, clip) in [("without", None), ("with", Some(1.0))] {
        let tuned = tuned_on(Arm { clip, ..arm }, &grid, splits, broken);
        run.measured(&format!("clip.{key}"), &tuned.test(), 1);
        run.number_as(
            &format!("clip.{key}.rate"),
            tuned.arm.rate,
            &plain(tuned.arm.rate),
        );
        tests.push(tuned.test());
    }
    run.measured("clip.gained", &paired(&tests[1], &tests[0]), 1);
    for (key, tests) in ["without", "with"].iter().zip(&tests) {
        let worst = tests.iter().copied().fold(f64::INFINITY, f64::min);
        run.number(&format!("clip.{key}.worst"), worst, 1);
    }
    let whole = tuned(Arm { clip: Some(1.0), ..arm }, &grid, splits);
    let free = tuned(arm, &grid, splits);
    run.measured("clip.sound.gained", &paired(&whole.test(), &free.test()), 1);
}

/// A new order every epoch, one order, and one class after the other.
pub fn order(run: &mut Run, splits: &[(u64, Digits)], epochs: usize) {
    let grid = rates(1.0 / 256.0, 2.0, 10);
    let orders = [
        ("new", "a new order every epoch", Order::Reshuffled),
        ("fixed", "one random order", Order::Fixed),
        ("sorted", "one digit after the other", Order::Sorted),
    ];
    let found = orders.map(|(key, name, order)| {
        (key, name, tuned(Arm { order, ..Arm::epochs(16, epochs, 1024) }, &grid, splits))
    });
    let lower = paired(&found[1].2.validation(), &found[0].2.validation());
    run.measured("order.lower", &lower, 3);
    let mut rows = Vec::new();
    for (key, name, tuned) in &found {
        let lost = paired(&tuned.test(), &found[0].2.test());
        rows.push(vec![
            name.to_string(),
            plain(tuned.arm.rate),
            run.measured(&format!("order.{key}.loss"), &tuned.validation(), 3),
            run.measured(&format!("order.{key}.test"), &tuned.test(), 1),
            run.measured(&format!("order.{key}.gained"), &lost, 1),
        ]);
    }
    let columns =
        ["order", "η", "validation loss", "per cent right", "minus a new order"];
    run.table("order", "The order of the rows, at rates of their own", &columns, &rows);
}
