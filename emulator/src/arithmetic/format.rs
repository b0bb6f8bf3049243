//! Binary floating-point formats: bits taken apart into an exact number, and a number put
//! together into bits with one rounding.

use crate::types::Type;

/// Which neighbour stands for a number between two (ISA, section 9.7.3).
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Rounding {
    /// The nearest, of two equally near ones the even one.
    Nearest,
    /// Towards zero.
    Zero,
    /// Towards −∞.
    Down,
    /// Towards +∞.
    Up,
}

impl Rounding {
    /// significand / 2^shift as an integer. For a positive shift the lowest bit of the
    /// significand may stand for all that was cut off below it.
    pub fn divide(self, significand: u128, shift: i32, negative: bool) -> u128 {
        let (count, rest, half) = match shift {
            ..=0 => return significand << -shift,
            // Most significands have at most 53 bits; a word is faster than two.
            1..64 if significand >> 64 == 0 => {
                let word = significand as u64;
                let count = word >> shift;
                (count as u128, (word - (count << shift)) as u128, 1 << (shift - 1))
            }
            1..128 => {
                let count = significand >> shift;
                (count, significand - (count << shift), 1 << (shift - 1))
            }
            // Less than half of a unit: no significand has its highest bit set.
            _ => (0, significand, u128::MAX),
        };
        let away = match self {
            Rounding::Nearest => rest > half || (rest == half && count & 1 == 1),
            Rounding::Zero => false,
            Rounding::Down => negative && rest > 0,
            Rounding::Up => !negative && rest > 0,
        };
        count + away as u128
    }
}

/// (−1)^negative · significand · 2^exponent, with a significand below 2^127.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    pub negative: bool,
    pub significand: u128,
    pub exponent: i32,
}

/// A binary format of IEEE 754 with `fraction` bits behind the point.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Format {
    pub element: Type,
    pub width: u32,
    pub fraction: u32,
    /// What an invalid operation gives; but for f64, also what any NaN becomes.
    pub nan: u64,
}

pub const F16: Format =
    Format { element: Type::F16, width: 16, fraction: 10, nan: 0x7fff };
pub const BF16: Format =
    Format { element: Type::Bf16, width: 16, fraction: 7, nan: 0x7fff };
pub const F32: Format =
    Format { element: Type::F32, width: 32, fraction: 23, nan: 0x7fff_ffff };
pub const F64: Format =
    Format { element: Type::F64, width: 64, fraction: 52, nan: 0xfff8 << 48 };

impl Format {
    /// The format of a type, or of each half of a packed one.
    pub fn of(element: Type) -> Option<Format> {
        Some(match element {
            Type::F16 | Type::F16x2 => F16,
            Type::Bf16 | Type::Bf16x2 => BF16,
            Type::F32 => F32,
            Type::F64 => F64,
            _ => return None,
        })
    }

    /// The bit of the sign.
    pub fn sign(self) -> u64 {
        1 << (self.width - 1)
    }

    /// +∞.
    pub fn infinity(self) -> u64 {
        self.sign() - (1 << self.fraction)
    }

    /// 1.
    pub fn one(self) -> u64 {
        (self.infinity() >> 1) & self.infinity()
    }

    /// The exponent of the smallest normal number.
    fn least(self) -> i32 {
        2 - (1 << (self.width - self.fraction - 2))
    }

    /// The bits without the sign.
    pub fn magnitude(self, bits: u64) -> u64 {
        bits & (self.sign() - 1)
    }

    pub fn negative(self, bits: u64) -> bool {
        bits & self.sign() != 0
    }

    pub fn is_nan(self, bits: u64) -> bool {
        self.magnitude(bits) > self.infinity()
    }

    pub fn is_finite(self, bits: u64) -> bool {
        self.magnitude(bits) < self.infinity()
    }

    pub fn is_subnormal(self, bits: u64) -> bool {
        (1..1 << self.fraction).contains(&self.magnitude(bits))
    }

    /// `.ftz`: a subnormal number becomes the zero of its sign.
    pub fn flush(self, bits: u64) -> u64 {
        if self.is_subnormal(bits) { bits & self.sign() } else { bits }
    }

    /// The NaN that an operation hands on from these operands: the first, made quiet, in f64;
    /// the smaller formats know only one.
    pub fn handed_on(self, operands: &[u64]) -> Option<u64> {
        let found = operands.iter().find(|bits| self.is_nan(**bits))?;
        Some(if self == F64 { found | 1 << 51 } else { self.nan })
    }

    /// A finite number, exactly.
    pub fn number(self, bits: u64) -> Number {
        let magnitude = self.magnitude(bits);
        let (exponent, fraction) =
            (magnitude >> self.fraction, magnitude & ((1 << self.fraction) - 1));
        let hidden = if exponent > 0 { 1 << self.fraction } else { 0 };
        Number {
            negative: self.negative(bits),
            significand: (hidden | fraction) as u128,
            exponent: exponent.max(1) as i32 - 1 + self.least() - self.fraction as i32,
        }
    }

    /// Any bits as an f64, which holds all values of all formats.
    pub fn value(self, bits: u64) -> f64 {
        if self == F64 {
            return f64::from_bits(bits);
        }
        let magnitude = if self.is_nan(bits) {
            f64::NAN
        } else if self.magnitude(bits) == self.infinity() {
            f64::INFINITY
        } else {
            let Number { significand, exponent, .. } = self.number(bits);
            let power = f64::from_bits(((exponent + 1023) as u64) << 52);
            significand as u64 as f64 * power
        };
        if self.negative(bits) { -magnitude } else { magnitude }
    }

    /// The number that is nearest to an f64.
    pub fn nearest(self, value: f64) -> u64 {
        if value.is_nan() {
            self.nan
        } else if value.is_infinite() {
            self.infinity() | if value < 0.0 { self.sign() } else { 0 }
        } else {
            self.round(F64.number(value.to_bits()), Rounding::Nearest, false)
        }
    }

    /// The number of this format that stands for an exact one; with `flush`, never a
    /// subnormal one.
    pub fn round(self, number: Number, rounding: Rounding, flush: bool) -> u64 {
        let Number { negative, significand, exponent } = number;
        let sign = if negative { self.sign() } else { 0 };
        if significand == 0 {
            return sign;
        }
        let (fraction, least) = (self.fraction as i32, self.least());
        // 2^log2 ≤ |number| < 2^(log2 + 1).
        let log2 = significand.ilog2() as i32 + exponent;
        let in_units =
            |unit: i32| rounding.divide(significand, unit - exponent, negative) as u64;
        // Whether a result is tiny is decided after rounding, as if exponents had no lower
        // end.
        if flush && log2 < least {
            let rounded_up = in_units(log2 - fraction) == 2 << fraction;
            if !(rounded_up && log2 + 1 == least) {
                return sign;
            }
        }
        let overflow = match rounding {
            Rounding::Nearest => self.infinity(),
            Rounding::Zero => self.infinity() - 1,
            Rounding::Down => self.infinity() - !negative as u64,
            Rounding::Up => self.infinity() - negative as u64,
        };
        if log2 > 1 - least {
            return sign | overflow;
        }
        let scale = log2.max(least);
        // The hidden bit of the count adds one to the exponent's field, as does a carry.
        let bits = in_units(scale - fraction) + (((scale - least) as u64) << fraction);
        sign | if bits < self.infinity() { bits } else { overflow }
    }
}
