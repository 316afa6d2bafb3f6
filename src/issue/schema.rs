use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema, schema_for};

use crate::rich_text::{ListBlock, MarkedRun};
use crate::{Block, Issue, Run};

/// The JSON Schema of the issue format, for editors and other programs that write issues.
///
/// It describes the shape; the rules that a schema cannot say are in [`Issue::problems`].
#[must_use]
pub fn json_schema() -> Schema {
    schema_for!(Issue)
}

impl JsonSchema for Run {
    fn schema_name() -> Cow<'static, str> {
        "Run".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let marked = generator.subschema_for::<MarkedRun>();
        json_schema!({
            "description": "A piece of text in one style: a string, or an object where it is marked or linked.",
            "anyOf": [{ "type": "string" }, marked],
        })
    }
}

impl JsonSchema for Block {
    fn schema_name() -> Cow<'static, str> {
        "Block".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let paragraph = generator.subschema_for::<Vec<Run>>();
        let list = generator.subschema_for::<ListBlock>();
        json_schema!({
            "description": "A paragraph, as an array of runs, or a bulleted list.",
            "anyOf": [paragraph, list],
        })
    }
}
