//! Every random choice comes from a generator that is passed in, and every generator from
//! a seed.
//!
//! The generator is ChaCha with eight rounds (Bernstein 2008): counter-based, so that the
//! same seed gives the same integers and the same uniform numbers on every machine.

pub use rand_chacha::ChaCha8Rng as Generator;

use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};

/// The generator of that seed.
///
/// ```
/// use gradus::random::{generator, uniform};
/// assert_eq!(uniform(&mut generator(7)), uniform(&mut generator(7)));
/// assert_ne!(uniform(&mut generator(7)), uniform(&mut generator(8)));
/// ```
pub fn generator(seed: u64) -> Generator {
    Generator::seed_from_u64(seed)
}

/// The generator of four numbers together, which are its key: the same four give the same
/// stream, and others a stream that has nothing to do with it. So a random choice can
/// depend on where it is made (a seed, an update, a part of it) and on nothing before.
///
/// ```
/// use gradus::random::{generator_at, uniform};
/// assert_eq!(uniform(&mut generator_at([7, 1, 2, 3])), uniform(&mut generator_at([7, 1, 2, 3])));
/// assert_ne!(uniform(&mut generator_at([7, 1, 2, 3])), uniform(&mut generator_at([7, 2, 1, 3])));
/// ```
pub fn generator_at(key: [u64; 4]) -> Generator {
    let mut bytes = [0; 32];
    for (place, number) in bytes.chunks_exact_mut(8).zip(key) {
        place.copy_from_slice(&number.to_le_bytes());
    }
    Generator::from_seed(bytes)
}

/// A number in [0, 1), one of 2⁵³ equally likely ones.
pub fn uniform(generator: &mut Generator) -> f64 {
    (generator.next_u64() >> 11) as f64 * 2f64.powi(-53)
}

/// Leaves out so many uniform numbers, as if they had been drawn.
///
/// ```
/// use gradus::random::{generator, skip_uniforms, uniform};
/// let (mut drawn, mut skipped) = (generator(7), generator(7));
/// (0..5).for_each(|_| drop(uniform(&mut drawn)));
/// skip_uniforms(&mut skipped, 5);
/// assert_eq!(uniform(&mut drawn), uniform(&mut skipped));
/// ```
pub fn skip_uniforms(generator: &mut Generator, count: usize) {
    // Each takes two words of 32 bits.
    generator.set_word_pos(generator.get_word_pos() + 2 * count as u128);
}

/// A number from the standard normal distribution, after Box and Muller (1958).
pub fn normal(generator: &mut Generator) -> f64 {
    let radius = (-2.0 * (1.0 - uniform(generator)).ln()).sqrt();
    radius * (2.0 * std::f64::consts::PI * uniform(generator)).cos()
}

/// The numbers `0..n` in random order. (For large `n` there are more orders than seeds, so
/// that most of them never come up.)
pub fn permutation(n: usize, generator: &mut Generator) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    order.shuffle(generator);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and variance of a million draws, each within five standard errors of what
    /// they should be.
    #[test]
    fn uniform_and_normal_have_their_moments() {
        let n = 1_000_000;
        let moments = |draw: fn(&mut Generator) -> f64| {
            let mut generator = generator(1);
            let draws: Vec<f64> = (0..n).map(|_| draw(&mut generator)).collect();
            let mean = draws.iter().sum::<f64>() / n as f64;
            (mean, draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n as f64)
        };
        let (mean, variance) = moments(uniform);
        assert!((mean - 0.5).abs() < 5.0 * (1.0 / 12.0 / n as f64).sqrt(), "{mean}");
        assert!(
            (variance - 1.0 / 12.0).abs() < 5.0 * (1.0 / 180.0 / n as f64).sqrt(),
            "{variance}"
        );
        let (mean, variance) = moments(normal);
        assert!(mean.abs() < 5.0 / (n as f64).sqrt(), "{mean}");
        assert!((variance - 1.0).abs() < 5.0 * (2.0 / n as f64).sqrt(), "{variance}");
    }

    #[test]
    fn a_permutation_holds_every_number_once_and_depends_on_the_seed() {
        let mut order = permutation(100, &mut generator(3));
        assert_ne!(order, permutation(100, &mut generator(4)));
        assert_eq!(order, permutation(100, &mut generator(3)));
        order.sort();
        assert_eq!(order, (0..100).collect::<Vec<_>>());
    }

    /// The stream is part of every published result: it must never change.
    #[test]
    fn the_stream_of_a_seed_is_fixed() {
        let mut generator = generator(0);
        let first: Vec<u64> = (0..2).map(|_| generator.next_u64()).collect();
        assert_eq!(first, [0xb585f767a79a3b6c, 0x7746a55fbad8c037]);
        assert_eq!(permutation(8, &mut generator), [2, 3, 4, 7, 0, 1, 6, 5]);
    }
}
