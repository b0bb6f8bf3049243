//! Directed roundings and integer corners that the recorded cases do not reach, against the
//! definitions in the ISA.

use crate::bounds::numbers;
use ptx_emulator::arithmetic::{OPERANDS, compute};
use ptx_emulator::types::LANES;

/// d = opcode(a, …) in one lane.
fn run(opcode: &str, operands: &[u64]) -> u64 {
    let parts = opcode.split('.').collect::<Vec<_>>();
    let compute = compute(parts[0], &parts[1..]).expect(opcode);
    let lanes: [_; OPERANDS] =
        std::array::from_fn(|k| [operands.get(k).copied().unwrap_or(0); LANES]);
    (compute.run)(std::array::from_fn(|k| &lanes[k]))[0]
}

/// The four roundings of an exact result, which is `nearest` + `error`.
fn check_f64(base: &str, operands: &[f64], nearest: f64, error: f64) {
    let bits = operands.iter().map(|operand| operand.to_bits()).collect::<Vec<_>>();
    let rounded =
        |rounding: &str| f64::from_bits(run(&format!("{base}.{rounding}.f64"), &bits));
    let down = if error < 0.0 { nearest.next_down() } else { nearest };
    let up = if error > 0.0 { nearest.next_up() } else { nearest };
    assert_eq!(rounded("rn"), nearest, "{base} {operands:?}");
    assert_eq!(rounded("rm"), down, "{base} {operands:?}");
    assert_eq!(rounded("rp"), up, "{base} {operands:?}");
    let towards_zero = if nearest < 0.0 { up } else { down };
    assert_eq!(rounded("rz"), towards_zero, "{base} {operands:?}");
}

#[test]
fn f64_rounds_in_all_directions() {
    let mut random = numbers(5);
    let mut next = || {
        let bits = random.next().expect("endless");
        // From 2^-32 to 2^32, so that no error below is lost.
        f64::from_bits(
            bits & 0x800f_ffff_ffff_ffff | ((1023 - 32 + (bits >> 52 & 63)) << 52),
        )
    };
    for _ in 0..5000 {
        let (a, b, c) = (next(), next(), next());
        let sum = a + b;
        // TwoSum (Knuth).
        let part = sum - a;
        check_f64("add", &[a, b], sum, (a - (sum - part)) + (b - part));
        let product = a * b;
        check_f64("mul", &[a, b], product, a.mul_add(b, -product));
        let quotient = a / b;
        let rest = (-quotient).mul_add(b, a);
        check_f64("div", &[a, b], quotient, rest * b);
        let root = a.abs().sqrt();
        check_f64("sqrt", &[a.abs()], root, (-root).mul_add(root, a.abs()));
        // The error of a fused operation is the sum of two (Boldo and Muller 2005); its sign is
        // all that is wanted, and the exact part a·b = product + low is split off first.
        let low = a.mul_add(b, -product);
        let fused = a.mul_add(b, c);
        let (high, carry) = two_sum(product, c);
        let (rest, carry_low) = two_sum(carry, low);
        let error = ((high - fused) + rest) + carry_low;
        check_f64("fma", &[a, b, c], fused, error);
    }
}

/// a + b, and what its rounding lost.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let part = sum - a;
    (sum, (a - (sum - part)) + (b - part))
}

/// f32 of one or two operands is exact in f64, or determined by it: the opcode for every
/// rounding is the conversion of that.
#[test]
fn f32_rounds_as_its_conversion_from_f64() {
    let mut random = numbers(6);
    let mut next = || random.next().expect("endless") >> 32;
    for _ in 0..5000 {
        let (a, b) = (next(), next());
        let (x, y) = (f32::from_bits(a as u32) as f64, f32::from_bits(b as u32) as f64);
        for rounding in ["rn", "rz", "rm", "rp"] {
            let product = run(&format!("cvt.{rounding}.f32.f64"), &[(x * y).to_bits()]);
            let ours = run(&format!("mul.{rounding}.f32"), &[a, b]);
            let nan = f32::from_bits(ours as u32).is_nan();
            assert!(
                ours == product || (nan && (x * y).is_nan()),
                "{rounding} {a:x} {b:x}"
            );
        }
    }
}

#[test]
fn integer_corners() {
    let minimum = i32::MIN as u32 as u64;
    for (opcode, operands, result) in [
        ("mad24.hi.sat.s32", vec![0x7f_ffff, 0x7f_ffff, 0x7fff_ffff], 0x7fff_ffff),
        ("mad24.hi.sat.s32", vec![0x80_0000, 0x7f_ffff, minimum], minimum),
        ("mad.wide.u16", vec![0xffff, 0xffff, 0xffff_ffff], 0xfffe_0000),
        ("mad.wide.s32", vec![minimum, 2, 1], (-(1i64 << 32) + 1) as u64),
        ("sad.s16", vec![0x8000, 0x7fff, 1], 0),
        ("cvt.sat.s8.u64", vec![u64::MAX], 127),
        ("cvt.sat.u16.s64", vec![u64::MAX], 0),
        // The sign fills a wider register.
        ("cvt.s16.s64", vec![0x8000], 0xffff_ffff_ffff_8000),
        ("cvt.u8.s64", vec![u64::MAX], 255),
        ("set.lt.s32.u64", vec![1, 2], 0xffff_ffff),
        ("set.lt.f32.u64", vec![2, 1], 0),
        ("set.le.f16x2.f16x2", vec![0x3c00_4000, 0x3c00_3c00], 0x3c00_0000),
        ("set.ne.u32.bf16x2", vec![0x3f80_7fc0, 0x3f81_7fc0], 0xffff_0000),
        ("set.neu.u32.bf16x2", vec![0x3f80_7fc0, 0x3f80_7fc0], 0x0000_ffff),
        ("slct.b64.s32", vec![1 << 40, 2, minimum], 2),
        // fns: the nth set bit from a place on, upwards or downwards.
        ("fns.b32", vec![0b1011_0010, 1, 1], 1),
        ("fns.b32", vec![0b1011_0010, 2, 2], 5),
        ("fns.b32", vec![0b1011_0010, 5, -2i32 as u32 as u64], 4),
        ("fns.b32", vec![0b1011_0010, 4, 0], 4),
        ("fns.b32", vec![0b1011_0010, 3, 0], 0xffff_ffff),
        ("fns.b32", vec![0b1011_0010, 0, 5], 0xffff_ffff),
        ("fns.b32", vec![u32::MAX as u64, 40, 1], 0xffff_ffff),
        (
            "dp2a.hi.s32.u32",
            vec![0xffff_0002, 0xff02_0000, 1],
            (1 + 2 * 2 - 255i32) as u32 as u64,
        ),
        ("shr.s16", vec![0x8000, 99], 0xffff),
        ("bfind.s64", vec![u64::MAX], 0xffff_ffff),
        ("bfind.shiftamt.s64", vec![1], 63),
    ] {
        assert_eq!(run(opcode, &operands), result, "{opcode} {operands:x?}");
    }
}
