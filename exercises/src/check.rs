//! A check tries an answer on named cases and reports each as it goes.

use crate::{Expectation, Numbers, memory, time};
use gradus_course::verdict::{EVENTS, Event, Failure};
use std::cell::RefCell;
use std::fmt::Debug;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One answer, bound to its check.
pub struct Variant {
    name: &'static str,
    run: fn(&mut Check),
}

impl Variant {
    /// The answer called `name`, checked by `run`.
    pub const fn new(name: &'static str, run: fn(&mut Check)) -> Variant {
        Variant { name, run }
    }

    /// The name by which [`main`] is asked for it.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

/// Checks the variant that the command line names, within the memory and the time that
/// the environment allows, and writes the events to the file that it names. Whoever
/// started the process judges.
pub fn main(table: Vec<Variant>) {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let Some(variant) = table.iter().find(|variant| variant.name == wanted) else {
        let names: Vec<_> = table.iter().map(Variant::name).collect();
        eprintln!("there is no variant `{wanted}` here, but {}", names.join(", "));
        std::process::exit(2);
    };
    let mut check = Check { events: open() };
    time::limit();
    memory::limit();
    std::panic::set_hook(Box::new(|info| {
        let message = info.payload_as_str().unwrap_or(SILENT);
        let place = info.location().map(|at| {
            let file = at.file().rsplit(['/', '\\']).next().unwrap_or_default();
            format!(" (line {} of {file})", at.line())
        });
        let place = place.unwrap_or_default();
        PANIC.replace(Some(format!("{message}{place}")));
    }));
    (variant.run)(&mut check);
    check.emit(&Event::Finished);
}

const SILENT: &str = "a panic without a message";

thread_local! {
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The file for the events. Its name is forgotten here, before the answer runs: nothing
/// that the answer does by accident, and no program that it starts, can write there.
fn open() -> Box<dyn Write> {
    let path = std::env::var_os(EVENTS);
    // SAFETY: this is the only thread so far.
    unsafe { std::env::remove_var(EVENTS) };
    match path {
        Some(path) => match std::fs::File::create(&path) {
            Ok(file) => Box::new(file),
            Err(error) => {
                eprintln!("cannot write {}: {error}", path.display());
                std::process::exit(2);
            }
        },
        None => Box::new(std::io::stdout()),
    }
}

/// Tries an answer, case by case.
pub struct Check {
    events: Box<dyn Write>,
}

impl Check {
    /// One named case. It fails when an expectation in it is not met, or when the answer
    /// panics.
    pub fn case(&mut self, name: &str, body: impl FnOnce(&mut Case)) {
        self.emit(&Event::Started { case: name.to_string() });
        let mut case = Case::default();
        let panicked = catch_unwind(AssertUnwindSafe(|| body(&mut case))).is_err();
        if panicked && case.failure.is_none() {
            let message = PANIC.take().unwrap_or_else(|| SILENT.to_string());
            case.fail(Failure { panicked, what: message, ..Failure::default() });
        }
        self.emit(&case.failure.map_or(Event::Passed, Event::Failed));
    }

    fn emit(&mut self, event: &Event) {
        let line = serde_json::to_string(event).expect("an event is JSON");
        // A report that cannot be written shows as a check that never finished.
        let _ = writeln!(self.events, "{line}").and_then(|()| self.events.flush());
    }
}

/// A case while it runs. Only its first failure is kept.
#[derive(Default)]
pub struct Case {
    given: String,
    pub(crate) failure: Option<Failure>,
}

impl Case {
    /// The input, as the reader would write it: shown when the case fails.
    pub fn given(&mut self, input: impl Into<String>) {
        self.given = input.into();
    }

    /// Expects numbers of any shape, to a relative error of 1e-9 unless
    /// [`within`](Expectation::within) says otherwise.
    pub fn numbers<N: Numbers + ?Sized>(
        &mut self,
        what: &str,
        got: &N,
        expected: &N,
    ) -> Expectation<'_> {
        Expectation::new(self, what, got.shaped(), expected.shaped())
    }

    /// Expects one number.
    pub fn number(&mut self, what: &str, got: f64, expected: f64) -> Expectation<'_> {
        self.numbers(what, &got, &expected)
    }

    /// Expects a value that is either right or wrong; `otherwise` says what a wrong one
    /// suggests.
    pub fn equal<V: PartialEq + Debug>(
        &mut self,
        what: &str,
        got: V,
        expected: V,
        otherwise: &str,
    ) {
        if got != expected {
            self.fail(Failure {
                what: what.to_string(),
                expected: format!("{expected:?}"),
                got: format!("{got:?}"),
                suggests: Some(otherwise.to_string()).filter(|text| !text.is_empty()),
                ..Failure::default()
            });
        }
    }

    /// Expects a property that is best said in words.
    pub fn holds(
        &mut self,
        holds: bool,
        what: &str,
        expected: &str,
        got: impl Into<String>,
        otherwise: &str,
    ) {
        if !holds {
            self.fail(Failure {
                what: what.to_string(),
                expected: expected.to_string(),
                got: got.into(),
                suggests: Some(otherwise.to_string()).filter(|text| !text.is_empty()),
                ..Failure::default()
            });
        }
    }

    pub(crate) fn fail(&mut self, failure: Failure) {
        let given = self.given.clone();
        self.failure.get_or_insert(Failure { given, ..failure });
    }
}
