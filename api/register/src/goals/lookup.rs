//! By what goals, their targets and their measurements are looked up.

graphql::index_key! {
    /// Goals by plan version, line and number.
    pub(super) GoalByNumber<'a> of operational_goal by (&'a str, i32, i32) =
        |row| (&row.plan, row.line, row.number);

    /// Goals by plan version and line.
    pub(super) GoalByLine<'a> of operational_goal by (&'a str, i32) = |row| (&row.plan, row.line);

    /// Targets by goal.
    pub(super) TargetByGoal<'a> of goal_target by (&'a str, i32, i32) =
        |row| (&row.plan, row.line, row.goal);

    /// Served goals by action.
    pub(super) ServiceByAction<'a> of action_goal by (&'a str, i32) =
        |row| (&row.plan, row.number);

    /// Serving actions by goal.
    pub(super) ServiceByGoal<'a> of action_goal by (&'a str, i32, i32) =
        |row| (&row.plan, row.line, row.goal);

    /// Links between plan versions by the later goal.
    pub(super) LineageByLater<'a> of goal_lineage by (&'a str, i32, i32) =
        |row| (&row.to_plan, row.to_line, row.to_goal);

    /// Links between plan versions by the earlier goal.
    pub(super) LineageByEarlier<'a> of goal_lineage by (&'a str, i32, i32) =
        |row| (&row.from_plan, row.from_line, row.from_goal);

    /// Measurements by key.
    pub(super) MeasurementByKey<'a> of measurement by &'a str = |row| &row.key;

    /// Measurements by action.
    pub(super) MeasurementByAction<'a> of measurement by (&'a str, Option<i32>) =
        |row| (&row.plan, row.action);

    /// Measurements by goal.
    pub(super) MeasurementByGoal<'a> of measurement by (&'a str, Option<i32>, Option<i32>) =
        |row| (&row.plan, row.line, row.goal);
}
