//! `cargo gradus graph`: an expression as the library sees it, forwards and backwards.

mod evaluate;
mod parse;

use clap::Parser;
use gradus::autograd::Graph;
use std::path::PathBuf;
use std::process::ExitCode;

/// Draws the graph of an expression with its values and gradients
#[derive(Parser)]
struct Arguments {
    /// The expression: "tanh(a*b + c)"
    #[arg(allow_hyphen_values = true)]
    expression: String,
    /// A value for each name: a=2 b=-3
    #[arg(value_name = "NAME=VALUE")]
    values: Vec<String>,
    /// Where to draw it
    #[arg(long, value_name = "FILE.svg")]
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let text = arguments.expression.as_str();
    let explain = |fault: parse::Fault| fault.shown(text);
    let expression = parse::parse(text).map_err(explain)?;
    let values = evaluate::values(&arguments.values)?;
    let steps = evaluate::evaluate(text, &expression, &values).map_err(explain)?;
    let names: Vec<_> =
        steps.iter().map(|(name, tensor)| (name.as_str(), tensor)).collect();
    let (_, last) = steps.last().expect("an expression has a value");
    let graph = Graph::of(last.clone(), &names);
    println!("{}", graph.text());
    if let Some(out) = &arguments.out {
        let svg = graph.drawing(text).svg_file();
        gradus::replace::replace(out, svg.as_bytes()).map_err(|e| e.to_string())?;
        println!("Drawn in {}", out.display());
    }
    Ok(())
}
