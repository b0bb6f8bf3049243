//! Runs that are killed, interrupted, or out of space, in a process of their own.

use super::support::*;
use gradus::random::{Generator, generator, uniform};
use gradus::training::*;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// The folder that a child works in; without it there is no child.
const FOLDER: &str = "GRADUS_TEST_RUN";
const UPDATES: u64 = 60;

/// What a child does: goes on with the run in its folder, slowly, until its end or Ctrl-C.
/// Without a folder it does the same in this process, whole, so that it is a test too.
#[test]
fn a_child_trains_to_the_end() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(train(folder.path(), 0, false).end, End::Complete);
        return;
    };
    println!("outcome: {}", train(Path::new(&folder), 3, true));
}

fn train(folder: &Path, pause: u64, interruptible: bool) -> Outcome {
    let (net, data) = (gradus_net(), data::<f32>(ROWS));
    let config =
        TrainerConfig { checkpoint_every: Some(4), ..config(UPDATES, Some(folder)) };
    let mut trainer = Trainer::new(&net, adam(&net), ROWS, config).unwrap();
    if interruptible {
        let stop = trainer.stop.clone();
        ctrlc::set_handler(move || stop.store(true, Ordering::Relaxed)).unwrap();
    }
    trainer.resume().unwrap();
    let outcome = trainer.train(|rows, context| {
        std::thread::sleep(Duration::from_millis(pause));
        loss(&net, &data, rows, context)
    });
    outcome.unwrap()
}

fn gradus_net() -> Net<f32> {
    Net::new(6, 0.3)
}

fn child(program: &mut Command, folder: &Path) -> Child {
    let arguments = ["--exact", "interruption::a_child_trains_to_the_end", "--nocapture"];
    let program = program.args(arguments).env(FOLDER, folder);
    program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn own() -> Command {
    Command::new(std::env::current_exe().unwrap())
}

/// Waits until the child has made a few updates more, and then some milliseconds.
fn in_the_middle(child: &mut Child, folder: &Path, random: &mut Generator) {
    let (before, deadline) = (lines(folder), Instant::now() + Duration::from_secs(60));
    while lines(folder) <= before && child.try_wait().unwrap().is_none() {
        assert!(Instant::now() < deadline, "the child does not move");
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(Duration::from_micros((uniform(random) * 40_000.0) as u64));
}

fn update(folder: &Path) -> u64 {
    let path = folder.join("checkpoint.safetensors");
    // A run that was killed before its first checkpoint has none.
    if path.exists() {
        Checkpoint::<f32>::read(&path).unwrap().progress.update
    } else {
        0
    }
}

/// The folder holds, byte by byte, what a run holds that was never interrupted.
fn assert_as_if_uninterrupted(folder: &Path) {
    let whole = tempfile::tempdir().unwrap();
    train(whole.path(), 0, false);
    let file =
        |folder: &Path| std::fs::read(folder.join("checkpoint.safetensors")).unwrap();
    assert!(file(folder) == file(whole.path()), "other weights, moments, or position");
    assert_eq!(metrics(folder), metrics(whole.path()));
    assert!(!folder.join("checkpoint.safetensors.part").exists());
}

#[test]
fn a_run_that_is_killed_again_and_again_ends_with_the_same_bits() {
    let folder = tempfile::tempdir().unwrap();
    let (mut random, mut kills, mut positions) = (generator(17), 0, Vec::new());
    for _ in 0..6 {
        let mut child = child(&mut own(), folder.path());
        in_the_middle(&mut child, folder.path(), &mut random);
        child.kill().unwrap();
        kills += usize::from(!child.wait().unwrap().success());
        // A killed run loses at most the work since its last checkpoint.
        let (known, done) = (update(folder.path()), lines(folder.path()) as u64);
        assert!(known % 4 == 0 && done < known + 9, "{known} {done}");
        positions.push(known);
    }
    assert!(kills >= 3, "{kills} kills hit a run: {positions:?}");
    assert!(positions.iter().any(|known| (1..UPDATES).contains(known)), "{positions:?}");
    assert!(positions.is_sorted(), "{positions:?}");
    let last = child(&mut own(), folder.path()).wait_with_output().unwrap();
    assert!(last.status.success(), "{}", String::from_utf8_lossy(&last.stderr));
    assert_as_if_uninterrupted(folder.path());
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_run_after_its_update_with_a_checkpoint_and_a_word_about_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = child(&mut own(), folder.path());
    in_the_middle(&mut running, folder.path(), &mut generator(23));
    let id = running.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let output = running.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("outcome: stopped, to be resumed after update"), "{said}");
    // It lost nothing: the checkpoint is where the metrics end.
    let known = update(folder.path());
    assert!((1..UPDATES).contains(&known), "{known}");
    assert_eq!(lines(folder.path()) as u64, known);
    let last = child(&mut own(), folder.path()).wait_with_output().unwrap();
    assert!(String::from_utf8_lossy(&last.stdout).contains("complete after update 60"));
    assert_as_if_uninterrupted(folder.path());
}

/// A disk that is full, as a limit on the size of files: 1 block of 512 bytes holds no
/// checkpoint.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_checkpoint_and_nothing_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("checkpoint.safetensors");
    let (net, data) = (gradus_net(), data::<f32>(ROWS));
    Trainer::new(&net, adam(&net), ROWS, config(3, Some(folder.path())))
        .unwrap()
        .train(|rows, context| loss(&net, &data, rows, context))
        .unwrap();
    let before = std::fs::read(&path).unwrap();
    // Without the signal (25, XFSZ) the write itself fails, as on a full disk.
    let script = "trap '' 25; ulimit -f 3; exec \"$0\" \"$@\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).arg(std::env::current_exe().unwrap());
    let output = child(&mut shell, folder.path()).wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success());
    assert!(said.contains("checkpoint.safetensors"), "{said}");
    assert!(std::fs::read(&path).unwrap() == before);
    assert!(!folder.path().join("checkpoint.safetensors.part").exists());
    // With room again the run goes on.
    assert_eq!(train(folder.path(), 0, false).end, End::Complete);
}
