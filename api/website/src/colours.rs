//! The colours of statuses, measured: each stands out from the page, or by its edge, in light and in dark; and any two are
//! told apart by eyes that lack a kind of cone. Without any colour patterns and numbers tell them apart.

use crate::{
    drawing::{EDGE, fill_of},
    picture,
};

/// The classes of fills.
const CLASSES: [&str; 6] = [
    "completed",
    "in-progress",
    "delayed",
    "ongoing",
    "not-started",
    "outside",
];
/// The page and the edge of fills, in light and in dark.
const SCHEMES: [(&str, &str); 2] = [("#ffffff", EDGE), ("#16191d", "#ececec")];
/// What graphics must have against what lies beside them (WCAG 2.2, 1.4.11).
const CONTRAST: f64 = 3.0;
/// Two fills side by side are plainly different at this distance in CIE L*a*b*; a difference of 2 is just seen.
const DISTANCE: f64 = 12.0;

/// How colours look to eyes without a kind of cone (Machado, Oliveira and Fernandes, 2009, severity 1), in linear light.
const EYES: [(&str, [[f64; 3]; 3]); 4] = [
    (
        "all cones",
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

type Light = [f64; 3];

/// A colour as in `#154273` in linear light.
fn light(colour: &str) -> Light {
    let channel = |at: usize| {
        let value = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    [channel(1), channel(3), channel(5)]
}

fn luminance([red, green, blue]: Light) -> f64 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The contrast of two colours by WCAG.
fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(light(one)), luminance(light(other)));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn seen(by: &[[f64; 3]; 3], colour: Light) -> Light {
    by.map(|row| {
        let sum: f64 = row
            .iter()
            .zip(colour)
            .map(|(share, part)| share * part)
            .sum();
        sum.clamp(0.0, 1.0)
    })
}

/// A colour in CIE L*a*b*, under the white of D65.
fn lab(colour: Light) -> [f64; 3] {
    let [red, green, blue] = colour;
    let x = 0.4124 * red + 0.3576 * green + 0.1805 * blue;
    let z = 0.0193 * red + 0.1192 * green + 0.9505 * blue;
    let bent = |value: f64| {
        if value > 0.008_856 {
            value.cbrt()
        } else {
            7.787 * value + 16.0 / 116.0
        }
    };
    let (x, y, z) = (bent(x / 0.9505), bent(luminance(colour)), bent(z / 1.089));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn distance(one: Light, other: Light) -> f64 {
    let parts = lab(one).into_iter().zip(lab(other));
    parts.map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

/// All pairs of classes.
fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = CLASSES.iter().enumerate();
    all.flat_map(|(at, one)| CLASSES[..at].iter().map(move |other| (*one, *other)))
}

#[test]
fn a_fill_or_its_edge_stands_out_from_the_page() {
    for (paper, edge) in SCHEMES {
        assert!(contrast(paper, edge) >= CONTRAST, "{edge} on {paper}");
        for class in CLASSES {
            let fill = fill_of(class);
            let best = contrast(fill, paper).max(contrast(fill, edge));
            assert!(best >= CONTRAST, "{class} on {paper}: {best:.2}");
        }
        let token = format!("--stm-edge:{edge}");
        assert!(crate::STYLE.contains(&token), "{token}");
    }
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
}

#[test]
fn any_two_fills_differ_without_a_kind_of_cone() {
    for (eyes, by) in EYES {
        for (one, other) in pairs() {
            let [first, second] = [one, other].map(|class| seen(&by, light(fill_of(class))));
            let apart = distance(first, second);
            assert!(apart >= DISTANCE, "{one}, {other}, {eyes}: {apart:.1}");
        }
    }
    assert_eq!(pairs().count(), 15);
}

#[test]
fn without_colour_patterns_tell_fills_apart() {
    let patterns = picture::patterns_of_all().into_string();
    for (one, other) in pairs() {
        // Of two without a pattern one is dark and one is light.
        let both_plain = !picture::has_pattern(one) && !picture::has_pattern(other);
        let apart = contrast(fill_of(one), fill_of(other));
        assert!(
            !both_plain || apart >= CONTRAST,
            "{one}, {other}: {apart:.2}"
        );
    }
    let lines = patterns.split(" d=\"").skip(1);
    let mut lines: Vec<&str> = lines.filter_map(|rest| rest.split('"').next()).collect();
    lines.sort_unstable();
    lines.dedup();
    let with_pattern = CLASSES.iter().filter(|class| picture::has_pattern(class));
    assert_eq!(lines.len(), with_pattern.count());
}
