//! Where an instruction stands: in the PTX text, and in the CUDA source.

use std::fmt;
use std::sync::Arc;

/// A line of the CUDA source.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Source {
    /// The file, as the compiler was told its name.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u32,
}

/// A line of the PTX text, and the line of the CUDA source that it was compiled from, if
/// the compiler wrote it down (`-lineinfo`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Place {
    /// The line of the PTX text, from 1.
    pub ptx_line: u32,
    /// The line of the source.
    pub source: Option<Source>,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match &self.source {
            Some(source) => {
                write!(
                    out,
                    "{}:{} (PTX line {})",
                    source.file, source.line, self.ptx_line
                )
            }
            None => write!(out, "PTX line {}", self.ptx_line),
        }
    }
}
