//! NumPy files, good ones and bad ones.

use crate::tool::{Folder, copy_bytes, floats, npy, npy_with, parts, refuses, run};

/// Copies one file to another, through a buffer of this type.
fn round(folder: &Folder, element: &str, file: &str, bytes: usize) -> Vec<String> {
    let to = format!("inout:{element}:@{file}");
    vec![
        folder.file("copy.ptx", copy_bytes()),
        "--grid=8".to_string(),
        "--block=32".to_string(),
        format!("in:{element}:@{file}"),
        to,
        format!("u32:{bytes}"),
        format!("--save=1={}", folder.text("saved.npy")),
    ]
}

fn as_texts(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

#[test]
fn arrays_of_every_type_and_shape_come_back() {
    for (element, descr, size) in [
        ("u8", "|u1", 1),
        ("u16", "<u2", 2),
        ("u32", "<u4", 4),
        ("u64", "<u8", 8),
        ("i8", "|i1", 1),
        ("s16", "<i2", 2),
        ("i32", "<i4", 4),
        ("s64", "<i8", 8),
        ("b32", "<f4", 4),
        ("b64", "<i8", 8),
        ("b8", "|b1", 1),
        ("f16", "<f2", 2),
        ("bf16", "<u2", 2),
        ("bf16", "|V2", 2),
        ("f32", "<f4", 4),
        ("f64", "<f8", 8),
        ("bool", "|b1", 1),
    ] {
        for (shape, count) in [("(3, 2)", 6), ("(5,)", 5), ("()", 1), ("(2, 1, 4)", 8)] {
            let folder = Folder::new();
            let bytes: Vec<u8> = (0..count * size).map(|i| (i % 2) as u8).collect();
            let file = folder.file("x.npy", npy(descr, shape, &bytes));
            let ran = run(&as_texts(&round(&folder, element, &file, bytes.len())));
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
            let (header, saved) = parts(&folder.path("saved.npy"));
            let want = format!(
                "{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}"
            );
            assert_eq!((header, saved), (want, bytes), "{element}");
            // The file that was written beside it is gone.
            assert_eq!(folder.names(), ["copy.ptx", "saved.npy", "x.npy"]);
        }
    }
}

#[test]
fn an_empty_array_is_a_buffer_of_no_elements() {
    let folder = Folder::new();
    let file = folder.file("x.npy", npy("<f4", "(0, 3)", &[]));
    let ran = run(&as_texts(&round(&folder, "f32", &file, 0)));
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(parts(&folder.path("saved.npy")).0.contains("(0, 3)"));
    let ran = run(&as_texts(&round(&folder, "f32", &file, 1)));
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("`from`[0] (of 0 elements of type f32)"), "{}", ran.out);
}

#[test]
fn a_file_may_be_read_and_replaced_in_one_run() {
    let folder = Folder::new();
    let file = folder.file("x.npy", npy("<f4", "(2,)", &floats(&[1.0, 2.0])));
    let mut arguments = round(&folder, "f32", &file, 8);
    arguments[3] = "in:f32:3,4".to_string();
    arguments[6] = format!("--save=1={file}");
    assert_eq!(run(&as_texts(&arguments)).code, 0);
    assert_eq!(parts(&folder.path("x.npy")).1, floats(&[3.0, 4.0]));
}

#[test]
fn what_was_never_written_is_saved_with_a_warning() {
    let folder = Folder::new();
    let mut arguments = round(&folder, "f32", "", 8);
    (arguments[3], arguments[4]) = ("in:f32:3,4".to_string(), "out:f32:5".to_string());
    let ran = run(&as_texts(&arguments));
    assert_eq!(ran.code, 0, "{}", ran.err);
    for word in ["warning: argument 1, `to`", "element 2 (the first"] {
        assert!(ran.err.contains(word), "no {word:?} in: {}", ran.err);
    }
    let (header, bytes) = parts(&folder.path("saved.npy"));
    assert!(header.contains("(5,)"), "{header}");
    assert_eq!((&bytes[..8], bytes.len()), (&floats(&[3.0, 4.0])[..], 20));
}

#[test]
fn a_file_of_another_kind_is_refused_with_advice() {
    let two = floats(&[1.0, 2.0]);
    let cut = npy("<f4", "(2,)", &two[..7]);
    let long = npy("<f4", "(2,)", &floats(&[1.0, 2.0, 3.0]));
    let fortran =
        npy_with("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1), }", &two);
    let fields = "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }";
    let mut endless_header = b"\x93NUMPY\x02\x00".to_vec();
    endless_header.extend(u32::MAX.to_le_bytes());
    let files: &[(&str, Vec<u8>, &[&str])] = &[
        (
            "f64",
            npy("<f4", "(2,)", &two),
            &["holds \"<f4\"", "say f32", "astype(\"<f8\")"],
        ),
        ("u16", npy("<f2", "(2,)", &two[..4]), &["say f16"]),
        ("i32", npy("<u4", "(2,)", &two), &["say u32"]),
        ("f32", npy(">f4", "(2,)", &two), &["big-endian", "astype(\"<f4\")"]),
        ("f32", npy("<c8", "(1,)", &two), &["holds \"<c8\"", "astype(\"<f4\")"]),
        ("f32", fortran, &["Fortran order", "np.ascontiguousarray"]),
        ("f32", cut, &["7 of 8 bytes", "cut off"]),
        ("f32", long, &["more follows behind its 8 bytes"]),
        ("f32", npy("<f4", "(100000000000,)", &two), &["(100000000000,)", "256 MiB"]),
        ("f32", npy("<f4", "(9223372036854775807, 9)", &two), &["256 MiB"]),
        ("f32", npy("<f4", "(99999999999999999999,)", &two), &["cannot be understood"]),
        ("f32", npy("<f4", "(-1,)", &two), &["cannot be understood"]),
        ("f32", npy("<f4", "(2", &two), &["cannot be understood"]),
        ("f32", npy("\u{e9}", "(2,)", &two), &["holds"]),
        ("b32", npy("\u{e9}\u{e9}4", "(2,)", &two), &["holds"]),
        ("f32", npy_with(fields, &two), &["cannot be understood"]),
        ("f32", npy_with("{'descr': '<f4'}", &two), &["cannot be understood"]),
        ("f32", npy_with("{", &two), &["cannot be understood"]),
        ("f32", npy_with("", &two), &["cannot be understood"]),
        ("f32", b"\x93NUMPY\x01\x00\xff\x00{".to_vec(), &["within its header"]),
        ("f32", b"\x93NUMPY\x01\x00\xff".to_vec(), &["within its header"]),
        ("f32", b"\x93NUMPY\x09\x00\x01\x00".to_vec(), &["version 9"]),
        ("f32", endless_header, &["4294967295 bytes is too long"]),
        ("f32", b"1.0 2.0 3.0".to_vec(), &["no NumPy file", "np.save"]),
        ("f32", Vec::new(), &["no NumPy file"]),
    ];
    for (element, contents, words) in files {
        let folder = Folder::new();
        let file = folder.file("x.npy", contents);
        let arguments = round(&folder, element, &file, 1);
        let all = [&["argument 0", "`from`", "x.npy: "], *words].concat();
        refuses(&as_texts(&arguments), &all);
        assert_eq!(folder.names(), ["copy.ptx", "x.npy"]);
    }
    let folder = Folder::new();
    refuses(&as_texts(&round(&folder, "f32", "no.npy", 1)), &["no.npy: ", "No such"]);
}
