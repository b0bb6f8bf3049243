"""The arithmetic probes: one family is one PTX module and one array of results.

An entry of a family does one instruction on every element: out[i] = op(a[i], b[i], c[i]).
Bit patterns go in and bit patterns come out; no register has a floating-point type.
"""

HEADER = ".version 7.0\n.target {target}\n.address_size 64\n"

ENTRY = """
.visible .entry {name}({parameters}) {{
  .reg .pred %p<4>;
  .reg .b16 %h<4>;
  .reg .b32 %r<4>, %i, %n;
  .reg .b64 %at<4>;
  .reg .b{width} %a, %b, %c;
  .reg .b{out} %d, %e;{cell}
  ld.param.u32 %n, [n];
  mov.u32 %r0, %ctaid.x;
  mov.u32 %r1, %tid.x;
  mad.lo.u32 %i, %r0, 128, %r1;
  setp.ge.u32 %p0, %i, %n;
  @%p0 bra done;
{loads}
{body}
{stores}
done:
  ret;
}}
"""
# Each block is of 128 threads: the index needs no %ntid.
BLOCK = 128


def module(family):
    text = HEADER.format(target=family["target"])
    for name, body in family["entries"]:
        text += entry(family, name, body)
    return text


def entry(family, name, body):
    width, out = family["width"], family["out"]
    sources, results = "abc"[: family["inputs"]], "de"[: family["outputs"]]
    parameters = ", ".join([f".param .u64 {x}" for x in sources + results] + [".param .u32 n"])
    loads = "\n".join(
        f"  ld.param.u64 %at0, [{x}];\n  mad.wide.u32 %at0, %i, {width // 8}, %at0;\n"
        f"  ld.global.b{width} %{x}, [%at0];"
        for x in sources
    )
    stores = "\n".join(
        f"  ld.param.u64 %at0, [{x}];\n  mad.wide.u32 %at0, %i, {out // 8}, %at0;\n"
        f"  st.global.b{out} [%at0], %{x};"
        for x in results
    )
    cell = f"\n  .shared .align 8 .b8 cell[{BLOCK * 8}];" if "shared" in name else ""
    return ENTRY.format(
        name=name, parameters=parameters, width=width, out=out, loads=loads,
        stores=stores, cell=cell, body="\n".join("  " + line for line in body),
    )


def plain(opcodes, operands):
    """An entry per opcode, named after it: ex2.approx.ftz.f32 is ex2_approx_ftz_f32."""
    return [(identifier(op), [f"{op} %d, {operands};"]) for op in opcodes.split()]


def identifier(opcode):
    return opcode.replace(".", "_").replace("::", "_")


ORDERED = ["eq", "ne", "lt", "le", "gt", "ge"]
FLOAT_COMPARISONS = ORDERED + ["equ", "neu", "ltu", "leu", "gtu", "geu", "num", "nan"]
UNSIGNED_COMPARISONS = ["lo", "ls", "hi", "hs"]


def comparisons(name, names, type_, zero="mov.b32 %d, 0;"):
    """All comparisons at once: bit k of the result is comparison k of the list."""
    lines = [zero]
    for k, comparison in enumerate(names):
        lines += [f"setp.{comparison}.{type_} %p1, %a, %b;",
                  f"selp.b32 %r2, {1 << k}, 0, %p1;", "or.b32 %d, %d, %r2;"]
    return (name, lines)


def narrow(opcodes, operand="%a"):
    """A conversion whose source is 16 or 8 bits wide, taken from a 32-bit register."""
    return [
        (identifier(op), [f"cvt.u16.u32 %h0, {operand};", f"{op} %d, %h0;"])
        for op in opcodes.split()
    ]


def family(name, inputs, target, width, out, entries, outputs=1, count=None):
    counts = {"unary": 1, "binary": 2, "ternary": 3}
    return {
        "name": name, "input_set": inputs, "target": target, "width": width, "out": out,
        "inputs": count or counts[inputs.split("_")[1]], "outputs": outputs,
        "entries": entries,
    }


ROUNDINGS = ("rn", "rz", "rm", "rp")
INTEGRAL = ("rni", "rzi", "rmi", "rpi")


