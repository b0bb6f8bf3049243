//! Downloads: they go on where an interrupted one stopped.

use anyhow::{Context, bail, ensure};
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;
use std::time::Duration;
use ureq::Agent;
use ureq::http::StatusCode;

/// What talks to servers. Nothing limits how long a download takes as a whole; a server
/// that falls silent is given up.
pub fn agent() -> Agent {
    Agent::config_builder()
        .user_agent(concat!("gradus/", env!("CARGO_PKG_VERSION")))
        .timeout_connect(Some(Duration::from_secs(20)))
        .timeout_recv_response(Some(Duration::from_secs(60)))
        .timeout_per_read(Some(Duration::from_secs(60)))
        .http_status_as_error(false)
        .build()
        .into()
}

/// Fetches `bytes` bytes from `address` into the file `part`, to which it appends what is
/// still missing. After an error what came so far is kept, for the next try.
pub fn download(
    agent: &Agent,
    address: &str,
    part: &Path,
    bytes: u64,
) -> anyhow::Result<()> {
    let cannot_write = || cannot_write(part);
    std::fs::create_dir_all(part.parent().unwrap_or(Path::new(".")))
        .with_context(cannot_write)?;
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(part)
        .with_context(cannot_write)?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            bail!("another gradus is fetching {address} now: wait until it is done")
        }
        // A file system without locks is no reason to fail.
        Ok(()) | Err(TryLockError::Error(_)) => {}
    }
    let mut have = file.metadata().with_context(cannot_write)?.len();
    if have > bytes {
        have = 0;
        file.set_len(0).with_context(cannot_write)?;
    }
    if have == bytes {
        return Ok(());
    }
    let mut request = agent.get(address);
    if have > 0 {
        request = request.header("Range", format!("bytes={have}-"));
    }
    let response = request.call()?;
    match response.status() {
        StatusCode::PARTIAL_CONTENT => {}
        // This server does not know where we stopped: everything again.
        StatusCode::OK => {
            have = 0;
            file.set_len(0).with_context(cannot_write)?;
        }
        status => {
            bail!("the server answers {status}")
        }
    }
    let body = response.into_body().into_reader();
    append(body, &mut file, &bar(address, bytes, have), have, bytes)
}

fn append(
    mut body: impl Read,
    file: &mut File,
    bar: &ProgressBar,
    mut have: u64,
    bytes: u64,
) -> anyhow::Result<()> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        let stopped = || format!("the connection ended after {have} of {bytes} bytes");
        let n = match body.read(&mut buffer) {
            Ok(n) => n,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error).with_context(stopped),
        };
        if n == 0 {
            ensure!(have == bytes, "{}", stopped());
            bar.finish_and_clear();
            return file.sync_all().context("the disk does not take it");
        }
        have += n as u64;
        if have > bytes {
            file.set_len(0)?;
            bail!("the server sends more than the {bytes} bytes that it should");
        }
        file.write_all(&buffer[..n]).context("the disk does not take it")?;
        bar.set_position(have);
    }
}

/// The sentence for a folder that does not take a file.
pub fn cannot_write(path: &Path) -> String {
    format!(
        "cannot write {}: let GRADUS_DATA name a folder that you may write to",
        path.display()
    )
}

fn bar(address: &str, bytes: u64, have: u64) -> ProgressBar {
    let form =
        "  {msg}  [{bar:24}] {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
    let style = ProgressStyle::with_template(form).expect("a sound template");
    let bar = ProgressBar::new(bytes).with_style(style.progress_chars("##-"));
    bar.set_message(super::catalogue::file_name(address).to_string());
    bar.set_position(have);
    bar
}
