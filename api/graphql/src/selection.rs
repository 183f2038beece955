//! What a document selects below a field, for resolvers that read what it takes and no more.

use async_graphql::{Context, SelectionField};

/// Whether a field of one of these names is selected below that of a resolver, however deep. A name
/// that another type bears too makes it true once too often, never once too seldom.
pub fn selects(ctx: &Context<'_>, names: &[&str]) -> bool {
    is_below(&ctx.field(), names)
}

fn is_below(field: &SelectionField<'_>, names: &[&str]) -> bool {
    let mut below = field.selection_set();
    below.any(|field| names.contains(&field.name()) || is_below(&field, names))
}

#[cfg(test)]
mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Object, Request, Schema, SimpleObject};

    use super::*;

    #[derive(SimpleObject, Clone)]
    struct Leaf {
        label: String,
        deep: bool,
    }

    struct Tree {
        leaf: Leaf,
    }

    #[Object]
    impl Tree {
        async fn leaf(&self) -> &Leaf {
            &self.leaf
        }

        async fn name(&self) -> &str {
            "tree"
        }
    }

    struct Query;

    #[Object]
    impl Query {
        /// The label says what is selected.
        async fn tree(&self, ctx: &Context<'_>) -> Tree {
            Tree {
                leaf: Leaf {
                    label: "label".to_owned(),
                    deep: selects(ctx, &["label", "other"]),
                },
            }
        }
    }

    async fn deep(document: &str) -> bool {
        let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
        let answer = schema.execute(Request::new(document)).await;
        let data = answer.into_result().unwrap().data.into_json().unwrap();
        data["tree"]["leaf"]["deep"].as_bool().unwrap()
    }

    #[tokio::test]
    async fn a_name_is_found_however_deep_and_by_whatever_alias() {
        assert!(deep("{ tree { name leaf { deep label } } }").await);
        assert!(deep("{ tree { leaf { deep word: label } } }").await);
        assert!(deep("{ tree { ... on Tree { leaf { deep ... { label } } } } }").await);
        let spread = "{ tree { ...All } } fragment All on Tree { leaf { deep label } }";
        assert!(deep(spread).await);
    }

    #[tokio::test]
    async fn a_name_that_is_not_below_is_not_found() {
        assert!(!deep("{ tree { name leaf { deep } } }").await);
        assert!(!deep("{ tree { leaf { label: deep deep } } }").await);
    }
}
