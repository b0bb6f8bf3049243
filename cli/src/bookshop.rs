//! Builds the book in the background and serves it for as long as `learn` runs.

use gradus_course::Course;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How far the book is.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// It has not been begun.
    Waiting,
    /// It is being built.
    Building,
    /// It is served at this address.
    At(String),
    /// It could not be built or served; the log says why.
    Failed,
    /// Nobody wants it.
    Unwanted,
}

/// The book's builder and server, which end with this value.
pub struct Bookshop {
    state: Arc<Mutex<State>>,
    running: Arc<Mutex<Option<Child>>>,
}

impl Bookshop {
    /// Nothing is started yet.
    pub fn new(wanted: bool) -> Bookshop {
        let state = if wanted { State::Waiting } else { State::Unwanted };
        Bookshop {
            state: Arc::new(Mutex::new(state)),
            running: Arc::new(Mutex::new(None)),
        }
    }

    /// How far it is.
    pub fn state(&self) -> State {
        self.state.lock().expect("no holder panics").clone()
    }

    /// Builds and serves in the background, once.
    pub fn open(&self, course: &Course) {
        if self.state() != State::Waiting {
            return;
        }
        *self.state.lock().expect("no holder panics") = State::Building;
        let (root, state, running) =
            (course.root.clone(), self.state.clone(), self.running.clone());
        std::thread::spawn(move || {
            if serve(&root, &state, &running).is_none() {
                *state.lock().expect("no holder panics") = State::Failed;
            }
        });
    }
}

impl Drop for Bookshop {
    fn drop(&mut self) {
        if let Some(mut child) = self.running.lock().expect("no holder panics").take() {
            // The server ends, and clears its folder, when its standard input does.
            if child.stdin.take().is_some() {
                for _ in 0..50 {
                    if !matches!(child.try_wait(), Ok(None)) {
                        return;
                    }
                    std::thread::sleep(Duration::from_millis(20));
                }
            }
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Returns when the server ends; `None` if it never said where the book is.
fn serve(
    root: &Path,
    state: &Mutex<State>,
    running: &Mutex<Option<Child>>,
) -> Option<()> {
    let target = root.join("target/book");
    std::fs::create_dir_all(&target).ok()?;
    let log = std::fs::File::create(target.join("log.txt")).ok()?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build
        .current_dir(root)
        .args(["build", "--package", "gradus-book", "--target-dir"])
        .arg(&target);
    // The reader's checks come first: one job leaves the other core to them.
    build.args(["--jobs", "1"]).env_remove("RUSTFLAGS").stdin(Stdio::null());
    build.stdout(Stdio::null()).stderr(log.try_clone().ok()?);
    keep(running, build.spawn().ok()?);
    let built = loop {
        // The lock is held only for a look, so that `drop` can end the build at any time.
        if let Some(status) =
            running.lock().expect("no holder panics").as_mut()?.try_wait().ok()?
        {
            break status.success();
        }
        std::thread::sleep(Duration::from_millis(100));
    };
    if !built {
        return None;
    }
    let mut server = Command::new(
        target.join("debug").join(format!("gradus-book{}", std::env::consts::EXE_SUFFIX)),
    )
    .current_dir(root)
    .args(["serve", "--until-stdin-closes"])
    .stdin(Stdio::piped())
    .stdout(Stdio::piped())
    .stderr(log)
    .spawn()
    .ok()?;
    let output = server.stdout.take()?;
    keep(running, server);
    let mut told = None;
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        if let Some(address) = line.strip_prefix("The book is at ") {
            *state.lock().expect("no holder panics") = State::At(address.to_string());
            told = Some(());
        }
    }
    told
}

fn keep(running: &Mutex<Option<Child>>, child: Child) {
    *running.lock().expect("no holder panics") = Some(child);
}
