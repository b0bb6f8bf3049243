//! What cannot train is refused, with what to do instead.

use super::support::*;
use gradus::autograd::TensorOf;
use gradus::neural_network::*;
use gradus::tensor::Array;
use gradus::training::*;
use gradus::{Error, Result};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

fn build(
    rows: usize,
    change: impl Fn(&mut TrainerConfig),
) -> Result<Trainer<'static, f32>> {
    let net = Net::<f32>::new(2, 0.0);
    let mut config = config(3, None);
    change(&mut config);
    Trainer::new(&net, adam(&net), rows, config)
}

#[track_caller]
fn assert_error<T>(result: Result<T>, parts: &[&str]) {
    let message = result.err().expect("it must be refused").to_string();
    for part in parts {
        assert!(message.contains(part), "{part:?} is not in {message:?}");
    }
}

#[test]
fn settings_that_cannot_train_are_refused() {
    type Case = (fn(&mut TrainerConfig), &'static [&'static str]);
    let cases: [Case; 16] = [
        (
            |c| c.learning_rate = 0.0,
            &["learning_rate = 0", "no weight would move", "freeze"],
        ),
        (|c| c.learning_rate = -0.1, &["learning_rate = -0.1", "positive number"]),
        (|c| c.learning_rate = f64::NAN, &["learning_rate = NaN", "positive number"]),
        (
            |c| c.learning_rate = f64::INFINITY,
            &["learning_rate = inf", "positive number"],
        ),
        (|c| c.micro_batch = 0, &["micro_batch = 0", "at least 1"]),
        (|c| c.accumulate = 0, &["accumulate = 0", "at least 1"]),
        (|c| c.devices = 0, &["devices = 0", "at least 1"]),
        (|c| c.clip = Some(0.0), &["clip = 0", "positive number"]),
        (|c| c.clip = Some(f64::NAN), &["clip = NaN", "positive number"]),
        (|c| c.clip = Some(-1.0), &["clip = -1", "positive number"]),
        (|c| c.evaluate_every = Some(0), &["evaluate_every = 0", "at least 1"]),
        (|c| c.checkpoint_every = Some(0), &["checkpoint_every = 0", "at least 1"]),
        (|c| c.patience = Some(0), &["patience = 0", "at least 1"]),
        (|c| c.length = Length::Epochs(0), &["Epochs(0)", "at least 1"]),
        (|c| c.length = Length::Updates(0), &["Updates(0)", "at least 1"]),
        (
            |c| (c.drop_last, c.micro_batch) = (true, 100),
            &["drop_last", "a batch of 400", "52 rows", "smaller batch"],
        ),
    ];
    for (change, parts) in cases {
        assert_error(build(ROWS, change), parts);
    }
    assert_error(build(0, |_| {}), &["0 rows", "nothing to learn from"]);
    assert!(build(ROWS, |_| {}).is_ok());
    let mut impatient = build(ROWS, |c| c.patience = Some(2)).unwrap();
    let loss =
        |_: &[usize], _: &mut Context| -> (TensorOf<f32>, usize) { unreachable!() };
    assert_error(impatient.train(loss), &["patience", "`evaluate`"]);
    assert_error(
        build(ROWS, |_| {}).unwrap().resume(),
        &["folder = None", "name the folder"],
    );
}

#[test]
fn an_optimizer_of_other_parameters_is_refused() {
    let (net, other) = (Net::<f32>::new(2, 0.0), Net::<f32>::new(2, 0.0));
    let build = |own: Vec<Parameter<f32>>| {
        let optimizer = Sgd::new(Group::by_rank(own), SgdConfig::default());
        Trainer::new(&net, optimizer, ROWS, config(3, None))
    };
    assert_error(build(parameters(&other)), &["not the model's", "parameters(&model)"]);
    assert_error(build(vec![]), &["0 parameters", "none of them is trainable"]);
    assert_error(build([parameters(&net), parameters(&net)].concat()), &["twice"]);
    freeze(&net, |_| true);
    assert_error(build(parameters(&net)), &["4 parameters", "thaw some"]);
}

#[test]
fn a_batch_larger_than_the_data_is_one_batch_of_all_of_it() {
    let (net, data) = (Net::<f32>::new(2, 0.0), data(ROWS));
    let config =
        TrainerConfig { micro_batch: 1000, length: Length::Epochs(3), ..config(0, None) };
    let outcome = Trainer::new(&net, adam(&net), ROWS, config)
        .unwrap()
        .train(|rows, context| {
            assert_eq!(rows.len(), ROWS);
            loss(&net, &data, rows, context)
        })
        .unwrap();
    assert_eq!(outcome.update, 3);
}