def each(pattern, *choices):
    """The pattern with every choice put in for {}."""
    return " ".join(pattern.format(choice) for choice in choices)


APPROXIMATE = (
    "ex2.approx.f32 ex2.approx.ftz.f32 lg2.approx.f32 lg2.approx.ftz.f32 rcp.approx.f32 "
    "rcp.approx.ftz.f32 sqrt.approx.f32 sqrt.approx.ftz.f32 rsqrt.approx.f32 "
    "rsqrt.approx.ftz.f32 sin.approx.f32 sin.approx.ftz.f32 cos.approx.f32 "
    "cos.approx.ftz.f32 tanh.approx.f32"
)

F32_UNARY = plain(
    " ".join([
        APPROXIMATE, each("rcp.{}.f32", *ROUNDINGS), "rcp.rn.ftz.f32",
        each("sqrt.{}.f32", *ROUNDINGS), "sqrt.rn.ftz.f32",
        "abs.f32 abs.ftz.f32 neg.f32 neg.ftz.f32",
        each("cvt.{}.f32.f32", *INTEGRAL), "cvt.rni.ftz.f32.f32 cvt.sat.f32.f32",
        "cvt.ftz.sat.f32.f32", each("cvt.{}.s32.f32", *INTEGRAL),
        each("cvt.{}.u32.f32", *INTEGRAL), "cvt.rni.ftz.s32.f32 cvt.rpi.ftz.s32.f32",
        "cvt.rni.s16.f32 cvt.rzi.s16.f32 cvt.rni.u16.f32 cvt.rzi.u16.f32",
        "cvt.rni.s8.f32 cvt.rzi.s8.f32 cvt.rni.u8.f32 cvt.rzi.u8.f32",
        "cvt.rzi.sat.s32.f32",
    ]), "%a",
) + [
    (f"testp_{k}_f32", [f"testp.{k}.f32 %p1, %a;", "selp.b32 %d, 1, 0, %p1;"])
    for k in ("finite", "infinite", "number", "notanumber", "normal", "subnormal")
]

F32_UNARY_SM80 = plain("cvt.rna.tf32.f32", "%a")

F32_TO_16 = plain(
    "cvt.rn.f16.f32 cvt.rz.f16.f32 cvt.rm.f16.f32 cvt.rp.f16.f32 cvt.rn.ftz.f16.f32 "
    "cvt.rn.sat.f16.f32", "%a")

F32_TO_16_SM80 = plain(
    "cvt.rn.bf16.f32 cvt.rz.bf16.f32 cvt.rn.relu.bf16.f32 cvt.rz.relu.bf16.f32 "
    "cvt.rn.relu.f16.f32 cvt.rz.relu.f16.f32", "%a")

F32_TO_64 = plain(
    each("cvt.{}.s64.f32", *INTEGRAL) + " " + each("cvt.{}.u64.f32", *INTEGRAL)
    + " cvt.f64.f32 cvt.ftz.f64.f32", "%a")

F32_BINARY = plain(
    " ".join([
        each("add.{}.f32", *ROUNDINGS), each("sub.{}.f32", *ROUNDINGS),
        each("mul.{}.f32", *ROUNDINGS), each("div.{}.f32", *ROUNDINGS),
        "add.rn.ftz.f32 sub.rn.ftz.f32 mul.rn.ftz.f32 div.rn.ftz.f32 add.rz.ftz.f32",
        "add.rn.sat.f32 mul.rn.sat.f32 div.approx.f32 div.approx.ftz.f32 div.full.f32",
        "div.full.ftz.f32 min.f32 max.f32 min.ftz.f32 max.ftz.f32 copysign.f32",
        "set.lt.u32.f32 set.lt.f32.f32 set.geu.ftz.u32.f32",
    ]), "%a, %b",
) + [
    ("slct_f32_s32", ["slct.f32.s32 %d, %a, 0f40000000, %b;"]),
    ("slct_s32_f32", ["slct.s32.f32 %d, %a, 77, %b;"]),
    ("slct_ftz_s32_f32", ["slct.ftz.s32.f32 %d, %a, 77, %b;"]),
    comparisons("setp_f32", FLOAT_COMPARISONS, "f32"),
    comparisons("setp_ftz_f32", FLOAT_COMPARISONS, "ftz.f32"),
]

