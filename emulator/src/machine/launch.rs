//! A launch: is it possible, and then block after block.

use super::block::{Block, Progress};
use super::order::Heard;
use super::{Argument, Machine, Report, Shape};
use crate::error::{Error, Result};
use crate::finding::Findings;
use crate::memory::{Home, Region, Shadow, at_home};
use crate::parse::Space;
use crate::program::{Kernel, Preset};
use crate::random::Random;
use crate::settings::Settings;
use crate::statistics::{Counts, Statistics};
use crate::trace::Step;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

/// What all blocks of a launch share.
pub(super) struct Launch<'a> {
    pub kernel: &'a Kernel,
    pub shape: Shape,
    pub settings: &'a Settings,
    pub regions: &'a mut Vec<Option<Region>>,
    pub variables: &'a HashMap<(u64, String), usize>,
    pub parameters: Vec<Region>,
    /// The number of the first block, counted over all launches.
    pub first_block: u32,
    pub findings: Findings,
    pub lints: Findings,
    /// For each instruction.
    pub counts: Vec<Counts>,
    pub trace: Vec<Step>,
    pub random: Option<Random>,
    /// What fences and strong writes left at an address: see `order`.
    pub left: HashMap<(u32, Home, usize), Rc<Heard>>,
    /// Nothing runs any more.
    pub stopped: bool,
}

/// What a GPU of today offers (CUDA C++ Programming Guide, compute capabilities).
const MOST_THREADS: u64 = 1024;
const MOST_IN_BLOCK: [u32; 3] = [1024, 1024, 64];
const MOST_IN_GRID: [u32; 3] = [i32::MAX as u32, 65_535, 65_535];
const MOST_SHARED: u64 = 227 * 1024;
/// Blocks that run side by side, where one has to wait for another.
const RESIDENT: usize = 64;
/// More kinds of mistakes than this are not told.
const MOST_FINDINGS: usize = 100;

pub(super) fn launch(
    machine: &mut Machine,
    kernel: &Kernel,
    shape: Shape,
    arguments: &[Argument],
) -> Result<Report> {
    possible(kernel, shape)?;
    loaded(machine, kernel)?;
    let parameters = parameters(machine, kernel, arguments)?;
    let blocks: u64 = shape.grid.iter().map(|size| *size as u64).product();
    if blocks >= u32::MAX as u64 {
        return refuse(format!(
            "a grid of {blocks} blocks is more than this emulator can count"
        ));
    }
    if machine.blocks as u64 + blocks >= u32::MAX as u64 {
        // The count begins anew, and nobody remembers the blocks of before.
        machine
            .regions
            .iter_mut()
            .flatten()
            .for_each(|region| region.shadow = Shadow::default());
        machine.blocks = 0;
    }
    let first_block = machine.blocks + 1;
    let mut launch = Launch {
        kernel,
        shape,
        settings: &machine.settings,
        regions: &mut machine.regions,
        variables: &machine.variables,
        parameters,
        first_block,
        findings: Findings::default(),
        lints: Findings::default(),
        counts: vec![Counts::default(); kernel.code.len()],
        trace: Vec::new(),
        random: machine.settings.pessimistic.map(Random::new),
        left: HashMap::new(),
        stopped: false,
    };
    launch.run(blocks as u32);
    let places = kernel.code.iter().map(|instruction| &instruction.place);
    let report = Report {
        statistics: Statistics::of(places.zip(&launch.counts)),
        findings: launch.findings.told(),
        lints: launch.lints.told(),
        trace: launch.trace,
    };
    machine.blocks += blocks as u32;
    Ok(report)
}

impl Launch<'_> {
    fn run(&mut self, blocks: u32) {
        let mut waiting: Vec<u32> = Vec::new();
        if let Some(random) = &mut self.random {
            waiting.extend(0..blocks);
            random.shuffle(&mut waiting);
        }
        let mut next = 0;
        let mut resident: VecDeque<Block> = VecDeque::new();
        let mut spare: Option<Block> = None;
        loop {
            // A block that has to wait for others lets them run first.
            if next < blocks && resident.len() < RESIDENT {
                let number = waiting.get(next as usize).copied().unwrap_or(next);
                next += 1;
                resident.push_front(Block::new(self, number, spare.take()));
            }
            let Some(mut block) = resident.pop_front() else { return };
            match block.run(self) {
                Progress::Finished => spare = Some(block),
                Progress::Paused => resident.push_back(block),
            }
            if self.stopped || self.findings.len() >= MOST_FINDINGS {
                return;
            }
        }
    }
}

