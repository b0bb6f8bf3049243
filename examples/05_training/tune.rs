//! Every arm gets the same treatment: the same number of learning rates, the one with the
//! smallest mean loss on the validation rows, and only then a look at the test rows.

use crate::arm::{Arm, evaluate, train};
use crate::digits::{Digits, Set};
use std::sync::atomic::{AtomicUsize, Ordering};

/// How a run ended.
#[derive(Clone, Copy)]
pub struct Score {
    /// Mean losses; infinite if the run diverged.
    pub train: f64,
    pub validation: f64,
    /// Right answers on the test rows, in per cent.
    pub test: f64,
}

/// An arm at its best rate.
pub struct Tuned {
    pub arm: Arm,
    /// The mean validation loss at every rate.
    pub sweep: Vec<(f64, f64)>,
    /// One for each seed.
    pub scores: Vec<Score>,
}

impl Tuned {
    /// The test accuracies, seed by seed.
    pub fn test(&self) -> Vec<f64> {
        self.scores.iter().map(|score| score.test).collect()
    }

    /// The losses on the training rows, seed by seed.
    pub fn train(&self) -> Vec<f64> {
        self.scores.iter().map(|score| score.train).collect()
    }

    /// The losses on the validation rows, seed by seed.
    pub fn validation(&self) -> Vec<f64> {
        self.scores.iter().map(|score| score.validation).collect()
    }

    /// Whether the best rate is the first or the last: then the grid is too narrow.
    pub fn at_the_edge(&self) -> bool {
        let place = self.sweep.iter().position(|(rate, _)| *rate == self.arm.rate);
        place == Some(0) || place == Some(self.sweep.len() - 1)
    }
}

/// `work` of everything, on two threads that take what is next. Results stay in order.
pub fn both<A: Sync, B: Send>(tasks: &[A], work: impl Fn(&A) -> B + Sync) -> Vec<B> {
    let (next, work) = (AtomicUsize::new(0), &work);
    let run = || {
        let mut done = Vec::new();
        while let Some((place, task)) = {
            let place = next.fetch_add(1, Ordering::Relaxed);
            tasks.get(place).map(|task| (place, task))
        } {
            done.push((place, work(task)));
        }
        done
    };
    let mut all = std::thread::scope(|scope| {
        let other = scope.spawn(run);
        let mut own = run();
        own.extend(other.join().expect("no run panics"));
        own
    });
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, result)| result).collect()
}

/// One run, scored at its end. `set` chooses what it is trained on.
pub fn score(arm: &Arm, digits: &Digits, set: &Set, seed: u64) -> Score {
    let lost = Score { train: f64::INFINITY, validation: f64::INFINITY, test: 10.0 };
    let Some(model) = train(arm, set, seed, |_, _, _| true) else { return lost };
    let (train, _) = evaluate(&model, set);
    let (validation, _) = evaluate(&model, &digits.validation);
    let (_, test) = evaluate(&model, &digits.test);
    if train.is_finite() { Score { train, validation, test } } else { lost }
}

/// The arm at the best of these rates. `set` chooses what is trained on.
pub fn tuned_on(
    arm: Arm,
    rates: &[f64],
    splits: &[(u64, Digits)],
    set: impl Fn(&Digits) -> Set + Sync,
) -> Tuned {
    let mut tasks = Vec::new();
    for rate in rates {
        tasks.extend(splits.iter().map(|split| (Arm { rate: *rate, ..arm }, split)));
    }
    let scores =
        both(&tasks, |(arm, (seed, digits))| score(arm, digits, &set(digits), *seed));
    let by_rate: Vec<&[Score]> = scores.chunks(splits.len()).collect();
    let mean = |scores: &[Score]| {
        scores.iter().map(|score| score.validation).sum::<f64>() / scores.len() as f64
    };
    let sweep: Vec<_> =
        rates.iter().zip(&by_rate).map(|(rate, scores)| (*rate, mean(scores))).collect();
    let best = (0..rates.len()).min_by(|a, b| sweep[*a].1.total_cmp(&sweep[*b].1));
    let best = best.expect("there are rates");
    Tuned { arm: Arm { rate: rates[best], ..arm }, sweep, scores: by_rate[best].to_vec() }
}

/// The same on all training rows.
pub fn tuned(arm: Arm, rates: &[f64], splits: &[(u64, Digits)]) -> Tuned {
    tuned_on(arm, rates, splits, |digits| digits.train.clone())
}

/// `from`, `from · factor`, … : so many rates.
pub fn rates(from: f64, factor: f64, count: u32) -> Vec<f64> {
    (0..count).map(|k| from * factor.powi(k as i32)).collect()
}

/// a − b, seed by seed.
pub fn paired(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}
