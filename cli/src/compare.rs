//! Holds a run's numbers and tables against the book's.

use serde_json::Value;

/// What differs between two runs, timings aside.
///
/// # Errors
/// Why they cannot be compared.
pub fn differences(run: &Value, book: &Value) -> Result<Vec<String>, String> {
    for key in ["mode", "seeds"] {
        if run[key] != book[key] {
            let (here, there) = (&run[key], &book[key]);
            return Err(format!("its {key}: {here} here, {there} in the book"));
        }
    }
    let mut found = Vec::new();
    let empty = serde_json::Map::new();
    let numbers = |of: &Value| of["numbers"].as_object().unwrap_or(&empty).clone();
    let (ours, theirs) = (numbers(run), numbers(book));
    for key in theirs.keys().chain(ours.keys().filter(|key| !theirs.contains_key(*key))) {
        let text = |of: &serde_json::Map<String, Value>| {
            of.get(key).map_or(Value::Null, |entry| entry["text"].clone())
        };
        let timing = theirs.get(key).is_some_and(|entry| entry["timing"] == true);
        if !timing && text(&ours) != text(&theirs) {
            found.push(format!(
                "{key}: {} here, {} in the book",
                text(&ours),
                text(&theirs)
            ));
        }
    }
    let tables = |of: &Value| of["tables"].as_object().unwrap_or(&empty).clone();
    let (ours, theirs) = (tables(run), tables(book));
    for name in
        theirs.keys().chain(ours.keys().filter(|name| !theirs.contains_key(*name)))
    {
        match (ours.get(name), theirs.get(name)) {
            (Some(ours), Some(theirs)) => found.extend(cells(name, ours, theirs)),
            (Some(_), None) => found.push(format!("the table `{name}` is only here")),
            _ => found.push(format!("the table `{name}` is only in the book")),
        }
    }
    Ok(found)
}

/// The cells in which two tables differ, but for the columns of times.
fn cells(name: &str, ours: &Value, theirs: &Value) -> Vec<String> {
    let list = |of: &Value| of.as_array().cloned().unwrap_or_default();
    let columns = list(&theirs["columns"]);
    if ours["columns"] != theirs["columns"] {
        return vec![format!("the table `{name}` has other columns in the book")];
    }
    let (here, there) = (list(&ours["rows"]), list(&theirs["rows"]));
    if here.len() != there.len() {
        let (here, there) = (here.len(), there.len());
        return vec![format!(
            "the table `{name}`, rows: {here} here, {there} in the book"
        )];
    }
    let mut found = Vec::new();
    for (row, (here, there)) in here.iter().zip(&there).enumerate() {
        for (column, heading) in columns.iter().enumerate() {
            let (here, there) = (&here[column], &there[column]);
            if !heading.as_str().is_some_and(is_time) && here != there {
                let place = format!("row {}, column {heading}", row + 1);
                found.push(format!(
                    "the table `{name}`, {place}: {here} here, {there} in the book"
                ));
            }
        }
    }
    found
}

/// Whether a column of this name holds times or speeds, which differ from machine to
/// machine.
fn is_time(heading: &str) -> bool {
    const UNITS: [&str; 6] =
        ["seconds", "milliseconds", "microseconds", "ns", "GB/s", "GFLOP/s"];
    let mut words =
        heading.split(|letter: char| !letter.is_alphanumeric() && letter != '/');
    words.any(|word| UNITS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::differences;
    use serde_json::{Value, json};

    fn run(text: &str, time: &str, row: &str, seeds: u64) -> Value {
        json!({
            "mode": "quick", "seeds": (0..seeds).collect::<Vec<_>>(),
            "numbers": { "a": { "text": text, "timing": false }, "t": { "text": time, "timing": true } },
            "tables": { "x": { "columns": ["m"], "rows": [[row]] } },
        })
    }

    #[test]
    fn numbers_and_rows_are_compared_and_times_are_not() {
        let book = run("1.0", "3.1", "r", 3);
        assert_eq!(differences(&run("1.0", "9.9", "r", 3), &book), Ok(vec![]));
        assert_eq!(differences(&run("1.1", "3.1", "r", 3), &book).unwrap().len(), 1);
        assert_eq!(
            differences(&run("1.0", "3.1", "s", 3), &book).unwrap(),
            [r#"the table `x`, row 1, column "m": "s" here, "r" in the book"#]
        );
        assert!(
            differences(&run("1.0", "3.1", "r", 4), &book).unwrap_err().contains("seeds")
        );
        let mut lacking = book.clone();
        lacking["numbers"].as_object_mut().unwrap().remove("a");
        assert_eq!(differences(&lacking, &book).unwrap().len(), 1);
        assert_eq!(differences(&book, &lacking).unwrap().len(), 1);
    }

    /// A run with this one table.
    fn table(columns: [&str; 2], rows: &[[&str; 2]]) -> Value {
        let mut run = run("1.0", "3.1", "r", 3);
        run["tables"] = json!({ "x": { "columns": columns, "rows": rows } });
        run
    }

    #[test]
    fn a_column_of_seconds_hides_no_other() {
        let columns = ["error", "seconds per step"];
        let book = table(columns, &[["1", "0.1"], ["2", "0.2"]]);
        let told = |run: &Value| differences(run, &book).unwrap();
        assert_eq!(told(&table(columns, &[["1", "0.9"], ["2", "0.8"]])), [""; 0]);
        let wrong = told(&table(columns, &[["1", "0.1"], ["3", "0.2"]]));
        let expected = r#"row 2, column "error": "3" here, "2" in the book"#;
        assert!(wrong.len() == 1 && wrong[0].contains(expected), "{wrong:?}");
        assert!(told(&table(columns, &[["1", "0.1"]]))[0].contains("rows: 1 here, 2 in"));
        let renamed = table(["loss", "seconds per step"], &[["1", "0.1"], ["2", "0.2"]]);
        assert!(told(&renamed)[0].contains("other columns"));
    }

    #[test]
    fn a_heading_with_a_unit_of_time_is_told_from_others() {
        for heading in ["seconds", "ns per element", "copy, GB/s", "milliseconds (range)"]
        {
            assert!(super::is_time(heading), "{heading}");
        }
        for heading in ["runs", "error", "nsx", "GB", "seconds/2"] {
            assert!(!super::is_time(heading), "{heading}");
        }
    }

    #[test]
    fn a_table_that_one_side_lacks_is_told_of() {
        let book = run("1.0", "3.1", "r", 3);
        let mut lacking = book.clone();
        lacking["tables"] = json!({});
        let told = |ours, theirs| differences(ours, theirs).unwrap();
        assert_eq!(told(&lacking, &book), ["the table `x` is only in the book"]);
        assert_eq!(told(&book, &lacking), ["the table `x` is only here"]);
    }
}
