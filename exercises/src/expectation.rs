//! Numbers that were expected, numbers that came, and what the difference suggests.

use crate::Case;
use crate::numbers::Shaped;
use gradus_course::verdict::Failure;

/// An expectation about numbers; nothing is compared before
/// [`verify`](Expectation::verify).
#[must_use = "nothing is compared before `.verify()`"]
pub struct Expectation<'a> {
    case: &'a mut Case,
    what: String,
    got: Shaped,
    expected: Shaped,
    tolerance: f64,
    mistakes: Vec<(Shaped, String)>,
    factors: Vec<(f64, String)>,
}

impl<'a> Expectation<'a> {
    pub(crate) fn new(
        case: &'a mut Case,
        what: &str,
        got: Shaped,
        expected: Shaped,
    ) -> Expectation<'a> {
        let (mistakes, factors) = (Vec::new(), Vec::new());
        Expectation {
            case,
            what: what.to_string(),
            got,
            expected,
            tolerance: 1e-9,
            mistakes,
            factors,
        }
    }

    /// The relative error that is still right: |got − expected| ≤ `tolerance` · max(1,
    /// largest |expected|).
    pub fn within(mut self, tolerance: f64) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// If the answer gave `value`, it `suggests` this mistake.
    pub fn mistake<N: crate::Numbers>(mut self, value: N, suggests: &str) -> Self {
        self.mistakes.push((value.shaped(), suggests.to_string()));
        self
    }

    /// If everything came out `factor` times the expected value, it `suggests` this
    /// mistake.
    pub fn factor(mut self, factor: f64, suggests: &str) -> Self {
        self.factors.push((factor, suggests.to_string()));
        self
    }

    /// Compares, and fails the case if the numbers differ.
    pub fn verify(self) {
        if close(&self.got, &self.expected, self.tolerance) {
            return;
        }
        let suggests = self.suggests();
        let place = self.place();
        self.case.fail(Failure {
            what: format!("{}{place}", self.what),
            expected: self.expected.show(),
            got: self.got.show(),
            suggests,
            ..Failure::default()
        });
    }

    /// In a long list, the first number that is wrong.
    fn place(&self) -> String {
        let scale = magnitude(&self.expected.values);
        let wrong = |(g, e): (&f64, &f64)| !is_close(*g, *e, self.tolerance * scale);
        match self.got.values.iter().zip(&self.expected.values).position(wrong) {
            Some(index)
                if self.expected.values.len() > 4
                    && self.got.shape == self.expected.shape =>
            {
                let (got, expected) =
                    (self.got.values[index], self.expected.values[index]);
                format!(", whose number {index} is {got} instead of {expected}")
            }
            _ => String::new(),
        }
    }

    /// What the value suggests, from the most particular to the most general.
    fn suggests(&self) -> Option<String> {
        let (got, expected) = (&self.got.values, &self.expected.values);
        let named = self
            .mistakes
            .iter()
            .find(|(value, _)| close(&self.got, value, self.tolerance.max(1e-12)));
        if let Some((_, suggests)) = named {
            return Some(suggests.clone());
        }
        if self.got.shape != self.expected.shape {
            return Some(match (&self.got.shape[..], &self.expected.shape[..]) {
                ([got], [expected]) => {
                    format!("there should be {}, and there are {got}", count(*expected))
                }
                (got, expected) => {
                    format!("the shape should be {expected:?} and is {}", shape(got))
                }
            });
        }
        if let Some(index) =
            got.iter().zip(expected).position(|(g, e)| !g.is_finite() && e.is_finite())
        {
            let kind = if got[index].is_nan() {
                "not a number: 0/0, ∞ − ∞ or ln of a negative"
            } else {
                "infinite: an overflow or a division by 0"
            };
            return Some(format!("number {index} is {kind}"));
        }
        let ratio = common_ratio(got, expected, self.tolerance.max(1e-9));
        let named = |ratio: f64| {
            self.factors.iter().find(|(factor, _)| near(ratio, *factor)).cloned()
        };
        if let Some((_, suggests)) = ratio.and_then(named) {
            return Some(suggests);
        }
        if nearly(got, expected) {
            return Some(
                "close, but not exact: are digits lost, or is something small added or cut \
                 off?"
                    .into(),
            );
        }
        // One number alone is some multiple of any other: only plain ones mean anything.
        let alone = expected.iter().filter(|value| **value != 0.0).count() == 1;
        let general = match ratio {
            Some(_) if got.iter().all(|value| *value == 0.0) => {
                Some("everything is zero: is anything added up?".into())
            }
            Some(ratio) if near(ratio, -1.0) => {
                Some("every sign is the opposite of what it should be".into())
            }
            Some(ratio) if near(ratio, 2.0) => {
                Some("twice the expected value: is something counted twice?".into())
            }
            Some(ratio) if near(ratio, 0.5) => {
                Some("half the expected value: is a factor 2 missing?".into())
            }
            Some(ratio) => fraction(ratio, alone).map(|times| {
                format!("{times} the expected value: is a factor missing or too many?")
            }),
            None => None,
        };
        if general.is_some() {
            return general;
        }
        let sorted = |values: &[f64]| {
            let mut values = values.to_vec();
            values.sort_by(f64::total_cmp);
            Shaped { shape: vec![values.len()], values }
        };
        (expected.len() > 1 && close(&sorted(got), &sorted(expected), self.tolerance))
            .then(|| "the right numbers in the wrong order".into())
    }
}

