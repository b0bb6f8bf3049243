//! The comparison: every element of every gradient against central differences in f64, and
//! f32 against f64.

use super::Case;
use crate::autograd::TensorOf;
use crate::device::Device;
use crate::element::Real;
use crate::tensor::Array;

/// |a − n| ≤ BOUND · max(1, largest |n|).
pub const BOUND: f64 = 1e-6;

/// How far f32 may be from f64, in the same measure.
pub const PRECISION: f64 = 1e-4;

/// How a case went.
#[derive(Debug, Clone)]
pub struct Report {
    /// The largest difference, divided by what it is measured against; at most the bound
    /// unless there is a fault.
    pub worst: f64,
    /// The first element that is wrong.
    pub fault: Option<Fault>,
}

/// An element of a gradient (or of the output) that is wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Which input's gradient; `None` for the output itself.
    pub input: Option<usize>,
    /// Which element.
    pub index: Vec<usize>,
    /// What it is.
    pub got: f64,
    /// What it should be.
    pub expected: f64,
}

/// Compares the gradients of a case with central differences.
pub fn check(case: &Case) -> Report {
    compare(case, &gradients(case))
}

/// The gradients of a case as its backward gives them, one for each input.
pub fn gradients(case: &Case) -> Vec<Array<f64>> {
    run(&case.inputs, case.graph64).1
}

/// Compares any gradients, one for each input, with central differences of the case.
///
/// # Panics
/// When a gradient has another shape than its input.
pub fn compare(case: &Case, gradients: &[Array<f64>]) -> Report {
    let mut report = Report { worst: 0.0, fault: None };
    for (input, gradient) in gradients.iter().enumerate() {
        report.compare(Some(input), gradient, &differences(case, input), BOUND);
    }
    report
}

/// Compares output and gradients in f32 with those in f64.
pub fn precision(case: &Case) -> Report {
    on_device(case, &Device::Cpu)
}

/// Compares output and gradients in f32 on a device with those in f64 on the processor.
///
/// # Panics
/// When a result does not lie on the device: then something else has computed it. When the
/// device cannot do what is asked; on the emulator also for every mistake that it finds.
pub fn on_device(case: &Case, device: &Device) -> Report {
    let inputs: Vec<Array<f32>> =
        case.inputs.iter().map(|input| input.map(|x| x as f32)).collect();
    // The same numbers in f64, so that only the arithmetic differs.
    let exact: Vec<Array<f64>> =
        inputs.iter().map(|input| input.map(f64::from)).collect();
    let there: Vec<_> = inputs.iter().map(|input| input.beside(device)).collect();
    let (y, dx) = run(&there, case.graph32);
    let (y64, dx64) = run(&exact, case.graph64);
    let mut report = Report { worst: 0.0, fault: None };
    let here = |what: &str, array: &Array<f32>| {
        let (name, case) = (case.operation, &case.name);
        let lies = array.device();
        assert!(lies == *device, "{name}, {case}: the {what} lies on {lies}");
        array.beside(&Device::Cpu).map(f64::from)
    };
    report.compare(None, &here("output", &y), &y64, PRECISION);
    for (input, (got, expected)) in dx.iter().zip(&dx64).enumerate() {
        report.compare(Some(input), &here("gradient", got), expected, PRECISION);
    }
    report
}

impl Report {
    /// Compares one gradient with what it should be.
    pub fn of(got: &Array<f64>, expected: &Array<f64>) -> Report {
        let mut report = Report { worst: 0.0, fault: None };
        report.compare(None, got, expected, BOUND);
        report
    }

    fn compare(
        &mut self,
        input: Option<usize>,
        got: &Array<f64>,
        expected: &Array<f64>,
        bound: f64,
    ) {
        assert_eq!(got.shape(), expected.shape(), "the shape of input {input:?}");
        let shape = expected.shape();
        let largest = expected.to_vec().iter().fold(1f64, |most, x| most.max(x.abs()));
        let pairs = got.to_vec().into_iter().zip(expected.to_vec());
        for (place, (got, expected)) in pairs.enumerate() {
            // A difference that is not a number counts as the worst there is.
            let difference = (got - expected).abs() / largest;
            let difference = if difference.is_nan() { f64::INFINITY } else { difference };
            self.worst = self.worst.max(difference);
            if difference > bound && self.fault.is_none() {
                let index = index(place, shape);
                self.fault = Some(Fault { input, index, got, expected });
            }
        }
    }
}

/// Output and gradients, for an upstream gradient that differs from element to element.
fn run<T: Real>(
    inputs: &[Array<T>],
    graph: fn(&[TensorOf<T>]) -> TensorOf<T>,
) -> (Array<T>, Vec<Array<T>>) {
    let leaves: Vec<TensorOf<T>> = inputs.iter().map(tracked).collect();
    let output = graph(&leaves);
    let (value, upstream) = (output.value().clone(), upstream(output.shape()));
    let mut gradients = output.backward_from(upstream);
    let gradient = |(leaf, input): (&TensorOf<T>, &Array<T>)| {
        gradients.take(leaf).unwrap_or_else(|| input.zeros_like())
    };
    (value, leaves.iter().zip(inputs).map(gradient).collect())
}

fn tracked<T: Real>(input: &Array<T>) -> TensorOf<T> {
    TensorOf::from(input.clone()).tracked()
}

/// Numbers of different sizes and signs.
fn upstream<T: Real>(shape: &[usize]) -> Array<T> {
    Array::from_fn(shape, |i| T::of((1.7 * i as f64 + 0.6).sin() + 0.1))
}

// ANCHOR: differences
/// The gradient of Σ upstream · output with respect to one input, by central differences.
fn differences(case: &Case, input: usize) -> Array<f64> {
    let loss = |shifted: Array<f64>| {
        let mut inputs: Vec<TensorOf<f64>> =
            case.inputs.iter().cloned().map(TensorOf::from).collect();
        inputs[input] = shifted.into();
        let output = (case.graph64)(&inputs);
        let weighted =
            output
                .value()
                .zip(&upstream::<f64>(output.shape()), "loss", |y, u: f64| y * u);
        weighted.sum_to(&[]).item()
    };
    central_differences(&case.inputs[input], loss)
}

/// The slope of `loss` in every element of `at`: (f(x + h) − f(x − h)) / 2h.
pub fn central_differences(
    at: &Array<f64>,
    loss: impl Fn(Array<f64>) -> f64,
) -> Array<f64> {
    let h = 1e-5;
    let slope = |element: usize| {
        let shifted = |by: f64| {
            let mut values = at.to_vec();
            values[element] += by;
            loss(Array::new(values, at.shape()))
        };
        (shifted(h) - shifted(-h)) / (2.0 * h)
    };
    Array::from_fn(at.shape(), slope)
}
// ANCHOR_END: differences

/// The index of the element that is number `place`, row after row.
fn index(mut place: usize, shape: &[usize]) -> Vec<usize> {
    let mut index = vec![0; shape.len()];
    for axis in (0..shape.len()).rev() {
        index[axis] = place % shape[axis];
        place /= shape[axis];
    }
    index
}