F32_BINARY_SM80 = plain(
    "min.NaN.f32 max.NaN.f32 min.ftz.NaN.f32 max.ftz.NaN.f32 cvt.rn.f16x2.f32 "
    "cvt.rz.f16x2.f32 cvt.rn.bf16x2.f32 cvt.rz.bf16x2.f32 cvt.rn.relu.f16x2.f32 "
    "cvt.rn.relu.bf16x2.f32", "%a, %b")

F32_TERNARY = plain(
    each("fma.{}.f32", *ROUNDINGS) + " fma.rn.ftz.f32 fma.rn.sat.f32 mad.rn.f32",
    "%a, %b, %c")

F64_UNARY = plain(
    each("sqrt.{}.f64", *ROUNDINGS) + " " + each("rcp.{}.f64", *ROUNDINGS)
    + " rcp.approx.ftz.f64 rsqrt.approx.f64 rsqrt.approx.ftz.f64 abs.f64 neg.f64 "
    + each("cvt.{}.f64.f64", *INTEGRAL) + " " + each("cvt.{}.s64.f64", *INTEGRAL) + " "
    + each("cvt.{}.u64.f64", *INTEGRAL), "%a")

F64_TO_32 = plain(
    each("cvt.{}.f32.f64", *ROUNDINGS) + " cvt.rn.ftz.f32.f64 cvt.rn.sat.f32.f64 "
    + each("cvt.{}.s32.f64", *INTEGRAL) + " " + each("cvt.{}.u32.f64", *INTEGRAL)
    + " cvt.rni.s8.f64 cvt.rzi.u16.f64", "%a")

F64_TO_16 = plain(each("cvt.{}.f16.f64", *ROUNDINGS), "%a")

F64_BINARY = plain(
    " ".join(each(op + ".{}.f64", *ROUNDINGS) for op in ("add", "sub", "mul", "div"))
    + " min.f64 max.f64 copysign.f64", "%a, %b")

F64_COMPARE = [comparisons("setp_f64", FLOAT_COMPARISONS, "f64")]

F64_TERNARY = plain(each("fma.{}.f64", *ROUNDINGS), "%a, %b, %c")

I32_UNARY = plain(
    "popc.b32 clz.b32 brev.b32 bfind.u32 bfind.s32 bfind.shiftamt.u32 bfind.shiftamt.s32 "
    "abs.s32 neg.s32 not.b32 cnot.b32 cvt.s32.s8 cvt.u32.u8 cvt.s32.s16 cvt.u32.u16 "
    "cvt.u32.s8 cvt.s32.u8 cvt.s8.s32 cvt.u8.s32 cvt.s16.s32 cvt.u16.s32 cvt.sat.s8.s32 "
    "cvt.sat.u8.s32 cvt.sat.s16.s32 cvt.sat.u16.s32 cvt.sat.s8.u32 cvt.sat.u8.u32 "
    "cvt.sat.u32.s32 cvt.sat.s32.u32 "
    + each("cvt.{}.f32.s32", *ROUNDINGS) + " " + each("cvt.{}.f32.u32", *ROUNDINGS)
    + " cvt.rn.f32.s8 cvt.rn.f32.u8 cvt.rn.f32.s16 cvt.rn.f32.u16", "%a",
) + narrow("cvt.f32.f16 cvt.ftz.f32.f16") + [
    ("abs_s16", ["cvt.u16.u32 %h0, %a;", "abs.s16 %h1, %h0;", "cvt.s32.s16 %d, %h1;"]),
    ("neg_s16", ["cvt.u16.u32 %h0, %a;", "neg.s16 %h1, %h0;", "cvt.s32.s16 %d, %h1;"]),
    ("cvt_rn_f16_s32", ["cvt.rn.f16.s32 %h0, %a;", "cvt.u32.u16 %d, %h0;"]),
    ("cvt_rn_f16_u32", ["cvt.rn.f16.u32 %h0, %a;", "cvt.u32.u16 %d, %h0;"]),
]

