//! `cargo book serve` as `learn` uses it: a child process whose standard input is held.

use crate::fixture::{Checkout, PAGE};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(checkout: &Checkout, port: u16) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_gradus-book"))
            .args(["serve", "--until-stdin-closes", "--port", &port.to_string()])
            .current_dir(checkout.root())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line
            .trim()
            .strip_prefix("The book is at http://")
            .expect("the one line")
            .to_string();
        Server { child, address }
    }

    /// The whole answer to a request for `path`, which is sent as it is.
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn comes(&self, path: &str, part: &str) -> bool {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(8) {
            if self.get(path).contains(part) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        false
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn the_book_is_served_rebuilt_kept_through_a_fault_and_ends_with_its_parent() {
    let checkout = Checkout::with("First.");
    checkout.write("secret.txt", "secret");
    let mut server = Server::start(&checkout, free_port());
    assert!(server.get("/01-line.html").contains("First."));
    assert!(server.get("/").contains("Preface"));
    let missing = server.get("/nothing.html");
    assert!(missing.starts_with("HTTP/1.1 404"), "{missing}");
    for path in [
        "/../../secret.txt",
        "/..%2f..%2fsecret.txt",
        "/%2e%2e/%2e%2e/secret.txt",
        "//etc/passwd",
    ] {
        let answer = server.get(path);
        assert!(
            !answer.contains("secret\n")
                && !answer.contains("root:")
                && !answer.ends_with("secret"),
            "{path}: {answer}"
        );
    }

    checkout.write(PAGE, "# Lines {#lines}\n\nSecond.\n");
    assert!(server.comes("/01-line.html", "Second."), "a change is shown");
    checkout.write(PAGE, "# Lines {#lines}\n\nThird. $\\bad$\n");
    std::thread::sleep(Duration::from_millis(700));
    assert!(server.get("/01-line.html").contains("Second."), "the last good pages stay");
    checkout.write(PAGE, "# Lines {#lines}\n\nFourth.\n");
    assert!(server.comes("/01-line.html", "Fourth."), "and a mended book comes back");

    // Reading the sources for a build must not begin another.
    let folders = || {
        std::fs::read_dir(checkout.root().join("target"))
            .unwrap()
            .flatten()
            .map(|entry| entry.path())
    };
    let built: Vec<_> = folders().collect();
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!((built.len(), folders().collect()), (1, built));

    drop(server.child.stdin.take());
    let start = Instant::now();
    while server.child.try_wait().unwrap().is_none() {
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "it must end with its standard input"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(folders().count(), 0, "nothing is left behind");
}

#[test]
fn a_book_that_never_built_shows_its_faults_until_it_does() {
    let checkout = Checkout::with("$\\bad$");
    let server = Server::start(&checkout, free_port());
    let answer = server.get("/");
    assert!(
        answer.starts_with("HTTP/1.1 503") && answer.contains("01-line.md:3"),
        "{answer}"
    );
    checkout.write(PAGE, "# Lines {#lines}\n\nGood.\n");
    assert!(server.comes("/01-line.html", "Good."));
}

#[test]
fn a_port_in_use_leads_to_the_next() {
    let checkout = Checkout::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let server = Server::start(&checkout, port);
    assert_ne!(server.address, format!("127.0.0.1:{port}"));
    assert!(server.get("/").contains("Preface"));
}

#[test]
fn the_commands_say_what_they_did_and_fail_on_a_fault() {
    let run = |checkout: &Checkout, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gradus-book"));
        let output = command
            .args(arguments)
            .current_dir(checkout.root().join("book/src"))
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.success(), text(&output.stdout), text(&output.stderr))
    };
    let checkout = Checkout::with("$x$");
    let (good, out, _) = run(&checkout, &["build"]);
    assert!(
        good && out.contains("5 pages")
            && out.contains("1 formulas")
            && out.contains("book-html"),
        "{out}"
    );
    assert!(checkout.root().join("target/book-html/index.html").is_file());
    let (good, out, _) = run(&checkout, &["test"]);
    assert!(good && out.trim().ends_with("11 passed, 0 failed"), "{out}");

    checkout.write(PAGE, "# Lines\n\n$\\bad$ $\\worse$\n");
    let (good, out, error) = run(&checkout, &["test"]);
    assert!(!good && out.trim().ends_with("9 passed, 2 failed"), "{out}");
    assert!(
        error.contains("error: book/src/01-line.md:3: ") && error.contains("3 faults"),
        "{error}"
    );
    assert!(!run(&checkout, &["build"]).0);
}
