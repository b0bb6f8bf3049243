//! Several programs in one machine: each has its own variables, whatever they are called.

mod support;

use ptx_emulator::{Argument, Machine, Program, Settings, Shape};
use support::{buffer, values};

/// A kernel that writes its program's `level` to `out`, and then adds 1 to it.
fn program(level: u32) -> Program {
    let text = format!(
        ".version 7.0\n.target sm_75\n.address_size 64\n\
         .global .align 4 .f32 level = 0f{level:08X};\n\
         .visible .entry show(.param .u64 out) {{\n\
         .reg .f32 %f<3>;\n.reg .b64 %rd<2>;\n\
         ld.param.u64 %rd1, [out];\n\
         ld.global.f32 %f1, [level];\n\
         st.global.f32 [%rd1], %f1;\n\
         add.f32 %f2, %f1, 0f3F800000;\n\
         st.global.f32 [level], %f2;\n\
         ret;\n}}\n"
    );
    Program::parse(&text).unwrap_or_else(|error| panic!("{error}"))
}

fn show(machine: &mut Machine, program: &Program) -> Vec<f32> {
    let out = buffer(machine, "out", &[-1.0]);
    let arguments: [Argument; 1] = [out.into()];
    let report = machine.launch(&program.kernels["show"], Shape::row(1, 1), &arguments);
    assert_eq!(report.expect("it can be launched").findings, []);
    values(machine, out)
}

#[test]
fn variables_of_one_name_in_two_programs_are_two() {
    let (two, eight) = (program(2f32.to_bits()), program(8f32.to_bits()));
    let mut machine = Machine::new(Settings::default());
    machine.load(&two).expect("it fits");
    machine.load(&eight).expect("it fits");
    assert_eq!(show(&mut machine, &two), [2.0]);
    assert_eq!(show(&mut machine, &eight), [8.0]);
    // They keep their contents from launch to launch, until the program is loaded again.
    assert_eq!(show(&mut machine, &two), [3.0]);
    machine.load(&two).expect("it fits");
    assert_eq!(show(&mut machine, &two), [2.0]);
    assert_eq!(show(&mut machine, &eight), [9.0]);
}

#[test]
fn a_program_that_was_not_loaded_is_refused() {
    let program = program(0);
    let mut machine = Machine::new(Settings::default());
    let arguments = [Argument::from(0u64)];
    let launched = machine.launch(&program.kernels["show"], Shape::row(1, 1), &arguments);
    let message = launched.expect_err("it must be refused").to_string();
    assert!(
        message.contains("`level`") && message.contains("Machine::load"),
        "{message}"
    );
}