I32_TO_64 = plain(
    "cvt.s64.s32 cvt.u64.u32 cvt.u64.s32 cvt.s64.u32 cvt.rn.f64.s32 cvt.rn.f64.u32 "
    "cvt.sat.u64.s32 cvt.s64.s8 cvt.u64.u16", "%a")

I32_BINARY = plain(
    "add.s32 sub.s32 add.sat.s32 sub.sat.s32 mul.lo.s32 mul.hi.s32 mul.hi.u32 mul24.lo.s32 "
    "mul24.lo.u32 mul24.hi.s32 mul24.hi.u32 div.s32 div.u32 rem.s32 rem.u32 min.s32 min.u32 "
    "max.s32 max.u32 shl.b32 shr.s32 shr.u32 shr.b32 and.b32 or.b32 xor.b32 set.lt.s32.s32 "
    "set.lt.f32.u32 mul.wide.s16 mul.wide.u16", "%a, %b",
)[:-2] + [
    comparisons("setp_s32", ORDERED, "s32"),
    comparisons("setp_u32", ORDERED + UNSIGNED_COMPARISONS, "u32"),
    comparisons("setp_b32", ORDERED[:2], "b32"),
] + [
    (identifier(op), ["cvt.u16.u32 %h0, %a;", "cvt.u16.u32 %h1, %b;", f"{op} %d, %h0, %h1;"])
    for op in ("mul.wide.s16", "mul.wide.u16")
] + [
    (identifier(op), ["cvt.u16.u32 %h0, %a;", "cvt.u16.u32 %h1, %b;",
                      f"{op} %h2, %h0, %h1;", "cvt.u32.u16 %d, %h2;"])
    for op in ("add.s16 sub.s16 mul.lo.s16 mul.hi.s16 mul.hi.u16 div.s16 div.u16 rem.s16 "
               "rem.u16 min.s16 max.u16").split()
] + [
    (identifier(op), ["cvt.u16.u32 %h0, %a;", f"{op} %h2, %h0, %b;",
                      "cvt.u32.u16 %d, %h2;"])
    for op in ("shl.b16", "shr.s16", "shr.u16")
]

I32_BINARY_TO_64 = plain("mul.wide.s32 mul.wide.u32", "%a, %b") + [
    ("mov_b64_pair", ["mov.b64 %d, {%a, %b};"]),
]

PRMT_MODES = ("f4e", "b4e", "rc8", "ecl", "ecr", "rc16")

I32_TERNARY = plain(
    "mad.lo.s32 mad.hi.s32 mad.hi.u32 mad.hi.sat.s32 mad24.lo.s32 mad24.hi.u32 sad.s32 "
    "sad.u32 bfe.u32 bfe.s32 prmt.b32 shf.l.wrap.b32 shf.l.clamp.b32 shf.r.wrap.b32 "
    "shf.r.clamp.b32 slct.s32.s32 dp4a.u32.u32 dp4a.s32.s32 dp4a.u32.s32 dp4a.s32.u32 "
    "dp2a.lo.u32.u32 dp2a.hi.s32.s32", "%a, %b, %c",
) + plain(each("prmt.b32.{}", *PRMT_MODES), "%a, %b, %c") + [
    ("bfi_b32", ["bfi.b32 %d, %a, 0xA5C33C5A, %b, %c;"]),
    ("add_cc", ["add.cc.u32 %r2, %a, %b;", "addc.u32 %d, %c, 0;"]),
    ("addc_cc", ["add.cc.u32 %r2, %a, %b;", "addc.cc.u32 %r3, %b, %c;",
                 "addc.u32 %d, %r3, %r2;"]),
    ("sub_cc", ["sub.cc.u32 %r2, %a, %b;", "subc.u32 %d, %c, 0;"]),
    ("mad_cc", ["mad.lo.cc.u32 %r2, %a, %b, %c;", "madc.hi.u32 %d, %a, %b, 0;"]),
] + [
    (f"lop3_b32_{table:02x}", [f"lop3.b32 %d, %a, %b, %c, {table};"])
    for table in (0x80, 0xFE, 0x96, 0xE8, 0xCA, 0x1B)
]

