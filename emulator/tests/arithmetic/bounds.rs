//! Approximate instructions: how far a result may lie from ours, and that a perturbed one does
//! not lie further.

use ptx_emulator::arithmetic::{Bound, OPERANDS, compute};
use ptx_emulator::types::{LANES, Type};
use std::f64::consts::PI;

/// A number of this type.
fn value(element: Type, bits: u64) -> f64 {
    match element {
        Type::F64 => f64::from_bits(bits),
        Type::F32 => f32::from_bits(bits as u32) as f64,
        // Conversion to a wider type is exact.
        half => {
            let name = half.to_string();
            let widen = compute("cvt", &["f32", &name]).expect("half to single");
            let bits = (widen.run)([&[bits; LANES]; OPERANDS])[0];
            f32::from_bits(bits as u32) as f64
        }
    }
}

/// Whether the other result is as good as ours, which is correctly rounded: so many steps away;
/// or so far from the exact result, which lies up to half a step from ours.
fn near(element: Type, bound: Bound, ours: u64, other: u64) -> bool {
    let sign = 1 << (8 * element.size() - 1);
    let (a, b) = (value(element, ours), value(element, other));
    if ours == other || (a.is_nan() && b.is_nan()) {
        return true;
    }
    // What is infinite must be equal.
    if !(a - b).is_finite() {
        return false;
    }
    // The distance in a list of all numbers, both zeros in one place.
    let place = |bits: u64| {
        if bits & sign == 0 { bits as i128 } else { -((bits - sign) as i128) }
    };
    let step = value(element, (ours & !sign) + 1) - a.abs();
    // A relative bound says nothing of subnormal results: `ex2.approx.f16` cuts them off.
    let subnormal = match element {
        Type::F16 => (-14f64).exp2(),
        Type::F64 => f64::MIN_POSITIVE,
        _ => f32::MIN_POSITIVE as f64,
    };
    let least = if a.abs() < subnormal { step } else { 0.0 };
    let allowed = (bound.relative * a.abs()).max(bound.absolute).max(least) + step / 2.0;
    (place(ours) - place(other)).abs() <= bound.steps as i128 || (a - b).abs() <= allowed
}

/// `near`, for each half of a pair, and where the ISA states another bound for some operands.
pub fn within(
    element: Type,
    bound: Bound,
    entry: &str,
    case: &[u64],
    ours: u64,
    device: u64,
) -> bool {
    let half = match element {
        Type::F16x2 => Type::F16,
        Type::Bf16x2 => Type::Bf16,
        _ => return near(element, elsewhere(bound, entry, case), ours, device),
    };
    [0, 16]
        .iter()
        .all(|shift| near(half, bound, ours >> shift & 0xffff, device >> shift & 0xffff))
}

/// The bound for these operands.
fn elsewhere(bound: Bound, entry: &str, case: &[u64]) -> Bound {
    let argument = |k: usize| f32::from_bits(case[k] as u32).abs() as f64;
    match entry {
        _ if entry.starts_with("sin") || entry.starts_with("cos") => {
            let absolute = match argument(0) {
                x if x <= 2.0 * PI => bound.absolute,
                x if x <= 100.0 * PI => (-14.7f64).exp2(),
                // None is stated: any sine, any cosine.
                _ => 2.0,
            };
            Bound { absolute, ..bound }
        }
        _ => bound,
    }
}

/// A fixed sequence of numbers that look random.
pub fn numbers(seed: u64) -> impl Iterator<Item = u64> {
    // Marsaglia 2003.
    std::iter::successors(Some(seed.wrapping_mul(2) | 1), |x| {
        let x = x ^ x << 13;
        let x = x ^ x >> 7;
        Some(x ^ x << 17)
    })
}

const APPROXIMATE: [&str; 17] = [
    "ex2.approx.f32",
    "lg2.approx.ftz.f32",
    "rcp.approx.f32",
    "rcp.approx.ftz.f32",
    "sqrt.approx.f32",
    "rsqrt.approx.f32",
    "sin.approx.f32",
    "cos.approx.f32",
    "tanh.approx.f32",
    "div.approx.f32",
    "div.full.ftz.f32",
    "rsqrt.approx.f64",
    "rcp.approx.ftz.f64",
    "ex2.approx.f16",
    "tanh.approx.f16x2",
    "ex2.approx.ftz.bf16",
    "tanh.approx.bf16x2",
];

#[test]
fn perturbed_results_stay_within_the_bound() {
    for opcode in APPROXIMATE {
        let parts = opcode.split('.').collect::<Vec<_>>();
        let compute = compute(parts[0], &parts[1..]).expect(opcode);
        let bound = compute.bound.expect(opcode);
        let mut random = numbers(1);
        let mut next = || random.next().expect("endless");
        let mut moved = 0;
        for _ in 0..1000 {
            // Mostly of a size where the functions neither overflow nor vanish.
            let operand = |bits: u64| match compute.output {
                Type::F32 => bits >> 32 & 0x8fff_ffff | 0x3800_0000,
                Type::F64 => bits & 0x80ff << 48 | bits >> 16 | 0x3f00 << 48,
                _ => bits >> 32 & 0x87ff_87ff | 0x3800_3800,
            };
            let lanes = [(); 2].map(|()| std::array::from_fn(|_| operand(next())));
            let ours = (compute.run)([&lanes[0], &lanes[1], &lanes[0], &lanes[0]]);
            for bits in ours {
                let other = bound.perturb(bits, compute.output, next());
                // No entry: the bound as it is.
                let within = within(compute.output, bound, "", &[], bits, other);
                assert!(within, "{opcode}: {bits:x} became {other:x}");
                moved += (bits != other) as u32;
            }
        }
        assert!(moved > 1000, "{opcode}: {moved} of 32000 results moved");
    }
}

#[test]
fn perturbation_leaves_special_values() {
    let bound = Bound { steps: 2, relative: 0.01, absolute: 0.01, powers_of_two: true };
    let special = [
        (Type::F32, vec![0, 1 << 31, 0x7f80_0000, 0xff80_0000, 0x7fff_ffff, 0x3f80_0000]),
        (Type::F64, vec![0, 1 << 63, 0x7ff0 << 48, 0xfff8 << 48, 0x3ff0 << 48]),
        (Type::F16x2, vec![0, 0x8000_7c00, 0xfc00_7fff, 0x3c00_bc00]),
        (Type::Bf16, vec![0, 0x8000, 0x7f80, 0x7fff, 0x3f80]),
    ];
    for (element, values) in special {
        for bits in values {
            for random in numbers(2).take(100) {
                assert_eq!(bound.perturb(bits, element, random), bits);
            }
        }
    }
    // The largest number does not become infinite, nor the smallest normal one subnormal.
    for (bits, low, high) in
        [(0x7f7f_ffff, 1, 0x7f7f_ffff), (0x0080_0000, 0x0080_0000, 0x7f7f_ffff)]
    {
        let bound = Bound { steps: 2, ..Bound::default() };
        let others =
            numbers(3).take(100).map(|random| bound.perturb(bits, Type::F32, random));
        let others = others.collect::<Vec<_>>();
        assert!(others.iter().all(|other| (low..=high).contains(other)));
        assert!(others.iter().any(|other| *other != bits));
    }
}
