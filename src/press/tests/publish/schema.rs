use serde_json::Value;

use crate::{LabeledSpan, newsletter};

#[test]
fn what_a_site_says_to_programs_follows_the_schemas_that_it_publishes() {
    let place = LabeledSpan::new();
    for number in 1..4 {
        let text = newsletter(
            &format!("1.{number}"),
            "Radar",
            "It was [built](https://example.com/) in March.",
        );
        place.write(&format!("issues/{number}.md"), &text);
    }
    place.build();
    for (schema, file) in [
        ("schema/archive-1.json", "archive.json"),
        ("schema/issue-1.json", "issues/digest-1.1/issue.json"),
        ("schema/issue-1.json", "issues/digest-1.3/issue.json"),
    ] {
        let [schema, json]: [Value; 2] = [schema, file]
            .map(|path| serde_json::from_str(&place.read(&format!("site/{path}"))).unwrap());
        let schema = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<_> = schema
            .iter_errors(&json)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{file}");
    }
}
