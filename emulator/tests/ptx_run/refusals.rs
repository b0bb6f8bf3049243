//! What is said, with exit code 2, to a use that is none.

use crate::tool::{Folder, kernel, refuses};

const COPY: &str = "hardware/ptx/copy.compute_75.ptx";
const FAULTS: &str = "tests/cu/faults.ptx";
const BUFFERS: [&str; 2] = ["in:f32:1,2", "out:f32:2"];

/// The copy of two elements, with more arguments.
fn copy(more: &[&str], words: &[&str]) {
    let mut all = vec![COPY];
    all.extend(BUFFERS);
    all.extend(["u32:2"]);
    all.extend(more);
    refuses(&all, words);
}

#[test]
fn kernels_are_named() {
    let launch = ["--grid=1", "--block=64", "in:f32:1", "out:f32:1", "u32:1"];
    let with = |first: &[&'static str]| [first, &launch].concat();
    refuses(&with(&[COPY, "--entry=cpoy"]), &["no kernel `cpoy`", "it has: copy"]);
    refuses(&with(&[FAULTS]), &["26 kernels", "--entry NAME", "endless", "two_blocks"]);
    refuses(&with(&[FAULTS, "--entry=no"]), &["no kernel `no`", "endless", "two_blocks"]);
    let folder = Folder::new();
    let none = folder.file("none.ptx", ".version 7.0\n.target sm_75\n.address_size 64\n");
    refuses(&[&none, "--grid=1", "--block=1"], &["has no kernel"]);
}

#[test]
fn what_is_no_ptx_is_said_with_its_line() {
    let folder = Folder::new();
    let launch = |file: &str, words: &[&str]| {
        refuses(&[file, "--grid=1", "--block=1"], words);
    };
    launch("no/such.ptx", &["no/such.ptx", "No such file"]);
    launch("src", &["src: "]);
    launch(&folder.file("garbage.ptx", "once upon a time"), &["garbage.ptx", "line 1"]);
    launch(&folder.file("bytes.ptx", [0xff, 0xfe, 0, 1]), &["it is no text"]);
    launch(&folder.file("empty.ptx", ""), &["empty.ptx"]);
    let unknown = kernel("", "frobnicate.u32 %r1, %r2;");
    launch(&folder.file("unknown.ptx", unknown), &["frobnicate", "PTX line"]);
}

#[test]
fn the_launch_has_to_fit() {
    copy(&["--grid=0", "--block=32"], &["the grid's size in x is 0"]);
    copy(&["--grid=2147483648", "--block=32"], &["the grid's size in x is 2147483648"]);
    copy(&["--grid=1", "--block=1025"], &["the block's size in x is 1025"]);
    copy(&["--grid=1", "--block=32,32,2"], &["2048 threads is too large"]);
    copy(&["--grid=1", "--block=1", "--shared=300000"], &["300000", "too many"]);
    copy(&["--grid=1,2,3,4", "--block=1"], &["at most three sizes"]);
    copy(&["--grid=1x2", "--block=1"], &["`1x2` is no size"]);
    copy(&["--grid=1"], &["--block"]);
    copy(&["--grid=1", "--block=1", "--checks=some"], &["all, bounds, none"]);
    copy(&["--grid=1", "--block=1", "--shared=-1"], &["--shared"]);
    copy(&["--grid=1", "--block=1", "--pessimistic=x"], &["--pessimistic"]);
    copy(&["--grid=1", "--block=1", "--unknown"], &["--unknown"]);
}

#[test]
fn arguments_are_counted() {
    let [from, to] = BUFFERS;
    let launch = [COPY, "--grid=1", "--block=1"];
    let few = [&launch[..], &[from, to]].concat();
    refuses(
        &few,
        &[
            "`copy` takes 3 arguments, and 2 are given",
            "0: `copy_param_0` of type u64",
            "2: `copy_param_2` of type u32",
        ],
    );
    copy(&["--grid=1", "--block=1", "u32:5"], &["takes 3 arguments, and 4 are given"]);
    let second = [&launch[..], &[from, "i32:4", "u32:2"]].concat();
    refuses(&second, &["argument 1, `i32:4` for parameter `copy_param_1` of type u64"]);
}

#[test]
fn buffers_are_written_as_help_says() {
    let with = |buffer: &str, words: &[&str]| {
        refuses(&[COPY, "--grid=1", "--block=1", "in:f32:1", buffer, "u32:1"], words);
    };
    with("out:f32", &["out:TYPE:", "out:f32:1024"]);
    with("out:1024", &["out:TYPE:"]);
    with("in:f32", &["in:f32:@x.npy"]);
    with("out:f32:@x.npy", &["only the number of its elements", "inout"]);
    with("out:f32:zeros:4", &["only the number of its elements", "inout"]);
    with("out:f32:-1", &["`-1` is no number of elements"]);
    with("out:f23:1", &["no type `f23`", "f32"]);
    with("in:f32:1,,2", &["`` is no f32"]);
    with("inout:f32:zeros:x", &["`x` is no number of elements"]);
    for huge in ["100000000000", "18446744073709551615", "4611686018427387905"] {
        with(&format!("out:f32:{huge}"), &["256 MiB"]);
        with(&format!("in:f32:zeros:{huge}"), &["256 MiB"]);
    }
    // Together they are too large, each alone is not.
    let half = "inout:u8:zeros:200000000";
    refuses(&[COPY, "--grid=1", "--block=1", half, half, "u32:1"], &["256 MiB"]);
}

#[test]
fn what_cannot_be_saved_is_said_before_the_kernel_runs() {
    let folder = Folder::new();
    let save = |wish: &str, words: &[&str]| {
        // The kernel has a finding, so that its run would show.
        copy(&["--grid=9", "--block=32", "--save", wish], words);
    };
    save("2=x.npy", &["argument 2 is no buffer"]);
    save("3=x.npy", &["there are 3 arguments, counted from 0"]);
    save("x.npy", &["N=FILE.npy"]);
    save("a=x.npy", &["N=FILE.npy"]);
    save("1=", &["N=FILE.npy"]);
    save("1=no/such/folder/x.npy", &["no folder for this file"]);
    save("1=src", &["no file that could be replaced"]);
    if cfg!(unix) {
        save("1=/dev/null", &["no file that could be replaced"]);
    }
    let wish = format!("1={}", folder.text("x.npy"));
    copy(&["--grid=1", "--block=1", "--save", &wish, "--save", &wish], &["same file"]);
    assert!(folder.names().is_empty());
}