/// Trains with a NaN that comes up in update 3, and returns the message. The checkpoint is
/// that of update 2, and the weights are those it holds.
fn diverged(folder: &Path, spoil: fn(TensorOf<f32>, f32) -> TensorOf<f32>) -> String {
    let (net, data) = (Net::<f32>::new(2, 0.0), data(ROWS));
    let calls = std::sync::atomic::AtomicUsize::new(0);
    let config = TrainerConfig {
        micro_batch: 8,
        accumulate: 1,
        devices: 1,
        checkpoint_every: Some(2),
        ..config(9, Some(folder))
    };
    let mut trainer = Trainer::new(&net, adam(&net), ROWS, config).unwrap();
    let error = trainer
        .train(|rows, context| {
            let call = calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let (loss, count) = loss(&net, &data, rows, context);
            (spoil(loss, if call == 2 { f32::NAN } else { 0.0 }), count)
        })
        .unwrap_err();
    assert!(matches!(error, Error::Diverged { update: 3, .. }), "{error}");
    let held = Checkpoint::<f32>::read(&folder.join("checkpoint.safetensors")).unwrap();
    assert_eq!(held.progress.update, 2);
    for (name, parameter) in named_parameters(&net) {
        let (_, value) = held.model.iter().find(|(other, _)| *other == name).unwrap();
        assert!(*value == parameter.value(), "{name}");
    }
    assert_eq!(metrics(folder).len(), 2);
    error.to_string()
}

#[test]
fn a_loss_that_is_no_number_stops_the_run_before_it_spreads() {
    let folder = tempfile::tempdir().unwrap();
    let message =
        diverged(folder.path(), |loss, spoil| loss.add(&Array::scalar(spoil).into()));
    for part in ["update 3", "learning rate 0.05", "the loss is NaN", "clip", "inputs"] {
        assert!(message.contains(part), "{part:?} is not in {message:?}");
    }
    // A finite loss with a gradient that is none: √x at 0, say. Here 0 · loss^½ of 0.
    let folder = tempfile::tempdir().unwrap();
    let message = diverged(folder.path(), |loss, spoil| {
        if spoil.is_nan() {
            loss.add(&loss.mul(&Array::scalar(0.0).into()).sqrt())
        } else {
            loss
        }
    });
    assert!(message.contains("the norm of the gradient is"), "{message}");
}

#[test]
fn an_evaluation_that_is_no_number_stops_the_run() {
    let (net, data) = (Net::<f32>::new(2, 0.0), data(ROWS));
    let mut trainer = Trainer::new(&net, adam(&net), ROWS, config(9, None))
        .unwrap()
        .evaluate(|| f64::NAN);
    let result = trainer.train(|rows, context| loss(&net, &data, rows, context));
    assert_error(result, &["update 7", "the evaluation after it is NaN"]);
}

/// What a trainer is given.
type Learn<'a> = dyn Fn(&[usize], &mut Context) -> (TensorOf<f32>, usize) + Sync + 'a;

#[test]
fn a_loss_that_leads_to_no_parameter_is_a_mistake_in_the_program() {
    let (net, other) = (Net::<f32>::new(2, 0.0), Net::<f32>::new(2, 0.0));
    let data = data(ROWS);
    let message = |learn: &Learn| {
        let mut trainer = Trainer::new(&net, adam(&net), ROWS, config(9, None)).unwrap();
        let run = AssertUnwindSafe(|| trainer.train(learn));
        let panic = catch_unwind(run).expect_err("it must panic");
        let text = panic.downcast_ref::<String>().cloned();
        text.unwrap_or_else(|| panic.downcast_ref::<&str>().unwrap().to_string())
    };
    let constant = message(&|rows, _| (Array::scalar(1.0).into(), rows.len()));
    assert!(constant.contains("wants a gradient"), "{constant}");
    let elsewhere = message(&|rows, context| loss(&other, &data, rows, context));
    assert!(elsewhere.contains("no parameter that the optimizer updates"), "{elsewhere}");
}

#[test]
fn two_trainers_do_not_share_a_folder_and_nobody_begins_over_a_checkpoint() {
    let folder = tempfile::tempdir().unwrap();
    let (net, data) = (Net::<f32>::new(2, 0.0), data(ROWS));
    let build = || Trainer::new(&net, adam(&net), ROWS, config(3, Some(folder.path())));
    let learn = |rows: &[usize], context: &mut Context| loss(&net, &data, rows, context);
    let mut first = build().unwrap();
    assert_error(build(), &["another trainer is at work", "choose another folder"]);
    first.train(learn).unwrap();
    drop(first);
    let before = std::fs::read(folder.path().join("checkpoint.safetensors")).unwrap();
    let mut second = build().unwrap();
    assert_error(second.train(learn), &["there is a checkpoint in it", "`resume`"]);
    assert!(
        std::fs::read(folder.path().join("checkpoint.safetensors")).unwrap() == before
    );
    drop(second);
    assert!(build().unwrap().resume().unwrap());
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "x").unwrap();
    let inside = folder.path().join("file/run");
    assert_error(
        build(ROWS, |c| c.folder = Some(inside.clone())),
        &["cannot write", "file/run"],
    );
}
