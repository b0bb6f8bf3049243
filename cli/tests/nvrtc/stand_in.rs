//! A stand-in for NVRTC with its nine functions, built by the test: what `gradus ptx` does
//! with versions, errors and spills is tested where there is no NVRTC too.
//!
//! Its version is `$STAND_IN_VERSION`. Words in the source say what happens: SYNTAX is an
//! error in its own line, ASM one of the assembler, SPILL a kernel that spills.

use std::ffi::{CStr, CString, c_char, c_int, c_void};

struct Program {
    source: String,
    name: String,
    log: CString,
    ptx: CString,
}

#[unsafe(no_mangle)]
unsafe extern "C" fn nvrtcVersion(major: *mut c_int, minor: *mut c_int) -> c_int {
    let version = std::env::var("STAND_IN_VERSION").unwrap();
    let (one, two) = version.split_once('.').unwrap();
    unsafe { (*major, *minor) = (one.parse().unwrap(), two.parse().unwrap()) };
    0
}

#[unsafe(no_mangle)]
unsafe extern "C" fn nvrtcGetErrorString(_: c_int) -> *const c_char {
    c"NVRTC_ERROR_STAND_IN".as_ptr()
}

#[unsafe(no_mangle)]
unsafe extern "C" fn nvrtcCreateProgram(
    program: *mut *mut c_void,
    source: *const c_char,
    name: *const c_char,
    _: c_int,
    _: *const *const c_char,
    _: *const *const c_char,
) -> c_int {
    let text = |text| unsafe { CStr::from_ptr(text) }.to_str().unwrap().to_string();
    let new = Program {
        source: text(source),
        name: text(name),
        log: CString::default(),
        ptx: CString::default(),
    };
    unsafe { *program = Box::into_raw(Box::new(new)).cast() };
    0
}

#[unsafe(no_mangle)]
unsafe extern "C" fn nvrtcCompileProgram(
    program: *mut c_void,
    count: c_int,
    options: *const *const c_char,
) -> c_int {
    let program = unsafe { &mut *program.cast::<Program>() };
    let options: Vec<&str> = (0..count as usize)
        .map(|i| unsafe { CStr::from_ptr(*options.add(i)) }.to_str().unwrap())
        .collect();
    let (source, name) = (&program.source, &program.name);
    let assembles = options.iter().any(|option| option.contains("ptxas"));
    if options.iter().any(|option| option.ends_with("_80")) && source.contains("TOO_NEW")
    {
        return 5;
    }
    let (log, status) = if source.contains("SYNTAX") {
        let line = line_of("SYNTAX", source);
        (format!("{name}({line}): error: expected a \";\"\n"), 6)
    } else if assembles && source.contains("ASM") {
        ("ptxas application ptx input, line 5; error   : Not a name: 'x'\n".into(), 6)
    } else if assembles {
        let spilt = if source.contains("SPILL") { 8 } else { 0 };
        let log = format!(
            "ptxas info    : Compiling entry function 'k' for 'sm_75'\n\
             ptxas         .     {spilt} bytes stack frame, {spilt} bytes spill stores, 4 bytes spill loads\n\
             ptxas info    : Used 255 registers, 64 bytes smem\n"
        );
        (if spilt > 0 { log } else { log.replace("4 bytes spill", "0 bytes spill") }, 0)
    } else {
        (String::new(), 0)
    };
    let ptx = format!(
        ".version 8.4\n.visible .entry k(\n)\n.loc 1 7 0\nx;\n// {}\n.file 1 \"{name}\"\n",
        source.len()
    );
    (program.log, program.ptx) = (CString::new(log).unwrap(), CString::new(ptx).unwrap());
    status
}

/// The number of the line with `word`; counted on from the last `#line`, as a compiler does.
fn line_of(word: &str, source: &str) -> usize {
    let mut number = 1;
    for line in source.lines() {
        if line.contains(word) {
            break;
        }
        let next = line.strip_prefix("#line ").and_then(|rest| rest.split(' ').next());
        number = next.map_or(number + 1, |next| next.parse().unwrap());
    }
    number
}

unsafe fn size(text: &CStr, size: *mut usize) -> c_int {
    unsafe { *size = text.to_bytes_with_nul().len() };
    0
}

unsafe fn copy(text: &CStr, to: *mut c_char) -> c_int {
    let bytes = text.to_bytes_with_nul();
    unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr().cast(), to, bytes.len()) };
    0
}

#[unsafe(no_mangle)]
unsafe extern "C" fn nvrtcGetProgramLogSize(
    program: *mut c_void,
    to: *mut usize,
) -> c_int {
    unsafe { size(&(*program.cast::<Program>()).log, to) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn nvrtcGetProgramLog(program: *mut c_void, to: *mut c_char) -> c_int {
    unsafe { copy(&(*program.cast::<Program>()).log, to) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn nvrtcGetPTXSize(program: *mut c_void, to: *mut usize) -> c_int {
    unsafe { size(&(*program.cast::<Program>()).ptx, to) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn nvrtcGetPTX(program: *mut c_void, to: *mut c_char) -> c_int {
    unsafe { copy(&(*program.cast::<Program>()).ptx, to) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn nvrtcDestroyProgram(program: *mut *mut c_void) -> c_int {
    unsafe { drop(Box::from_raw((*program).cast::<Program>())) };
    0
}
