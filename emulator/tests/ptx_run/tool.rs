//! Running the program, and NumPy's files without the code under test.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the program did.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The program, in the crate's root.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ptx-run"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    command
}

/// Runs it to its end; a panic fails every test.
pub fn run(arguments: &[&str]) -> Ran {
    let output = program(arguments).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("it prints text");
    let (out, err) = (text(output.stdout), text(output.stderr));
    assert!(!err.contains("panicked"), "{err}");
    Ran { code: output.status.code().expect("no signal ends it"), out, err }
}

/// Runs it where it must refuse: exit code 2, nothing on standard output, a message with all
/// of these words.
pub fn refuses(arguments: &[&str], words: &[&str]) {
    let ran = run(arguments);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}: {}", ran.err);
    for word in words {
        assert!(ran.err.contains(word), "{arguments:?}: no {word:?} in: {}", ran.err);
    }
}

/// A folder that is removed at the end of the test.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().expect("there is room for temporary files"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and returns its path.
    pub fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), contents).expect("the file is written");
        self.text(name)
    }

    /// A path as an argument of the program.
    pub fn text(&self, name: &str) -> String {
        self.path(name).to_str().expect("the path is text").to_string()
    }

    /// The names of all files in it.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).expect("the folder is there");
        let name =
            |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().to_string();
        let mut names: Vec<String> =
            entries.map(|entry| name(entry.expect("an entry"))).collect();
        names.sort();
        names
    }
}

/// A file of NumPy's format 1.0 with this header, as it stands.
pub fn npy_with(header: &str, bytes: &[u8]) -> Vec<u8> {
    let mut file = b"\x93NUMPY\x01\x00".to_vec();
    file.extend((header.len() as u16).to_le_bytes());
    file.extend(header.as_bytes());
    file.extend(bytes);
    file
}

/// A file with an array.
pub fn npy(descr: &str, shape: &str, bytes: &[u8]) -> Vec<u8> {
    let header =
        format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}\n");
    npy_with(&header, bytes)
}

/// The header of a file of format 1.0, and the bytes of its elements.
pub fn parts(path: &Path) -> (String, Vec<u8>) {
    let file = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert_eq!(&file[..8], b"\x93NUMPY\x01\x00");
    let end = 10 + u16::from_le_bytes([file[8], file[9]]) as usize;
    assert_eq!(end % 64, 0, "elements begin at a multiple of 64 bytes");
    assert_eq!(file[end - 1], b'\n');
    let header = std::str::from_utf8(&file[10..end]).expect("a header is text");
    (header.trim_end().to_string(), file[end..].to_vec())
}

/// Numbers as bytes.
pub fn floats(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// Bytes as numbers.
pub fn as_floats(bytes: &[u8]) -> Vec<f32> {
    let number = |four: &[u8]| f32::from_le_bytes(four.try_into().expect("4 bytes"));
    bytes.chunks(4).map(number).collect()
}

/// PTX with one kernel.
pub fn kernel(parameters: &str, body: &str) -> String {
    format!(
        ".version 7.0\n.target sm_75\n.address_size 64\n\
         .visible .entry kernel({parameters})\n{{\n\
         .reg .pred %p<4>;\n.reg .b16 %h<4>;\n.reg .b32 %r<8>;\n.reg .b64 %rd<8>;\n\
         {body}\nret;\n}}\n"
    )
}

/// PTX that copies `n` bytes, a thread each.
pub fn copy_bytes() -> String {
    kernel(
        ".param .u64 from, .param .u64 to, .param .u32 n",
        "ld.param.u64 %rd1, [from];\nld.param.u64 %rd2, [to];\nld.param.u32 %r1, [n];\n\
         mov.u32 %r2, %ctaid.x;\nmov.u32 %r3, %ntid.x;\nmov.u32 %r4, %tid.x;\n\
         mad.lo.s32 %r5, %r2, %r3, %r4;\nsetp.ge.u32 %p1, %r5, %r1;\n@%p1 bra done;\n\
         cvt.u64.u32 %rd3, %r5;\nadd.s64 %rd4, %rd1, %rd3;\nadd.s64 %rd5, %rd2, %rd3;\n\
         ld.global.u8 %h1, [%rd4];\nst.global.u8 [%rd5], %h1;\ndone:",
    )
}
