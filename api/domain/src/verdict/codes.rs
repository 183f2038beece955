//! Closed lists of verdicts beside those that the rules read: see `facts` and `grounds`.

use crate::code_list::code_list;

code_list! {
    /// When a verdict was judged. NL: moment van beoordelen.
    pub enum VerdictRun {
        /// While the period was open: the verdict that counts, and that a closed period keeps. NL:
        /// binnen de periode.
        InPeriod = "IN_PERIOD", "Binnen de periode", "In the period",
            "Terwijl de periode open was: dit oordeel telt, en een gesloten periode behoudt het.";
        /// After the period had closed: it stands beside. NL: na sluiting.
        AfterClosing = "AFTER_CLOSING", "Na sluiting", "After closing",
            "Nadat de periode was gesloten: dit oordeel staat ernaast.";
    }
}
