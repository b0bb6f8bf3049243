//! A server for the tests: it gives one file, and can be told to misbehave.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What the server does with the next request.
#[derive(Clone, Copy, PartialEq)]
pub enum Mood {
    /// Gives what is asked for.
    Fine,
    /// Hangs up after so many bytes.
    Cut(usize),
    /// Gives everything, although a part was asked for.
    Forgetful,
    /// Sends more than the file.
    Endless,
    /// Has no such file.
    Missing,
}

/// A server, which ends with the test.
pub struct Server {
    /// Its address, ended with the name of a file.
    pub address: String,
    mood: Arc<Mutex<Mood>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves `contents` on a free port of this machine.
    pub fn start(contents: Vec<u8>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/upstream.bin", listener.local_addr().unwrap());
        let (mood, asked) =
            (Arc::new(Mutex::new(Mood::Fine)), Arc::new(Mutex::default()));
        let (moods, asks) = (Arc::clone(&mood), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mood = *moods.lock().unwrap();
                // A client that has seen enough may hang up.
                let _ = answer(stream, &contents, mood, &asks);
            }
        });
        Server { address, mood, asked }
    }

    /// What it does from now on.
    pub fn be(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// The ranges that were asked for so far; an empty text for the whole file.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(
    mut stream: TcpStream,
    contents: &[u8],
    mood: Mood,
    asked: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut range = String::new();
    for line in BufReader::new(&stream).lines() {
        let line = line?.to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("range: ") {
            range = value.to_string();
        }
        if line.is_empty() {
            break;
        }
    }
    let from = range.strip_prefix("bytes=").and_then(|r| r.strip_suffix('-'));
    let from: usize = from.map_or(0, |from| from.parse().unwrap());
    asked.lock().unwrap().push(range);
    if mood == Mood::Missing {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    }
    let from = if mood == Mood::Forgetful { 0 } else { from };
    let mut body = contents[from..].to_vec();
    if mood == Mood::Endless {
        body.extend([b'x'; 1000]);
    }
    let status = if from > 0 { "206 Partial Content" } else { "200 OK" };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
    )?;
    if let Mood::Cut(after) = mood {
        body.truncate(after);
    }
    stream.write_all(&body)
}