fn shape(lengths: &[usize]) -> String {
    if lengths.contains(&usize::MAX) {
        "ragged: its rows differ in length".into()
    } else {
        format!("{lengths:?}")
    }
}

fn count(numbers: usize) -> String {
    if numbers == 1 { "1 number".into() } else { format!("{numbers} numbers") }
}

fn close(got: &Shaped, expected: &Shaped, tolerance: f64) -> bool {
    let tolerance = tolerance * magnitude(&expected.values);
    got.shape == expected.shape
        && got
            .values
            .iter()
            .zip(&expected.values)
            .all(|(got, expected)| is_close(*got, *expected, tolerance))
}

fn is_close(got: f64, expected: f64, tolerance: f64) -> bool {
    got == expected
        || (got - expected).abs() <= tolerance
        || (got.is_nan() && expected.is_nan())
}

/// max(1, largest |value|).
fn magnitude(values: &[f64]) -> f64 {
    values
        .iter()
        .filter(|value| value.is_finite())
        .fold(1.0, |largest, value| value.abs().max(largest))
}

/// The one ratio got/expected that all numbers share, if they do and at least one
/// expected number is not zero.
fn common_ratio(got: &[f64], expected: &[f64], tolerance: f64) -> Option<f64> {
    let (largest, _) =
        expected.iter().enumerate().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))?;
    if expected[largest] == 0.0 {
        return None;
    }
    let ratio = got[largest] / expected[largest];
    let scale = magnitude(got);
    got.iter()
        .zip(expected)
        .all(|(g, e)| is_close(*g, ratio * e, tolerance * scale))
        .then_some(ratio)
}

/// Whether two ratios are the same but for rounding.
fn near(ratio: f64, factor: f64) -> bool {
    is_close(ratio, factor, 1e-6 * factor.abs().max(1.0))
}

/// Whether each number is right to about three digits.
fn nearly(got: &[f64], expected: &[f64]) -> bool {
    let largest = expected.iter().fold(0.0, |largest, value| value.abs().max(largest));
    let close =
        |(g, e): (&f64, &f64)| is_close(*g, *e, (1e-3 * e.abs()).max(1e-6 * largest));
    got.iter().zip(expected).all(close)
}

