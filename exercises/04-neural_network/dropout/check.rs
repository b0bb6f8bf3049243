//! Checks evaluation, then in training what is kept, how much, how independently, and that
//! the next call drops others.

use crate::{Case, Check};
use gradus::random::{Generator, generator};

type Rows = Vec<Vec<f64>>;

/// What the reader writes.
pub struct Answer {
    /// Some numbers become 0 in training, the others grow.
    pub dropout:
        fn(x: &[Vec<f64>], p: f64, training: bool, random: &mut Generator) -> Rows,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let dropout = answer.dropout;
    let small = vec![vec![1.0, -2.0, 3.0], vec![4.0, 0.0, -6.0]];
    check.case("evaluation is the identity", |case| {
        for p in [0.0, 0.5, 0.75, 1.0] {
            case.given(format!("{small:?}, p = {p}, in evaluation"));
            let mut random = generator(1);
            let before = random.clone();
            let got = dropout(&small, p, false, &mut random);
            let scaled = |factor: f64| {
                small.iter().map(|row| row.iter().map(|x| factor * x).collect()).collect::<Rows>()
            };
            case.numbers("the output", &got, &small)
                .mistake(
                    scaled(1.0 - p),
                    "scaled by 1 − p: training makes up for what is dropped, so nothing is \
                     left to do here",
                )
                .mistake(scaled(1.0 / (1.0 - p)), "scaled by 1/(1 − p): that belongs to training")
                .mistake(scaled(p), "scaled by p: in evaluation nothing happens")
                .verify();
            let drawn = "in evaluation nothing is drawn: ask for `training` first";
            case.holds(random == before, "the generator", "untouched", "it went on", drawn);
        }
    });
    check.case("what is kept is scaled", |case| {
        for p in [0.25, 0.5, 0.9] {
            case.given(format!("200 rows of 50 twos, p = {p}, in training"));
            let got = dropout(&vec![vec![2.0; 50]; 200], p, true, &mut generator(2));
            case.equal("the number of rows", got.len(), 200, "");
            let kept = 2.0 / (1.0 - p);
            let other =
                got.iter().flatten().find(|y| **y != 0.0 && (**y - kept).abs() > 1e-12);
            let Some(other) = other else { continue };
            let suggests = match other {
                _ if *other == 2.0 => {
                    "what is kept must grow, or the mean shrinks by 1 − p"
                }
                _ if (other - 2.0 / p).abs() < 1e-12 => {
                    "divided by p: the share that is *kept* is 1 − p"
                }
                _ if (other - 2.0 * (1.0 - p)).abs() < 1e-12 => {
                    "multiplied by 1 − p: divide"
                }
                _ => "",
            };
            case.holds(
                false,
                "what is kept",
                &kept.to_string(),
                other.to_string(),
                suggests,
            );
        }
    });
    check.case("each by a draw of its own", |case| {
        case.given("60 rows of 40 ones, p = 0.5, in training");
        let got = dropout(&vec![vec![1.0; 40]; 60], 0.5, true, &mut generator(4));
        independent(case, &got);
    });
    check.case("how many are dropped", |case| {
        for p in [0.1, 0.25, 0.8] {
            case.given(format!("200 rows of 100 twos, p = {p}, in training"));
            let got = dropout(&vec![vec![2.0; 100]; 200], p, true, &mut generator(3));
            let dropped = got.iter().flatten().filter(|y| **y == 0.0).count() as f64;
            let share = dropped / 20_000.0;
            // Six standard errors.
            let error = 6.0 * (p * (1.0 - p) / 20_000.0).sqrt();
            let suggests = match share {
                _ if (share - (1.0 - p)).abs() < error => {
                    "p is the probability to be dropped, not to be kept"
                }
                _ if share == 0.0 => "nothing is dropped",
                _ => "",
            };
            let right = (share - p).abs() < error;
            case.holds(
                right,
                "the share",
                &format!("about {p}"),
                share.to_string(),
                suggests,
            );
        }
    });
    check.case("the next call drops others", |case| {
        case.given("the same 5 rows of 20 ones twice, p = 0.5, from one generator");
        let x = vec![vec![1.0; 20]; 5];
        let mut random = generator(5);
        let (first, second) =
            (dropout(&x, 0.5, true, &mut random), dropout(&x, 0.5, true, &mut random));
        let own = "the same numbers are dropped in every call: draw from the generator that \
                   is passed in";
        case.holds(first != second, "the second call", "others dropped", "the same", own);
        let kept = |y: Rows| y.iter().flatten().filter(|y| **y != 0.0).count();
        let counts: Vec<usize> =
            (0..12).map(|_| kept(dropout(&x, 0.5, true, &mut random))).collect();
        let varies = counts.iter().any(|count| *count != counts[0]);
        let exact = "every call drops equally many: each number is dropped by a draw of its \
                     own, so their number varies";
        case.holds(varies, "how many are kept", "not always as many", format!("{counts:?}"), exact);
        let again = dropout(&x, 0.5, true, &mut generator(5));
        let seed = "the same seed must give the same: draw from the generator passed in";
        case.holds(first == again, "the same seed", "the same dropped", "others", seed);
    });
    check.case("values keep their sign and place", |case| {
        case.given(
            "20 rows −10, −9, …, 9, p = 0.5, in training: each becomes 0 or twice itself",
        );
        let x: Rows = vec![(-10..10).map(f64::from).collect(); 20];
        let got = dropout(&x, 0.5, true, &mut generator(6));
        case.equal(
            "the lengths",
            got.iter().map(Vec::len).collect::<Vec<_>>(),
            vec![20; 20],
            "",
        );
        let pairs = x.iter().flatten().zip(got.iter().flatten());
        for (x, y) in pairs {
            let right = *y == 0.0 || (*y - 2.0 * x).abs() < 1e-12;
            case.holds(
                right,
                &format!("what {x} became"),
                "0 or twice it",
                y.to_string(),
                "",
            );
        }
    });
    check.case("nothing and everything", |case| {
        case.given(format!("{small:?}, p = 0, in training"));
        case.numbers(
            "the output",
            &dropout(&small, 0.0, true, &mut generator(7)),
            &small,
        )
        .verify();
        case.given(format!("{small:?}, p = 1, in training"));
        let got = dropout(&small, 1.0, true, &mut generator(8));
        let zeros = vec![vec![0.0; 3]; 2];
        case.numbers("the output", &got, &zeros)
            .mistake(
                vec![vec![f64::NAN; 3]; 2],
                "0 · ∞: what is dropped is 0, not 0 times something",
            )
            .verify();
    });
    check.case("empty tables", |case| {
        for (x, given) in [(vec![], "no rows"), (vec![vec![]; 3], "three empty rows")] {
            for training in [true, false] {
                case.given(format!("{given}, p = 0.5, training: {training}"));
                case.equal(
                    "the output",
                    dropout(&x, 0.5, training, &mut generator(9)),
                    x.clone(),
                    "",
                );
            }
        }
    });
}

