//! A checkpoint is whole or refused, and a refusal changes nothing.

use super::support::*;
use gradus::element::Real;
use gradus::neural_network::*;
use gradus::training::*;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with the checkpoint of a run of three updates.
fn trained() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (net, data) = (Net::<f32>::new(2, 0.3), data(ROWS));
    Trainer::new(&net, adam(&net), ROWS, config(3, Some(folder.path())))
        .unwrap()
        .train(|rows, context| loss(&net, &data, rows, context))
        .unwrap();
    let path = folder.path().join("checkpoint.safetensors");
    (folder, path)
}

/// Two updates from the start; what a trainer ends with that has changed nothing before.
fn two_updates<T: Real>(net: &Net<T>, mut trainer: Trainer<'_, T>) -> Vec<Vec<u8>> {
    let data = data::<T>(ROWS);
    trainer.train(|rows, context| loss(net, &data, rows, context)).unwrap();
    bits(net)
}

/// The checkpoint of this folder must be refused by a trainer with these settings, with a
/// message that holds all parts, and nothing may change in memory.
#[track_caller]
fn refused<T: Real>(
    folder: &Path,
    hidden: usize,
    optimizer: impl Fn(&Net<T>) -> Box<dyn FnOnce(TrainerConfig) -> Trainer<'static, T>>,
    change: impl Fn(&mut TrainerConfig),
    parts: &[&str],
) {
    let path = folder.join("checkpoint.safetensors");
    let net = Net::<T>::new(hidden, 0.3);
    let mut settings = config(2, Some(folder));
    change(&mut settings);
    let before = bits(&net);
    let mut trainer = optimizer(&net)(settings.clone());
    let message = trainer.resume().unwrap_err().to_string();
    for part in parts {
        assert!(message.contains(part), "{part:?} is not in {message:?}");
    }
    assert!(message.contains("checkpoint.safetensors"), "{message}");
    assert_eq!(bits(&net), before, "no weight may change");
    // Nor may the optimizer: it goes on like one that never saw the file.
    let bytes = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let got = two_updates(&net, trainer);
    let fresh = Net::<T>::new(hidden, 0.3);
    let expected = two_updates(
        &fresh,
        optimizer(&fresh)(TrainerConfig { folder: None, ..settings }),
    );
    assert_eq!(got, expected);
    std::fs::write(&path, bytes).unwrap();
}

fn with_adam<T: Real>(
    rows: usize,
) -> impl Fn(&Net<T>) -> Box<dyn FnOnce(TrainerConfig) -> Trainer<'static, T>> {
    move |net| {
        let (optimizer, own) = (adam(net), Handle(named_parameters(net)));
        Box::new(move |config| Trainer::new(&own, optimizer, rows, config).unwrap())
    }
}

/// A module that is nothing but its parameters.
struct Handle<T: Real>(Vec<(String, Parameter<T>)>);

impl<T: Real> Module<T> for Handle<T> {
    fn parameters(&self, _: &str, visit: &mut dyn FnMut(&str, &Parameter<T>)) {
        self.0.iter().for_each(|(name, parameter)| visit(name, parameter));
    }
    fn linears(&mut self, _: &str, _: &mut dyn FnMut(&str, &mut Linear<T>)) {}
}

