//! The error function, which the exact GELU stands on: erf x = 2/√π ∫₀ˣ e^(−t²) dt, and
//! what is missing to 1, erfc x = 1 − erf x.
//!
//! W. J. Cody, *Rational Chebyshev approximations for the error function*, Mathematics of
//! Computation 23 (1969), 631–637: three ranges, in each a ratio of two polynomials. The
//! coefficients are those of the paper as Netlib's `specfun` (`calerf`) prints them, the
//! highest power first.

#![expect(clippy::excessive_precision, reason = "the digits are the source's")]

/// erf x, to a relative error of 1e-15.
pub fn erf(x: f64) -> f64 {
    if x.abs() <= 0.46875 {
        return x * ratio(x * x, &NEAR);
    }
    let rest = tail(x.abs());
    if x < 0.0 { rest - 1.0 } else { 1.0 - rest }
}

/// 1 − erf x, whose digits would be lost in that subtraction where x is large, to a
/// relative error of 1e-15.
pub fn erfc(x: f64) -> f64 {
    match x {
        x if x.abs() <= 0.46875 => 1.0 - x * ratio(x * x, &NEAR),
        x if x < 0.0 => 2.0 - tail(-x),
        x => tail(x),
    }
}

/// Φ(x) = ½ erfc(−x/√2): the share of a standard normal distribution that lies below x.
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * erfc(-x / std::f64::consts::SQRT_2)
}

/// erfc y for y > 0.46875.
fn tail(y: f64) -> f64 {
    if y > 27.3 {
        return 0.0; // smaller than any f64
    }
    // e^(−y²) = e^(−s²) e^(−(y − s)(y + s)), where s has so few digits that s² is exact.
    let s = (16.0 * y).trunc() / 16.0;
    let bell = (-s * s).exp() * (-(y - s) * (y + s)).exp();
    let z = 1.0 / (y * y);
    let shape = if y <= 4.0 {
        ratio(y, &MIDDLE)
    } else {
        (1.0 / std::f64::consts::PI.sqrt() - z * ratio(z, &FAR)) / y
    };
    bell * shape
}

/// A polynomial divided by another.
fn ratio<const N: usize>(x: f64, coefficients: &[[f64; N]; 2]) -> f64 {
    let [above, below] =
        coefficients.map(|polynomial| polynomial.iter().fold(0.0, |sum, c| sum * x + c));
    above / below
}

#[rustfmt::skip]
const NEAR: [[f64; 5]; 2] = [
    [1.85777706184603153e-1, 3.16112374387056560e0, 1.13864154151050156e2,
     3.77485237685302021e2, 3.20937758913846947e3],
    [1.0, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3,
     2.84423683343917062e3],
];

#[rustfmt::skip]
const MIDDLE: [[f64; 9]; 2] = [
    [2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0,
     6.61191906371416295e1, 2.98635138197400131e2, 8.81952221241769090e2,
     1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3],
    [1.0, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2,
     1.62138957456669019e3, 3.29079923573345963e3, 4.36261909014324716e3,
     3.43936767414372164e3, 1.23033935480374942e3],
];

#[rustfmt::skip]
const FAR: [[f64; 6]; 2] = [
    [1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1,
     1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4],
    [1.0, 2.56852019228982242e0, 1.87295284992346047e0, 5.27905102951428412e-1,
     6.05183413124413191e-2, 2.33520497626869185e-3],
];
