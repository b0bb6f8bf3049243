//! Whatever text it is fed, the emulator answers with a program or with an error that has a
//! line; and whatever such a program does, the machine comes back. Nothing panics.

mod support;

use ptx_emulator::{Argument, Error, Kernel, Machine, Program, Settings, Shape};
use support::text;

/// The texts that are mutilated.
const TEXTS: [&str; 9] = [
    "tests/cu/sound.ptx",
    "tests/cu/faults.ptx",
    "hardware/ptx/warp.sm_75.ptx",
    "hardware/ptx/softmax.compute_80.ptx",
    "hardware/ptx/matmul.compute_75.ptx",
    "hardware/ptx/scatter_add.compute_80.ptx",
    "hardware/ptx/atom_f32.ptx",
    "hardware/ptx/f32_to_64.ptx",
    "hardware/ptx/i64_binary.ptx",
];

/// A xorshift generator: these tests need no better one.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

/// Runs a kernel on buffers that are too small and numbers that make no sense.
fn launch(program: &Program, kernel: &Kernel, random: &mut Random) {
    let settings = Settings { budget: 2_000, statistics: true, ..Settings::default() };
    let mut machine = Machine::new(settings);
    if machine.load(program).is_err() {
        return;
    }
    let argument = |parameter: &ptx_emulator::Parameter,
                    machine: &mut Machine,
                    random: &mut Random| {
        match (parameter.bytes(), random.below(4)) {
            (8, 0..3) => {
                let element = ptx_emulator::types::Type::F32;
                Argument::Buffer(machine.unwritten("x", element, random.below(300)))
            }
            (size, _) => {
                Argument::Bytes((0..size).map(|_| random.below(256) as u8).collect())
            }
        }
    };
    let arguments: Vec<Argument> =
        kernel.parameters.iter().map(|p| argument(p, &mut machine, random)).collect();
    let shape = Shape { shared: 128, ..Shape::row(2, 1 + random.below(70) as u32) };
    let _ = machine.launch(kernel, shape, &arguments);
}

/// A program may come out; if not, the error says where.
fn survive(text: &str, random: &mut Random) -> bool {
    match Program::parse(text) {
        Ok(program) => {
            for kernel in program.kernels.values() {
                launch(&program, kernel, random);
            }
            true
        }
        Err(Error::Text { place, message }) => {
            let lines = text.lines().count() as u32;
            assert!(
                place.ptx_line >= 1 && place.ptx_line <= lines.max(1),
                "{place}: {message}"
            );
            assert!(!message.is_empty());
            false
        }
        Err(error) => panic!("an error without a line: {error}"),
    }
}

#[test]
fn a_text_that_is_cut_off() {
    let mut random = Random(1);
    for path in TEXTS {
        let whole = text(path);
        for end in (0..whole.len()).step_by(whole.len() / 60 + 1) {
            survive(&whole[..end], &mut random);
        }
    }
}

#[test]
fn a_text_with_a_changed_character() {
    let mut random = Random(2);
    let (mut programs, mut errors) = (0, 0);
    for path in TEXTS {
        let whole = text(path);
        for _ in 0..60 {
            let mut bytes = whole.clone().into_bytes();
            for _ in 0..=random.below(3) {
                let at = random.below(bytes.len());
                bytes[at] =
                    b"0123456789abcdefrd%$.,;:{}[]()<>+-@!_ \n\"/*"[random.below(42)];
            }
            let changed = String::from_utf8(bytes).expect("ASCII");
            if survive(&changed, &mut random) { programs += 1 } else { errors += 1 }
        }
    }
    assert!(programs > 5 && errors > 50, "{programs} programs, {errors} errors");
}

#[test]
fn a_text_whose_lines_are_exchanged_repeated_or_lost() {
    let mut random = Random(3);
    for path in TEXTS {
        let whole = text(path);
        for _ in 0..40 {
            let mut lines: Vec<&str> = whole.lines().collect();
            for _ in 0..=random.below(4) {
                let (a, b) = (random.below(lines.len()), random.below(lines.len()));
                match random.below(3) {
                    0 => lines.swap(a, b),
                    1 => lines[a] = lines[b],
                    _ => drop(lines.remove(a)),
                }
            }
            survive(&lines.join("\n"), &mut random);
        }
    }
}

#[test]
fn a_text_whose_numbers_are_absurd() {
    let mut random = Random(4);
    let absurd =
        ["0", "4294967295", "18446744073709551615", "1073741824", "-1", "65536", "31"];
    for path in TEXTS {
        let whole = text(path);
        for _ in 0..40 {
            let numbers: Vec<(usize, &str)> =
                whole.match_indices(|c: char| c.is_ascii_digit()).collect();
            let (at, digit) = numbers[random.below(numbers.len())];
            let number = absurd[random.below(absurd.len())];
            let changed =
                format!("{}{number}{}", &whole[..at], &whole[at + digit.len()..]);
            survive(&changed, &mut random);
        }
    }
}

#[test]
fn a_text_that_is_none() {
    let mut random = Random(5);
    let nested = format!(".version 7.0 .target sm_75 {}", "{".repeat(100_000));
    let brackets = format!(
        ".version 7.0 .target sm_75 .address_size 64 .entry k() {{ mov.u32 {} ; }}",
        "{".repeat(100_000)
    );
    for text in [
        "",
        "\0",
        "hello",
        ".version",
        ".version 7.0 .target",
        "ünïcödé",
        "\"",
        "/*",
        "0f",
    ] {
        assert!(!survive(text, &mut random), "{text:?} is a program");
    }
    assert!(!survive(&nested, &mut random));
    assert!(!survive(&brackets, &mut random));
    for _ in 0..300 {
        let noise: String = (0..random.below(400))
            .map(|_| char::from(32 + random.below(95) as u8))
            .collect();
        survive(&noise, &mut random);
    }
}
