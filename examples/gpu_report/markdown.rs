//! The report to read.

use crate::{Report, conformance, speed, suite};
use gradus::device::twin::APART;
use std::fmt::Write;

pub fn text(report: &Report) -> String {
    let mut text = format!("# GPU report: {}\n\n", report.device);
    if report.rehearsal {
        text += "**A rehearsal: an emulator stood in for the GPU. It says nothing about one.**\n\n";
    }
    for (what, value) in &report.facts {
        let _ = writeln!(text, "- {what}: {value}");
    }
    for note in &report.notes {
        let _ = writeln!(text, "- {note}");
    }
    text + &conforming(&report.conformance)
        + &tested(&report.suite)
        + &timed(&report.speed)
}

fn conforming(rows: &[conformance::Row]) -> String {
    let exact = rows.iter().filter(|row| row.exact);
    let (exact, wrong) = (exact.count(), rows.iter().filter(|row| !row.holds).count());
    let mut text = format!(
        "\n## Conformance\n\nEvery launch on both devices, every word of memory compared. {} kernels, of \
         which {exact} fix every bit; the others may differ by {APART:e} of the largest number. \
         **{wrong} disagree.**\n\n| kernel | must be | launches | words | differing | worst | verdict |\n\
         |---|---|---:|---:|---:|---:|---|\n",
        rows.len()
    );
    for row in rows {
        let conformance::Row { kernel, launches, words, differing, worst, .. } = row;
        let must = if row.exact { "equal" } else { "near" };
        let verdict = if row.holds { "ok" } else { "**WRONG**" };
        let _ = writeln!(
            text,
            "| `{kernel}` | {must} | {launches} | {words} | {differing} | {worst:.1e} | {verdict} |"
        );
    }
    for row in rows.iter().filter(|row| !row.holds) {
        let first = row.first.as_deref().unwrap_or("it was never launched");
        let _ = writeln!(text, "\n- `{}`: {first}", row.kernel);
    }
    text
}

fn tested(rows: &[suite::Row]) -> String {
    let wrong = rows.iter().filter(|row| row.fault.is_some()).count();
    let mut text = format!(
        "\n## Suite\n\nOn this device alone, against the processor: {} rows, **{wrong} wrong**.\n\n\
         | test or operation | cases | worst | verdict |\n|---|---:|---:|---|\n",
        rows.len()
    );
    for row in rows {
        let worst = row.worst.map_or("".to_string(), |worst| format!("{worst:.1e}"));
        let verdict = if row.fault.is_none() { "ok" } else { "**WRONG**" };
        let _ = writeln!(text, "| {} | {} | {worst} | {verdict} |", row.name, row.cases);
    }
    for row in rows {
        if let Some(fault) = &row.fault {
            let _ = writeln!(text, "\n- {}: {fault}", row.name);
        }
    }
    text
}

fn timed(rows: &[speed::Row]) -> String {
    let mut text =
        "\n## Speed\n\nThe median of rounds of many calls, and the whole range.\n\n\
                    | what | whose | ms | range | rate |\n|---|---|---:|---:|---:|\n"
            .to_string();
    for row in rows {
        let speed::Row { what, whose, milliseconds, range: [least, most], rate } = row;
        let rate =
            rate.map_or("".to_string(), |(rate, unit)| format!("{rate:.3} {unit}"));
        let _ = writeln!(
            text,
            "| {what} | {whose} | {milliseconds:.4} | {least:.4} – {most:.4} | {rate} |"
        );
    }
    text
}
