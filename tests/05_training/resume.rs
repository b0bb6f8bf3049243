//! A run that was interrupted ends with the bits of one that was not.

use super::support::*;
use gradus::element::Real;
use gradus::neural_network::*;
use gradus::training::*;
use std::path::Path;

/// An optimizer for the net's parameters.
type Make<T> = fn(Vec<Parameter<T>>) -> Box<dyn Optimizer<T>>;

/// What lies behind a box is an optimizer too.
struct Boxed<T: Real>(Box<dyn Optimizer<T>>);

impl<T: Real> Optimizer<T> for Boxed<T> {
    fn groups(&self) -> &[Group<T>] {
        self.0.groups()
    }
    fn step(&mut self, gradients: &[Option<gradus::tensor::Array<T>>], rate: f64) {
        self.0.step(gradients, rate)
    }
    fn settings(&self) -> String {
        self.0.settings()
    }
    fn state(&self) -> Vec<State<T>> {
        self.0.state()
    }
    fn restore(&mut self, states: Vec<State<T>>) -> Result<(), String> {
        self.0.restore(states)
    }
}

/// Trains a new net up to `updates`, from the checkpoint in the folder if there is one, and
/// returns its weights. The evaluation is the loss on all data.
fn run<T: Real>(folder: &Path, updates: u64, make: Make<T>) -> Vec<Vec<u8>> {
    let (net, data) = (Net::<T>::new(6, 0.3), data::<T>(ROWS));
    let all: Vec<usize> = (0..ROWS).collect();
    let evaluate = || loss(&net, &data, &all, &mut Context::evaluation()).0.item().f64();
    let config = TrainerConfig {
        evaluate_every: Some(2),
        patience: Some(9),
        ..config(updates, Some(folder))
    };
    let mut trainer = Trainer::new(&net, Boxed(make(parameters(&net))), ROWS, config)
        .unwrap()
        .evaluate(evaluate);
    trainer.resume().unwrap();
    trainer.train(|rows, context| loss(&net, &data, rows, context)).unwrap();
    bits(&net)
}

fn interrupted_anywhere<T: Real>(make: Make<T>) {
    let at_once = tempfile::tempdir().unwrap();
    let expected = run(at_once.path(), 10, make);
    let file =
        |folder: &Path| std::fs::read(folder.join("checkpoint.safetensors")).unwrap();
    // 7 is the end of the first epoch, the others are in the middle of one.
    for stops in [&[5u64][..], &[7], &[1, 2, 8, 9]] {
        let parts = tempfile::tempdir().unwrap();
        for updates in stops {
            assert_ne!(run(parts.path(), *updates, make), expected);
        }
        assert_eq!(run(parts.path(), 10, make), expected, "{stops:?}");
        // Weights, moments, steps, position, best value: the file is the same byte by byte.
        assert!(file(parts.path()) == file(at_once.path()), "{stops:?}");
        assert_eq!(metrics(parts.path()), metrics(at_once.path()), "{stops:?}");
    }
}

#[test]
fn a_resumed_run_is_bit_exact_with_adam() {
    let make: Make<f32> =
        |own| Box::new(Adam::new(Group::by_rank(own), AdamConfig::default()));
    interrupted_anywhere(make);
    let make: Make<f64> =
        |own| Box::new(Adam::new(Group::by_rank(own), AdamConfig::default()));
    interrupted_anywhere(make);
}

#[test]
fn a_resumed_run_is_bit_exact_with_momentum() {
    let make: Make<f32> = |own| {
        let config = SgdConfig { momentum: 0.9, nesterov: true, weight_decay: 0.01 };
        Box::new(Sgd::new(Group::by_rank(own), config))
    };
    interrupted_anywhere(make);
}

#[test]
fn lines_of_updates_that_come_again_are_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    let make: Make<f32> =
        |own| Box::new(Adam::new(Group::by_rank(own), AdamConfig::default()));
    run(folder.path(), 5, make);
    let path = folder.path().join("metrics.jsonl");
    let mut text = std::fs::read_to_string(&path).unwrap();
    // As a run leaves it that was killed two updates later, in the middle of a line.
    text += "{\"update\":6,\"loss\":0.5}\n{\"update\":6,\"evaluation\":9}\n{\"update\":7,\"lo";
    std::fs::write(&path, text).unwrap();
    run(folder.path(), 10, make);
    let lines = metrics(folder.path());
    let of = |key: &str| -> Vec<u64> {
        let lines = lines.iter().filter(|line| line.get(key).is_some());
        lines.map(|line| line["update"].as_u64().unwrap()).collect()
    };
    assert_eq!(of("loss"), (1..=10).collect::<Vec<_>>());
    assert_eq!(of("evaluation"), [2, 4, 6, 8, 10]);
    assert!(lines.iter().all(|line| line["evaluation"] != 9));
}

#[test]
fn patience_counts_on_over_an_interruption() {
    let run = |folder: &Path, updates: u64| {
        let (net, data) = (Net::<f32>::new(6, 0.0), data(ROWS));
        let config = TrainerConfig {
            evaluate_every: Some(1),
            patience: Some(4),
            ..config(updates, Some(folder))
        };
        // The first value is the best; a run that forgot it would take 2 for better than
        // nothing and begin to count again.
        let mut first = true;
        let mut trainer =
            Trainer::new(&net, adam(&net), ROWS, config).unwrap().evaluate(move || {
                if std::mem::take(&mut first) && updates == 3 { 1.0 } else { 2.0 }
            });
        let resumed = trainer.resume().unwrap();
        let outcome =
            trainer.train(|rows, context| loss(&net, &data, rows, context)).unwrap();
        (resumed, outcome.end, outcome.update, outcome.best)
    };
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), 3), (false, End::Complete, 3, Some((1.0, 1))));
    assert_eq!(run(folder.path(), 50), (true, End::Patience, 5, Some((1.0, 1))));
    assert_eq!(run(folder.path(), 50), (true, End::Patience, 5, Some((1.0, 1))));
}
