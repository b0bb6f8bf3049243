//! What a reader is told of a kernel, and what is counted.

use super::*;

/// `out[i] = in[i]` for each thread, whether there is such an element or not; made by
/// NVRTC, and shortened.
const COPY: &str = ".version 7.0\n.target sm_75\n.address_size 64\n.file 1 \"/exercises/copy.cu\"\n\
    .visible .entry copy(.param .u64 a, .param .u64 b) {\n.reg .b32 %r<2>;\n.reg .f32 %f<2>;\n\
    .reg .b64 %rd<5>;\n.loc 1 3 0\nld.param.u64 %rd1, [a];\nld.param.u64 %rd2, [b];\n\
    mov.u32 %r1, %tid.x;\nmul.wide.u32 %rd3, %r1, 4;\nadd.s64 %rd1, %rd1, %rd3;\n\
    add.s64 %rd2, %rd2, %rd3;\n.loc 1 4 0\nld.global.f32 %f1, [%rd1];\n\
    st.global.f32 [%rd2], %f1;\nret;\n}\n";

fn launch(numbers: &[f32], room: usize, threads: u32) -> (Case, Option<Done>) {
    let mut case = Case::default();
    let launch = Kernel::new(COPY).launch("copy", Shape::row(1, threads));
    let done = launch.reads("from", numbers).writes("to", room).run(&mut case);
    (case, done)
}

#[test]
fn a_clean_run_gives_its_numbers_and_its_counts() {
    let (case, done) = launch(&[1.0, 2.0], 2, 2);
    let done = done.unwrap();
    assert_eq!((case.failure, done.numbers("to")), (None, vec![1.0, 2.0]));
    assert_eq!(done.counts.global_requests, 2);
}

#[test]
fn a_finding_has_the_readers_line_the_thread_and_the_place() {
    let failure = launch(&[1.0], 2, 2).0.failure.unwrap();
    assert_eq!(failure.what, "`copy`, line 4 of copy.cu");
    assert!(failure.got.contains("thread (1, 0, 0) reads `from`[1]"), "{failure:?}");
    assert!(failure.suggests.unwrap().contains("bound"));
}

#[test]
fn what_was_never_written_and_what_is_not_there_is_told() {
    let failure = launch(&[1.0, 2.0], 2, 1).0.failure.unwrap();
    assert_eq!(failure.got, "nothing was written to `to`[1]");
    let mut case = Case::default();
    let shape = Shape::row(1, 1);
    assert!(Kernel::new(COPY).launch("kopy", shape).run(&mut case).is_none());
    let failure = case.failure.unwrap();
    assert_eq!(failure.got, "kernels called copy");
    let mut case = Case::default();
    assert!(Kernel::new(COPY).launch("copy", shape).count(1).run(&mut case).is_none());
    assert!(case.failure.unwrap().suggests.unwrap().contains("parameters"));
    let mut case = Case::default();
    assert!(Kernel::new("rubbish").launch("copy", shape).run(&mut case).is_none());
    assert_eq!(case.failure.unwrap().what, "the compiled kernel");
}

#[test]
fn a_check_says_what_a_finding_suggests_here() {
    let mut case = Case::default();
    let launch = Kernel::new(COPY).launch("copy", Shape::row(1, 2));
    let launch = launch.reads("from", &[1.0]).writes("to", 2);
    launch.suggest(Kind::OutOfBounds, "mine").run(&mut case);
    assert_eq!(case.failure.unwrap().suggests.as_deref(), Some("mine"));
}

#[test]
fn what_it_says_of_the_buffer_comes_first() {
    for (buffer, told) in [("from", "of it"), ("to", "of all")] {
        let mut case = Case::default();
        let launch = Kernel::new(COPY).launch("copy", Shape::row(1, 2));
        let launch = launch.reads("from", &[1.0]).writes("to", 2);
        let launch = launch.suggest(Kind::OutOfBounds, "of all");
        launch.suggest_in(buffer, Kind::OutOfBounds, "of it").run(&mut case);
        assert_eq!(case.failure.unwrap().suggests.as_deref(), Some(told));
    }
}

#[test]
fn only_a_kernel_without_a_store_is_taken_for_the_skeleton() {
    let suggests = |ptx: String| {
        let mut case = Case::default();
        let launch = Kernel::new(ptx.leak()).launch("copy", Shape::row(1, 1));
        let launch = launch.reads("from", &[1.0]).writes("to", 1);
        launch.unwritten("mine").run(&mut case);
        case.failure.and_then(|failure| failure.suggests)
    };
    let idle = COPY.replace("ld.param.u64 %rd1, [a];\n", "ret;\n");
    let empty = idle.replace("st.global.f32 [%rd2], %f1;\n", "");
    assert_eq!(suggests(COPY.to_string()), None);
    assert_eq!(suggests(idle).as_deref(), Some("mine"));
    assert!(suggests(empty).unwrap().contains("skeleton"));
}
