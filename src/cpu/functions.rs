//! eˣ, tanh and Φ in f32. The system's own are a little more exact, but take one at a time.
//! These have no branch (both sides of a choice are computed, and one is taken), so that
//! the compiler can compute eight at once.

#![expect(clippy::excessive_precision, reason = "the digits are the sources'")]

use std::f32::consts::{FRAC_1_SQRT_2, FRAC_2_SQRT_PI, LOG2_E};

/// 2²³ · 1.5: added to a small number, it leaves no room for digits behind the point, so
/// that the last bits of the sum are the nearest integer.
const ROUND: f32 = 12_582_912.0;

/// ln 2 in two parts: the first has so few digits that its product with an integer below
/// 2⁸ is exact (Cody and Waite 1980).
const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];

/// (eʳ − 1 − r) / r²: Cephes (Moshier 1984), `expf`.
const EXP: [f32; 6] =
    [1.987_569_1e-4, 1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5];
/// (tanh x − x) / x³ in x²: Cephes, `tanhf`.
const TANH: [f32; 5] =
    [-5.704_988_7e-3, 2.063_908_9e-2, -5.373_971_6e-2, 1.333_144_2e-1, -3.333_328_2e-1];
/// erf z / z in z²: Cephes, `erff`.
const ERF: [f32; 7] = [
    7.853_861e-5,
    -8.010_194e-4,
    5.188_327_6e-3,
    -2.685_381_2e-2,
    1.128_358_5e-1,
    -3.761_262_6e-1,
    FRAC_2_SQRT_PI,
];
/// erfc z · e^(z²) / t in t = 1/(1 + z/2): our own fit at Chebyshev nodes.
const TAIL: [f32; 9] = [
    -0.060_108_71,
    0.289_446_1,
    -0.496_829_58,
    0.288_515_15,
    -0.033_399_02,
    0.205_360_43,
    0.242_479_38,
    0.282_453_84,
    0.282_082_36,
];

/// Σ cᵢ xⁱ, the highest power first (Horner's scheme).
#[inline(always)]
fn polynomial<const N: usize>(x: f32, coefficients: [f32; N]) -> f32 {
    let mut sum = coefficients[0];
    let mut i = 1;
    while i < N {
        sum = sum * x + coefficients[i];
        i += 1;
    }
    sum
}

/// eˣ = 2ⁿ eʳ with n the integer nearest to x / ln 2, so that |r| ≤ ½ ln 2. Off by at
/// most one and a half units in the last place.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    // Beyond these bounds the result is ∞ or 0. NaN passes both.
    let x = if x > 90.0 { 90.0 } else { x };
    let x = if x < -105.0 { -105.0 } else { x };
    let shifted = x * LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = x - n * LN_2[0] - n * LN_2[1];
    let p = polynomial(r, EXP);
    let power = p * r * r + r + 1.0;
    // 2ⁿ as two factors: one alone would overflow where the product does not yet.
    let n = shifted.to_bits().wrapping_sub(ROUND.to_bits()) as i32;
    let two_to = |n: i32| f32::from_bits((n.wrapping_add(127) as u32) << 23);
    power * two_to(n >> 1) * two_to(n.wrapping_sub(n >> 1))
}

/// tanh x: near 0 a polynomial, elsewhere 1 − 2/(e²ˣ + 1), which near 0 would lose its
/// digits. Off by at most two and a half units in the last place.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let size = x.abs();
    let z = x * x;
    let p = polynomial(z, TANH);
    let near = p * z * size + size;
    let far = 1.0 - 2.0 / (exp(2.0 * size) + 1.0);
    (if size < 0.625 { near } else { far }).copysign(x)
}

