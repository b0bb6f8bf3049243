//! What the ISA does not list is refused.

use ptx_emulator::arithmetic::{atomic, comparison, compute};
use ptx_emulator::types::Type;

/// Whether this opcode computes or compares.
fn known(opcode: &str) -> bool {
    let parts = opcode.split('.').collect::<Vec<_>>();
    let (base, modifiers) = (parts[0], &parts[1..]);
    compute(base, modifiers).is_some() || comparison(base, modifiers).is_some()
}

/// Real opcodes, with everything that may stand behind them.
const KNOWN: &str = "
    add.s32 add.sat.s32 sub.u64 mul.lo.s16 mul.wide.u32 mad.wide.s16 mad.hi.sat.s32 mul24.lo.u32
    mad24.hi.sat.s32 sad.u64 div.s16 rem.u32 abs.s64 neg.s16 min.u16 max.s64 popc.b64 clz.b32
    bfind.shiftamt.s64 fns.b32 brev.b64 bfe.s64 bfi.b64 dp4a.s32.u32 dp2a.lo.u32.s32
    and.b16 not.b64 cnot.b32 shl.b64 shr.b16 shr.s64 shf.l.wrap.b32 lop3.b32 prmt.b32.rc16
    add.f32 add.rm.ftz.sat.f32 fma.rn.f64 fma.rn.relu.bf16x2 fma.rn.ftz.relu.f16 mad.rz.f32
    div.rp.ftz.f32 div.full.ftz.f32 rcp.rz.f64 rcp.approx.ftz.f64 sqrt.approx.f32
    rsqrt.approx.f64 tanh.approx.bf16 ex2.approx.ftz.bf16x2 copysign.f64 min.ftz.NaN.f16x2
    max.NaN.bf16 abs.ftz.f16 neg.bf16x2 add.rn.bf16 testp.normal.f64
    cvt.rni.ftz.sat.s32.f32 cvt.rn.f32.u8 cvt.sat.u8.s32 cvt.s64.s8 cvt.rn.relu.bf16x2.f32
    cvt.rz.f16x2.f32 cvt.rna.tf32.f32 cvt.f64.f16 cvt.rp.ftz.f16.f32 cvt.rmi.f16.f16
    cvt.rn.sat.f32.f64 cvt.ftz.sat.f32.f32 cvt.f32.bf16
    setp.lo.u16 setp.eq.b64 setp.geu.ftz.f32 setp.num.f64 setp.neu.f16 setp.lt.bf16
    set.eq.u32.f16x2 set.gt.ftz.f16x2.f16x2 set.lt.f32.s32 slct.ftz.b64.f32 slct.f64.s32";

