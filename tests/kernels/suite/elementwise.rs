//! elementwise.cu: every function, forward and backward, against f64, and at special values.

use super::harness::*;
use gradus::autograd::TensorOf;
use gradus::device::{Arguments, Gpu, kernels};
use gradus::element::Real;
use gradus::tensor::Array;

/// A function as the library has it.
struct Function {
    name: &'static str,
    parameters: &'static [f32],
    /// Whether the slope is told y, and not x.
    keeps_y: bool,
    /// Units in the last place of the value, and of the slope.
    ulps: [f64; 2],
    /// How many ε |dy| the slope may be off besides, where it is a difference.
    floor: f64,
    f32: fn(&TensorOf<f32>) -> TensorOf<f32>,
    f64: fn(&TensorOf<f64>) -> TensorOf<f64>,
}

macro_rules! function {
    ($name:literal $parameters:expr, $keeps_y:expr, $ulps:expr, $floor:expr, $f:expr) => {
        Function {
            name: $name,
            parameters: &$parameters,
            keeps_y: $keeps_y,
            ulps: $ulps,
            floor: $floor,
            f32: $f,
            f64: $f,
        }
    };
}

const X: bool = false;
const Y: bool = true;

// Near what the CUDA programming guide allows (expf 2 ulp, logf 1, tanhf 2, powf 4, normcdff 5,
// division and root ½); the emulator at its most contrary goes to 2.4 in expf.
fn functions() -> Vec<Function> {
    vec![
        function!("abs" [], X, [0.0, 0.0], 0.0, |x| x.abs()),
        function!("neg" [], X, [0.0, 0.0], 0.0, |x| x.neg()),
        function!("relu" [], Y, [0.0, 0.0], 0.0, |x| x.relu()),
        function!("clamp" [-0.75, 1.25], X, [0.0, 0.0], 0.0, |x| x.clamp(-0.75, 1.25)),
        function!("exp" [], Y, [3.0, 3.0], 0.0, |x| x.exp()),
        function!("ln" [], X, [1.0, 1.5], 0.0, |x| x.ln()),
        function!("sqrt" [], Y, [0.51, 1.5], 0.0, |x| x.sqrt()),
        function!("tanh" [], Y, [2.0, 1.0], 6.0, |x| x.tanh()),
        function!("sigmoid" [], Y, [3.5, 3.5], 3.0, |x| x.sigmoid()),
        function!("silu" [], X, [3.5, 3.5], 3.0, |x| x.silu()),
        function!("gelu" [], X, [4.0, 4.0], 3.0, |x| x.gelu()),
        function!("gelu_tanh" [], X, [4.0, 5.0], 8.0, |x| x.gelu_tanh()),
        function!("powf"[2.5], X, [4.0, 6.0], 0.0, |x| x.powf(2.5)),
        function!("powf"[3.0], X, [4.0, 6.0], 0.0, |x| x.powf(3.0)),
        function!("powf"[-1.0], X, [4.0, 6.0], 0.0, |x| x.powf(-1.0)),
        function!("powf"[0.5], X, [4.0, 6.0], 0.0, |x| x.powf(0.5)),
        function!("powf"[0.0], X, [0.0, 0.0], 0.0, |x| x.powf(0.0)),
        function!("powf"[1.0], X, [0.0, 0.5], 0.0, |x| x.powf(1.0)),
    ]
}

fn truth<T: Real>(
    f: fn(&TensorOf<T>) -> TensorOf<T>,
    x: Array<T>,
    dy: Array<T>,
) -> [Array<T>; 2] {
    let x = TensorOf::from(x).tracked();
    let y = f(&x);
    let value = y.value().contiguous();
    [value, y.backward_from(dy).of(&x).unwrap().contiguous()]
}

impl Function {
    /// What an exponent costs: e^u with u rounded is off by |u| units more. Only the gate of
    /// `gelu_tanh` has an exponent that is computed.
    fn exponent(&self, x: f64) -> f64 {
        let u = 1.595769 * (x + 0.044715 * x.powi(3));
        if self.name == "gelu_tanh" { 0.6 * (-u).clamp(0.0, 110.0) } else { 0.0 }
    }

