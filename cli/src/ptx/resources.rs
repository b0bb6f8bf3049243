//! What each kernel takes of a GPU, as the assembler inside NVRTC says it with
//! `--ptxas-options=-v`.

use super::source::Source;
use crate::screen::{bold, red};

/// One kernel's needs.
#[derive(Debug, Default, PartialEq)]
pub struct Resources {
    /// The kernel.
    pub kernel: String,
    /// 32-bit registers to a thread.
    pub registers: u64,
    /// Bytes of static shared memory to a block.
    pub shared: u64,
    /// Bytes of a thread's own memory, spilled registers included.
    pub local: u64,
    /// Bytes of registers that did not fit and are stored to memory.
    pub spill_stores: u64,
    /// And loaded from there.
    pub spill_loads: u64,
}

impl Resources {
    /// Whether registers ran out.
    pub fn spills(&self) -> bool {
        self.spill_stores + self.spill_loads > 0
    }
}

/// The kernels of a log, in the order in which they stand in `ptx`.
pub fn read(log: &str, ptx: &str) -> Vec<Resources> {
    let mut kernels: Vec<Resources> = Vec::new();
    for line in log.lines().filter(|line| line.starts_with("ptxas")) {
        if let Some((_, rest)) = line.split_once("Compiling entry function '") {
            let kernel = rest.split('\'').next().unwrap_or_default().to_string();
            kernels.push(Resources { kernel, ..Resources::default() });
        }
        let Some(kernel) = kernels.last_mut() else { continue };
        // A function that is called and not inlined spills for its kernel.
        kernel.local += before(line, " bytes stack frame");
        kernel.spill_stores += before(line, " bytes spill stores");
        kernel.spill_loads += before(line, " bytes spill loads");
        kernel.registers += before(line, " registers");
        kernel.shared += before(line, " bytes smem");
    }
    let position = |kernel: &str| ptx.find(&format!(".entry {kernel}("));
    kernels.sort_by_key(|kernel| position(&kernel.kernel));
    kernels
}

/// The number that stands before `unit`; 0 if there is none.
fn before(line: &str, unit: &str) -> u64 {
    let number = line.find(unit).map(|end| &line[..end]);
    let number =
        number.and_then(|text| text.rsplit(|c: char| !c.is_ascii_digit()).next());
    number.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// A row for each kernel; one that spills stands out.
pub fn table<'a>(sources: impl Iterator<Item = (&'a Source, &'a [Resources])>) -> String {
    let head =
        ["kernel", "target", "registers", "shared", "local", "spill stores", "loads"];
    let row = |cells: [String; 7]| {
        let widths = [38, 6, 9, 7, 7, 12, 7];
        let cells =
            cells.into_iter().zip(widths).enumerate().map(|(i, (cell, width))| {
                if i == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            });
        cells.collect::<Vec<_>>().join("  ")
    };
    let mut lines = vec![bold(&row(head.map(String::from)))];
    for (source, kernels) in sources {
        for r in kernels {
            // `coalesce/solution` of an exercise has one kernel, `coalesce`.
            let alone = source.name.split('/').next() == Some(r.kernel.as_str());
            let kernel = match alone {
                true => source.name.clone(),
                false => format!("{}: {}", source.name, r.kernel),
            };
            let numbers = [r.registers, r.shared, r.local, r.spill_stores, r.spill_loads];
            let [registers, shared, local, stores, loads] =
                numbers.map(|n| n.to_string());
            let target = source.target.to_string();
            let line = row([kernel, target, registers, shared, local, stores, loads]);
            lines.push(if r.spills() { red(&line) } else { line });
        }
    }
    lines.join("\n")
}

/// The assembler's message with the reader's line where it names one of the PTX: the `.loc`
/// above that line tells.
pub fn with_lines(source: &Source, log: &str, ptx: &str) -> String {
    let line = |message: &str| {
        let place = message.split_once("line ").and_then(|(_, rest)| {
            let (number, message) = rest.split_once(';')?;
            let above = ptx.lines().take(number.parse().ok()?);
            let loc = above.filter_map(|line| line.trim().strip_prefix(".loc")).last()?;
            let mut words = loc.split_whitespace();
            let (file, line) = (words.next()?, words.next()?);
            let file = ptx.lines().find_map(|line| {
                line.trim().strip_prefix(".file")?.trim().strip_prefix(file)
            })?;
            Some(format!("{}({line}): {}", file.trim().trim_matches('"'), message.trim()))
        });
        place.unwrap_or_else(|| message.to_string()) + "\n"
    };
    source.readable(&log.lines().map(line).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_the_log_is_found_and_the_order_is_the_sources() {
        let log = "\
ptxas warning : Value of threads per SM for entry spill is out of range.
ptxas info    : 0 bytes gmem
ptxas info    : Compiling entry function 'second' for 'sm_75'
ptxas info    : Function properties for second
ptxas         .     288 bytes stack frame, 524 bytes spill stores, 520 bytes spill loads
ptxas info    : Used 64 registers, used 1 barriers, 4096 bytes smem, 360 bytes cmem[0]
ptxas info    : Compiling entry function 'first' for 'sm_75'
ptxas info    : Function properties for first
ptxas         .     0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads
ptxas info    : Used 10 registers, 376 bytes cmem[0]
";
        let kernels = read(log, ".visible .entry first(\n)\n.visible .entry second(\n");
        let first =
            Resources { kernel: "first".into(), registers: 10, ..Default::default() };
        let second = Resources {
            kernel: "second".into(),
            registers: 64,
            shared: 4096,
            local: 288,
            spill_stores: 524,
            spill_loads: 520,
        };
        assert!(!first.spills() && second.spills());
        assert_eq!(kernels, [first, second]);
    }
}
