//! Layers: by hand, against finite differences, and with something attached.

use crate::support::*;
use gradus::autograd::TensorOf;
use gradus::element;
use gradus::neural_network::*;
use gradus::random::generator;
use gradus::tensor::Array;

#[test]
fn a_linear_layer_is_x_times_w_transposed_plus_b() {
    let layer = Linear {
        weight: parameter(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[2, 3]),
        bias: Some(parameter(&[10.0, 20.0], &[2])),
        branch: None,
    };
    let x = TensorOf::new(vec![1.0, 0.0, -1.0], &[1, 3]);
    let y = layer.forward(&x, &mut Context::evaluation());
    assert_eq!((y.shape(), y.to_vec()), (&[1, 2][..], vec![8.0, 18.0]));
    let without = Linear { bias: None, ..layer };
    let y = without.forward(&x, &mut Context::evaluation());
    assert_eq!(y.to_vec(), [-2.0, -2.0]);
}

/// Adds a multiple of the input's first column to every output.
struct Column<T: element::Real> {
    factor: Parameter<T>,
}

gradus::module!(Column { factor });

impl<T: element::Real> Branch<T> for Column<T> {
    fn forward(&self, x: &TensorOf<T>, _: &mut Context) -> TensorOf<T> {
        x.slice(1, 0..1).mul(&self.factor.tensor())
    }
}

#[test]
fn a_branch_is_attached_from_outside_and_adds_to_the_output() {
    let mut model = Mlp::new(&[3, 4, 2], Activation::Tanh, &mut generator(1));
    let forward = |model: &Mlp<Real>| {
        model.forward(&input(&[5, 3]), &mut Context::evaluation()).to_vec()
    };
    let (before, mut met) = (forward(&model), Vec::new());
    model.linears("", &mut |path, linear| {
        met.push(path.to_string());
        linear.branch = Some(Box::new(Column { factor: parameter(&[0.0], &[1]) }));
    });
    assert_eq!(met, ["layers.0", "layers.1"]);
    assert_eq!(forward(&model), before, "a branch of zeros changes nothing");
    let names: Vec<String> =
        named_parameters(&model).into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"layers.1.factor".to_string()), "{names:?}");
    let factor = parameter(&[2.0], &[1]);
    model.layers[1].branch = Some(Box::new(Column { factor: factor.clone() }));
    assert_ne!(forward(&model), before);
    assert_gradients(&model, &|| {
        model.forward(&input(&[5, 3]), &mut Context::evaluation())
    });
    freeze(&model, |path| !path.ends_with("factor"));
    assert_eq!(parameter_count(&model).0, 2);
}

#[test]
fn every_layer_agrees_with_finite_differences() {
    let x = input(&[4, 3]);
    for activation in [Activation::Gelu, Activation::Tanh] {
        let model = Mlp::new(&[3, 5, 5, 2], activation, &mut generator(2));
        assert_gradients(&model, &|| model.forward(&x, &mut Context::evaluation()));
    }
    let norm = LayerNorm::new(3, 1e-5);
    norm.weight.set(Array::new(vec![0.5, 1.5, -1.0], &[3]));
    assert_gradients(&norm, &|| norm.forward(&x));
    let embedding = Embedding::new(4, 3, 0.5, &mut generator(3));
    let ids = Array::new(vec![2, 0, 2, 3], &[2, 2]);
    assert_eq!(embedding.forward(&ids).shape(), [2, 2, 3]);
    assert_gradients(&embedding, &|| embedding.forward(&ids));
}

#[test]
fn an_mlp_has_its_activation_between_the_layers_and_not_behind_the_last() {
    let one = |weight: f64| Linear {
        weight: parameter(&[weight], &[1, 1]),
        bias: None,
        branch: None,
    };
    let model = Mlp { layers: vec![one(1.0), one(-3.0)], activation: Activation::Relu };
    let y = |x: f64| {
        let x = TensorOf::new(vec![x], &[1, 1]);
        model.forward(&x, &mut Context::evaluation()).item()
    };
    assert_eq!((y(2.0), y(-2.0)), (-6.0, 0.0));
}

#[test]
#[should_panic(expected = "matmul: [1, 3] × [2, 2]")]
fn an_input_of_another_width_is_refused() {
    let layer = Linear::<f64>::new(2, 2, 1.0, &mut generator(8));
    layer.forward(&input(&[1, 3]), &mut Context::evaluation());
}
