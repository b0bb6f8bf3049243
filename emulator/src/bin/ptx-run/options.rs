//! The command line.

use crate::save::Save;
use clap::{Parser, ValueEnum};
use ptx_emulator::{Checks, Settings, Shape};
use std::path::PathBuf;

/// Runs a CUDA kernel, as PTX, without a GPU, and finds the mistakes that a GPU hides.
///
/// Every access is looked at: out of bounds, misaligned, through an invalid address, of memory
/// that was never written, or in a race with another; so are barriers, masks of warp operations
/// and endless loops.
#[derive(Parser)]
#[command(name = "ptx-run", version, after_help = SHORT, after_long_help = LONG)]
pub struct Options {
    /// The PTX text, as `nvcc -ptx` or NVRTC writes it; with `-lineinfo`, findings name lines
    /// of the .cu file
    pub file: PathBuf,

    /// The kernel; may be left out where the file has only one
    #[arg(long, value_name = "NAME")]
    pub entry: Option<String>,

    /// How many blocks
    #[arg(long, value_name = "X[,Y,Z]", value_parser = three)]
    pub grid: [u32; 3],

    /// How many threads in a block
    #[arg(long, value_name = "X[,Y,Z]", value_parser = three)]
    pub block: [u32; 3],

    /// Dynamic shared memory of a block
    #[arg(long, value_name = "BYTES", default_value_t = 0)]
    pub shared: u32,

    /// Write the buffer of argument N (counted from 0) to a NumPy file after the run;
    /// may be given more than once
    #[arg(long, value_name = "N=FILE.npy", value_parser = Save::parse)]
    pub save: Vec<Save>,

    /// What is looked for
    #[arg(long, value_enum, default_value_t = Level::All)]
    pub checks: Level,

    /// Approximate results anywhere within their bounds; blocks, warps and atomics in an order
    /// drawn from this seed
    #[arg(long, value_name = "SEED")]
    pub pessimistic: Option<u64>,

    /// How many instructions a warp may execute before the kernel counts as endless
    #[arg(long, value_name = "N", default_value_t = Settings::default().budget)]
    pub budget: u64,

    /// Print a table of what was counted, for the kernel and for each of its lines
    #[arg(long)]
    pub stats: bool,

    /// Print one JSON object, statistics included, and nothing else
    #[arg(long)]
    pub json: bool,

    /// What the kernel takes, in order: a number `i32:5`, a buffer `in:f32:@x.npy`,
    /// `out:f32:1024`, `inout:u16:@y.npy`, or `null` (see --help)
    #[arg(value_name = "ARG")]
    pub arguments: Vec<String>,
}

/// How much is checked.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// Everything
    All,
    /// Only where addresses lead
    Bounds,
    /// Nothing; an access out of bounds reads 0 and writes nowhere
    None,
}

impl Options {
    /// How the machine is to run.
    pub fn settings(&self) -> Settings {
        Settings {
            checks: match self.checks {
                Level::All => Checks::ALL,
                Level::Bounds => Checks::BOUNDS,
                Level::None => Checks::NONE,
            },
            pessimistic: self.pessimistic,
            budget: self.budget,
            statistics: self.stats || self.json,
            trace: false,
        }
    }

    /// How many threads run in all.
    pub fn threads(&self) -> u64 {
        self.grid.iter().chain(&self.block).map(|size| *size as u64).product()
    }

    /// The launch.
    pub fn shape(&self) -> Shape {
        Shape { grid: self.grid, block: self.block, shared: self.shared }
    }
}

/// `X`, `X,Y` or `X,Y,Z`; what is left out is 1.
fn three(text: &str) -> Result<[u32; 3], String> {
    let mut sizes = [1; 3];
    let parts: Vec<&str> = text.split(',').collect();
    if parts.len() > sizes.len() {
        return Err("at most three sizes, X,Y,Z".to_string());
    }
    for (size, part) in sizes.iter_mut().zip(parts) {
        *size = part.trim().parse().map_err(|_| {
            format!("`{part}` is no size: three whole numbers at most, as in 8,8,1")
        })?;
    }
    Ok(sizes)
}

const SHORT: &str = "\
Exit code: 0 when clean, 1 with findings, 2 for a use or parse error. --help tells how \
arguments are written.";

const LONG: &str = "\
Arguments, one for each parameter of the kernel, in order:
  i32:-5  u64:9  u32:0xff  f32:0.1  f64:-inf  f16:1.5  bool:true
                          a number. In hexadecimal, for every type, the bits of a value
  null                    a null pointer
  bytes:00ff10            a structure, byte by byte
  in:f32:@x.npy           a buffer that the kernel only reads, from a NumPy file
  inout:u16:@y.npy        a buffer that it reads and writes
  out:f32:1024            a buffer of 1024 elements in which nothing was written yet
  in:f32:1,2.5,nan        a buffer with these values (inout likewise)
  inout:f32:zeros:1024    a buffer of 1024 zeros (in likewise)

Types: u8 u16 u32 u64, i8 i16 i32 i64 (or s8 s16 s32 s64), b8 b16 b32 b64 (bits of any type),
  f16 bf16 f32 f64, bool. NumPy has no bf16: its bits are a file of uint16.

Exit code: 0 when clean; 1 with findings; 2 for a use or parse error, in which nothing is
written. With findings, --save still writes what the kernel left behind.

An example, from the root of the repository:
  ptx-run emulator/hardware/ptx/copy.compute_75.ptx --entry copy --grid 2 --block 32 \\
      in:f32:1,2,3 out:f32:3 u32:3 --save 1=copied.npy --stats
With u32:4 for the last argument, it tells what is wrong.";
