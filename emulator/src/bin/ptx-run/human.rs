//! The report for a reader.

use crate::argument::Given;
use crate::options::{Level, Options};
use crate::source::Sources;
use ptx_emulator::{Finding, Kernel, Kind, Report};

/// Every finding with the lines of source that it names.
pub fn findings(
    kernel: &Kernel,
    given: &[Given],
    report: &Report,
    sources: &mut Sources,
) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        text += &format!("{finding}\n");
        let mut places = vec![&finding.place];
        places.extend(finding.other.iter().map(|other| &other.place));
        places.dedup_by(
            |a, b| if a.source.is_some() { a.source == b.source } else { a == b },
        );
        for place in places {
            text += &sources.quote(place).unwrap_or_default();
        }
        text += &advice(kernel, given, finding).unwrap_or_default();
        text.push('\n');
    }
    text
}

/// What the reader could do besides mending the kernel.
fn advice(kernel: &Kernel, given: &[Given], finding: &Finding) -> Option<String> {
    let number = argument(kernel, finding)?;
    let Given::Buffer(memory) = &given[number] else { return None };
    let advice = match finding.kind {
        Kind::ReadOnly => "`in`: if the kernel may write to it, say `inout`",
        Kind::Uninitialised if memory.bytes.is_none() => {
            "`out`: if the kernel may read what was there before, say `inout`"
        }
        _ => return None,
    };
    Some(format!("    argument {number} was passed as {advice}\n"))
}

/// The argument that a finding is about.
pub fn argument(kernel: &Kernel, finding: &Finding) -> Option<usize> {
    let name = &finding.element.as_ref()?.buffer;
    kernel.parameters.iter().position(|parameter| parameter.name == *name)
}

/// What is allowed and yet worth knowing.
pub fn lints(report: &Report) -> String {
    report.lints.iter().map(|lint| format!("lint: {lint}\n")).collect()
}

/// The last line.
pub fn summary(options: &Options, report: &Report) -> String {
    let verdict = match (report.findings.len(), options.checks) {
        (0, Level::All) => "clean".to_string(),
        (0, Level::Bounds) => "clean (only bounds were checked)".to_string(),
        (0, Level::None) => "done (nothing was checked)".to_string(),
        (1, _) => "1 finding".to_string(),
        (count, _) => format!("{count} findings"),
    };
    let threads = grouped(options.threads());
    let instructions = grouped(report.statistics.total.instructions);
    format!("{verdict}: {threads} threads, {instructions} instructions\n")
}

/// A number with commas between thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