I64_UNARY = plain(
    "brev.b64 abs.s64 neg.s64 not.b64 cnot.b64 "
    + each("cvt.{}.f64.s64", *ROUNDINGS) + " " + each("cvt.{}.f64.u64", *ROUNDINGS), "%a")

I64_TO_32 = plain(
    "popc.b64 clz.b64 bfind.u64 bfind.s64 bfind.shiftamt.u64 cvt.s32.s64 cvt.u32.u64 "
    "cvt.sat.s32.s64 cvt.sat.u32.s64 cvt.sat.u32.u64 cvt.sat.s8.s64 "
    + each("cvt.{}.f32.s64", *ROUNDINGS) + " " + each("cvt.{}.f32.u64", *ROUNDINGS), "%a")

I64_BINARY = plain(
    "add.s64 sub.s64 mul.lo.s64 mul.hi.s64 mul.hi.u64 div.s64 div.u64 rem.s64 rem.u64 min.s64 "
    "min.u64 max.s64 max.u64 and.b64 or.b64 xor.b64", "%a, %b",
) + [
    (identifier(op), ["cvt.u32.u64 %r2, %b;", f"{op} %d, %a, %r2;"])
    for op in ("shl.b64", "shr.s64", "shr.u64")
] + [
    comparisons("setp_s64", ORDERED, "s64", "mov.b32 %r3, 0;"),
    comparisons("setp_u64", ORDERED + UNSIGNED_COMPARISONS, "u64", "mov.b32 %r3, 0;"),
]
for _, lines in I64_BINARY[-2:]:  # the mask is a 32-bit word in a 64-bit family
    lines[:] = [line.replace("%d", "%r3") for line in lines] + ["cvt.u64.u32 %d, %r3;"]

I64_TERNARY = plain("mad.lo.s64 mad.hi.s64 mad.hi.u64 sad.s64 sad.u64", "%a, %b, %c") + [
    (identifier(op), ["cvt.u32.u64 %r2, %b;", "cvt.u32.u64 %r3, %c;",
                      f"{op} %d, %a, %r2, %r3;"])
    for op in ("bfe.u64", "bfe.s64")
] + [
    ("bfi_b64", ["cvt.u32.u64 %r2, %b;", "cvt.u32.u64 %r3, %c;",
                 "bfi.b64 %d, %a, 0xA5C33C5A0FF01234, %r2, %r3;"]),
]

HALF_UNARY = plain("abs.f16 neg.f16 " + each("cvt.{}.f16.f16", *INTEGRAL), "%a") + plain(
    "ex2.approx.f16 tanh.approx.f16 neg.ftz.f16 abs.ftz.f16 cvt.rni.s16.f16 cvt.rzi.u16.f16 "
    "cvt.rn.f16.s16 cvt.rn.f16.u16", "%a")

HALF_UNARY_SM80 = plain("abs.bf16 neg.bf16", "%a")

HALF_TO_32 = plain(
    "cvt.f32.f16 cvt.ftz.f32.f16 cvt.rni.s32.f16 cvt.rzi.s32.f16 cvt.rmi.s32.f16 "
    "cvt.rpi.u32.f16", "%a") + [
    # What a compiler emits for bf16 to f32: sixteen zero bits below.
    ("mov_b32_bf16", ["mov.u16 %h0, 0;", "mov.b32 %d, {%h0, %a};"]),
]

HALF_BINARY = plain(
    "add.f16 add.rn.f16 add.ftz.f16 add.sat.f16 sub.f16 mul.f16 mul.ftz.f16 mul.sat.f16",
    "%a, %b",
) + [comparisons("setp_f16", FLOAT_COMPARISONS, "f16", "mov.b32 %r3, 0;")]
HALF_BINARY[-1][1][:] = [
    line.replace("%d", "%r3") for line in HALF_BINARY[-1][1]
] + ["cvt.u16.u32 %d, %r3;"]

HALF_BINARY_SM80 = plain(
    "min.f16 max.f16 min.NaN.f16 max.NaN.f16 min.ftz.f16 min.bf16 max.bf16 min.NaN.bf16 "
    "max.NaN.bf16", "%a, %b")