    /// A gate that is nearly closed is a subnormal number, off by half the smallest there is;
    /// then it is multiplied by x.
    fn smallest(&self) -> f64 {
        let gated = ["silu", "gelu", "gelu_tanh"].contains(&self.name);
        if gated { f64::from(f32::from_bits(1)) } else { 0.0 }
    }

    fn arguments(&self, arguments: Arguments) -> Arguments {
        self.parameters.iter().fold(arguments, |all, p| all.number(*p))
    }

    fn check(&self, gpu: &Gpu, what: &str, x: &Array<f32>, dy: &Array<f32>) {
        let what = format!("{} {:?} {what}", self.name, self.parameters);
        let count = x.size();
        let [y, dx] = truth(self.f32, x.clone(), dy.contiguous());
        let [wide_y, wide_dx] = truth(self.f64, wide(x), wide(dy));
        let contiguous = x.layout().is_contiguous() && dy.layout().is_contiguous();
        let strided = if contiguous { "" } else { "_strided" };

        let (from, to) = (on(gpu, x.storage()), room(gpu, count));
        let mut arguments = Arguments::new().memory("x", &from);
        if !contiguous {
            arguments = arguments.layout(x.layout());
        }
        let arguments = self.arguments(arguments.memory("y", &to).count(count));
        let kernel = format!("{}_value{strided}", self.name);
        launch(gpu, &kernels::ELEMENTWISE, &kernel, few(count), arguments);
        let got = back(gpu, &to);
        let [value, slope] = self.ulps;
        let xs = x.to_vec();
        near(&format!("{what}: y"), &got, &wide_y.to_vec(), &y.to_vec(), |i| {
            let x = f64::from(xs[i]);
            Bound {
                ulps: value + self.exponent(x),
                floor: x.abs().min(1e38) * self.smallest(),
            }
        });

        // Backward is told the y that forward gave.
        let y = Array::new(got, x.shape());
        let kept = if self.keeps_y { &y } else { x };
        let (from, up, to) =
            (on(gpu, kept.storage()), on(gpu, dy.storage()), room(gpu, count));
        let mut arguments = Arguments::new().memory("kept", &from);
        if !contiguous {
            arguments = arguments.layout(kept.layout());
        }
        arguments = arguments.memory("dy", &up);
        if !contiguous {
            arguments = arguments.layout(dy.layout());
        }
        let arguments = self.arguments(arguments.memory("dx", &to).count(count));
        let kernel = format!("{}_slope{strided}", self.name);
        launch(gpu, &kernels::ELEMENTWISE, &kernel, few(count), arguments);
        let ups = dy.to_vec();
        let floor = |i: usize| self.floor * EPSILON * f64::from(ups[i].abs());
        near(
            &format!("{what}: dx"),
            &back(gpu, &to),
            &wide_dx.to_vec(),
            &dx.to_vec(),
            |i| Bound { ulps: slope, floor: floor(i) },
        );
    }
}

pub fn functions_at_odd_sizes(gpu: &Gpu) {
        for function in functions() {
            for count in SIZES {
                let (x, dy) = (array(&[count], 3), array(&[count], 4));
                function.check(gpu, &format!("of {count}"), &x, &dy);
            }
        }
}

pub fn functions_of_views(gpu: &Gpu) {
        for function in functions() {
            for (name, x) in views(5) {
                // dy lies otherwise than x, and is another one for each element
                let turned: Vec<usize> = x.shape().iter().rev().copied().collect();
                let order: Vec<usize> = (0..x.rank()).rev().collect();
                let dy = array(&turned, 6).permute(&order);
                function.check(gpu, name, &x, &dy);
            }
            let x = array(&[5, 7], 5).transpose(0, 1);
            let dy = array(&[1, 5], 6).broadcast_to(&[7, 5]);
            function.check(gpu, "with a broadcast dy", &x, &dy);
        }
}

pub fn functions_at_special_values(gpu: &Gpu) {
        for function in functions() {
            // with the numbers where a function has a kink: the bounds of clamp
            let values = [&SPECIAL[..], function.parameters].concat();
            let count = values.len();
            let x = Array::new(values, &[count]);
            let dy = Array::new(numbers(count, 8), &[count]);
            function.check(gpu, "at special values", &x, &dy);
        }
}
