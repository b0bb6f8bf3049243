//! One axis: the range it shows, the ticks on it and what they are called.

use crate::results::Scale;

/// An axis in drawn coordinates: values themselves, or their decimal logarithms.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// How values become drawn coordinates.
    pub scale: Scale,
    /// The least and the greatest drawn coordinate.
    pub range: (f64, f64),
}

/// A place on an axis that has a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// The drawn coordinate.
    pub at: f64,
    /// What stands beside it.
    pub label: String,
}

impl Axis {
    /// The axis that shows all `values`, with a little air.
    pub fn over(scale: Scale, values: impl Iterator<Item = f64>) -> Axis {
        let drawn = values.filter_map(|value| draw(scale, value));
        let (low, high) = drawn
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        let range = match high - low {
            width if width > 0.0 => (low - 0.03 * width, high + 0.03 * width),
            // One value, or none.
            _ if low.is_finite() => {
                (low - 0.5 * low.abs().max(1.0), low + 0.5 * low.abs().max(1.0))
            }
            _ => (0.0, 1.0),
        };
        Axis { scale, range }
    }

    /// The drawn coordinate of a value, if it has one.
    pub fn draw(&self, value: f64) -> Option<f64> {
        draw(self.scale, value)
    }

    /// About five ticks.
    pub fn ticks(&self) -> Vec<Tick> {
        let (low, high) = self.range;
        match self.scale {
            Scale::Log if high - low >= 1.7 => decades(low, high),
            Scale::Log => within_decades(low, high),
            Scale::Linear => linear(low, high),
        }
    }
}

fn draw(scale: Scale, value: f64) -> Option<f64> {
    match scale {
        Scale::Linear => Some(value).filter(|v| v.is_finite()),
        Scale::Log => (value > 0.0 && value.is_finite()).then(|| value.log10()),
    }
}

/// Powers of ten, every first, second, fifth, … of them.
fn decades(low: f64, high: f64) -> Vec<Tick> {
    let (first, last) = (low.ceil() as i32, high.floor() as i32);
    let step = [1, 2, 3, 5, 10, 20, 50, 100]
        .into_iter()
        .find(|step| (last - first) / step <= 5)
        .unwrap_or(200);
    let powers = (first..=last).filter(|power| power % step == 0);
    powers
        .map(|power| Tick {
            at: f64::from(power),
            label: format!("10{}", superscript(power)),
        })
        .collect()
}

/// 1, 2 and 5 times powers of ten, for an axis that is too short for powers alone; if
/// even that leaves fewer than two, evenly spaced values.
fn within_decades(low: f64, high: f64) -> Vec<Tick> {
    let powers =
        (low.floor() as i32..=high.floor() as i32).map(|power| 10f64.powi(power));
    let values =
        powers.flat_map(|power| [1.0, 2.0, 5.0].map(|digit| (digit * power, power)));
    let mut values: Vec<_> =
        values.filter(|(value, _)| (low..=high).contains(&value.log10())).collect();
    if values.len() < 2 {
        let (step, count) = even(10f64.powf(low), 10f64.powf(high));
        values = count
            .map(|n| (n as f64 * step, step))
            .filter(|(value, _)| *value > 0.0)
            .collect();
    }
    let tick = |(value, step): (f64, f64)| Tick {
        at: value.log10(),
        label: number(value, step),
    };
    values.into_iter().map(tick).collect()
}

fn linear(low: f64, high: f64) -> Vec<Tick> {
    let (step, count) = even(low, high);
    count
        .map(|n| n as f64 * step)
        .map(|at| Tick { at, label: number(at, step) })
        .collect()
}

/// A step of 1, 2 or 5 times a power of ten, and which multiples of it lie in the range:
/// at most six.
fn even(low: f64, high: f64) -> (f64, std::ops::RangeInclusive<i64>) {
    let rough = (high - low) / 6.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|digit| digit * power)
        .into_iter()
        .find(|step| *step >= rough);
    let step = step.unwrap_or(10.0 * power);
    (step, (low / step).ceil() as i64..=(high / step).floor() as i64)
}