/// Φ(x) = ½ erfc(−x/√2), the share of a standard normal distribution below x. Near 0 it is
/// ½ + ½ erf(x/√2). Elsewhere, with z = |x|/√2, the tail is ½ t P(t) e^(−z²) with
/// t = 1/(1 + z/2), the form of Hastings (1955). Off by at most six units in the last place,
/// also where it is small (down to x = −12.5).
#[inline(always)]
pub fn normal_cdf(x: f32) -> f32 {
    let size = x.abs();
    let z = size * FRAC_1_SQRT_2;
    let p = polynomial(z * z, ERF);
    let near = 0.5 + 0.5 * p * (x * FRAC_1_SQRT_2);
    let t = 1.0 / (1.0 + 0.5 * z);
    let p = polynomial(t, TAIL);
    // e^(−x²/2) = e^(−s²/2) e^(−d) with s so short that s² is exact, and so near to |x| that
    // five terms of the series are enough for d = (|x| − s)(|x| + s)/2.
    let s = f32::from_bits(size.to_bits() & 0xffff_f000);
    let d = 0.5 * (size - s) * (size + s);
    let series = 1.0 - d * (1.0 - d * (0.5 - d * (1.0 / 6.0 - d / 24.0)));
    let tail = 0.5 * t * p * exp(-0.5 * s * s) * series;
    let tail = if size > 14.5 { 0.0 } else { tail }; // below every f32; at ∞, ∞ − ∞
    let far = if x > 0.0 { 1.0 - tail } else { tail };
    if size < 1.0 { near } else { far }
}

#[cfg(test)]
mod tests {
    use super::super::erf;
    use super::*;
    use std::f64::consts::FRAC_1_SQRT_2;

    /// The distance of two numbers in units of the last place of the second one.
    fn units(got: f32, exact: f64) -> f64 {
        let nearest = exact as f32;
        if got == nearest {
            return 0.0;
        }
        let unit = f64::from(nearest.abs().next_up()) - f64::from(nearest.abs());
        (f64::from(got) - exact).abs() / unit
    }

    /// Every 977th of all f32 from 2⁻⁴⁰ up to `end`, with both signs.
    fn numbers(end: f32) -> impl Iterator<Item = f32> {
        let bits = (2f32.powi(-40).to_bits()..end.to_bits()).step_by(977);
        bits.flat_map(|bits| [f32::from_bits(bits), -f32::from_bits(bits)])
    }

    #[test]
    fn exp_and_tanh_are_right_to_the_last_places() {
        let worst = numbers(88.7).map(|x| units(exp(x), f64::from(x).exp()));
        let worst = worst.fold(0.0, f64::max);
        assert!(worst <= 1.5, "exp is off by {worst} units");
        let worst = numbers(20.0).map(|x| units(tanh(x), f64::from(x).tanh()));
        let worst = worst.fold(0.0, f64::max);
        assert!(worst <= 2.5, "tanh is off by {worst} units");
    }

    #[test]
    fn the_share_below_keeps_its_digits_where_it_is_small() {
        let exact = |x: f32| 0.5 * erf::erfc(-f64::from(x) * FRAC_1_SQRT_2);
        let worst = numbers(12.5).map(|x| (units(normal_cdf(x), exact(x)), x));
        let (worst, x) = worst.fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a });
        assert!(worst <= 6.0, "Φ({x}) is off by {worst} units");
    }

    #[test]
    fn the_ends_are_exact() {
        let inf = f32::INFINITY;
        assert_eq!([exp(0.0), exp(-inf), exp(inf)], [1.0, 0.0, inf]);
        assert_eq!([exp(-104.0), exp(89.0), exp(f32::MIN)], [0.0, inf, 0.0]);
        assert!(exp(-100.0) > 0.0, "numbers below the smallest normal one are not lost");
        assert_eq!([tanh(-inf), tanh(inf), tanh(-0.0)], [-1.0, 1.0, 0.0]);
        assert!(tanh(-0.0).is_sign_negative());
        assert_eq!([normal_cdf(-inf), normal_cdf(0.0), normal_cdf(inf)], [0.0, 0.5, 1.0]);
        assert!(exp(f32::NAN).is_nan() && tanh(f32::NAN).is_nan());
        assert!(normal_cdf(f32::NAN).is_nan());
    }
}
