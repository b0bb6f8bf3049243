//! Sums, products, quotients and roots of exact numbers. What does not fit is rounded *to odd*:
//! the lowest bit is set if anything was cut off below it, so that a later rounding to a format
//! with at least two bits less is as good as one of the exact result (Boldo and Melquiond,
//! *Emulation of a FMA and correctly rounded sums: proved algorithms using rounding to odd*,
//! IEEE Transactions on Computers 57, 2008).

use super::format::{Number, Rounding};

/// The place of the leading bit of a normalised significand: a sum of two still fits.
const TOP: i32 = 125;

/// The same number with its leading bit at this place or, if it is higher, where it was.
fn normalise(number: Number, top: i32) -> Number {
    if number.significand == 0 {
        return number;
    }
    let shift = (top - number.significand.ilog2() as i32).max(0);
    Number {
        significand: number.significand << shift,
        exponent: number.exponent - shift,
        ..number
    }
}

/// significand / 2^shift, rounded to odd.
fn cut_off(significand: u128, shift: u32) -> u128 {
    match significand.checked_shr(shift) {
        Some(kept) => kept | (kept << shift != significand) as u128,
        None => (significand != 0) as u128,
    }
}

/// x + y; the rounding decides the sign of 1 − 1.
pub fn add(x: Number, y: Number, rounding: Rounding) -> Number {
    let (x, y) = (normalise(x, TOP), normalise(y, TOP));
    if x.significand == 0 || y.significand == 0 {
        let other = if x.significand == 0 { y } else { x };
        let differ = other.significand == 0 && x.negative != y.negative;
        let negative = if differ { rounding == Rounding::Down } else { other.negative };
        return Number { negative, ..other };
    }
    let (large, small) = if x.exponent >= y.exponent { (x, y) } else { (y, x) };
    let aligned =
        cut_off(small.significand, (large.exponent - small.exponent).min(127) as u32);
    if large.negative == small.negative {
        return Number { significand: large.significand + aligned, ..large };
    }
    let (negative, significand) = match large.significand.checked_sub(aligned) {
        Some(0) => (rounding == Rounding::Down, 0),
        Some(difference) => (large.negative, difference),
        None => (small.negative, aligned - large.significand),
    };
    Number { negative, significand, ..large }
}

/// x · y of significands of up to 63 bits: exact.
pub fn multiply(x: Number, y: Number) -> Number {
    Number {
        negative: x.negative != y.negative,
        significand: x.significand * y.significand,
        exponent: x.exponent + y.exponent,
    }
}

/// x / y, where y is not zero.
pub fn divide(x: Number, y: Number) -> Number {
    let x = normalise(x, 126);
    let quotient = x.significand / y.significand;
    Number {
        negative: x.negative != y.negative,
        significand: quotient | (quotient * y.significand != x.significand) as u128,
        exponent: x.exponent - y.exponent,
    }
}

/// √x, where x is not negative.
pub fn square_root(x: Number) -> Number {
    let x = normalise(x, TOP);
    // √(s · 2^2k) = √s · 2^k: the exponent must be even.
    let odd = x.exponent.rem_euclid(2);
    let square = x.significand << odd;
    let root = square.isqrt();
    Number {
        negative: x.negative,
        significand: root | (root * root != square) as u128,
        exponent: (x.exponent - odd) / 2,
    }
}