/// Each looks like an instruction and is none.
const NONSENSE: &str = "
    add add.f33 add.b32 add.sat.u32 add.ftz.s32 add.rn.s32 add.lo.s32 add.s8 add.pred add.f32.f32
    add.ftz.rn.f32 add.sat.ftz.f32 add.rni.f32 add.ftz.f64 add.sat.f64 add.rz.f16 add.ftz.bf16
    add.relu.f16 add.approx.f32 add.NaN.f32 add.cc.u32 sub.nearest.f32 mul.s32 mul.wide.s64
    mul.lo.f32 mul.hi.sat.s32 mad.f32 mad.lo.sat.s32 mad.hi.sat.u32 mad.rn.f16 mad24.lo.s64
    mul24.wide.u32 fma.f32 fma.rn.s32 fma.rn.sat.relu.f16 fma.rn.relu.f32 fma.rz.bf16 div.f32
    div.rn.f16 div.full.f64 div.approx.sat.f32 div.wide.u32 rem.f32 abs.u32 neg.u32 abs.sat.s32
    neg.NaN.f32 min.b32 min.NaN.f64 min.ftz.bf16 min.NaN.ftz.f32 max.sat.f32 copysign.f16
    copysign.ftz.f32 rcp.f32 rcp.approx.f64 rcp.approx.rn.f32 sqrt.full.f32 sqrt.approx.f64
    sqrt.rn.sat.f32 rsqrt.rn.f32 sin.f32 sin.approx.f64 tanh.approx.ftz.f32 ex2.approx.bf16
    ex2.approx.ftz.f16 lg2.approx.f16 and.u32 and.b8 not.s32 cnot.u32 shl.s32 shl.u32 shr.f32
    shf.l.b32 shf.wrap.l.b32 shf.l.wrap.b64 lop3.b64 prmt.f4e.b32 prmt.b32.abc popc.u32 clz.s32
    bfind.b32 bfe.b32 bfi.u32 brev.u32 fns.b64 dp4a.u32 dp4a.u8.u8 dp2a.u32.u32 sad.f32
    cvt cvt.s32 cvt.s32.f32 cvt.rn.s32.f32 cvt.rni.f32.s32 cvt.f32.s32 cvt.rn.s64.s32
    cvt.rn.f64.f32 cvt.f32.f64 cvt.f16.f32 cvt.rn.f32.f16 cvt.rni.f64.f32 cvt.rn.f32.f32
    cvt.ftz.rni.s32.f32 cvt.sat.ftz.f32.f32 cvt.ftz.f64.f16 cvt.rni.ftz.s32.f64 cvt.sat.s64.s32
    cvt.sat.u32.u16 cvt.sat.u32.u32 cvt.relu.s32.f32 cvt.rn.relu.f32.f64 cvt.rm.relu.f16.f32
    cvt.rm.f16x2.f32 cvt.rn.f16x2.f64 cvt.rn.f16x2.f16 cvt.rn.ftz.f16x2.f32 cvt.rp.bf16.f32
    cvt.rn.sat.bf16.f32 cvt.rna.f32.f32 cvt.rna.ftz.tf32.f32 cvt.rn.tf32.f32 cvt.b32.s32
    cvt.s32.pred cvt.f16x2.f16x2 cvt.rni.rn.s32.f32 cvt.s32.tf32
    setp.f32 setp.lt setp.lo.s32 setp.lt.b32 setp.ltu.s32 setp.num.u32 setp.lo.f32 setp.ftz.lt.f32
    setp.lt.ftz.f64 setp.lt.ftz.s32 setp.lt.ftz.bf16 setp.eq.s8 setp.eq.pred setp.less.f32
    setp.eq.f16x2 testp.nan.f32 testp.normal.f16 testp.finite.ftz.f32 testp.finite
    set.lt.f64.f32 set.lt.b32.s32 set.lt.u16.s32 set.lt.f32.f16 set.lt.u32 set.ftz.lt.u32.f32
    set.lt.f16.f16x2 set.lt.bf16x2.f16x2 slct.ftz.f32.s32 slct.f32.u32 slct.f32 slct.f16.f32
    slct.pred.s32 frobnicate.f32 mov.b32 selp.b32 ld.f32";

#[test]
fn opcodes_of_the_isa_are_known() {
    for opcode in KNOWN.split_whitespace() {
        assert!(known(opcode), "{opcode} is refused");
    }
}

#[test]
fn nonsense_is_refused() {
    for opcode in NONSENSE.split_whitespace() {
        assert!(!known(opcode), "{opcode} is taken");
    }
}

/// A modifier more, one twice, or two exchanged: never a panic, and taken only if it is one of
/// the few that the ISA takes too.
#[test]
fn modifiers_of_others_are_refused() {
    let words =
        "rn rz rni rna ftz sat relu NaN lo hi wide approx full s32 f32 b32 f16 zz ";
    for opcode in KNOWN.split_whitespace() {
        let parts = opcode.split('.').collect::<Vec<_>>();
        for at in 1..=parts.len() {
            let mut twice = parts.clone();
            twice.insert(at, parts[at - 1]);
            // `cvt.rna.tf32.f32.f32` is none; `cvt.f32.f32` would be, and is not made here.
            assert!(!known(&twice.join(".")), "{}", twice.join("."));
            for word in words.split(' ').filter(|word| !parts.contains(word)) {
                let mut more = parts.clone();
                more.insert(at, word);
                if word == "zz" || word.is_empty() || at == parts.len() {
                    assert!(!known(&more.join(".")), "{}", more.join("."));
                }
            }
        }
    }
}

#[test]
fn atomics_have_the_types_of_the_isa() {
    use Type::*;
    let types = [
        B8, B16, B32, B64, U8, U16, U32, U64, S8, S16, S32, S64, F16, F16x2, Bf16,
        Bf16x2, Tf32, F32, F64, Pred,
    ];
    for (operation, known) in [
        ("add", vec![U32, U64, S32, F16, F16x2, Bf16, Bf16x2, F32, F64]),
        ("min", vec![U32, U64, S32, S64]),
        ("max", vec![U32, U64, S32, S64]),
        ("and", vec![B32, B64]),
        ("or", vec![B32, B64]),
        ("xor", vec![B32, B64]),
        ("exch", vec![B32, B64]),
        ("cas", vec![B16, B32, B64]),
        ("inc", vec![U32]),
        ("dec", vec![U32]),
        ("sub", vec![]),
        ("", vec![]),
    ] {
        for element in types {
            let found = atomic(operation, element, true).is_some();
            assert_eq!(found, known.contains(&element), "{operation}.{element}");
        }
    }
}
