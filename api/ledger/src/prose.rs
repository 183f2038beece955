//! Which columns of facts hold prose: words that people write or that a source prints, in which a
//! person can be named, so that the law can have them blanked (see [`crate::blank`]).
//!
//! The one list of them. Every table of facts stands here, one without prose of its own too: what a
//! reader should know of a row (`note`) all of them have. Free texts stand apart from facts and in
//! no list. A test holds the list against the catalogue: a text column that is neither here nor
//! among those that hold no prose, each with its reason, fails it; another holds the inputs of the
//! contract against both.

/// What every table of facts has: what a reader should know of a row.
const NOTE: &str = "note";

/// The tables of facts, each with its own columns that hold prose. Of redactions none: what they
/// say is the operator's, and says why something is gone.
const PROSE: &[(&str, &[&str])] = &[
    (
        "action",
        &["title_nl", "title_en", "end_reason_nl", "end_reason_en"],
    ),
    ("action_goal", &[]),
    (
        "action_line",
        &["title_nl", "title_en", "short_title_nl", "narrative_nl"],
    ),
    ("action_lineage", &[]),
    ("action_partner", &["text_nl"]),
    ("action_phase", &["title_nl", "title_en"]),
    ("action_reference", &["text_nl", "footnote"]),
    ("action_relation", &["text_nl"]),
    (
        "action_result",
        &["qualifier_text", "unit_nl", "unit_en", "summary_en"],
    ),
    ("action_theme", &[]),
    ("action_title", &["title_nl"]),
    ("action_year", &[]),
    (
        "activity",
        &["place_nl", "audience_nl", "text_nl", "text_en"],
    ),
    ("adjacent_policy", &["title_nl", "title_en", "text_nl"]),
    ("answer", &[]),
    ("area", &[]),
    ("area_membership", &[]),
    ("assessment_version", &["approved_by_function"]),
    ("assessment_withdrawal", &[]),
    ("budget_cell", &["title_nl"]),
    ("building_block", &["title_nl", "title_en"]),
    (
        "criterion",
        &["title_nl", "title_en", "text_nl", "text_en", "basis_note"],
    ),
    ("criterion_lineage", &[]),
    ("criterion_remark", &[]),
    (
        "data_decision",
        &["printed", "taken_as", "reason_nl", "reason_en"],
    ),
    ("deadline_extension", &[]),
    ("edition_consultation", &[]),
    ("effect_indicator", &["text_nl", "text_en"]),
    (
        "event",
        &[
            "title_nl",
            "title_en",
            "text_nl",
            "printed_participants_text",
        ],
    ),
    ("event_participant", &["printed"]),
    ("evidence", &["address"]),
    (
        "exploitation_form",
        &["title_nl", "title_en", "text_nl", "text_en"],
    ),
    ("framework_edition", &["title_nl", "title_en"]),
    ("function_assignment", &["organisation_nl", "text_nl"]),
    ("function_registrar", &[]),
    (
        "function_role",
        &[
            "title_nl",
            "title_en",
            "does_nl",
            "does_en",
            "does_not_nl",
            "does_not_en",
        ],
    ),
    ("function_vacancy", &["text_nl"]),
    ("funding", &["title_nl", "title_en", "text_nl"]),
    ("goal_lineage", &["change_nl", "change_en"]),
    ("goal_target", &["unit_nl", "unit_en", "text_nl"]),
    ("intended_effect", &["text_nl", "text_en"]),
    (
        "known_difference",
        &["published", "computed", "reason_nl", "reason_en"],
    ),
    ("known_gap", &["text_nl", "text_en"]),
    (
        "measurement",
        &["group_nl", "group_en", "unit_nl", "unit_en", "summary_en"],
    ),
    ("milestone", &["text_nl", "text_en"]),
    ("monitoring_round", &["title_nl", "title_en"]),
    (
        "motion",
        &["title_nl", "title_en", "reference", "asks_nl", "asks_en"],
    ),
    ("motion_answer", &["text_nl", "text_en"]),
    ("municipality", &[]),
    (
        "national_figure",
        &[
            "title_nl",
            "title_en",
            "unit_nl",
            "unit_en",
            "stated_by",
            "text_nl",
            "reason_nl",
            "reason_en",
        ],
    ),
    ("obligation", &["unit_nl", "unit_en", "text_nl", "text_en"]),
    ("on_behalf_answer", &[]),
    ("on_behalf_filling", &[]),
    ("operational_goal", &["text_nl", "text_en"]),
    ("partner", &["name", "name_en", "aliases", "website"]),
    ("partner_mention", &["printed", "text_nl"]),
    ("plan_step", &["text_nl", "text_en"]),
    ("plan_theme", &["title_nl", "title_en"]),
    ("plan_version", &["title_nl", "title_en"]),
    ("planned_reorganisation", &[]),
    ("policy_adoption", &["reference"]),
    ("policy_declaration", &[]),
    (
        "policy_document",
        &["title_nl", "area_name", "ends_on_text", "reference"],
    ),
    ("policy_provision", &["group_nl", "text_nl", "text_en"]),
    ("proposal", &["title_nl", "title_en"]),
    ("publication", &[]),
    ("publication_content", &["lines"]),
    ("publication_file", &[]),
    ("publication_note", &[]),
    ("publication_response", &[]),
    ("publication_verdict", &[]),
    ("published_count", &[]),
    ("published_criterion_count", &[]),
    ("published_municipality_count", &[]),
    ("published_verdict", &[]),
    ("published_verdict_count", &[]),
    ("question_reply", &[]),
    ("reference_citation", &["text_nl", "about_nl", "about_en"]),
    ("regional_answer", &[]),
    ("regional_bottleneck", &[]),
    ("regional_decision", &[]),
    ("regional_evidence", &["address"]),
    ("regional_meeting", &[]),
    ("regional_report", &[]),
    ("regional_report_review", &[]),
    ("regional_review", &[]),
    ("reorganisation", &[]),
    ("reporting_period", &[]),
    (
        "reporting_point",
        &["name_nl", "name_en", "address", "text_nl", "text_en"],
    ),
    ("reporting_region", &[]),
    (
        "reporting_step",
        &[
            "audience_nl",
            "audience_en",
            "address",
            "text_nl",
            "text_en",
        ],
    ),
    ("review_decision", &[]),
    ("review_question", &[]),
    ("round_exclusion", &[]),
    ("round_report", &["delay_amount_text", "delay_cause_nl"]),
    (
        "source_document",
        &["title_nl", "title_en", "reference", "file"],
    ),
    ("status_report", &["delay_amount_text", "delay_cause_nl"]),
    ("submission_mandate", &[]),
    ("theme", &["title_nl", "title_en"]),
    ("tile", &[]),
    ("unnamed_party", &["printed", "text_nl"]),
    ("verdict_rerun", &[]),
    ("verdict_span", &[]),
];

/// The tables of facts, each with its columns that hold prose.
pub fn tables() -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    PROSE.iter().map(|(table, own)| {
        let columns = std::iter::once(NOTE).chain(own.iter().copied());
        (*table, columns)
    })
}

/// The names of a table and of its column, as the list has them; none when it holds no prose.
pub fn find(table: &str, column: &str) -> Option<(&'static str, &'static str)> {
    tables()
        .find(|(name, _)| *name == table)
        .and_then(|(name, mut columns)| Some((name, columns.find(|name| *name == column)?)))
}