HALF_TERNARY = plain("fma.rn.f16 fma.rn.ftz.f16 fma.rn.sat.f16", "%a, %b, %c")
HALF_TERNARY_SM80 = plain(
    "fma.rn.relu.f16 fma.rn.bf16 fma.rn.relu.bf16", "%a, %b, %c")

HALF2 = plain("fma.rn.f16x2", "%a, %b, %c") + plain(
    "add.f16x2 sub.f16x2 mul.f16x2", "%a, %b") + plain(
    "abs.f16x2 neg.f16x2 ex2.approx.f16x2 tanh.approx.f16x2", "%a")
HALF2_SM80 = plain("fma.rn.bf16x2", "%a, %b, %c") + plain(
    "min.f16x2 max.f16x2 min.NaN.bf16x2 max.bf16x2", "%a, %b") + plain(
    "abs.bf16x2 neg.bf16x2", "%a")


def atomic(space, operation, width=32, cas=False):
    """One thread and one cell: the cell holds a, the operand is b; out come what the
    instruction returned and what the cell holds afterwards. For cas, b is compared, c stored.
    """
    operands = "%b, %c" if cas else "%b"
    if space == "global":  # the result's own place serves as the cell
        where = ["ld.param.u64 %at1, [e];", f"mad.wide.u32 %at1, %i, {width // 8}, %at1;"]
        place = "global"
    else:
        where = ["mov.u64 %at1, cell;", "mov.u32 %r2, %tid.x;",
                 f"mad.wide.u32 %at1, %r2, {width // 8}, %at1;"]
        place = "shared"
    lines = where + [f"st.{place}.b{width} [%at1], %a;",
                     f"atom.{place}.{operation} %d, [%at1], {operands};",
                     f"ld.{place}.b{width} %e, [%at1];"]
    return (f"atom_{space}_{identifier(operation)}", lines)


def reduction(operation, width=32):
    """The form without a result: d stays zero."""
    return (f"red_global_{identifier(operation)}", [
        "ld.param.u64 %at1, [e];", f"mad.wide.u32 %at1, %i, {width // 8}, %at1;",
        f"mov.b{width} %d, 0;", f"st.global.b{width} [%at1], %a;",
        f"red.global.{operation} [%at1], %b;", f"ld.global.b{width} %e, [%at1];"])


ATOMIC_INTEGER = ("add.u32 add.s32 exch.b32 inc.u32 dec.u32 min.s32 min.u32 max.s32 max.u32 "
                  "and.b32 or.b32 xor.b32").split()
REDUCTION_INTEGER = [op for op in ATOMIC_INTEGER if op not in ("exch.b32", "add.s32")]
ATOMIC_WIDE = ("add.u64 exch.b64 min.s64 min.u64 max.s64 max.u64 and.b64 or.b64 xor.b64").split()
SPACES = ("global", "shared")

ATOM_I32 = [atomic(s, op) for s in SPACES for op in ATOMIC_INTEGER] + [
    reduction(op) for op in REDUCTION_INTEGER]
ATOM_CAS = [atomic(s, "cas.b32", cas=True) for s in SPACES]
ATOM_I64 = [atomic(s, op, 64) for s in SPACES for op in ATOMIC_WIDE]
ATOM_F32 = [atomic(s, "add.f32") for s in SPACES] + [reduction("add.f32")]
ATOM_F64 = [atomic(s, "add.f64", 64) for s in SPACES]
ATOM_F16 = [atomic(s, "add.noftz.f16x2") for s in SPACES]

EDGE = [(f"edge_{name}", body) for name, body in plain(
    "mul.rn.ftz.f32 mul.rz.ftz.f32 mul.rm.ftz.f32 mul.rp.ftz.f32 mul.rn.f32", "%a, %b") + plain(
    "fma.rn.ftz.f32 fma.rz.ftz.f32 fma.rm.ftz.f32 fma.rp.ftz.f32", "%a, %b, %c")]
NAN = [(f"nan_{name}", body) for name, body in plain("fma.rn.f64", "%a, %b, %c") + plain(
    "add.rn.f64 mul.rn.f64 div.rn.f64 min.f64", "%a, %b")]

