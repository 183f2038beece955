//! By what the rows of the plan are looked up: most by their action, which is a plan version and a
//! number.

use sea_orm::prelude::Uuid;

graphql::index_key! {
    /// Actions by key.
    pub(super) ActionByKey<'a> of action by &'a str = |row| &row.subject_key;

    /// Actions by plan version and number.
    pub(super) ActionByNumber<'a> of action by (&'a str, i32) = |row| (&row.plan, row.number);

    /// Actions by plan version and line.
    pub(super) ActionByLine<'a> of action by (&'a str, i32) = |row| (&row.plan, row.line);

    /// Lines by key.
    pub(super) LineByKey<'a> of action_line by &'a str = |row| &row.subject_key;

    /// Lines by plan version and number.
    pub(super) LineByNumber<'a> of action_line by (&'a str, i32) =
        |row| (&row.plan, row.number);

    /// Status reports by action.
    pub(super) ReportByAction<'a> of status_report by (&'a str, i32) =
        |row| (&row.plan, row.action);

    /// What became of status reports that were written here, by the row of the report.
    pub(super) OriginByReport<'a> of status_origin by Uuid = |row| row.id;

    /// Actions that a round leaves out, by action.
    pub(super) ExclusionByAction<'a> of round_exclusion by (&'a str, i32) =
        |row| (&row.plan, row.action);

    /// Printed counts by round and line.
    pub(super) CountByPlace<'a> of published_count by (&'a str, &'a str) =
        |row| (&row.round, &row.line);

    /// Titles by action.
    pub(super) TitleByAction<'a> of action_title by (&'a str, i32) =
        |row| (&row.plan, row.number);

    /// What is printed of years, by action.
    pub(super) YearByAction<'a> of action_year by (&'a str, i32) = |row| (&row.plan, row.number);

    /// Links between plan versions by the later action.
    pub(super) LineageByLater<'a> of action_lineage by (&'a str, i32) =
        |row| (&row.to_plan, row.to_number);

    /// Links between plan versions by the earlier action.
    pub(super) LineageByEarlier<'a> of action_lineage by (&'a str, i32) =
        |row| (&row.from_plan, row.from_number);

    /// Touched themes by action.
    pub(crate) ThemeByAction<'a> of action_theme by (&'a str, i32) =
        |row| (&row.plan, row.number);

    /// Themes by code.
    pub(super) ThemeByCode<'a> of plan_theme by &'a str = |row| &row.code;

    /// Phases by action.
    pub(super) PhaseByAction<'a> of action_phase by (&'a str, i32) = |row| (&row.plan, row.number);

    /// Milestones by action.
    pub(super) MilestoneByAction<'a> of milestone by (&'a str, i32) =
        |row| (&row.plan, row.number);

    /// Obligations by action.
    pub(super) ObligationByAction<'a> of obligation by (&'a str, i32) =
        |row| (&row.plan, row.number);

    /// Activities by action.
    pub(super) ActivityByAction<'a> of activity by (&'a str, i32) = |row| (&row.plan, row.number);

    /// Results by action.
    pub(super) ResultByAction<'a> of action_result by (&'a str, i32) =
        |row| (&row.plan, row.number);

    /// References by action.
    pub(super) ReferenceByAction<'a> of action_reference by (&'a str, i32) =
        |row| (&row.plan, row.number);

    /// Texts that facts keep apart, by id.
    pub(super) TextById<'a> of public_text by Uuid = |row| row.id;
}