/// `ratio` in words, if it is a fraction of small numbers; `plain` allows only whole
/// numbers and their inverses.
fn fraction(ratio: f64, plain: bool) -> Option<String> {
    const SMALL: i32 = 12;
    let fits = |below: i32| {
        let above = (ratio * f64::from(below)).round();
        let small = (1.0..=f64::from(SMALL)).contains(&above.abs())
            && !(plain && below > 1 && above.abs() > 1.0);
        (small && near(ratio, above / f64::from(below))).then_some((above, below))
    };
    match (1..=SMALL).find_map(fits)? {
        (above, 1) => Some(format!("{above} times")),
        (above, below) => Some(format!("{above}/{below} of")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Numbers;

    fn failure(
        got: &[f64],
        expected: &[f64],
        shape: impl Fn(Expectation<'_>) -> Expectation<'_>,
    ) -> Option<Failure> {
        let mut case = Case::default();
        shape(Expectation::new(&mut case, "x", got.shaped(), expected.shaped())).verify();
        case.failure
    }

    fn suggests(got: &[f64], expected: &[f64]) -> String {
        failure(got, expected, |e| e).unwrap().suggests.unwrap_or_default()
    }

    #[test]
    fn right_numbers_pass_and_wrong_ones_do_not() {
        assert_eq!(failure(&[1.0, 1e6], &[1.0, 1e6 + 1e-4], |e| e), None);
        assert!(failure(&[1.0, 1e6], &[1.0, 1e6 + 1.0], |e| e).is_some());
        assert!(failure(&[1.0], &[1.0, 2.0], |e| e).is_some());
        assert!(failure(&[f64::NAN], &[1.0], |e| e).is_some());
        assert!(failure(&[f64::INFINITY], &[1.0], |e| e).is_some());
        assert_eq!(failure(&[1.01], &[1.0], |e| e.within(0.1)), None);
    }

    #[test]
    fn the_difference_suggests_the_mistake() {
        assert!(suggests(&[-1.0, 2.0], &[1.0, -2.0]).contains("sign"));
        assert!(suggests(&[0.0, 0.0], &[1.0, -2.0]).contains("zero"));
        assert!(suggests(&[2.0, -4.0], &[1.0, -2.0]).contains("twice"));
        assert!(suggests(&[0.5, -1.0], &[1.0, -2.0]).contains("half"));
        assert!(suggests(&[7.0, -14.0], &[1.0, -2.0]).contains("7 times"));
        assert!(suggests(&[3.0, 1.0, 2.0], &[1.0, 2.0, 3.0]).contains("order"));
        assert!(
            suggests(&[1.0], &[1.0, 2.0])
                .contains("should be 2 numbers, and there are 1")
        );
        assert!(suggests(&[f64::NAN, 1.0], &[1.0, 2.0]).contains("not a number"));
        assert!(suggests(&[f64::INFINITY, 1.0], &[1.0, 2.0]).contains("overflow"));
        assert_eq!(suggests(&[1.0, 5.0], &[1.0, 2.0]), "");
    }

    #[test]
    fn a_factor_is_suggested_only_where_it_is_a_simple_one() {
        assert!(suggests(&[2.0, -4.0], &[3.0, -6.0]).starts_with("2/3 of"));
        assert!(suggests(&[-1.0, 3.0], &[4.0, -12.0]).starts_with("-1/4 of"));
        assert!(suggests(&[1.0, 0.0], &[3.0, 0.0]).starts_with("1/3 of"));
        for (got, expected) in [
            ([1.1933, 2.3866], [1.0, 2.0]),
            ([-110.0, -220.0], [1.0, 2.0]),
            ([3e-6, 6e-6], [1.0, 2.0]),
            ([2.0, 0.0], [3.0, 0.0]),
        ] {
            assert_eq!(suggests(&got, &expected), "", "{got:?}");
        }
    }

    #[test]
    fn lost_digits_are_not_a_factor() {
        let third = 1.0 / 3.0;
        let rounded = f64::from(third as f32);
        assert!(suggests(&[rounded], &[third]).contains("digits"));
        assert!(suggests(&[1.0 + 1e-7, -2.0], &[1.0, -2.0]).contains("digits"));
        assert!(suggests(&[1.0, 1e-8], &[1.0, 0.0]).contains("digits"));
        // A number that is small beside another one can be wrong altogether.
        assert_eq!(suggests(&[0.5, 1000.0], &[0.1, 1000.0]), "");
        assert_eq!(suggests(&[1.01, 2.0], &[1.0, 2.0]), "");
    }

    #[test]
    fn a_named_mistake_comes_before_a_general_one() {
        let named =
            failure(&[2.0], &[1.0], |e| e.mistake(vec![2.0], "the square")).unwrap();
        assert_eq!(named.suggests.as_deref(), Some("the square"));
        let factor =
            failure(&[3.0, 6.0], &[1.0, 2.0], |e| e.factor(3.0, "a sum")).unwrap();
        assert_eq!(factor.suggests.as_deref(), Some("a sum"));
    }
}
