//! A terminal of 80 by 24 that only the test sees.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A terminal, and the `learn` that runs in it.
pub struct Terminal {
    learn: Box<dyn Child + Send + Sync>,
    pub master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    /// What the screen shows, and all bytes that came.
    pub seen: Arc<Mutex<(vt100::Parser, Vec<u8>)>>,
    /// Ends once all is read that the last program in the terminal wrote.
    reader: JoinHandle<()>,
    root: PathBuf,
    pub before: String,
}

impl Terminal {
    /// Runs `learn` in `root` with these variables set.
    pub fn open(root: &Path, variables: &[(&str, &str)]) -> Terminal {
        let size = PtySize { rows: 24, cols: 80, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).unwrap();
        let before = format!("{:?}", pair.master.get_termios().unwrap());
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_gradus"));
        command.args(["learn", "--no-book"]);
        command.cwd(root);
        command.env_remove("NO_COLOR");
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command.env("CARGO", root.join("cargo"));
        variables.iter().for_each(|(name, value)| command.env(name, value));
        let learn = pair.slave.spawn_command(command).unwrap();
        let mut output = pair.master.try_clone_reader().unwrap();
        let seen = Arc::new(Mutex::new((vt100::Parser::default(), Vec::new())));
        let own = seen.clone();
        let reader = std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                let mut seen = own.lock().unwrap();
                seen.0.process(&bytes[..count]);
                seen.1.extend(&bytes[..count]);
            }
        });
        let keys = pair.master.take_writer().unwrap();
        let root = root.to_path_buf();
        Terminal { learn, master: pair.master, keys, seen, reader, root, before }
    }

    /// What the screen shows now.
    pub fn screen(&self) -> String {
        self.seen.lock().unwrap().0.screen().contents()
    }

    /// Presses keys.
    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Saves an answer.
    pub fn answer(&self, exercise: &str, text: &str) {
        let path = self.root.join(format!("answers/01-a/{exercise}.rs"));
        std::fs::write(path, text).unwrap();
    }

    /// Waits until the screen shows this, however it is wrapped, and nothing that it must
    /// not show.
    #[track_caller]
    pub fn shows(&self, parts: &[&str]) -> String {
        let start = Instant::now();
        loop {
            let screen = self.screen();
            let words = unwrapped(&screen);
            let all = parts.iter().all(|part| match part.strip_prefix("not: ") {
                Some(part) => !words.contains(&unwrapped(part)),
                None => words.contains(&unwrapped(part)),
            });
            if all {
                return screen;
            }
            assert!(start.elapsed() < PATIENCE, "{parts:?} is not shown:\n{screen}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits for the end: the exit code, and how long it took.
    #[track_caller]
    pub fn ends(mut self) -> (u32, Duration, String) {
        let start = Instant::now();
        while self.learn.try_wait().unwrap().is_none() || !self.reader.is_finished() {
            if start.elapsed() > PATIENCE {
                self.learn.kill().unwrap();
                panic!("it does not end:\n{}", self.screen());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let took = start.elapsed();
        let after = format!("{:?}", self.master.get_termios().unwrap());
        assert_eq!(after, self.before, "the terminal is not as it was");
        assert!(!self.seen.lock().unwrap().0.screen().hide_cursor());
        (self.learn.wait().unwrap().exit_code(), took, self.screen())
    }
}

/// Words, however they are broken into lines.
pub fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Far beyond what anything here should take, and below the time limit of an answer times
/// two.
pub const PATIENCE: Duration = Duration::from_secs(15);
