//! The book on localhost, rebuilt when a source changes.

use crate::book;
use crate::slots::escape;
use anyhow::{Context, Result, bail};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

/// How many ports after the one asked for are tried when it is in use.
const MORE_PORTS: u16 = 20;

/// How long no source may change before a build begins.
const QUIET: Duration = Duration::from_millis(150);

/// What is shown: the last build that had no fault, and the faults of the last one that
/// had.
#[derive(Default)]
struct Shown {
    pages: Option<Arc<TempDir>>,
    faults: String,
}

/// Serves the book until it is interrupted, or until standard input ends if
/// `until_stdin_closes`.
///
/// # Errors
/// When no port is free, or the folder for the pages cannot be written.
pub fn serve(root: &Path, port: u16, until_stdin_closes: bool) -> Result<()> {
    let shown = Arc::new(Mutex::new(Shown::default()));
    // Before the first build, so that no change during it is missed.
    let watched = watch(root);
    rebuild(root, &shown);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(async {
        let listener = listen(port).await?;
        let address = listener.local_addr()?;
        match watched {
            Ok((watcher, events)) => {
                let (root, shown) = (root.to_path_buf(), shown.clone());
                std::thread::spawn(move || {
                    let _watcher = watcher;
                    follow(&root, &events, &shown);
                });
            }
            Err(error) => {
                eprintln!("The book will not be rebuilt when a source changes: {error:#}")
            }
        }
        // The one line on standard output: `learn` waits for it.
        println!("The book is at http://{address}");
        let pages = shown.clone();
        let app =
            axum::Router::new().fallback(move |request| answer(pages.clone(), request));
        let server = axum::serve(listener, app);
        tokio::select! {
            result = server.into_future() => result.context("the server stopped"),
            () = end(until_stdin_closes) => Ok(()),
        }
    });
    runtime.shutdown_background();
    // A build that is under way finishes, and no other begins, so that no folder of pages
    // is left behind.
    let _last = BUILDING.lock();
    shown.lock().expect("no build panics while it holds the lock").pages = None;
    result
}

async fn listen(port: u16) -> Result<TcpListener> {
    let last = port.saturating_add(MORE_PORTS);
    for port in port..=last {
        match TcpListener::bind(("127.0.0.1", port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {}
            Err(error) => {
                return Err(error)
                    .with_context(|| format!("cannot listen on port {port}"));
            }
        }
    }
    bail!("ports {port} to {last} are all in use: give another with --port")
}

/// Ends with Ctrl-C or, if asked, with standard input.
async fn end(until_stdin_closes: bool) {
    let (closed, stdin) = tokio::sync::oneshot::channel::<()>();
    if until_stdin_closes {
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
            drop(closed);
        });
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = stdin => {}
        }
    } else {
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// A file of the last good build. `ServeDir` lets no path leave the folder.
async fn answer(shown: Arc<Mutex<Shown>>, request: Request<Body>) -> Response {
    let (pages, faults) = {
        let shown = shown.lock().expect("no build panics while it holds the lock");
        (shown.pages.clone(), shown.faults.clone())
    };
    let Some(pages) = pages else {
        let page = format!(
            "<!DOCTYPE html><title>Gradus</title><h1>The book has faults</h1><pre>{}</pre>",
            escape(&faults)
        );
        return (StatusCode::SERVICE_UNAVAILABLE, Html(page)).into_response();
    };
    let nothing = "<!DOCTYPE html><title>Gradus</title><p>The book has no such page. <a href=\"/\">To the beginning</a>";
    let response = match ServeDir::new(pages.path()).try_call(request).await {
        Ok(response) if response.status() != StatusCode::NOT_FOUND => response,
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return (
                StatusCode::INTERNAL_SERVER_ERROR,
                format!("this file cannot be read: {error}"),
            )
                .into_response();
        }
        _ => return (StatusCode::NOT_FOUND, Html(nothing)).into_response(),
    };
    let mut response = response.map(Body::new);
    // After a rebuild, a reload must show the new page.
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-cache"));
    response
}

/// Held during a build.
static BUILDING: Mutex<()> = Mutex::new(());

/// Builds, and shows the result if it has no fault. Otherwise prints what is wrong; the
/// last good pages stay.
fn rebuild(root: &Path, shown: &Mutex<Shown>) {
    let _building = BUILDING.lock();
    let attempt = || -> Result<_> {
        let target = root.join("target");
        std::fs::create_dir_all(&target)?;
        let folder =
            tempfile::Builder::new().prefix("book-served-").tempdir_in(target)?;
        let report = book::render(root, folder.path())?;
        Ok((folder, report))
    };
    let faults = match attempt() {
        Ok((folder, report)) if report.faults.is_empty() => {
            let mut shown =
                shown.lock().expect("no build panics while it holds the lock");
            *shown = Shown { pages: Some(Arc::new(folder)), faults: String::new() };
            return;
        }
        Ok((_, report)) => {
            report.faults.iter().map(|fault| format!("{fault}\n")).collect()
        }
        Err(error) => format!("{error:#}\n"),
    };
    eprint!("The book has faults, and is shown as it was before:\n{faults}");
    shown.lock().expect("no build panics while it holds the lock").faults = faults;
}

/// Begins to watch everything that the book is made of.
fn watch(root: &Path) -> Result<(RecommendedWatcher, Receiver<notify::Result<Event>>)> {
    let (sender, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender)?;
    for folder in ["book", "src", "kernels", "exercises", "examples", "tests"] {
        let folder = root.join(folder);
        if folder.is_dir() {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    Ok((watcher, events))
}

/// Rebuilds after every change, as long as there are events.
fn follow(root: &Path, events: &Receiver<notify::Result<Event>>, shown: &Mutex<Shown>) {
    while let Ok(first) = events.recv() {
        // A save is several events, and may be several files: wait until all is quiet.
        let mut changed = is_change(root, &first);
        while let Ok(next) = events.recv_timeout(QUIET) {
            changed |= is_change(root, &next);
        }
        if changed {
            rebuild(root, shown);
        }
    }
}

/// Whether an event changed a source. A build reads the sources, which is an event too.
fn is_change(root: &Path, event: &notify::Result<Event>) -> bool {
    match event {
        Ok(event) => {
            !event.kind.is_access()
                && event.paths.iter().any(|path| is_source(root, path))
        }
        Err(_) => false,
    }
}

/// Editors' backups and what tools leave beside the sources change nothing in the book.
fn is_source(root: &Path, path: &Path) -> bool {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let hidden = |part: &std::ffi::OsStr| part.to_string_lossy().starts_with(['.', '#']);
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let known = [
        "md", "json", "toml", "rs", "cu", "cuh", "ptx", "css", "hbs", "js", "svg", "png",
        "woff2",
    ];
    known.contains(&&*extension)
        && !relative
            .iter()
            .any(|part| hidden(part) || part == "node_modules" || part == "target")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sources_start_a_build() {
        let source = |path: &str| is_source(Path::new("/r"), &Path::new("/r").join(path));
        assert!(
            source("book/src/a.md")
                && source("src/a.rs")
                && source("book/results/a.json")
        );
        assert!(
            !source("src/.a.rs.swp")
                && !source("src/#a.rs")
                && !source("book/browser/node_modules/a.js")
                && !source("src/a.rs~")
        );
    }
}
