//! `Position`: a position in the ledger, as clients keep it and hand it back.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use domain::ledger::position;

/// A position in the ledger, as text to keep and to hand back: an event that is received says from
/// which one to go on after it. Make none yourself. A whole number of version 1.0.0-rc.1 is taken
/// as well, and answered by positions. `POSITION_LOST` for what is ahead of the ledger, or of a
/// state from before a backup was restored: then fetch everything anew. NL: positie in het
/// grootboek.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position(pub position::Position);

/// A position in the ledger, as text to keep and to hand back: an event that is received says from
/// which one to go on after it. Make none yourself. A whole number of version 1.0.0-rc.1 is taken
/// as well, and answered by positions. `POSITION_LOST` for what is ahead of the ledger, or of a
/// state from before a backup was restored: then fetch everything anew. NL: positie in het
/// grootboek.
#[Scalar(name = "Position")]
impl ScalarType for Position {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => position::Position::parse(text)
                .map(Self)
                .ok_or_else(|| InputValueError::custom("a position is handed back as it came")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<position::Position> for Position {
    fn from(position: position::Position) -> Self {
        Self(position)
    }
}
