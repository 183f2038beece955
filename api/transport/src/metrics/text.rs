//! The text format of Prometheus: a family is a help and a type, and its lines follow them.

use std::fmt::{Display, Write as _};

/// A text that families and lines are added to.
#[derive(Debug, Default)]
pub(super) struct Text(String);

/// A metric without labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Metric {
    name: &'static str,
    kind: &'static str,
    help: &'static str,
    value: String,
}

/// What only grows.
pub(super) fn counter(name: &'static str, help: &'static str, value: impl Display) -> Metric {
    Metric {
        name,
        kind: "counter",
        help,
        value: value.to_string(),
    }
}

/// What goes up and down.
pub(super) fn gauge(name: &'static str, help: &'static str, value: impl Display) -> Metric {
    Metric {
        name,
        kind: "gauge",
        help,
        value: value.to_string(),
    }
}

// Writing to a String cannot fail.
impl Text {
    pub(super) fn family(&mut self, name: &str, kind: &str, help: &str) {
        writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}").ok();
    }

    /// Labels hold no quotation mark, backslash or line end: they come from lists of our own.
    pub(super) fn line(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        self.0.push_str(name);
        for (at, (label, text)) in labels.iter().enumerate() {
            let before = if at == 0 { '{' } else { ',' };
            write!(self.0, "{before}{label}=\"{text}\"").ok();
        }
        if !labels.is_empty() {
            self.0.push('}');
        }
        writeln!(self.0, " {value}").ok();
    }

    pub(super) fn metric(&mut self, metric: &Metric) {
        self.family(metric.name, metric.kind, metric.help);
        self.line(metric.name, &[], &metric.value);
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_labels_and_its_value() {
        let mut text = Text::default();
        text.family("a_total", "counter", "Some.");
        text.line("a_total", &[("b", "/c"), ("d", "e")], 2);
        text.metric(&gauge("f_seconds", "Others.", 0.25));
        text.metric(&gauge("g_bytes", "Whole.", 3.0));
        assert_eq!(
            text.finish(),
            "# HELP a_total Some.\n# TYPE a_total counter\na_total{b=\"/c\",d=\"e\"} 2\n\
             # HELP f_seconds Others.\n# TYPE f_seconds gauge\nf_seconds 0.25\n\
             # HELP g_bytes Whole.\n# TYPE g_bytes gauge\ng_bytes 3\n"
        );
    }
}
