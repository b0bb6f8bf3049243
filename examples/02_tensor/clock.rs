//! Time per unit of work, measured so that a noisy machine treats all rivals alike.

use std::time::Instant;

/// One round of one rival lasts at least so many seconds.
const ROUND: f64 = 2e-3;

/// A rival: what it does, and nothing that a round could leave for the next.
pub type Work<'a> = &'a mut dyn FnMut();

// ANCHOR: take_turns
/// Seconds for one call of each rival, once for each round. The rivals take turns within a
/// round, so that a slow moment of the machine does not fall on one of them alone.
pub fn take_turns<const N: usize>(rounds: usize, mut rivals: [Work; N]) -> [Vec<f64>; N] {
    // The first call also brings everything into the caches that fits there.
    let calls = rivals.each_mut().map(|rival| {
        let first = seconds(1, rival).max(1e-9);
        let again = seconds(1, rival).max(1e-9);
        (ROUND / first.min(again)).ceil().max(1.0) as usize
    });
    let mut times = [const { Vec::new() }; N];
    for _ in 0..rounds {
        for (rival, times) in times.iter_mut().enumerate() {
            times.push(seconds(calls[rival], &mut rivals[rival]));
        }
    }
    times
}
// ANCHOR_END: take_turns

/// Seconds for one call, as the mean of several.
fn seconds(calls: usize, work: &mut Work) -> f64 {
    let start = Instant::now();
    (0..calls).for_each(|_| work());
    start.elapsed().as_secs_f64() / calls as f64
}

/// Each time divided by `count`.
pub fn per(times: &[f64], count: usize) -> Vec<f64> {
    times.iter().map(|time| time / count as f64).collect()
}

/// How many times as long `a` took as `b`, round by round.
pub fn ratios(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a / b).collect()
}

/// A size in memory as one reads it.
pub fn memory(bytes: usize) -> String {
    match bytes {
        0..1_048_576 => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes / 1_048_576),
    }
}
