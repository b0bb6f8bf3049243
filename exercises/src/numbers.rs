//! What a check can compare number by number.

/// Numbers with a shape: what answers return, whatever its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Shaped {
    /// The lengths, outermost first; empty for a single number.
    pub shape: Vec<usize>,
    /// The numbers in order.
    pub values: Vec<f64>,
}

/// A value that consists of numbers.
pub trait Numbers {
    /// Its shape and its numbers.
    fn shaped(&self) -> Shaped;
}

impl Numbers for f64 {
    fn shaped(&self) -> Shaped {
        Shaped { shape: vec![], values: vec![*self] }
    }
}

impl Numbers for [f64] {
    fn shaped(&self) -> Shaped {
        Shaped { shape: vec![self.len()], values: self.to_vec() }
    }
}

impl Numbers for Vec<f64> {
    fn shaped(&self) -> Shaped {
        self.as_slice().shaped()
    }
}

/// What a kernel computes.
impl Numbers for Vec<f32> {
    fn shaped(&self) -> Shaped {
        let values = self.iter().map(|value| f64::from(*value)).collect();
        Shaped { shape: vec![self.len()], values }
    }
}

impl Numbers for Vec<Vec<f64>> {
    /// The width is that of the first row; a ragged table has a shape that fits no
    /// expectation.
    fn shaped(&self) -> Shaped {
        let width = self.first().map_or(0, Vec::len);
        let ragged = self.iter().any(|row| row.len() != width);
        Shaped {
            shape: vec![self.len(), if ragged { usize::MAX } else { width }],
            values: self.concat(),
        }
    }
}

impl Shaped {
    /// As a reader would write it, with as many digits as tell two close numbers apart.
    pub fn show(&self) -> String {
        const SHOWN: usize = 12;
        let rows = if self.shape.len() == 2 { self.shape[1] } else { self.values.len() };
        let number = |value: &f64| show(*value);
        match self.shape.len() {
            0 => number(&self.values[0]),
            1 if self.values.len() <= SHOWN => {
                format!(
                    "[{}]",
                    self.values.iter().map(number).collect::<Vec<_>>().join(", ")
                )
            }
            1 => {
                let shown: Vec<_> = self.values[..SHOWN].iter().map(number).collect();
                format!("[{}, …] ({} numbers)", shown.join(", "), self.values.len())
            }
            _ if rows == 0 || rows == usize::MAX => {
                format!("{} rows of unequal or no length", self.shape[0])
            }
            _ => {
                let shown = self
                    .values
                    .chunks(rows)
                    .take(4)
                    .map(|row| row.shaped().show())
                    .collect::<Vec<_>>();
                let rest = if self.shape[0] > 4 {
                    format!(", …] ({} rows)", self.shape[0])
                } else {
                    "]".into()
                };
                format!("[{}{rest}", shown.join(", "))
            }
        }
    }
}

/// A number with up to ten significant digits: 2, not 2.0000000000; 1e300 as such.
fn show(value: f64) -> String {
    if !value.is_finite() {
        return format!("{value}");
    }
    if value != 0.0 && !(1e-4..1e9).contains(&value.abs()) {
        return format!("{value:e}").chars().take(24).collect();
    }
    let text = format!("{value:.10}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_short_and_without_losing_their_size() {
        let shown: Vec<_> = [2.0, -0.5, 0.1 + 0.2, 1e300, 3e-7, f64::NAN, 0.0]
            .iter()
            .map(|v| show(*v))
            .collect();
        assert_eq!(shown, ["2", "-0.5", "0.3", "1e300", "3e-7", "NaN", "0"]);
        assert_eq!(
            vec![vec![1.0, 2.0], vec![3.0, 4.0]].shaped().show(),
            "[[1, 2], [3, 4]]"
        );
        assert_eq!(vec![0.0; 20].shaped().show().matches("0,").count(), 12);
    }

    #[test]
    fn a_ragged_table_has_a_shape_of_its_own() {
        assert_eq!(vec![vec![1.0], vec![2.0, 3.0]].shaped().shape, [2, usize::MAX]);
        assert_eq!(vec![vec![1.0, 9.0], vec![2.0, 3.0]].shaped().shape, [2, 2]);
    }
}