FAMILIES = [
    family("f32_unary", "f32_unary", "sm_75", 32, 32, F32_UNARY),
    family("f32_unary_sm80", "f32_unary", "sm_80", 32, 32, F32_UNARY_SM80),
    family("f32_to_16", "f32_unary", "sm_75", 32, 16, F32_TO_16),
    family("f32_to_16_sm80", "f32_unary", "sm_80", 32, 16, F32_TO_16_SM80),
    family("f32_to_64", "f32_unary", "sm_75", 32, 64, F32_TO_64),
    family("f32_binary", "f32_binary", "sm_75", 32, 32, F32_BINARY),
    family("f32_binary_sm80", "f32_binary", "sm_80", 32, 32, F32_BINARY_SM80),
    family("f32_ternary", "f32_ternary", "sm_75", 32, 32, F32_TERNARY),
    family("f32_edge", "edge_ternary", "sm_75", 32, 32, EDGE),
    family("f64_nan", "nan_ternary", "sm_75", 64, 64, NAN),
    family("f64_unary", "f64_unary", "sm_75", 64, 64, F64_UNARY),
    family("f64_to_32", "f64_unary", "sm_75", 64, 32, F64_TO_32),
    family("f64_to_16", "f64_unary", "sm_75", 64, 16, F64_TO_16),
    family("f64_binary", "f64_binary", "sm_75", 64, 64, F64_BINARY),
    family("f64_compare", "f64_binary", "sm_75", 64, 32, F64_COMPARE),
    family("f64_ternary", "f64_ternary", "sm_75", 64, 64, F64_TERNARY),
    family("i32_unary", "i32_unary", "sm_75", 32, 32, I32_UNARY),
    family("i32_to_64", "i32_unary", "sm_75", 32, 64, I32_TO_64),
    family("i32_binary", "i32_binary", "sm_75", 32, 32, I32_BINARY),
    family("i32_binary_to_64", "i32_binary", "sm_75", 32, 64, I32_BINARY_TO_64),
    family("i32_ternary", "i32_ternary", "sm_75", 32, 32, I32_TERNARY),
    family("i64_unary", "i64_unary", "sm_75", 64, 64, I64_UNARY),
    family("i64_to_32", "i64_unary", "sm_75", 64, 32, I64_TO_32),
    family("i64_binary", "i64_binary", "sm_75", 64, 64, I64_BINARY),
    family("i64_ternary", "i64_ternary", "sm_75", 64, 64, I64_TERNARY),
    family("half_unary", "half_unary", "sm_75", 16, 16, HALF_UNARY),
    family("half_unary_sm80", "half_unary", "sm_80", 16, 16, HALF_UNARY_SM80),
    family("half_to_32", "half_unary", "sm_75", 16, 32, HALF_TO_32),
    family("half_binary", "half_binary", "sm_75", 16, 16, HALF_BINARY),
    family("half_binary_sm80", "half_binary", "sm_80", 16, 16, HALF_BINARY_SM80),
    family("half_ternary", "half_ternary", "sm_75", 16, 16, HALF_TERNARY),
    family("half_ternary_sm80", "half_ternary", "sm_80", 16, 16, HALF_TERNARY_SM80),
    family("half2", "half2_ternary", "sm_75", 32, 32, HALF2),
    family("half2_sm80", "half2_ternary", "sm_80", 32, 32, HALF2_SM80),
    family("atom_i32", "cell32_binary", "sm_75", 32, 32, ATOM_I32, outputs=2),
    family("atom_cas", "cell32_ternary", "sm_75", 32, 32, ATOM_CAS, outputs=2),
    family("atom_i64", "cell64_binary", "sm_75", 64, 64, ATOM_I64, outputs=2),
    family("atom_f32", "cellf32_binary", "sm_75", 32, 32, ATOM_F32, outputs=2),
    family("atom_f64", "f64_binary", "sm_75", 64, 64, ATOM_F64, outputs=2),
    family("atom_f16", "half2_ternary", "sm_75", 32, 32, ATOM_F16, outputs=2, count=2),
]
