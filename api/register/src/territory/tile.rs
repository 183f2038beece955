//! `Tile`: where a safety region or a municipality stands on a map of squares.

use async_graphql::{Context, Result, SimpleObject};

use super::lookup::TileByPlace;
use crate::sources::schema::Source;
use graphql::index::index;

/// A square on a map of tiles of our own design: one map of the safety regions, one of the present
/// municipalities, on which every square stands near its true place. NL: tegel.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct Tile {
    /// The row, from 0 at the north. NL: rij.
    row: i32,
    /// The column, from 0 at the west. NL: kolom.
    column: i32,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

/// Which of the two maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TileMap {
    Regions,
    Municipalities,
}

impl TileMap {
    fn code(self) -> &'static str {
        match self {
            Self::Regions => "REGION",
            Self::Municipalities => "MUNICIPALITY",
        }
    }
}

/// The square of a code on a map; none for what does not stand on it.
pub(super) async fn tile_of(ctx: &Context<'_>, map: TileMap, code: &str) -> Result<Option<Tile>> {
    let tiles = index::<TileByPlace>(ctx).await?;
    let own = tiles.first_of((map.code(), code));
    Ok(own.map(|tile| Tile {
        row: tile.tile_row,
        column: tile.tile_column,
        source: crate::source_of!(tile),
    }))
}
