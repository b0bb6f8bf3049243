//! No alarm is raised in `cu/sound.cu`, and what the kernels compute is right, in any order that
//! the ISA allows.

mod support;

use ptx_emulator::{Argument, Machine, Settings, Shape};
use support::{buffer, program, values};

/// What a kernel leaves in `out` for `in[i] = i`, two blocks of 64 threads and n = 128.
fn expected(name: &str, out: &[f32]) -> Option<Vec<f32>> {
    let all = |f: &dyn Fn(usize) -> f32| (0..128).map(f).collect::<Vec<f32>>();
    let first = |values: &[f32]| {
        let mut all = vec![0.0; 128];
        all[..values.len()].copy_from_slice(values);
        all
    };
    Some(match name {
        "last_block" => first(&[8128.0]),
        "waits_for_block" => first(&[7.0]),
        "warp_exchange" => all(&|i| {
            let (start, lane) = (i / 32 * 32, (i % 32 + 1) % 32);
            (start + 31 - lane + 1) as f32
        }),
        "half_warps" => all(&|i| (i ^ 15) as f32),
        // In which order the warps come is open; what they bring is not.
        "compact" => {
            let mut sorted = out.to_vec();
            sorted.sort_by(f32::total_cmp);
            let mut wanted: Vec<f32> =
                (0..128).filter(|i| i % 3 == 0).map(|i| i as f32).collect();
            wanted.resize(128, 0.0);
            wanted.sort_by(f32::total_cmp);
            assert_eq!(sorted, wanted, "compact");
            return None;
        }
        "histogram" => first(&[16.0; 8]),
        "any_large" => all(&|_| 1.0),
        "scan" => all(&|i| (i / 64 * 64..=i).map(|j| j as f32).sum()),
        "two_roles" => all(&|i| i as f32 + 1.0),
        "largest" => first(&[127.0, 1023.0, 1064.0]),
        "rules" => all(&|i| {
            let x = i as f32;
            match i % 7 {
                0 => x + 1.0,
                1 => x * 3.0,
                2 => 2f32.powi(i as i32 % 5),
                3 => x - 9.0,
                4 => [1.0, 10.0, 100.0, 1000.0][i % 4],
                5 => x * [0.5, 0.25, 2.0][i % 3],
                _ => -x,
            }
        }),
        "partial_warp" => first(&[496.0, 1520.0, 2544.0, 390.0]),
        "aggregate" => first(&[26.0, 26.0, 26.0, 25.0, 25.0]),
        "small_types" => all(&|i| {
            let (start, j) = (i / 64 * 64, (i + 1) % 64);
            let _ = start;
            let sum = (-100 * j as i64) * 1_000_000_007 % 1013 + ((3 * j) as u8) as i64;
            // in[i] is read with the index in the block.
            (sum + (j as f64 / 3.0 * 1e6) as i64 / 1000) as f32
        }),
        "local_array" => all(&|i| {
            let four = i / 4 * 4;
            ((i * 5 + 128) % 8 * i + four + four + 3) as f32
        }),
        "late_lane" => all(&|_| 8128.0),
        "fence_then_barrier" => all(&|i| (127 - i) as f32 + 1.0),
        "spin_lock" => first(&[8128.0]),
        "trips" => all(&|i| (0..i % 64).map(|round| round as f32).sum()),
        "calls" => all(&|i| 10.0 * i as f32),
        "exact_powers" => all(&|i| 2f32.powi(i as i32 % 20 - 10)),
        name => panic!("{name} has no expected result"),
    })
}

fn each_is_clean(settings: impl Fn() -> Settings) {
    let program = program("tests/cu/sound.ptx");
    assert!(program.kernels.len() > 14);
    for (name, kernel) in &program.kernels {
        let mut machine = Machine::new(settings());
        machine.load(&program).expect("the variables fit");
        let numbers: Vec<f32> = (0..128).map(|i| i as f32).collect();
        let input = buffer(&mut machine, "in", &numbers);
        let output = buffer(&mut machine, "out", &[0.0; 128]);
        let mut arguments: Vec<Argument> =
            vec![input.into(), output.into(), 128u32.into()];
        if kernel.parameters.len() == 4 {
            let rule =
                [support::bytes(&[0.5, 0.25, 2.0]), 9i32.to_le_bytes().to_vec()].concat();
            arguments.push(Argument::Bytes(rule));
        }
        let shape = Shape { shared: 512, ..Shape::row(2, 64) };
        let report =
            machine.launch(kernel, shape, &arguments).expect("it can be launched");
        let found: Vec<String> =
            report.findings.iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{name}: {}", found.join("\n"));
        let out = values(&machine, output);
        if let Some(expected) = expected(name, &out) {
            assert_eq!(out, expected, "{name}");
        }
    }
}

#[test]
fn no_alarm_is_raised() {
    each_is_clean(Settings::default);
}

#[test]
fn nor_in_any_other_order() {
    for seed in 0..20 {
        each_is_clean(|| Settings { pessimistic: Some(seed), ..Settings::default() });
    }
}
