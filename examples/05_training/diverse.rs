//! Does more diverse data need more epochs? 512 rows each time: of fewer or more digits; of
//! fewer or more different pictures; as they are or shifted.

use crate::arm::{Arm, evaluate, train};
use crate::digits::{Digits, Set};
use crate::rate::plain;
use crate::tune::{both, rates};
use gradus::random::{generator_at, uniform};
use gradus::report::Run;
use gradus::tensor::Array;

const ROWS: usize = 512;

/// Which rows make the set.
#[derive(Clone, Copy)]
enum Kind {
    /// So many of the ten digits; rows come again where there are not enough.
    Classes(u32),
    /// So many different pictures of all digits, each again and again.
    Pictures(usize),
    /// 512 pictures, each moved by up to one pixel in both directions.
    Shifted,
}

fn set(kind: Kind, digits: &Digits, seed: u64) -> Set {
    let y = digits.train.y.to_vec();
    let again = |rows: Vec<usize>| -> Set {
        digits.train.rows(&rows.into_iter().cycle().take(ROWS).collect::<Vec<_>>())
    };
    match kind {
        Kind::Classes(k) => {
            // 102 pictures whatever k is: only the number of digits differs.
            let rows = (0..y.len()).filter(|row| y[*row] < k).take(102);
            again(rows.collect())
        }
        Kind::Pictures(count) => again((0..count).collect()),
        Kind::Shifted => shifted(&digits.train.first(ROWS), seed),
    }
}

/// Every picture moved by −1, 0 or 1 pixels down and to the right.
fn shifted(set: &Set, seed: u64) -> Set {
    let (x, mut random) = (set.x.to_vec(), generator_at([seed, 0, 0, 7]));
    let mut moved = vec![0.0; x.len()];
    for (from, to) in x.chunks(64).zip(moved.chunks_mut(64)) {
        let mut step = || (uniform(&mut random) * 3.0) as isize - 1;
        let (down, right) = (step(), step());
        for (place, pixel) in to.iter_mut().enumerate() {
            let (row, column) = (place as isize / 8 - down, place as isize % 8 - right);
            if (0..8).contains(&row) && (0..8).contains(&column) {
                *pixel = from[(8 * row + column) as usize];
            }
        }
    }
    Set { x: Array::new(moved, &[set.len(), 64]), y: set.y.clone() }
}

/// Epochs until the loss on the set itself is a tenth of ln k, and the test accuracy then.
fn needed(
    kind: Kind,
    rate: f64,
    digits: &Digits,
    seed: u64,
    cap: usize,
) -> Option<(f64, f64)> {
    let set = set(kind, digits, seed);
    let classes = match kind {
        Kind::Classes(k) => f64::from(k),
        _ => 10.0,
    };
    let arm = Arm { rate, ..Arm::epochs(16, cap, ROWS) };
    let mut reached = None;
    train(&arm, &set, seed, |update, _, model| {
        // Eight times an epoch.
        if update % 4 == 0 && evaluate(model, &set).0 <= 0.1 * classes.ln() {
            let epochs = update as f64 / (ROWS / 16) as f64;
            reached = Some((epochs, evaluate(model, &digits.test).1));
        }
        reached.is_none()
    });
    reached
}

pub fn compare(run: &mut Run, splits: &[(u64, Digits)], cap: usize) {
    let kinds = [
        ("classes.2", "2 digits, 102 pictures", Kind::Classes(2)),
        ("classes.5", "5 digits, 102 pictures", Kind::Classes(5)),
        ("classes.10", "10 digits, 102 pictures", Kind::Classes(10)),
        ("pictures.32", "10 digits, 32 pictures", Kind::Pictures(32)),
        ("pictures.128", "10 digits, 128 pictures", Kind::Pictures(128)),
        ("pictures.512", "10 digits, 512 pictures", Kind::Pictures(512)),
        ("shifted", "10 digits, 512 pictures, shifted", Kind::Shifted),
    ];
    let mut rows = Vec::new();
    for (key, name, kind) in kinds {
        // Every kind has the same grid, and its fastest rate.
        let grid = rates(1.0 / 32.0, 2.0, 6);
        let mut tasks = Vec::new();
        for rate in &grid {
            tasks.extend(splits.iter().map(|split| (*rate, split)));
        }
        let found = both(&tasks, |(rate, (seed, digits))| {
            needed(kind, *rate, digits, *seed, cap)
        });
        let mean = |found: &[Option<(f64, f64)>]| {
            let epochs = found.iter().map(|found| found.map_or(f64::INFINITY, |f| f.0));
            epochs.sum::<f64>() / found.len() as f64
        };
        let found: Vec<_> = found.chunks(splits.len()).collect();
        let best =
            (0..grid.len()).min_by(|a, b| mean(found[*a]).total_cmp(&mean(found[*b])));
        let best = best.expect("there are rates");
        let reached: Vec<(f64, f64)> = found[best].iter().flatten().copied().collect();
        assert_eq!(reached.len(), splits.len(), "{name}: {cap} epochs were too few");
        let (epochs, test): (Vec<f64>, Vec<f64>) = reached.into_iter().unzip();
        let test_cell = match kind {
            Kind::Classes(_) => "–".into(),
            _ => run.measured(&format!("diverse.{key}.test"), &test, 1),
        };
        rows.push(vec![
            name.to_string(),
            plain(grid[best]),
            run.measured(&format!("diverse.{key}.epochs"), &epochs, 1),
            test_cell,
        ]);
    }
    let columns =
        ["512 rows", "η", "epochs until a tenth of ln k", "per cent right then"];
    let caption = "More diverse sets of one size: epochs until their own loss is a tenth of \
                   what guessing costs";
    run.table("diverse", caption, &columns, &rows);
}
