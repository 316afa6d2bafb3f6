//! The JSON Schema of the issue format.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema, schema_for};
use serde_json::{Value, json};

use crate::rich_text_json::{
    HeadingBlock, ImageBlock, Item, ListBlock, MarkedRun, PreBlock, QuoteBlock, TableBlock,
};
use crate::{Block, Issue, Run};

/// Returns the JSON Schema of the issue format, for editors and other programs that write issues.
///
/// It describes the shape. [`Issue::find_problems`] has the rules that a schema cannot express.
#[must_use]
pub fn json_schema() -> Schema {
    let mut schema = schema_for!(Issue);
    // `Issue` ignores it, so it has no field for it.
    let view = json!({
        "description": "The first view, which `digest-press build` adds: the widget's drawing of the issue as \
            data, for the widget's loader. An issue without it is drawn a little later.",
        "type": "object",
        "properties": {
            "strings": {
                "description": "For each language of the interface the texts that depend on it; the first one is \
                    its tag.",
                "type": "array",
                "items": { "type": "array", "items": { "type": "string" } },
            },
            "root": {
                "description": "An element: its tag, its attributes, and its children, which are elements, \
                    texts, or numbers of texts in `strings`.",
                "type": "array",
            },
        },
        "required": ["strings", "root"],
    });
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.insert("view".to_owned(), view);
    }
    schema
}

impl JsonSchema for Run {
    fn schema_name() -> Cow<'static, str> {
        "Run".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let marked = generator.subschema_for::<MarkedRun<'_>>();
        json_schema!({
            "description": "A piece of text in one style: a string, or an object if it is marked or linked.",
            "anyOf": [{ "type": "string" }, marked],
        })
    }
}

impl JsonSchema for Block {
    fn schema_name() -> Cow<'static, str> {
        "Block".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kinds = [
            generator.subschema_for::<Vec<Run>>(),
            generator.subschema_for::<ListBlock<'_>>(),
            generator.subschema_for::<QuoteBlock<'_>>(),
            generator.subschema_for::<PreBlock<'_>>(),
            generator.subschema_for::<TableBlock<'_>>(),
            generator.subschema_for::<HeadingBlock<'_>>(),
            generator.subschema_for::<ImageBlock<'_>>(),
        ];
        json_schema!({
            "description": "A paragraph, as an array of runs, or an object for any other block.",
            "anyOf": kinds,
        })
    }
}

impl JsonSchema for Item<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Item".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let run = generator.subschema_for::<Run>();
        let block = generator.subschema_for::<Block>();
        json_schema!({
            "description": "An item of a list: the runs of its first paragraph, then blocks.",
            "type": "array",
            "items": { "anyOf": [run, block] },
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::{Value, json};

    use super::*;

    const PUBLISHED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/issue-1.schema.json");

    #[test]
    fn published_schema_is_current() {
        let fresh = serde_json::to_string_pretty(&json_schema()).unwrap() + "\n";
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(PUBLISHED, &fresh).unwrap();
        }
        let published = fs::read_to_string(PUBLISHED).unwrap();
        assert_eq!(published, fresh, "run this test again with UPDATE_GOLDEN=1");
    }

    #[test]
    fn schema_accepts_our_issues_and_rejects_other_shapes() {
        let schema = jsonschema::validator_for(json_schema().as_value()).unwrap();
        let good = json!({
            "format": 1, "id": "digest-1.5", "title": "Digest", "volume": "1.5", "date": "2022-03-11",
            "lang": "en", "image": { "credit": { "text": "Japan Times" } },
            "headlines": [{ "id": "radar", "text": "Radar", "detail": [
                ["It was ", { "text": "completed", "strong": true, "href": "https://example.com/" }],
                { "list": [["one", { "list": [["a"]], "start": 2 }], [{ "text": "two", "em": true }]] },
                { "quote": [["quoted"]] }, { "pre": ["a\n  b"] }, { "heading": ["More"] },
                { "table": [[["1"], ["2"]]], "head": [["A"], ["B"]] },
                { "image": { "src": "a.png", "alt": "A", "caption": ["B"] } },
            ] }],
        });
        assert!(schema.is_valid(&good));
        let written = serde_json::to_value(Issue::decode(|| &good).unwrap()).unwrap();
        assert_eq!(written, good);
        for (pointer, value) in [
            ("/format", json!(2)),
            ("/volume", json!(1.5)),
            ("/date", json!(20220311)),
            ("/headlines/0/detail/0", json!("text")),
            ("/headlines/0/detail/0/1/strong", json!("yes")),
            ("/headlines/0/detail/1/list/0", json!("one")),
            ("/headlines/0/detail/2/quote", json!(["text"])),
            ("/headlines/0/detail/3/pre", json!("a")),
            ("/headlines/0/detail/5/table/0", json!(["1"])),
            ("/headlines/0/detail/6/image/caption", json!("B")),
            ("/headlines/0", json!({ "id": "radar" })),
        ] {
            let mut document: Value = good.clone();
            *document.pointer_mut(pointer).unwrap() = value;
            assert!(!schema.is_valid(&document), "{pointer}");
        }
    }
}
