//! `--stats`: what was counted, a row for each line and one for the kernel.

use crate::human::grouped;
use crate::source::Sources;
use ptx_emulator::{Counts, Statistics};

const HEAD: [&str; 8] = [
    "instructions",
    "threads each",
    "divergent",
    "sectors",
    "ideal",
    "conflicts",
    "atomics",
    "barriers",
];

const LEGEND: &str = "\
instructions: each counted once for a warp; threads each: how many of its 32 took part; \
divergent: branches at\nwhich a warp parted; sectors: 32 bytes of global memory each, against \
the fewest possible; conflicts: rounds\nof shared memory that bank conflicts cost; atomics: \
for each thread; barriers: for each warp\n\n";

/// The table.
pub fn statistics(statistics: &Statistics, sources: &mut Sources) -> String {
    let mut rows = vec![("line".to_string(), HEAD.map(str::to_string), None)];
    for ((file, line), counts) in &statistics.lines {
        let text = sources.line(file, *line);
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        rows.push((format!("{name}:{line}"), cells(counts), text));
    }
    rows.push(("all".to_string(), cells(&statistics.total), None));
    let first = rows.iter().map(|row| row.0.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, cells, source) in rows {
        let mut row = format!("{name:<first$}");
        for (cell, head) in cells.iter().zip(HEAD) {
            row += &format!("  {cell:>width$}", width = head.len().max(9));
        }
        if let Some(source) = source {
            row += &format!("  | {source}");
        }
        text += row.trim_end();
        text.push('\n');
    }
    text + "\n" + LEGEND
}

fn cells(counts: &Counts) -> [String; 8] {
    let each = counts.thread_instructions as f64 / counts.instructions.max(1) as f64;
    let some = |number: u64| if number == 0 { String::new() } else { grouped(number) };
    [
        grouped(counts.instructions),
        format!("{each:.1}"),
        if counts.branches == 0 {
            String::new()
        } else {
            format!("{}/{}", grouped(counts.divergent_branches), grouped(counts.branches))
        },
        some(counts.global_sectors),
        some(counts.global_sectors_ideal),
        some(counts.bank_conflicts()),
        some(counts.atomics),
        some(counts.barriers),
    ]
}