#[test]
fn a_checkpoint_of_something_else_is_refused_with_what_differs() {
    let (folder, _) = trained();
    let folder = folder.path();
    let same = |_: &mut TrainerConfig| {};
    refused::<f32>(
        folder,
        3,
        with_adam(ROWS),
        same,
        &["first.weight", "[2, 3]", "[3, 3]"],
    );
    refused::<f64>(folder, 2, with_adam(ROWS), same, &["F32", "f64 is needed"]);
    refused::<f32>(folder, 2, with_adam(40), same, &["rows = 52", "rows = 40"]);
    let change = |config: &mut TrainerConfig| config.learning_rate = 0.1;
    refused::<f32>(
        folder,
        2,
        with_adam(ROWS),
        change,
        &["learning_rate = 0.05", "learning_rate = 0.1", "same settings"],
    );
    type Change = (&'static str, fn(&mut TrainerConfig));
    let changes: [Change; 9] = [
        ("micro_batch", |config| config.micro_batch = 4),
        ("accumulate", |config| config.accumulate = 1),
        ("devices", |config| config.devices = 1),
        ("drop_last", |config| config.drop_last = true),
        ("schedule", |config| config.schedule = Schedule::Constant),
        ("clip", |config| config.clip = None),
        ("seed", |config| config.seed = 4),
        ("evaluate_every", |config| config.evaluate_every = Some(2)),
        ("patience", |config| config.patience = Some(2)),
    ];
    for (name, change) in changes {
        let net = Net::<f32>::new(2, 0.3);
        let mut settings = config(2, Some(folder));
        change(&mut settings);
        let mut trainer = Trainer::new(&net, adam(&net), ROWS, settings).unwrap();
        let message = trainer.resume().unwrap_err().to_string();
        assert!(message.contains(&format!("{name} = ")), "{name}: {message}");
    }
    let sgd =
        |net: &Net<f32>| -> Box<dyn FnOnce(TrainerConfig) -> Trainer<'static, f32>> {
            let own = Handle(named_parameters(net));
            let optimizer =
                Sgd::new(Group::by_rank(parameters(net)), SgdConfig::default());
            Box::new(move |config| Trainer::new(&own, optimizer, ROWS, config).unwrap())
        };
    refused::<f32>(folder, 2, sgd, same, &["AdamConfig", "SgdConfig"]);
    let renamed =
        |net: &Net<f32>| -> Box<dyn FnOnce(TrainerConfig) -> Trainer<'static, f32>> {
            let rename = |(name, parameter)| (format!("deep.{name}"), parameter);
            let own = Handle(named_parameters(net).into_iter().map(rename).collect());
            let optimizer = adam(net);
            Box::new(move |config| Trainer::new(&own, optimizer, ROWS, config).unwrap())
        };
    refused::<f32>(
        folder,
        2,
        renamed,
        same,
        &["no `deep.first.weight`", "another model"],
    );
}

#[test]
fn weights_alone_are_no_checkpoint() {
    let (folder, path) = trained();
    weights::save(&Net::<f32>::new(2, 0.3), &path).unwrap();
    refused::<f32>(
        folder.path(),
        2,
        with_adam(ROWS),
        |_| {},
        &["no checkpoint", "weights only"],
    );
}

#[test]
fn a_checkpoint_that_is_cut_at_any_byte_is_refused() {
    let (folder, path) = trained();
    let bytes = std::fs::read(&path).unwrap();
    assert!(Checkpoint::<f32>::read(&path).is_ok());
    for length in 0..bytes.len() {
        std::fs::write(&path, &bytes[..length]).unwrap();
        let message = Checkpoint::<f32>::read(&path).err().expect("cut").to_string();
        assert!(message.contains("cut or damaged"), "{length}: {message}");
    }
    refused::<f32>(folder.path(), 2, with_adam(ROWS), |_| {}, &["cut or damaged"]);
}

#[test]
fn a_checkpoint_with_any_byte_changed_is_refused() {
    let (folder, path) = trained();
    let bytes = std::fs::read(&path).unwrap();
    for place in 0..bytes.len() {
        for change in [0x01, 0x20, 0x80] {
            let mut damaged = bytes.clone();
            damaged[place] ^= change;
            std::fs::write(&path, &damaged).unwrap();
            assert!(
                Checkpoint::<f32>::read(&path).is_err(),
                "byte {place} of {} changed by {change}",
                bytes.len()
            );
        }
    }
    // The last one is a bit of a weight or a moment: only the seal sees that.
    refused::<f32>(
        folder.path(),
        2,
        with_adam(ROWS),
        |_| {},
        &["damaged", "earlier checkpoint"],
    );
}

#[test]
fn a_folder_in_the_place_of_the_file_is_an_error_and_nothing_is_left_beside() {
    let (folder, path) = trained();
    let checkpoint = Checkpoint::<f32>::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    std::fs::write(path.join("inside"), "x").unwrap();
    let message = checkpoint.write(&path).unwrap_err().to_string();
    assert!(message.contains("cannot write"), "{message}");
    assert!(path.join("inside").exists());
    assert!(!folder.path().join("checkpoint.safetensors.part").exists());
}
