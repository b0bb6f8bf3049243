//! NVIDIA's run-time compiler, loaded while the program runs: it need not be there to build
//! or start it. Nine functions of its C interface are all that is used.

use anyhow::{Context, bail};
use libloading::{Library, Symbol};
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::path::Path;

/// A loaded NVRTC.
pub struct Nvrtc {
    library: Library,
    /// What it needs beside it, loaded first.
    _builtins: Option<Library>,
}

/// What a compilation gave.
pub struct Compiled {
    /// The PTX; none if the source has errors.
    pub ptx: Option<String>,
    /// What the compiler said: errors, warnings, the resources of each kernel.
    pub log: String,
}

/// An unfinished compilation of the library's; it ends with this.
struct Program<'a> {
    nvrtc: &'a Nvrtc,
    handle: *mut c_void,
}

type Status = c_int;
const SUCCESS: Status = 0;
const COMPILATION: Status = 6;

impl Nvrtc {
    /// Loads the library from a path, or by its name from where the system looks.
    pub fn load(path: &Path) -> Result<Nvrtc, libloading::Error> {
        let builtins = path.parent().and_then(builtins_in);
        // SAFETY: the initialisers of NVIDIA's libraries touch nothing of ours.
        unsafe {
            // The library asks for its builtins by their bare name, which Windows would
            // look for elsewhere; what is loaded already is found.
            let builtins = builtins.and_then(|path| Library::new(path).ok());
            Ok(Nvrtc { library: Library::new(path)?, _builtins: builtins })
        }
    }

    /// Major and minor: NVRTC has no more of its version to tell.
    pub fn version(&self) -> anyhow::Result<(i32, i32)> {
        let (mut major, mut minor) = (0, 0);
        // SAFETY: the signature is that of nvrtc.h, and both pointers are valid.
        unsafe {
            let version: Symbol<unsafe extern "C" fn(*mut c_int, *mut c_int) -> Status> =
                self.function(b"nvrtcVersion\0")?;
            self.succeed(version(&mut major, &mut minor))?;
        }
        Ok((major, minor))
    }

    /// Compiles `source`, which calls itself `name`.
    pub fn compile(
        &self,
        source: &str,
        name: &str,
        options: &[&str],
    ) -> anyhow::Result<Compiled> {
        let nul = "a source must not hold the character NUL";
        let (source, name) = (CString::new(source).context(nul)?, CString::new(name)?);
        let options: Vec<_> =
            options.iter().map(|o| CString::new(*o)).collect::<Result<_, _>>()?;
        let options: Vec<_> = options.iter().map(|option| option.as_ptr()).collect();
        let program = Program::new(self, &source, &name)?;
        type Compile =
            unsafe extern "C" fn(*mut c_void, c_int, *const *const c_char) -> Status;
        // SAFETY: the signature is that of nvrtc.h; the texts outlive the call.
        let status = unsafe {
            let compile: Symbol<Compile> = self.function(b"nvrtcCompileProgram\0")?;
            compile(program.handle, options.len() as c_int, options.as_ptr())
        };
        let log = program.text(b"nvrtcGetProgramLogSize\0", b"nvrtcGetProgramLog\0")?;
        match status {
            SUCCESS => {
                let ptx = program.text(b"nvrtcGetPTXSize\0", b"nvrtcGetPTX\0")?;
                Ok(Compiled { ptx: Some(ptx), log })
            }
            COMPILATION => Ok(Compiled { ptx: None, log }),
            // Not the source's fault: an option it does not know, missing builtins.
            other => self
                .succeed(other)
                .map(|()| unreachable!("it is no success"))
                .context(log.trim().to_string()),
        }
    }

    /// # Safety
    /// `F` must be the function's signature in nvrtc.h.
    unsafe fn function<F>(&self, name: &'static [u8]) -> anyhow::Result<Symbol<'_, F>> {
        // SAFETY: the caller knows the signature.
        unsafe { self.library.get(name) }.with_context(|| {
            let name = String::from_utf8_lossy(name);
            format!("this library is no NVRTC: it has no {}", name.trim_end_matches('\0'))
        })
    }

    fn succeed(&self, status: Status) -> anyhow::Result<()> {
        if status == SUCCESS {
            return Ok(());
        }
        // SAFETY: the signature is that of nvrtc.h; the text is the library's, and stays.
        let said = unsafe {
            let text: Symbol<unsafe extern "C" fn(Status) -> *const c_char> =
                self.function(b"nvrtcGetErrorString\0")?;
            CStr::from_ptr(text(status)).to_string_lossy().into_owned()
        };
        bail!("NVRTC fails: {said}")
    }
}

impl<'a> Program<'a> {
    fn new(nvrtc: &'a Nvrtc, source: &CStr, name: &CStr) -> anyhow::Result<Self> {
        type Texts = *const *const c_char;
        type Create = unsafe extern "C" fn(
            *mut *mut c_void,
            *const c_char,
            *const c_char,
            c_int,
            Texts,
            Texts,
        ) -> Status;
        let (mut handle, none) = (std::ptr::null_mut(), std::ptr::null());
        // SAFETY: the signature is that of nvrtc.h; no headers, so no lists of them.
        unsafe {
            let create: Symbol<Create> = nvrtc.function(b"nvrtcCreateProgram\0")?;
            let (source, name) = (source.as_ptr(), name.as_ptr());
            nvrtc.succeed(create(&mut handle, source, name, 0, none, none))?;
        }
        Ok(Program { nvrtc, handle })
    }

    /// One of the library's texts, which are asked for in two steps: how long, and what.
    fn text(&self, size: &'static [u8], text: &'static [u8]) -> anyhow::Result<String> {
        type Size = unsafe extern "C" fn(*mut c_void, *mut usize) -> Status;
        type Text = unsafe extern "C" fn(*mut c_void, *mut c_char) -> Status;
        let mut bytes = 0;
        // SAFETY: the signatures are those of nvrtc.h; the buffer is as long as asked for.
        let buffer = unsafe {
            let size: Symbol<Size> = self.nvrtc.function(size)?;
            self.nvrtc.succeed(size(self.handle, &mut bytes))?;
            let mut buffer = vec![0u8; bytes.max(1)];
            let text: Symbol<Text> = self.nvrtc.function(text)?;
            self.nvrtc.succeed(text(self.handle, buffer.as_mut_ptr().cast()))?;
            buffer
        };
        let end = buffer.iter().position(|&byte| byte == 0).unwrap_or(buffer.len());
        Ok(String::from_utf8_lossy(&buffer[..end]).into_owned())
    }
}

impl Drop for Program<'_> {
    fn drop(&mut self) {
        type Destroy = unsafe extern "C" fn(*mut *mut c_void) -> Status;
        // SAFETY: the signature is that of nvrtc.h; nothing uses the handle after this.
        unsafe {
            let destroy = self.nvrtc.function::<Destroy>(b"nvrtcDestroyProgram\0");
            if let Ok(destroy) = destroy {
                destroy(&mut self.handle);
            }
        }
    }
}

fn builtins_in(folder: &Path) -> Option<std::path::PathBuf> {
    let names = ["libnvrtc-builtins.so", "nvrtc-builtins64_"];
    let files = std::fs::read_dir(folder).ok()?.flatten();
    files.map(|file| file.path()).find(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        names.iter().any(|start| name.starts_with(start))
    })
}
