//! What of a series is drawn: its unbroken pieces, with no more points than can be seen,
//! and its markers.

use crate::axis::Axis;
use crate::pen::{MARKER, Point};
use crate::results::Series;

/// The series' points in drawn coordinates, cut where one has no place.
pub fn pieces(series: &Series, x: &Axis, y: &Axis) -> Vec<Vec<(f64, f64)>> {
    let drawn =
        series.points.iter().map(|point| Some((x.draw(point.0?)?, y.draw(point.1?)?)));
    let drawn: Vec<_> = drawn.collect();
    let pieces = drawn.split(Option::is_none).filter(|piece| !piece.is_empty());
    pieces.map(|piece| piece.iter().flatten().copied().collect()).collect()
}

/// At most 2000 points: of each stretch the first, the lowest and the highest, so that no
/// spike is lost.
pub fn thin(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    const MOST: usize = 2000;
    if points.len() <= MOST {
        return points.to_vec();
    }
    let stretch = points.len().div_ceil(MOST / 3);
    let keep = |part: &[(f64, f64)]| {
        let by_height = |a: &usize, b: &usize| part[*a].1.total_cmp(&part[*b].1);
        let lowest = (0..part.len()).min_by(by_height).unwrap_or(0);
        let highest = (0..part.len()).max_by(by_height).unwrap_or(0);
        let mut kept = vec![0, lowest, highest];
        kept.sort_unstable();
        kept.dedup();
        kept.into_iter().map(|index| part[index]).collect::<Vec<_>>()
    };
    let mut kept: Vec<_> =
        points[..points.len() - 1].chunks(stretch).flat_map(keep).collect();
    kept.extend(points.last());
    kept
}

/// The points that stand clear of the one before.
pub fn apart(piece: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for point in piece {
        let clear = |last: &Point| {
            f64::from(point.0 - last.0).hypot(f64::from(point.1 - last.1)) > 1.5 * MARKER
        };
        if kept.last().is_none_or(clear) {
            kept.push(*point);
        }
    }
    kept
}

/// Places at even distances along a line. Series begin at different distances, so that
/// lines that coincide still show all their markers.
pub fn spaced(piece: &[Point], index: usize) -> Vec<Point> {
    let spacing = 1100.0;
    let mut places = Vec::new();
    let mut next = 150.0 + spacing * (index as f64 * 0.37).fract();
    let mut travelled = 0.0;
    for pair in piece.windows(2) {
        let (dx, dy) =
            (f64::from(pair[1].0 - pair[0].0), f64::from(pair[1].1 - pair[0].1));
        let length = dx.hypot(dy);
        while length > 0.0 && travelled + length >= next {
            let part = (next - travelled) / length;
            places.push((
                pair[0].0 + (dx * part).round() as i32,
                pair[0].1 + (dy * part).round() as i32,
            ));
            next += spacing;
        }
        travelled += length;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Scale, Style};

    #[test]
    fn a_point_that_is_not_finite_breaks_the_line() {
        let axis = |scale| Axis { scale, range: (0.0, 4.0) };
        let points = [(0.0, 1.0), (1.0, 2.0), (2.0, f64::NAN), (3.0, 4.0), (4.0, -1.0)];
        let points =
            points.map(|(x, y): (f64, f64)| (Some(x), Some(y).filter(|y| y.is_finite())));
        let series =
            Series { name: "a".into(), style: Style::Line, points: points.to_vec() };
        let pieces = pieces(&series, &axis(Scale::Linear), &axis(Scale::Log));
        assert_eq!(pieces.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(pieces[1], [(3.0, 4f64.log10())]);
    }

    #[test]
    fn thinning_keeps_ends_and_spikes() {
        let mut points: Vec<(f64, f64)> =
            (0..100_000).map(|i| (f64::from(i), 0.0)).collect();
        points[54_321].1 = 9.0;
        points[12_345].1 = -9.0;
        let thinned = thin(&points);
        assert!(thinned.len() <= 2000, "{}", thinned.len());
        assert!(
            thinned.contains(&(54_321.0, 9.0)) && thinned.contains(&(12_345.0, -9.0))
        );
        assert_eq!((thinned[0], thinned[thinned.len() - 1]), (points[0], points[99_999]));
        assert!(thinned.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(thin(&points[..2000]).len(), 2000);
    }

    #[test]
    fn markers_stand_apart_and_the_series_take_turns() {
        assert_eq!(apart(&[(0, 0), (10, 0), (100, 0), (110, 0)]), [(0, 0), (100, 0)]);
        let line = [(0, 0), (5000, 0)];
        assert_eq!(
            spaced(&line, 0),
            [(150, 0), (1250, 0), (2350, 0), (3450, 0), (4550, 0)]
        );
        assert!(spaced(&line, 1).iter().all(|place| !spaced(&line, 0).contains(place)));
    }
}
