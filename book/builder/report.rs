//! What a build checked, and every fault that it found.

use std::collections::BTreeMap;
use std::fmt;

/// A kind of check. The order is the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Pages exist and are listed in the table of contents.
    Page,
    /// Headings carry unique ids.
    Heading,
    /// Code comes from tested sources, by anchor.
    Listing,
    /// Committed results belong to the present state of their examples.
    Run,
    /// Numbers in prose come from a committed run.
    Number,
    /// Figures come from a committed run.
    Figure,
    /// Tables come from a committed run.
    Table,
    /// Exercises exist and can be shown.
    Exercise,
    /// Formulas are valid TeX.
    Formula,
    /// Anything else between double braces.
    Directive,
    /// Links lead somewhere, and no page loads anything from elsewhere.
    Link,
}

/// All kinds, in order.
pub const KINDS: [Kind; 11] = [
    Kind::Page,
    Kind::Heading,
    Kind::Listing,
    Kind::Run,
    Kind::Number,
    Kind::Figure,
    Kind::Table,
    Kind::Exercise,
    Kind::Formula,
    Kind::Directive,
    Kind::Link,
];

impl Kind {
    /// The plural, as the summary counts it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Page => "pages",
            Kind::Heading => "headings",
            Kind::Listing => "listings",
            Kind::Run => "runs",
            Kind::Number => "numbers",
            Kind::Figure => "figures",
            Kind::Table => "tables",
            Kind::Exercise => "exercises",
            Kind::Formula => "formulas",
            Kind::Directive => "directives",
            Kind::Link => "links",
        }
    }
}

/// One thing that is wrong, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which check failed.
    pub kind: Kind,
    /// `book/src/01-gradient_descent.md:12`.
    pub place: String,
    /// What is wrong and what to do.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// What was checked, by kind, and what was wrong.
#[derive(Debug, Default)]
pub struct Report {
    counts: BTreeMap<Kind, usize>,
    /// Every fault, in the order in which it was found.
    pub faults: Vec<Fault>,
}

impl Report {
    /// Notes that one thing of this kind was checked.
    pub fn count(&mut self, kind: Kind) {
        *self.counts.entry(kind).or_default() += 1;
    }

    /// Notes a fault, once: mdBook repeats some things (the first page, an image that can
    /// be enlarged).
    pub fn fault(
        &mut self,
        kind: Kind,
        place: impl Into<String>,
        what: impl Into<String>,
    ) {
        let fault = Fault { kind, place: place.into(), what: what.into() };
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    /// How many things of this kind were checked.
    pub fn checked(&self, kind: Kind) -> usize {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    /// How many of this kind's checks failed.
    pub fn failed(&self, kind: Kind) -> usize {
        self.faults.iter().filter(|fault| fault.kind == kind).count()
    }

    /// `2 pages, 31 headings, …`, without the kinds that did not occur.
    pub fn summary(&self) -> String {
        let shown = KINDS.iter().filter(|kind| self.checked(**kind) > 0);
        shown
            .map(|kind| format!("{} {}", self.checked(*kind), kind.name()))
            .collect::<Vec<_>>()
            .join(", ")
    }
}
