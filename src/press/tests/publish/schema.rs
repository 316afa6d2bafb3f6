//! Built files follow the JSON Schemas of the site.

use serde_json::Value;

use crate::{Workspace, newsletter};

#[test]
fn json_files_follow_the_published_schemas() {
    let workspace = Workspace::new();
    for number in 1..4 {
        let text = newsletter(
            &format!("1.{number}"),
            "Radar",
            "It was [built](https://example.com/) in March.",
        );
        workspace.write(&format!("issues/{number}.md"), &text);
    }
    workspace.build();
    for (schema, file) in [
        ("schema/archive-1.json", "archive.json"),
        ("schema/issue-1.json", "issues/digest-1.1/issue.json"),
        ("schema/issue-1.json", "issues/digest-1.3/issue.json"),
    ] {
        let [schema, json]: [Value; 2] = [schema, file]
            .map(|path| serde_json::from_str(&workspace.read(&format!("site/{path}"))).unwrap());
        let schema = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<_> = schema
            .iter_errors(&json)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{file}");
    }
}
