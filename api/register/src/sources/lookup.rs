//! By what documents, what they cite and what parliament asked are looked up.

graphql::index_key! {
    /// Documents by key.
    pub(super) DocumentByKey<'a> of source_document by &'a str = |row| &row.key;

    /// Citations by the document that cites.
    pub(super) CitationByDocument<'a> of reference_citation by Option<&'a str> =
        |row| row.source_document.as_deref();

    /// Decisions on data by document.
    pub(super) DecisionByDocument<'a> of data_decision by Option<&'a str> =
        |row| row.source_document.as_deref();

    /// Motions by key.
    pub(super) MotionByKey<'a> of motion by &'a str = |row| &row.key;

    /// Answers by motion.
    pub(super) AnswerByMotion<'a> of motion_answer by &'a str = |row| &row.motion;

    /// Answers by action.
    pub(super) AnswerByAction<'a> of motion_answer by (&'a str, Option<i32>) =
        |row| (&row.plan, row.number);
}
