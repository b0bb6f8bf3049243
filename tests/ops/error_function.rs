//! The error function and the Gaussian error linear unit, digit by digit.

#![expect(clippy::excessive_precision, reason = "the digits are mpmath's")]

use crate::support::*;
use gradus::autograd::{Tensor, TensorOf};
use gradus::cpu::erf::{erf, erfc};
use gradus::tensor::Array;

/// Twenty digits by mpmath 1.3: `nstr(erf(x), 20)`, where x is the nearest f64. The square
/// of 13.1 or 20.3 has more digits than an f64 holds, and its error would be seen.
#[test]
fn the_error_function_to_the_last_digits() {
    let table = [
        (1e-10, 1.1283791670955125739e-10, 0.99999999988716208329),
        (0.1, 0.1124629160182848922, 0.8875370839817151078),
        (0.46875, 0.49261347321793799159, 0.50738652678206200841),
        (0.5, 0.52049987781304653768, 0.47950012218695346232),
        (1.0, 0.84270079294971486934, 0.15729920705028513066),
        (2.0, 0.99532226501895273416, 0.0046777349810472658379),
        (3.0, 0.99997790950300141456, 0.000022090496998585441373),
        (4.0, 0.99999998458274209972, 1.5417257900280018852e-8),
        (4.0625, 0.99999999082107097519, 9.1789290248081913715e-9),
        (5.0, 0.99999999999846254021, 1.5374597944280348502e-12),
        (6.0, 0.99999999999999997848, 2.1519736712498913117e-17),
        (7.5, 1.0, 2.7766493860305691007e-26),
        (10.0, 1.0, 2.088487583762544757e-45),
        (13.1, 1.0, 1.2694671364910779746e-76),
        (20.3, 1.0, 2.9853181806016359443e-181),
        (26.0, 1.0, 5.6631924088561428465e-296),
    ];
    for (x, value, rest) in table {
        near(
            [erf(x), -erf(-x), erfc(x), erfc(-x)],
            [value, value, rest, 1.0 + value],
            1e-15,
        );
    }
    same([erf(0.0), erfc(0.0), erf(NAN), erfc(NAN)], [0.0, 1.0, NAN, NAN]);
    same([erf(INF), erf(-INF), erfc(INF), erfc(-INF)], [1.0, -1.0, 0.0, 2.0]);
}

/// The same by a way of its own: the Taylor series Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1)).
#[test]
fn the_error_function_between_the_numbers_of_the_table() {
    for step in 1..=200 {
        let x = 0.01 * f64::from(step);
        let (mut power, mut sum) = (x, 0.0);
        for n in 0..60 {
            sum += power / (2.0 * f64::from(n) + 1.0);
            power *= -x * x / (f64::from(n) + 1.0);
        }
        let expected = 2.0 / std::f64::consts::PI.sqrt() * sum;
        near([erf(x)], [expected], 2e-14);
    }
}

/// Values by mpmath 1.3.
#[test]
fn the_gaussian_unit_and_its_approximation() {
    for (x, exact, approximate) in [
        (-3.0, -0.0040496940948902836, -0.0036373920817730188),
        (-1.0, -0.15865525393145705, -0.1588080093917233),
        (0.5, 0.34573123063700655, 0.34571400982514392),
        (1.0, 0.84134474606854295, 0.8411919906082767),
        (3.0, 2.9959503059051097, 2.996362607918227),
    ] {
        let value = |f: fn(&TensorOf<f64>) -> TensorOf<f64>| [at(x, f)[0]];
        near(value(TensorOf::gelu), [exact], 1e-14);
        near(value(TensorOf::gelu_tanh), [approximate], 1e-14);
        near([at(x, Tensor::gelu)[0]], [exact], 2.0 * f64::from(f32::EPSILON));
    }
    let x: TensorOf<f64> = Array::from_fn(&[2001], |i| 0.01 * i as f64 - 10.0).into();
    let apart = x.gelu().sub(&x.gelu_tanh()).abs().value().max(&[0]).item();
    assert!((4e-4..5e-4).contains(&apart), "{apart}");
    // Far below 0 the exact one keeps its digits in f32.
    let tail = |x: f64| [at(x, Tensor::gelu)[0]];
    near(tail(-8.0), [at(-8.0, |x: &TensorOf<f64>| x.gelu())[0]], 2e-7);
}
