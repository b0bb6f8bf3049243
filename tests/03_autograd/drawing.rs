//! The graph as a picture and as text.

use crate::support::{leaf, number};
use gradus::autograd::Graph;

#[test]
fn a_picture_shows_every_value_gradient_and_message() {
    let (a, b) = (number(2.0), number(3.0));
    let (u, v) = (a.mul(&b), a.add(&b));
    let loss = u.mul(&v);
    let names = [("a", &a), ("b", &b), ("u", &u), ("v", &v), ("L", &loss)];
    let graph = Graph::of(loss.clone(), &names);
    let svg = graph.drawing("by hand").svg();
    let words: Vec<&str> =
        svg.split('>').filter_map(|part| Some(part.split_once("</text")?.0)).collect();
    for text in ["a", "b", "mul: u", "add: v", "mul: L"] {
        assert_eq!(words.iter().filter(|word| **word == text).count(), 1, "{text}");
    }
    for text in ["value 2", "value 30", "gradient 21", "gradient 16", "15", "10", "5"] {
        assert!(words.contains(&text), "{text} is not in {words:?}");
    }
    assert_eq!(words.iter().filter(|word| **word == "6").count(), 3);
    assert_eq!((svg.matches("<rect").count(), svg.matches("<polygon").count()), (5, 6));
    assert!(!svg.contains("NaN"), "{svg}");
}

#[test]
fn the_text_lists_the_nodes_as_they_are_visited() {
    let x = number(3.0);
    let square = x.mul(&x);
    let loss = square.scale(0.5);
    let graph = Graph::of(loss.clone(), &[("x", &x), ("x x", &square), ("half", &loss)]);
    let text = graph.text();
    let lines: Vec<Vec<&str>> =
        text.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["node", "is", "value", "gradient", "sends", "back"]);
    assert_eq!(lines[2], ["#2", "half", "mul(#1)", "4.5", "1", "0.5", "to", "#1"]);
    assert_eq!(lines[3][..6], ["#1", "x", "x", "mul(#0,", "#0)", "9"]);
    assert_eq!(lines[3][6..], ["0.5", "1.5", "to", "#0,", "1.5", "to", "#0"]);
    assert_eq!(lines[4], ["#0", "x", "leaf", "3", "3"]);
}

#[test]
fn what_is_not_named_is_drawn_without_its_value() {
    let x = leaf(&[1.0, 2.0, 3.0, 4.0]);
    let graph = Graph::of(x.exp().sum_all(), &[("x", &x)]);
    let svg = graph.drawing("sum").svg();
    assert!(svg.contains(">exp<") && svg.contains(">sum<"));
    assert_eq!(svg.matches("value [4]").count(), 1);
    assert_eq!(svg.matches("value ").count(), 1);
}

#[test]
fn a_thousand_nodes_can_be_drawn() {
    let x = number(1.0);
    let y = (0..1000).fold(x.clone(), |y, _| y.scale(1.0));
    let svg = Graph::of(y, &[("x", &x)]).drawing("a chain").svg();
    assert_eq!(svg.matches("<rect").count(), 1001);
}

#[test]
#[should_panic(expected = "is not a number")]
fn only_a_number_has_a_graph_to_draw() {
    Graph::of(leaf(&[1.0, 2.0]).exp(), &[]);
}
