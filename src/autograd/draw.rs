//! The graph of a computation, as a picture and as text: each node with its operation, its
//! value and its gradient, each edge with the message that goes back along it.

use super::backward::walk;
use super::layers::layers;
use super::tensor::TensorOf;
use crate::report::{Align, Drawing, Tint, aligned};
use crate::tensor::Array;
use std::collections::HashMap;

/// What flowed forwards and backwards through a graph.
pub struct Graph {
    /// In the order in which they were made.
    nodes: Vec<Drawn>,
}

struct Drawn {
    name: String,
    operation: Option<&'static str>,
    value: String,
    gradient: String,
    /// The number of each input, and the message to it.
    inputs: Vec<(usize, String)>,
}

impl Graph {
    /// Walks back from `loss`, a single number, and notes what is sent. A node keeps no value:
    /// `names` says how its tensor is called, and so brings its value. What is not named is
    /// drawn without one.
    ///
    /// ```
    /// use gradus::autograd::{Graph, TensorOf};
    /// let x = TensorOf::new(vec![3.0], &[]).tracked();
    /// let y = x.mul(&x);
    /// let graph = Graph::of(y.clone(), &[("x", &x), ("x x", &y)]);
    /// assert!(graph.drawing("A square").svg().contains("gradient 6"));
    /// ```
    ///
    /// # Panics
    /// When the loss is not a single number, or has no graph.
    #[track_caller]
    pub fn of(loss: TensorOf<f64>, names: &[(&str, &TensorOf<f64>)]) -> Graph {
        assert!(loss.size() == 1, "graph: the shape {:?} is not a number", loss.shape());
        let last = loss.node().cloned().expect("graph: nothing here is tracked");
        let named: HashMap<u64, (&str, &TensorOf<f64>)> = names
            .iter()
            .filter_map(|(name, tensor)| Some((tensor.node()?.id(), (*name, *tensor))))
            .collect();
        let mut visited = Vec::new();
        walk(last, Array::full(1.0, loss.shape()), |node, dy, messages| {
            let (name, value) = match named.get(&node.id()) {
                Some((name, tensor)) => (name.to_string(), shown(tensor.value())),
                None => (String::new(), String::new()),
            };
            let origin = node.origin();
            let inputs = origin.iter().flat_map(|origin| &origin.inputs).zip(messages);
            let inputs = inputs.filter_map(|(input, message)| {
                Some((input.as_ref()?.id(), shown(message.as_ref()?)))
            });
            let inputs: Vec<(u64, String)> = inputs.collect();
            let operation = origin.map(|origin| origin.op.name());
            visited.push((node.id(), name, operation, value, shown(&dy), inputs));
        });
        visited.reverse();
        let number: HashMap<u64, usize> =
            visited.iter().enumerate().map(|(number, node)| (node.0, number)).collect();
        let nodes =
            visited.into_iter().map(|(_, name, operation, value, gradient, to)| {
                let inputs = to.into_iter().map(|(id, message)| (number[&id], message));
                Drawn { name, operation, value, gradient, inputs: inputs.collect() }
            });
        Graph { nodes: nodes.collect() }
    }

