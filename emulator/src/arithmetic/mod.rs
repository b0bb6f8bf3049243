//! TEMPORARY
mod bits;
mod compute;
use crate::types::Type;
pub use bits::Bits;
pub use compute::{Bound, Comparison, Compute};
use compute::{binary, ternary, unary};
pub struct Atomic {
    pub apply: Box<dyn Fn(u64, u64, u64) -> u64 + Send + Sync>,
}
pub fn atomic(o: &str, t: Type, _f: bool) -> Option<Atomic> {
    let apply: Box<dyn Fn(u64, u64, u64) -> u64 + Send + Sync> = match (o, t) {
        ("add", Type::F32) => Box::new(|a, b, _| {
            (f32::from_bits(a as u32) + f32::from_bits(b as u32)).to_bits() as u64
        }),
        ("add", Type::U32 | Type::S32) => {
            Box::new(|a, b, _| (a as u32).wrapping_add(b as u32) as u64)
        }
        ("inc", Type::U32) => {
            Box::new(|a, b, _| if a as u32 >= b as u32 { 0 } else { a + 1 })
        }
        ("exch", _) => Box::new(|_, b, _| b),
        ("cas", _) => Box::new(|a, b, c| if a as u32 == b as u32 { c } else { a }),
        _ => return None,
    };
    Some(Atomic { apply })
}
macro_rules! ty {
    ($t:expr, $T:ident => $e:expr) => {
        match $t {
            "s32" => {
                type $T = i32;
                $e
            }
            "u32" | "b32" => {
                type $T = u32;
                $e
            }
            "s64" => {
                type $T = i64;
                $e
            }
            "u64" | "b64" => {
                type $T = u64;
                $e
            }
            "s16" => {
                type $T = i16;
                $e
            }
            "u16" | "b16" => {
                type $T = u16;
                $e
            }
            _ => return None,
        }
    };
}
pub fn compute(b: &str, m: &[&str]) -> Option<Compute> {
    Some(match (b, m) {
        ("add", ["f32"]) => binary(|a: f32, b: f32| a + b),
        ("sub", ["f32"]) => binary(|a: f32, b: f32| a - b),
        ("mul", ["f32"]) => binary(|a: f32, b: f32| a * b),
        ("div", ["rn", "f32"]) => binary(|a: f32, b: f32| a / b),
        ("max", ["f32"]) => binary(|a: f32, b: f32| a.max(b)),
        ("neg", ["f32"]) => unary(|a: f32| -a),
        ("fma", ["rn", "f32"]) => {
            ternary(|a: f32, b: f32, c: f32| (a as f64 * b as f64 + c as f64) as f32)
        }
        ("fma", ["rm", "f32"]) => {
            ternary(|a: f32, b: f32, c: f32| (a as f64 * b as f64 + c as f64) as f32)
        }
        ("ex2", ["approx", "ftz", "f32"]) => unary(|a: f32| a.exp2()),
        ("rsqrt", ["approx", "f32"]) => unary(|a: f32| 1.0 / a.sqrt()),
        ("cvt", ["rn", "f32", "u32"]) => unary(|a: u32| a as f32),
        ("cvt", ["sat", "f32", "f32"]) => unary(|a: f32| a.clamp(0.0, 1.0)),
        ("cvt", ["u64", "u32"]) => unary(|a: u32| a as u64),
        ("cvt", ["s64", "s32"]) => unary(|a: i32| a as i64),
        ("cvt", ["u32", "u64"]) => unary(|a: u64| a as u32),
        ("add", [t]) => ty!(*t, T => binary(|a: T,b: T| a.wrapping_add(b))),
        ("sub", [t]) => ty!(*t, T => binary(|a: T,b: T| a.wrapping_sub(b))),
        ("mul", ["lo", t]) => ty!(*t, T => binary(|a: T,b: T| a.wrapping_mul(b))),
        ("mad", ["lo", t]) => {
            ty!(*t, T => ternary(|a: T,b: T,c: T| a.wrapping_mul(b).wrapping_add(c)))
        }
        ("and", [t]) => ty!(*t, T => binary(|a: T,b: T| a & b)),
        ("or", [t]) => ty!(*t, T => binary(|a: T,b: T| a | b)),
        ("xor", [t]) => ty!(*t, T => binary(|a: T,b: T| a ^ b)),
        ("mul", ["wide", "u32"]) => binary(|a: u32, b: u32| a as u64 * b as u64),
        ("mul", ["wide", "s32"]) => binary(|a: i32, b: i32| a as i64 * b as i64),
        ("mad", ["wide", "u32"]) => {
            ternary(|a: u32, b: u32, c: u64| (a as u64 * b as u64).wrapping_add(c))
        }
        ("shl", ["b32"]) => binary(|a: u32, b: u32| if b > 31 { 0 } else { a << b }),
        ("shl", ["b64"]) => binary(|a: u64, b: u32| if b > 63 { 0 } else { a << b }),
        ("shr", ["u32"]) => binary(|a: u32, b: u32| if b > 31 { 0 } else { a >> b }),
        ("shr", ["s32"]) => {
            binary(|a: i32, b: u32| if b > 31 { a >> 31 } else { a >> b })
        }
        _ => return None,
    })
}
pub fn comparison(b: &str, m: &[&str]) -> Option<Comparison> {
    if b != "setp" {
        return None;
    }
    let [c, t] = m else { return None };
    if *t == "f32" {
        return Some(match *c {
            "lt" => comparison_(|a: f32, b: f32| a < b),
            "gt" => comparison_(|a: f32, b: f32| a > b),
            _ => return None,
        });
    }
    Some(
        ty!(*t, T => match *c { "lt" => comparison_(|a: T,b: T| a<b), "le" => comparison_(|a: T,b: T| a<=b), "gt" => comparison_(|a: T,b: T| a>b), "ge" => comparison_(|a: T,b: T| a>=b), "eq" => comparison_(|a: T,b: T| a==b), "ne" => comparison_(|a: T,b: T| a!=b), _ => return None }),
    )
}
use compute::comparison as comparison_;
impl Bound {
    pub fn perturb(self, bits: u64, _t: Type, _r: u64) -> u64 {
        bits
    }
}
