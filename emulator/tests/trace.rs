//! The trace of a launch: which lanes executed what, and where they went in shared memory.

use ptx_emulator::{Machine, Program, Report, Settings, Shape};

/// Eight lanes make a detour, for which the others have to wait. Then every lane writes to its
/// word of shared memory, two words from its neighbour's.
const TEXT: &str = ".version 7.0
.target sm_75
.address_size 64
.visible .entry part() {
    .reg .pred %p<2>;
    .reg .b32 %r<6>;
    .shared .align 4 .b8 room[256];
    mov.u32 %r1, %tid.x;
    setp.lt.u32 %p1, %r1, 8;
    mov.u32 %r2, 1;
    @%p1 bra DETOUR;
TOGETHER:
    bar.warp.sync 0xffffffff;
    shl.b32 %r3, %r1, 3;
    mov.u32 %r4, room;
    add.s32 %r5, %r4, %r3;
    st.shared.u32 [%r5], %r2;
    ret;
DETOUR:
    mov.u32 %r2, 2;
    bra.uni TOGETHER;
}
";

fn part(settings: Settings) -> Report {
    let program = Program::parse(TEXT).unwrap_or_else(|error| panic!("{error}"));
    let mut machine = Machine::new(settings);
    let report = machine.launch(&program.kernels["part"], Shape::row(2, 32), &[]);
    report.expect("it can be launched")
}

#[test]
fn every_instruction_is_kept_with_its_lanes() {
    let report = part(Settings { trace: true, ..Settings::default() });
    assert_eq!(report.findings, []);
    let (all, few) = (u32::MAX, 0xff);
    for block in 0..2 {
        let own = report.trace.iter().filter(|step| step.block == [block, 0, 0]);
        let steps: Vec<_> =
            own.map(|step| (step.place.ptx_line, step.lanes, step.active)).collect();
        // All come to the branch, and few take it. Who waits executes nothing.
        let mut want: Vec<_> = [8, 9, 10].map(|line| (line, all, all)).into();
        want.push((11, all, few));
        want.extend([20, 21].map(|line| (line, few, few)));
        want.extend([13, 14, 15, 16, 17, 18].map(|line| (line, all, all)));
        assert_eq!(steps, want);
    }
    let stores: Vec<_> =
        report.trace.iter().filter(|step| !step.shared.is_empty()).collect();
    assert_eq!(stores.len(), 2);
    for store in stores {
        assert_eq!(store.shared, (0..32).map(|lane| 8 * lane).collect::<Vec<u64>>());
    }
}

#[test]
fn the_trace_has_as_many_steps_as_were_counted_and_is_kept_only_for_who_asks() {
    let counted = part(Settings { statistics: true, ..Settings::default() });
    assert_eq!(counted.trace, []);
    let traced = part(Settings { trace: true, statistics: true, ..Settings::default() });
    assert_eq!(traced.trace.len() as u64, counted.statistics.total.instructions);
    assert_eq!(traced.statistics, counted.statistics);
}
