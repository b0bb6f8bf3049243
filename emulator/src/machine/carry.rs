//! Sums in several words: `add.cc`, `addc`, `madc` and their like (ISA, section 9.7.2).

use super::warp::Warp;
use crate::program::{Carry, Half};
use crate::types::{LANES, Mask};

impl Warp {
    pub(super) fn carry(&mut self, carry: &Carry, active: Mask) {
        let bits = carry.element.size() as u32 * 8;
        let low = |value: u128| value & ((1 << bits) - 1);
        let held = if carry.takes { self.predicates[carry.carry] } else { 0 };
        let [a, b, c] = carry.from.map(|register| self.registers[register]);
        let mut result = [0; LANES];
        let mut overflow = 0;
        for lane in 0..LANES {
            let (a, b, c) =
                (low(a[lane] as u128), low(b[lane] as u128), low(c[lane] as u128));
            let held = (held >> lane & 1) as u128;
            let sum = match carry.product {
                Some(half) => product(a, b, half, carry) + c + held,
                None if carry.subtract => a.wrapping_sub(b).wrapping_sub(held),
                None => a + b + held,
            };
            result[lane] = low(sum) as u64;
            overflow |= ((sum >> bits & 1) as Mask) << lane;
        }
        let used = if carry.product.is_some() { 3 } else { 2 };
        let undefined = self.undefined_in(&carry.from[..used], active);
        self.write(carry.to, &result, active);
        self.taint(carry.to, undefined, active);
        if carry.gives {
            self.write_predicate(carry.carry, overflow, active);
        }
    }
}

/// One half of a product of two words, signed or not.
fn product(a: u128, b: u128, half: Half, carry: &Carry) -> u128 {
    let bits = carry.element.size() as u32 * 8;
    let signed = |value: u128| (value as i128) << (128 - bits) >> (128 - bits);
    let whole = match carry.element.signed() {
        true => signed(a).wrapping_mul(signed(b)) as u128,
        false => a.wrapping_mul(b),
    };
    let shifted = if half == Half::High { whole >> bits } else { whole };
    shifted & ((1 << bits) - 1)
}
