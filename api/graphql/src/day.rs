//! A part of an answer that is of another day than its document.
//!
//! What a document leads to on another day (a former municipality on its last one) is told with
//! all that hangs under it of that day, as the law of ids wants: `node` would read it so. So below
//! it [`today`](super::context::today) is that day, however far below.

use std::{borrow::Cow, ops::Deref};

use async_graphql::{
    Context, ContextSelectionSet, Data, OutputType, Positioned, ServerResult, Value,
    parser::types::Field, registry::Registry,
};
use chrono::NaiveDate;

/// A thing, and the day that it and all below it is of.
#[derive(Debug, Clone)]
pub struct OnDay<T> {
    day: NaiveDate,
    value: T,
}

/// The day of a part of an answer, as the data of its context.
struct DayOfPart(NaiveDate);

impl<T> OnDay<T> {
    /// A thing as it is on a day.
    pub fn new(day: NaiveDate, value: T) -> Self {
        Self { day, value }
    }
}

impl<T> Deref for OnDay<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// The day of the part of the answer that a resolver belongs to; none where that is the day of the
/// document.
pub(super) fn day_of_part(ctx: &Context<'_>) -> Option<NaiveDate> {
    ctx.data_opt::<DayOfPart>().map(|part| part.0)
}

#[async_graphql::async_trait::async_trait]
impl<T: OutputType> OutputType for OnDay<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.value.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let mut data = Data::default();
        data.insert(DayOfPart(self.day));
        let mut ctx = ctx.clone();
        ctx.execute_data = Some(&data);
        self.value.resolve(&ctx, field).await
    }
}
