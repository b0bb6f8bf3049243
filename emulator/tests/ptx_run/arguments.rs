//! Arguments as they are written become the right bytes on the device.

use crate::tool::{Folder, as_floats, copy_bytes, kernel, parts, refuses, run};
use std::path::Path;

/// What a kernel gets for its parameter `x` of `bits` bits, declared so.
fn received(declared: &str, bits: usize, argument: &str) -> Vec<u8> {
    let register = match bits {
        64 => "%rd2",
        32 => "%r1",
        _ => "%h1",
    };
    let text = kernel(
        &format!(".param .u64 to, .param .{declared}"),
        &format!(
            "ld.param.u64 %rd1, [to];\nld.param.b{bits} {register}, [x];\n\
             st.global.b{bits} [%rd1], {register};"
        ),
    );
    let folder = Folder::new();
    let file = folder.file("kernel.ptx", text);
    let (save, out) = (format!("0={}", folder.text("x.npy")), format!("out:b{bits}:1"));
    let ran = run(&[&file, "--grid=1", "--block=1", &out, argument, "--save", &save]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{argument}: {}", ran.out);
    parts(&folder.path("x.npy")).1
}

#[test]
fn numbers_of_every_type_arrive() {
    let whole: [(&str, &str, &str, u64); 18] = [
        ("u8", "u8", "255", 255),
        ("u8", "s8", "-128", 0x80),
        ("s8", "i8", "-1", 0xff),
        ("u8", "bool", "true", 1),
        ("u8", "bool", "0", 0),
        ("b8", "b8", "0xA5", 0xa5),
        ("u16", "u16", "0xffff", 0xffff),
        ("s16", "i16", "-32768", 0x8000),
        ("u16", "f16", "1.5", 0x3e00),
        ("b16", "bf16", "-1.5", 0xbfc0),
        ("f16", "u16", "0x3c00", 0x3c00),
        ("u32", "i32", "-5", 0xffff_fffb),
        ("u32", "s32", "0x80000000", 0x8000_0000),
        ("s32", "u32", "4294967295", 0xffff_ffff),
        ("u64", "u64", "18446744073709551615", u64::MAX),
        ("u64", "i64", "-9223372036854775808", 1 << 63),
        ("b64", "s64", "+7", 7),
        ("f32", "f32", "0x7fc00001", 0x7fc0_0001),
    ];
    for (declared, name, value, want) in whole {
        let bits = declared[1..].parse().expect("a type ends in its bits");
        let bytes = received(&format!("{declared} x"), bits, &format!("{name}:{value}"));
        assert_eq!(bytes, want.to_le_bytes()[..bits / 8], "{name}:{value}");
    }
    for (text, value) in [
        ("0.1", 0.1f64),
        ("-2.5e-3", -2.5e-3),
        ("7", 7.0),
        ("-0", -0.0),
        ("inf", f64::INFINITY),
        ("-inf", f64::NEG_INFINITY),
        ("1e-45", 1e-45),
    ] {
        assert_eq!(received("f64 x", 64, &format!("f64:{text}")), value.to_le_bytes());
        let single = (value as f32).to_le_bytes();
        assert_eq!(received("f32 x", 32, &format!("f32:{text}")), single, "{text}");
    }
    assert!(as_floats(&received("f32 x", 32, "f32:nan"))[0].is_nan());
    assert_eq!(received("u64 x", 64, "null"), [0; 8]);
    assert_eq!(received("align 4 .b8 x[4]", 32, "bytes:0a0B0cf0"), [10, 11, 12, 0xf0]);
}

#[test]
fn halves_are_rounded_as_a_gpu_rounds_them() {
    let results = Path::new(env!("CARGO_MANIFEST_DIR")).join("hardware/results");
    let inputs = as_floats(&parts(&results.join("f32_unary.in.npy")).1);
    for (element, file, largest) in [
        ("f16", "f32_to_16.out.npy", 65504.0),
        ("bf16", "f32_to_16_sm80.out.npy", 3.3e38),
    ] {
        let recorded = parts(&results.join(file)).1;
        // Rounding to nearest is the first row. NaN has many patterns, and what rounds to
        // infinity is refused: both are left out.
        let (values, want): (Vec<String>, Vec<[u8; 2]>) = inputs
            .iter()
            .zip(recorded.chunks(2))
            .filter(|(x, _)| x.abs() <= largest || x.is_infinite())
            .map(|(x, bits)| (format!("{:e}", *x as f64), [bits[0], bits[1]]))
            .unzip();
        assert!(values.len() > 500, "only {} values", values.len());
        let folder = Folder::new();
        let copy = folder.file("copy.ptx", copy_bytes());
        let from = format!("in:{element}:{}", values.join(","));
        let (to, bytes) = (
            format!("out:{element}:{}", values.len()),
            format!("u32:{}", 2 * values.len()),
        );
        let save = format!("--save=1={}", folder.text("to.npy"));
        let ran = run(&[&copy, "--grid=16", "--block=128", &from, &to, &bytes, &save]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        let got = parts(&folder.path("to.npy")).1;
        for ((value, want), got) in values.iter().zip(want).zip(got.chunks(2)) {
            assert_eq!(got, want, "{element}:{value}");
        }
    }
}

#[test]
fn what_is_no_number_of_its_type_is_refused() {
    let folder = Folder::new();
    for (declared, argument, words) in [
        ("u8", "u8:256", ["256 does not fit in u8", "0 to 255"]),
        ("s8", "i8:-129", ["-129 does not fit", "-128 to 127"]),
        ("u64", "u64:-1", ["does not fit in u64", "0 to 18446744073709551615"]),
        ("u16", "u16:0x10000", ["0x10000 has more bits than u16", "argument 0"]),
        ("u32", "u32:", ["`` is no u32", "a whole number"]),
        ("u32", "u32:0x", ["`0x` is no u32", "0xff"]),
        ("u32", "u32:1.0", ["`1.0` is no u32", "a whole number"]),
        ("f32", "f32:1e39", ["1e39 is too large for f32", "`inf`"]),
        ("f32", "f32:0,1", ["`0,1` is no f32", "0.1"]),
        ("u16", "f16:65520", ["65520 is too large for f16", "`inf`"]),
        ("u8", "bool:2", ["`2` is no bool", "true or false"]),
        ("u32", "int:5", ["there is no type `int`", "i32"]),
        ("u32", "5", ["TYPE:VALUE", "`x` of type u32"]),
        ("u32", "null", ["64 bits", "no pointer"]),
        ("u32", "in:f32:1,2", ["64 bits", "no pointer"]),
        ("u32", "u64:5", ["the parameter has 4 bytes", "8 are given"]),
        (
            "u32",
            "f32:5",
            ["the parameter is a whole number", "a floating-point number is"],
        ),
        ("f32", "i32:5", ["the parameter is a floating-point number", "`x` of type f32"]),
        ("b8", "bytes:123", ["two hexadecimal digits", "bytes:00ff10"]),
    ] {
        let text = kernel(&format!(".param .{declared} x"), "");
        let file = folder.file("kernel.ptx", text);
        refuses(&[&file, "--grid=1", "--block=1", argument], &words);
    }
}
