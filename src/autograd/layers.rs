//! Where the nodes of a picture stand: in layers, inputs above the nodes that use them.

/// A node's place, or a bend of an edge that passes through a layer.
struct Item {
    layer: usize,
    /// From the middle of the picture.
    x: f64,
    width: f64,
    /// The items above that it is joined to.
    above: Vec<usize>,
}

/// Where everything stands.
pub struct Places {
    /// The middle of each node, from the middle of the picture, and its layer.
    pub nodes: Vec<(f64, usize)>,
    /// For every node the bends of the edge from each of its inputs, from above.
    pub bends: Vec<Vec<Vec<(f64, usize)>>>,
}

/// From one item to the next in a layer.
const GAP: f64 = 40.0;
/// How wide a bend is taken to be.
const BEND: f64 = 20.0;

/// Places nodes of these widths. `inputs[i]` are the inputs of node i, with smaller numbers;
/// a node below all its inputs is in the first layer that allows it, and a leaf just above
/// its first user. Where an edge would pass through other layers it gets a bend in each, so
/// that it runs past the nodes there and not through them.
pub fn layers(widths: &[f64], inputs: &[Vec<usize>]) -> Places {
    let mut layer = vec![0; inputs.len()];
    for (node, inputs) in inputs.iter().enumerate() {
        layer[node] = inputs.iter().map(|input| layer[*input] + 1).max().unwrap_or(0);
    }
    for leaf in (0..inputs.len()).filter(|node| inputs[*node].is_empty()) {
        let users = (0..inputs.len()).filter(|user| inputs[*user].contains(&leaf));
        layer[leaf] = users.map(|user| layer[user] - 1).min().unwrap_or(0);
    }
    let mut items: Vec<Item> = (0..inputs.len())
        .map(|node| Item {
            layer: layer[node],
            x: 0.0,
            width: widths[node],
            above: Vec::new(),
        })
        .collect();
    let mut bends = Vec::new();
    for (node, inputs) in inputs.iter().enumerate() {
        let mut own = Vec::new();
        for input in inputs {
            let (mut chain, mut above) = (Vec::new(), *input);
            for layer in layer[*input] + 1..layer[node] {
                items.push(Item { layer, x: 0.0, width: BEND, above: vec![above] });
                above = items.len() - 1;
                chain.push(above);
            }
            items[node].above.push(above);
            own.push(chain);
        }
        bends.push(own);
    }
    arrange(&mut items);
    let place = |item: &usize| (items[*item].x, items[*item].layer);
    let bends = bends
        .iter()
        .map(|own| own.iter().map(|chain| chain.iter().map(place).collect()).collect())
        .collect();
    Places { nodes: (0..inputs.len()).map(|node| place(&node)).collect(), bends }
}

/// Orders each layer by the mean place of its neighbours, first of those above, then of
/// those below, and so on (the barycentre method of Sugiyama, Tagawa and Toda 1981).
fn arrange(items: &mut [Item]) {
    let last = items.iter().map(|item| item.layer).max().unwrap_or(0);
    let mut rows = vec![Vec::new(); last + 1];
    for (index, item) in items.iter().enumerate() {
        rows[item.layer].push(index);
    }
    rows.iter().for_each(|row| spread(items, row));
    let mut below = vec![Vec::new(); items.len()];
    for (index, item) in items.iter().enumerate() {
        item.above.iter().for_each(|above| below[*above].push(index));
    }
    for round in 0..8 {
        let down = round % 2 == 0;
        for step in 0..=last {
            let row = &mut rows[if down { step } else { last - step }];
            let mean = |index: &usize| {
                let near = if down { &items[*index].above } else { &below[*index] };
                let sum: f64 = near.iter().map(|other| items[*other].x).sum();
                let mean = sum / near.len() as f64;
                (if near.is_empty() { items[*index].x } else { mean }, *index)
            };
            let mut order: Vec<(f64, usize)> = row.iter().map(mean).collect();
            order.sort_by(|a, b| a.0.total_cmp(&b.0));
            *row = order.into_iter().map(|(_, index)| index).collect();
            spread(items, row);
        }
    }
}

/// Side by side, around the middle.
fn spread(items: &mut [Item], row: &[usize]) {
    let widths: f64 = row.iter().map(|index| items[*index].width).sum();
    let mut left = -(widths + GAP * (row.len() as f64 - 1.0)) / 2.0;
    for index in row {
        items[*index].x = left + items[*index].width / 2.0;
        left += items[*index].width + GAP;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_stands_above_its_user_and_no_two_nodes_overlap() {
        // x → u → v, and both x and v into w; y only into w.
        let inputs = [vec![], vec![0], vec![1], vec![], vec![0, 2, 3]];
        let places = layers(&[50.0; 5], &inputs);
        let layer: Vec<usize> = places.nodes.iter().map(|place| place.1).collect();
        assert_eq!(layer, [0, 1, 2, 2, 3]);
        let bends: Vec<usize> = places.bends[4][0].iter().map(|bend| bend.1).collect();
        assert_eq!(bends, [1, 2], "the edge from x passes through two layers");
        let mut all: Vec<(f64, usize, f64)> =
            places.nodes.iter().map(|(x, layer)| (*x, *layer, 25.0)).collect();
        all.extend(places.bends[4][0].iter().map(|(x, layer)| (*x, *layer, BEND / 2.0)));
        for (i, a) in all.iter().enumerate() {
            for b in &all[..i] {
                assert!(a.1 != b.1 || (a.0 - b.0).abs() >= a.2 + b.2, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn edges_that_need_not_cross_do_not() {
        // Two chains whose nodes are made in turn the other way round.
        let inputs = [vec![], vec![], vec![1], vec![0], vec![3], vec![2]];
        let places = layers(&[50.0; 6], &inputs);
        let x = |node: usize| places.nodes[node].0;
        assert!((x(0) < x(1)) == (x(3) < x(2)) && (x(3) < x(2)) == (x(4) < x(5)));
    }

    #[test]
    fn nothing_and_a_single_node_have_places() {
        assert!(layers(&[], &[]).nodes.is_empty());
        assert_eq!(layers(&[80.0], &[vec![]]).nodes, [(0.0, 0)]);
    }
}
