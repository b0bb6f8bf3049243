//! Checks that the batches hold every row once, what their order depends on, and that all
//! orders are about equally likely.

use crate::Check;
use std::collections::BTreeSet;

/// What the reader writes.
pub struct Answer {
    /// The batches of an epoch.
    pub shuffle_epoch:
        fn(n: usize, size: usize, seed: u64, epoch: u64) -> Vec<Vec<usize>>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let batches = answer.shuffle_epoch;
    let order = |n, seed, epoch| batches(n, 7, seed, epoch).concat();
    check.case("every row once", |case| {
        for (n, size) in [(12, 4), (10, 4), (5, 1), (3, 8), (1, 1), (100, 32)] {
            for (seed, epoch) in [(0, 0), (0, 1), (5, 0), (9, 40)] {
                case.given(format!("n {n}, size {size}, seed {seed}, epoch {epoch}"));
                let mut rows = batches(n, size, seed, epoch).concat();
                rows.sort_unstable();
                let distinct = rows.iter().collect::<BTreeSet<_>>().len();
                let otherwise = if distinct < rows.len() {
                    "a row comes twice: rows are dealt out, not drawn anew each time"
                } else if rows.len() < n {
                    "rows are missing: the last batch has what is left, even if it is not \
                     full"
                } else {
                    "the rows are counted from 0 to n − 1"
                };
                case.equal("all rows, sorted", rows, (0..n).collect(), otherwise);
            }
        }
    });
    check.case("the sizes of the batches", |case| {
        for (n, size, expected) in
            [(12, 4, vec![4, 4, 4]), (10, 4, vec![4, 4, 2]), (3, 8, vec![3])]
        {
            case.given(format!("n {n}, size {size}, seed 1, epoch 2"));
            let sizes: Vec<usize> = batches(n, size, 1, 2).iter().map(Vec::len).collect();
            let otherwise = "full batches first; the last one has what is left";
            case.equal("the sizes", sizes, expected, otherwise);
        }
    });
    check.case("the same seed and epoch", |case| {
        case.given("n 50, seed 3, epoch 4, asked for twice, with other epochs between");
        let first = order(50, 3, 4);
        for epoch in [0, 5, 1] {
            order(50, 3, epoch);
        }
        let otherwise = "the order depends on what was asked for before: a run that is \
                         resumed would not get it again";
        case.equal("the second order", order(50, 3, 4), first.clone(), otherwise);
        for size in [10, 100] {
            case.given(format!("n 50, seed 3, epoch 4, in batches of 7 and of {size}"));
            let otherwise = "the order depends on the size of the batches";
            let other = batches(50, size, 3, 4).concat();
            case.equal(
                &format!("the order in batches of {size}"),
                other,
                first.clone(),
                otherwise,
            );
        }
    });
    check.case("another epoch, another seed", |case| {
        case.given("n 50, seeds 0 to 5, epochs 0 to 5");
        let mut seen: Vec<((u64, u64), Vec<usize>)> = Vec::new();
        for seed in 0..6 {
            for epoch in 0..6 {
                let order = order(50, seed, epoch);
                case.holds(
                    !order.is_sorted(),
                    &format!("the order of seed {seed}, epoch {epoch}"),
                    "a random one",
                    "that of the data",
                    "every epoch is shuffled, the first too",
                );
                let turned: Vec<usize> = order.iter().rev().copied().collect();
                case.holds(
                    seen.iter().all(|(_, other)| *other != turned),
                    &format!("the order of seed {seed}, epoch {epoch}"),
                    "one of its own",
                    "that of another pair, from behind",
                    "a list that is turned round is no new order: shuffle for every epoch",
                );
                if let Some((place, _)) = seen.iter().find(|(_, other)| *other == order) {
                    let otherwise = match *place {
                        (other, _) if other == seed => {
                            "every epoch has the same order: rows would always meet the \
                             same neighbours"
                        }
                        (_, other) if other == epoch => "the seed has no influence",
                        _ => {
                            "two numbers went into one and can no longer be told apart: \
                             a sum or a product has this fault"
                        }
                    };
                    case.holds(
                        false,
                        "the order of seed and epoch",
                        "another one for every pair",
                        format!(
                            "seed {seed}, epoch {epoch} has that of seed {}, epoch {}",
                            place.0, place.1
                        ),
                        otherwise,
                    );
                }
                seen.push(((seed, epoch), order));
            }
        }
    });
    // A reader whose answer takes too long sees no more than this name.
    check.case("epoch 10¹² of seed 3, without the epochs before it", |case| {
        case.given("n 50, seed 3, epoch 10¹²");
        let order = order(50, 3, 1_000_000_000_000);
        case.holds(
            !order.is_sorted(),
            "its order",
            "a random one",
            "that of the data",
            "",
        );
    });
    check.case("seeds and epochs that are large", |case| {
        let pairs = [
            (7, 1),
            (7, 1 + (1 << 32)),
            (7 + (1 << 32), 1),
            (1000, 0),
            (1, 0),
            (0, 1000),
            (u64::MAX, 3),
            (3, u64::MAX),
            (u64::MAX, u64::MAX),
            (0, 1 << 32),
            (1 << 32, 0),
            (0, 1),
            (0, 1_000_003),
            // A product or a rotation by a well-known number, mixed into the other one.
            (0, 1 << 20),
            (0, 6_364_136_223_846_793_005),
            (0x9E37_79B9_7F4A_7C15, 0),
            // Numbers of which some bits are lost, as in an f64 or in 40 bits.
            (7 + (1 << 63), 1),
            (7 + (1 << 63), 1 + (1 << 63)),
            (1 << 53, 1),
            ((1 << 53) + 1, 1),
            (7, 1 << 53),
            (7, (1 << 53) + 1),
            (7, 1 + (1 << 40)),
        ];
        let mut seen = Vec::new();
        for (seed, epoch) in pairs {
            case.given(format!("n 50, seed {seed}, epoch {epoch}"));
            let order = order(50, seed, epoch);
            case.holds(
                !seen.contains(&order),
                "its order",
                "one of its own",
                "that of another pair",
                "two numbers do not fit into one, and each counts to its last bit: give each \
                 one of the four of `generator_at`, whole",
            );
            seen.push(order);
        }
    });
    check.case("a seed is not a distance in epochs", |case| {
        case.given("n 50, seed 1, epoch 0, against seed 0, epochs 0 to 9999");
        let own = order(50, 1, 0);
        let same = (0..10_000).find(|epoch| order(50, 0, *epoch) == own);
        case.holds(
            same.is_none(),
            "its order",
            "one of its own",
            format!("that of seed 0, epoch {}", same.unwrap_or(0)),
            "seed and epoch went into one number, as by `31 * seed + epoch`: give each one \
             of the four of `generator_at`, whole",
        );
    });
    check.case("random, and all rows alike", |case| {
        // 600 epochs of 6 rows: each row should be at each place 100 times, ± 9.1.
        case.given("n 6, seed 11, epochs 0 to 599");
        let mut counts = [[0usize; 6]; 6];
        for epoch in 0..600 {
            let order = batches(6, 2, 11, epoch).concat();
            order.iter().enumerate().for_each(|(place, row)| counts[place][*row] += 1);
        }
        let far = |count: &&usize| !(55..=145).contains(*count);
        let found = counts.iter().flatten().find(far);
        case.holds(
            found.is_none(),
            "how often a row is at a place",
            "about 100 times each",
            format!("{} times", found.unwrap_or(&0)),
            "some rows come at some places more often: are only the batches in random \
             order, or only the rows in each? `permutation` of all rows does both",
        );
        case.given("n 6, batches of 2, seed 11, epochs 0 to 599");
        let together = (0..600).filter(|epoch| {
            let pairs = batches(6, 2, 11, *epoch);
            pairs.iter().any(|pair| pair.contains(&0) && pair.contains(&1))
        });
        let together = together.count();
        case.holds(
            (70..=170).contains(&together),
            "how often rows 0 and 1 are in one batch",
            "about 120 times (one in five)",
            format!("{together} times"),
            "rows that stand side by side in the data stay together: shuffle rows, not \
             batches",
        );
    });
    check.case("no rows", |case| {
        case.given("n 0, size 4");
        let none: Vec<Vec<usize>> = Vec::new();
        case.equal("the batches", batches(0, 4, 1, 1), none, "there is no batch then");
    });
}
