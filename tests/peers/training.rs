//! Optimizers along given gradients, and models in training, against PyTorch.

use crate::fixture::{Options, Training, fixture};
use crate::{NARROW, WIDE, distance};
use gradus::autograd::TensorOf;
use gradus::element::Real;
use gradus::neural_network::{Activation, Context, Mlp, Parameter, named_parameters};
use gradus::random::generator;
use gradus::tensor::Array;
use gradus::training::{
    Adam, AdamConfig, Group, Optimizer, Sgd, SgdConfig, gradients_of,
};

fn optimizer<T: Real>(
    name: &str,
    options: &Options,
    groups: Vec<Group<T>>,
) -> Box<dyn Optimizer<T>> {
    let Options { momentum, nesterov, weight_decay, betas, eps } = *options;
    match name {
        "sgd" => {
            Box::new(Sgd::new(groups, SgdConfig { momentum, nesterov, weight_decay }))
        }
        "adam" => {
            let [beta1, beta2] = betas.unwrap_or([0.9, 0.999]);
            let epsilon = eps.unwrap_or(1e-8);
            let config = AdamConfig { beta1, beta2, epsilon, weight_decay };
            Box::new(Adam::new(groups, config))
        }
        other => panic!("there is no optimizer `{other}`"),
    }
}

fn array<T: Real>(values: &[f64], shape: &[usize]) -> Array<T> {
    Array::new(values.iter().map(|x| T::of(*x)).collect(), shape)
}

#[test]
fn optimizers_take_the_steps_of_pytorch() {
    fn compare<T: Real>(bound: f64) {
        for case in &fixture().optimizers {
            let weights = Parameter::new(array::<T>(&case.start, &[case.start.len()]));
            let group =
                Group { parameters: vec![weights.clone()], rate: 1.0, decay: true };
            let mut optimizer = optimizer(&case.optimizer, &case.options, vec![group]);
            for (number, step) in case.steps.iter().enumerate() {
                let gradient = array(&step.gradient, &[step.gradient.len()]);
                optimizer.step(&[Some(gradient)], case.rate);
                let got: Vec<f64> =
                    weights.value().to_vec().iter().map(|w| w.f64()).collect();
                let error = distance(&got, &step.weights);
                let what = format!("{} {:?}", case.optimizer, case.options);
                assert!(error <= bound, "{what}, step {number}: {error:e}");
            }
        }
    }
    assert!(fixture().optimizers.len() >= 7);
    compare::<f64>(WIDE);
    compare::<f32>(NARROW);
}

#[test]
fn a_model_in_training_has_the_losses_of_pytorch() {
    assert!(fixture().mlps.len() >= 2);
    for case in &fixture().mlps {
        assert!(case.losses.len() == 20 && case.losses[19] < 0.9 * case.losses[0]);
        let error = distance(&losses::<f64>(case), &case.losses);
        assert!(error <= WIDE, "{}: {error:e}", case.optimizer);
        // Twenty updates carry the rounding of the first on.
        let error = distance(&losses::<f32>(case), &case.losses);
        assert!(error <= 10.0 * NARROW, "{}, f32: {error:e}", case.optimizer);
    }
}

/// The loss before each of the updates.
fn losses<T: Real>(case: &Training) -> Vec<f64> {
    let activation = match case.activation.as_str() {
        "tanh" => Activation::Tanh,
        "gelu" => Activation::Gelu,
        other => panic!("there is no activation `{other}`"),
    };
    let model: Mlp<T> = Mlp::new(&case.sizes, activation, &mut generator(1));
    for (layer, [weight, bias]) in model.layers.iter().zip(&case.layers) {
        layer.weight.set(array(weight, &layer.weight.shape()));
        let own = layer.bias.as_ref().expect("it has a bias");
        own.set(array(bias, &own.shape()));
    }
    let parameters = named_parameters(&model).into_iter().map(|(_, p)| p).collect();
    let groups = Group::by_rank(parameters);
    let mut optimizer = optimizer(&case.optimizer, &case.options, groups);
    let count = case.targets.len();
    let x = TensorOf::from(array(&case.x, &[count, case.sizes[0]]));
    let targets = Array::new(case.targets.clone(), &[count]);
    let mut losses = Vec::new();
    for _ in &case.losses {
        let logits = model.forward(&x, &mut Context::training(1));
        let loss = logits.cross_entropy(&targets, Default::default());
        losses.push(loss.item().f64());
        let gradients = gradients_of(optimizer.groups(), &loss.backward());
        optimizer.step(&gradients, case.rate);
    }
    losses
}