/// A value with just the decimals that a step of `step` needs, or as a power of ten where
/// that is shorter.
fn number(value: f64, step: f64) -> String {
    let decimals = (-(step * 1.000_001).log10().floor()).max(0.0) as usize;
    let plain = if value.abs() < step / 2.0 {
        "0".to_string()
    } else {
        format!("{value:.decimals$}")
    };
    let text = if decimals > 4 || value.abs() >= 1e6 {
        scientific(value, step)
    } else {
        grouped(&plain)
    };
    text.replace('-', "−")
}

/// `2.5·10⁻⁷`.
fn scientific(value: f64, step: f64) -> String {
    if value.abs() < step / 2.0 {
        return "0".into();
    }
    let power = value.abs().log10().floor() as i32;
    let digits = (f64::from(power) - step.log10().floor()).max(0.0) as usize;
    let mantissa = format!("{:.*}", digits.min(3), value / 10f64.powi(power));
    format!("{mantissa}·10{}", superscript(power))
}

/// `12 000`, with narrow spaces, from five digits on.
fn grouped(plain: &str) -> String {
    let digits = plain.trim_start_matches('-');
    if plain.contains('.') || digits.len() < 5 {
        return plain.into();
    }
    let sign = &plain[..plain.len() - digits.len()];
    let (front, back) = digits.split_at(digits.len() - 3);
    format!("{sign}{front}\u{202f}{back}")
}

fn superscript(power: i32) -> String {
    let raise = |c: char| match c {
        '-' => '⁻',
        digit => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']
            [digit as usize - '0' as usize],
    };
    power.to_string().chars().map(raise).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(scale: Scale, values: &[f64]) -> Vec<String> {
        Axis::over(scale, values.iter().copied())
            .ticks()
            .into_iter()
            .map(|tick| tick.label)
            .collect()
    }

    #[test]
    fn linear_ticks_are_round_and_carry_no_spare_decimals() {
        assert_eq!(
            labels(Scale::Linear, &[0.0, 100.0]),
            ["0", "20", "40", "60", "80", "100"]
        );
        assert_eq!(
            labels(Scale::Linear, &[-1.0, 1.0]),
            ["−1.0", "−0.5", "0", "0.5", "1.0"]
        );
        assert_eq!(labels(Scale::Linear, &[0.0, 0.3]), ["0", "0.1", "0.2", "0.3"]);
        assert_eq!(labels(Scale::Linear, &[0.0, 20000.0])[2], "10\u{202f}000");
    }

    #[test]
    fn log_ticks_are_powers_of_ten_at_their_place() {
        assert_eq!(
            labels(Scale::Log, &[1e-3, 10.0]),
            ["10⁻³", "10⁻²", "10⁻¹", "10⁰", "10¹"]
        );
        assert_eq!(
            labels(Scale::Log, &[1e-30, 1e10]),
            ["10⁻³⁰", "10⁻²⁰", "10⁻¹⁰", "10⁰", "10¹⁰"]
        );
        let axis = Axis::over(Scale::Log, [1e-3, 10.0].into_iter());
        assert_eq!(axis.ticks()[0].at, -3.0);
        assert_eq!(axis.draw(100.0), Some(2.0));
    }

    #[test]
    fn a_short_log_axis_still_has_ticks() {
        assert_eq!(labels(Scale::Log, &[1.0, 20.0]), ["1", "2", "5", "10", "20"]);
        assert_eq!(
            labels(Scale::Log, &[0.01, 0.2]),
            ["0.01", "0.02", "0.05", "0.1", "0.2"]
        );
        assert_eq!(
            labels(Scale::Log, &[1.06, 1.14]),
            ["1.06", "1.08", "1.10", "1.12", "1.14"]
        );
    }

    #[test]
    fn what_has_no_place_on_a_log_axis_is_left_out() {
        let axis = Axis::over(Scale::Log, [0.0, -1.0, f64::NAN, 1.0, 100.0].into_iter());
        assert_eq!(axis.draw(0.0), None);
        assert!(axis.range.0 > -0.1 && axis.range.1 < 2.1, "{axis:?}");
        assert_eq!(Axis::over(Scale::Linear, [].into_iter()).range, (0.0, 1.0));
        assert_eq!(Axis::over(Scale::Linear, [2.0].into_iter()).range, (1.0, 3.0));
    }
}
