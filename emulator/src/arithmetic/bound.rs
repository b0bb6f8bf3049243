//! How exact an approximate instruction is, and what else it might have returned.

use super::format::Format;
use crate::types::Type;

/// How far a result may lie from the correctly rounded one: as far as the widest of the three
/// allows.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Bound {
    /// Steps from one representable number to the next.
    pub steps: u32,
    /// Times the result.
    pub relative: f64,
    /// The same for every result.
    pub absolute: f64,
    /// Whether powers of two are exact: 1 stands in the ISA's tables of special values, and
    /// NVIDIA's own functions for f64 rely on `ex2` of a whole number.
    pub powers_of_two: bool,
}

impl Bound {
    /// The same instruction might have returned this instead: a result, given as bits, moved
    /// at random within the bound. Zeros, infinities and NaN stay, normal numbers stay normal
    /// and finite; of a packed type each half moves by itself.
    pub fn perturb(self, bits: u64, element: Type, random: u64) -> u64 {
        let Some(format) = Format::of(element) else { return bits };
        match element {
            Type::F16x2 | Type::Bf16x2 => {
                self.moved(bits & 0xffff, format, random as u32)
                    | self.moved(bits >> 16 & 0xffff, format, (random >> 32) as u32) << 16
            }
            _ => self.moved(bits, format, (random >> 32) as u32),
        }
    }

    fn moved(self, bits: u64, format: Format, random: u32) -> u64 {
        let magnitude = format.magnitude(bits);
        let kept = magnitude == 0
            || !format.is_finite(bits)
            || (self.powers_of_two && magnitude & ((1 << format.fraction) - 1) == 0);
        if kept {
            return bits;
        }
        // From −1 to 1.
        let share = random as f64 / u32::MAX as f64 * 2.0 - 1.0;
        let mut other = self.by_steps(bits, format, share);
        if self.relative > 0.0 || self.absolute > 0.0 {
            let (value, far) = (format.value(bits), self.distance(bits, format));
            other = format.nearest(value + share * far);
            // The instructions for f64 with a relative bound leave their low word zero.
            if format.width == 64 {
                other &= 0xffff_ffff << 32;
            }
            // Rounded, it may lie outside again.
            if (format.value(other) - value).abs() > far {
                return bits;
            }
        }
        let stays = format.is_finite(other)
            && format.is_subnormal(other) <= format.is_subnormal(bits)
            && (format.magnitude(other) != 0);
        if stays { other } else { bits }
    }

    fn by_steps(self, bits: u64, format: Format, share: f64) -> u64 {
        let steps = (share * (self.steps as f64 + 0.5)).round() as i64;
        let steps = steps.clamp(-(self.steps as i64), self.steps as i64);
        let magnitude = format.magnitude(bits).saturating_add_signed(steps);
        magnitude.min(format.infinity()) | bits & format.sign()
    }

    /// How far from this result, which is rounded, the relative and the absolute bound let
    /// another one lie: the bounds count from the exact result, up to half a step away.
    fn distance(self, bits: u64, format: Format) -> f64 {
        let value = format.value(bits).abs();
        let step = format.value(format.magnitude(bits) + 1) - value;
        ((self.relative * value).max(self.absolute) - step / 2.0).max(0.0)
    }
}