fn refuse<T>(message: String) -> Result<T> {
    Err(Error::Launch(message))
}

fn possible(kernel: &Kernel, shape: Shape) -> Result<()> {
    let Shape { grid, block, shared } = shape;
    for (axis, name) in ["x", "y", "z"].iter().enumerate() {
        for (what, size, most) in [
            ("grid", grid[axis], MOST_IN_GRID[axis]),
            ("block", block[axis], MOST_IN_BLOCK[axis]),
        ] {
            if size == 0 || size > most {
                return refuse(format!(
                    "the {what}'s size in {name} is {size}; it must be from 1 to {most}"
                ));
            }
        }
    }
    let threads: u64 = block.iter().map(|size| *size as u64).product();
    if threads > MOST_THREADS {
        return refuse(format!(
            "a block of {threads} threads is too large: {MOST_THREADS} at most"
        ));
    }
    if let Some(most) = kernel.most_threads.filter(|most| threads > *most as u64) {
        return refuse(format!(
            "a block of {threads} threads is too large: `{}` was compiled for {most} at most",
            kernel.name
        ));
    }
    let fixed: u64 =
        kernel.variables_in(Space::Shared).map(|variable| variable.bytes()).sum();
    let total = fixed + shared as u64;
    if total > MOST_SHARED {
        return refuse(format!(
            "{total} bytes of shared memory ({fixed} in the kernel, {shared} at the launch) are \
             too many: a block has {MOST_SHARED} at most"
        ));
    }
    Ok(())
}

/// The variables outside the kernel that it uses must have a place.
fn loaded(machine: &Machine, kernel: &Kernel) -> Result<()> {
    for (_, preset) in &kernel.presets {
        if let Preset::Address(Space::Global | Space::Const, name, _) = preset
            && !machine.variables.contains_key(&(kernel.program, name.clone()))
        {
            return refuse(format!(
                "`{}` uses the variable `{name}`: its program must be loaded first \
                 (`Machine::load`)",
                kernel.name
            ));
        }
    }
    Ok(())
}

/// The parameters with what is passed to them.
fn parameters(
    machine: &Machine,
    kernel: &Kernel,
    arguments: &[Argument],
) -> Result<Vec<Region>> {
    if kernel.parameters.len() != arguments.len() {
        return refuse(format!(
            "`{}` takes {} arguments, not {}",
            kernel.name,
            kernel.parameters.len(),
            arguments.len()
        ));
    }
    let mut regions = Vec::new();
    for (number, (parameter, argument)) in
        kernel.parameters.iter().zip(arguments).enumerate()
    {
        let bytes = match argument {
            Argument::Bytes(bytes) => bytes.clone(),
            Argument::Buffer(buffer) => {
                at_home(Home::Global(buffer.0)).to_le_bytes().to_vec()
            }
            Argument::Inside(buffer, offset) => {
                (at_home(Home::Global(buffer.0)) + offset).to_le_bytes().to_vec()
            }
        };
        if bytes.len() != parameter.bytes() {
            return refuse(format!(
                "argument {number} of `{}` has {} bytes, and its parameter `{}` has {}",
                kernel.name,
                bytes.len(),
                parameter.name,
                parameter.bytes()
            ));
        }
        let freed = match argument {
            Argument::Buffer(buffer) | Argument::Inside(buffer, _) => {
                machine.regions.get(buffer.0).is_none_or(Option::is_none)
            }
            Argument::Bytes(_) => false,
        };
        if freed {
            return refuse(format!(
                "argument {number} of `{}` is a freed buffer",
                kernel.name
            ));
        }
        let mut region = Region::new(&parameter.name, parameter.element, bytes);
        region.read_only = true;
        regions.push(region);
    }
    Ok(regions)
}
