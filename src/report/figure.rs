//! A figure's data, as the terminal and the book draw it.

use serde::Serialize;
use serde_json::{Value, json};

/// A figure's data: what is drawn in the terminal and in the book.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    title: String,
    x: Axis,
    y: Axis,
    equal_axes: bool,
    series: Vec<Series>,
}

#[derive(Debug, Clone, Serialize)]
struct Axis {
    label: String,
    scale: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct Series {
    name: String,
    style: &'static str,
    points: Vec<(Value, Value)>,
}

impl Figure {
    /// A figure without axes or series yet.
    pub fn new(title: &str) -> Figure {
        let axis = || Axis { label: String::new(), scale: "linear" };
        Figure {
            title: title.to_string(),
            x: axis(),
            y: axis(),
            equal_axes: false,
            series: Vec::new(),
        }
    }

    /// The x axis, linear.
    pub fn x(mut self, label: &str) -> Figure {
        self.x = Axis { label: label.to_string(), scale: "linear" };
        self
    }

    /// The y axis, linear.
    pub fn y(mut self, label: &str) -> Figure {
        self.y = Axis { label: label.to_string(), scale: "linear" };
        self
    }

    /// The x axis, logarithmic.
    pub fn x_log(mut self, label: &str) -> Figure {
        self.x = Axis { label: label.to_string(), scale: "log" };
        self
    }

    /// The y axis, logarithmic.
    pub fn y_log(mut self, label: &str) -> Figure {
        self.y = Axis { label: label.to_string(), scale: "log" };
        self
    }

    /// The same units on both axes: a picture of a plane.
    pub fn equal_axes(mut self) -> Figure {
        self.equal_axes = true;
        self
    }

    /// Adds a line.
    pub fn line(self, name: &str, points: &[(f64, f64)]) -> Figure {
        self.series(name, "line", points)
    }

    /// Adds a dashed line.
    pub fn dashed(self, name: &str, points: &[(f64, f64)]) -> Figure {
        self.series(name, "dashed", points)
    }

    /// Adds a thin line behind the others, without a name: a contour, a reference.
    pub fn guide(self, points: &[(f64, f64)]) -> Figure {
        self.series("", "guide", points)
    }

    /// Adds points.
    pub fn points(self, name: &str, points: &[(f64, f64)]) -> Figure {
        self.series(name, "points", points)
    }

    fn series(
        mut self,
        name: &str,
        style: &'static str,
        points: &[(f64, f64)],
    ) -> Figure {
        let points = points.iter().map(|(x, y)| (short(*x), short(*y))).collect();
        self.series.push(Series { name: name.to_string(), style, points });
        self
    }
}

/// Six significant digits are more than a picture shows. What is not finite becomes null,
/// a gap in the line.
fn short(value: f64) -> Value {
    let rounded: f64 = format!("{value:.5e}").parse().unwrap_or(value);
    json!(rounded)
}