/// Neither whole rows nor whole columns fall together, and neighbours agree half the time.
fn independent(case: &mut Case, rows: &Rows) {
    let kept: Vec<Vec<bool>> =
        rows.iter().map(|row| row.iter().map(|y| *y != 0.0).collect()).collect();
    let whole = kept.iter().filter(|row| row.iter().all(|k| *k == row[0])).count();
    let by_row = "whole rows fall together: draw for every number, not for every row";
    case.holds(
        whole == 0,
        "rows that are whole or gone",
        "none",
        whole.to_string(),
        by_row,
    );
    let alike = kept[1..].iter().filter(|row| **row == kept[0]).count();
    let by_column =
        "every row drops the same columns: draw for every number of every row";
    case.holds(
        alike == 0,
        "rows that drop what the first drops",
        "none",
        alike.to_string(),
        by_column,
    );
    let places = |down: usize, along: usize| {
        let (down_to, along_to) = (kept.len() - down, kept[0].len() - along);
        let pairs = (0..down_to).flat_map(|i| (0..along_to).map(move |j| (i, j)));
        let same =
            pairs.filter(|(i, j)| kept[*i][*j] == kept[i + down][j + along]).count();
        same as f64 / (down_to * along_to) as f64
    };
    for (down, along) in [(0, 1), (0, 2), (1, 0), (2, 0), (1, 1)] {
        let share = places(down, along);
        case.holds(
            (share - 0.5).abs() < 0.07,
            &format!(
                "how often a number and the one {down} down and {along} along fare alike"
            ),
            "about half of the time",
            share.to_string(),
            "there is a pattern: every number needs a draw of its own",
        );
    }
}