    /// The picture: inputs above, the loss below. A number beside an arrow is the message that
    /// goes back along it, against the arrow.
    pub fn drawing(&self, title: &str) -> Drawing {
        const LINE: f64 = 16.0;
        const STEP: f64 = 130.0;
        let texts: Vec<String> = self.nodes.iter().map(Drawn::cell).collect();
        let width = |text: &String| {
            let longest = text.lines().map(|line| line.chars().count()).max();
            (7.4 * longest.unwrap_or(0) as f64 + 14.0).max(64.0)
        };
        let height = |text: &str| LINE * text.lines().count() as f64 + 12.0;
        let widths: Vec<f64> = texts.iter().map(width).collect();
        let inputs: Vec<Vec<usize>> = self
            .nodes
            .iter()
            .map(|node| node.inputs.iter().map(|(input, _)| *input).collect())
            .collect();
        let places = layers(&widths, &inputs);
        let middle =
            |node: usize| (places.nodes[node].0, STEP * places.nodes[node].1 as f64);
        let mut drawing = Drawing::new(title);
        for (user, node) in self.nodes.iter().enumerate() {
            // What an edge comes from last: its input, or its last bend.
            let before = |edge: usize| match places.bends[user][edge].last() {
                Some((x, _)) => *x,
                None => middle(node.inputs[edge].0).0,
            };
            let mut order: Vec<usize> = (0..node.inputs.len()).collect();
            order.sort_by(|a, b| before(*a).total_cmp(&before(*b)));
            for (rank, edge) in order.iter().copied().enumerate() {
                let (input, message) = &node.inputs[edge];
                // Several edges end apart, in the order in which they come; two edges from
                // one input also begin apart.
                let aside = 34.0 * (rank as f64 - (order.len() as f64 - 1.0) / 2.0);
                let twice = node.inputs.iter().filter(|(i, _)| i == input).count() > 1;
                let (x, y) = middle(*input);
                let begin = x + if twice { aside } else { 0.0 };
                let mut points = vec![(begin, y + height(&texts[*input]) / 2.0)];
                for (x, layer) in &places.bends[user][edge] {
                    // Straight through the layer.
                    let y = STEP * *layer as f64;
                    points.extend([(*x, y - 30.0), (*x, y + 30.0)]);
                }
                let from = points[points.len() - 1];
                let (x, y) = middle(user);
                let end = (x + aside, y - height(&texts[user]) / 2.0 - 1.0);
                points.push(end);
                drawing = drawing.arrow(&points, Tint::Plain);
                // The message stands beside the edge, away from the other edges, and a little
                // above or below where the edge leans over it.
                let side = if 2 * rank + 1 < order.len() { -1.0 } else { 1.0 };
                let lean = ((end.0 - from.0) / 12.0).clamp(-5.0, 5.0);
                let x = from.0 + 0.77 * (end.0 - from.0) + 7.0 * side;
                let y = from.1 + 0.77 * (end.1 - from.1) - lean * side;
                let align = if side < 0.0 { Align::Right } else { Align::Left };
                drawing = drawing.word((x, y), message, align);
            }
        }
        for (node, text) in texts.iter().enumerate() {
            let ((x, y), high) = (middle(node), height(text));
            let tint = match self.nodes[node].operation {
                None => Tint::Series(0),
                Some(_) if node + 1 == self.nodes.len() => Tint::Series(1),
                Some(_) => Tint::Plain,
            };
            let corner = (x - widths[node] / 2.0, y - high / 2.0);
            drawing = drawing.cell(corner, (widths[node], high), text, tint);
        }
        drawing
    }

    /// The same as lines of text: the nodes in the order in which they are visited.
    pub fn text(&self) -> String {
        let line = |(number, node): (usize, &Drawn)| {
            let list = |of: Vec<String>| of.join(", ");
            let from = node.inputs.iter().map(|(input, _)| format!("#{input}")).collect();
            let sends = node
                .inputs
                .iter()
                .map(|(input, message)| format!("{message} to #{input}"));
            let made = match node.operation {
                Some(operation) => format!("{operation}({})", list(from)),
                None => "leaf".to_string(),
            };
            let name = format!("#{number} {}", node.name);
            let (value, gradient) = (node.value.clone(), node.gradient.clone());
            vec![name, made, value, gradient, list(sends.collect())]
        };
        let rows: Vec<_> = self.nodes.iter().enumerate().rev().map(line).collect();
        aligned(&["node", "is", "value", "gradient", "sends back"], &rows)
    }
}

impl Drawn {
    /// What its box says.
    fn cell(&self) -> String {
        let first = match (self.operation, self.name.as_str()) {
            (None, name) => name.to_string(),
            (Some(operation), "") => operation.to_string(),
            (Some(operation), name) => format!("{operation}: {name}"),
        };
        let value = match self.value.as_str() {
            "" => String::new(),
            value => format!("value {value}\n"),
        };
        format!("{first}\n{value}gradient {}", self.gradient)
    }
}

/// A number, a few numbers, or the shape of many.
fn shown(array: &Array<f64>) -> String {
    match array.to_vec().as_slice() {
        [one] => short(*one),
        few if few.len() <= 3 => {
            format!("[{}]", few.iter().map(|x| short(*x)).collect::<Vec<_>>().join(", "))
        }
        _ => format!("{:?}", array.shape()),
    }
}

/// Four significant digits, without zeros at the end.
fn short(number: f64) -> String {
    let size = number.abs();
    let text = match size {
        _ if number == 0.0 => "0".to_string(),
        _ if !number.is_finite() => number.to_string(),
        _ if !(1e-3..1e5).contains(&size) => format!("{number:.1e}"),
        _ => {
            let digits = (3 - size.log10().floor() as i32).max(0) as usize;
            let text = format!("{number:.digits$}");
            match text.contains('.') {
                true => text.trim_end_matches('0').trim_end_matches('.').to_string(),
                false => text,
            }
        }
    };
    text.replace('-', "−")
}
