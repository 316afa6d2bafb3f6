//! Checks that the reference pages match the code: `custom-elements.json` against the element's
//! script, `docs/` against that manifest and the publisher's rules, the checklist against the
//! tests. `UPDATE_GOLDEN=1` regenerates the tables of `docs/`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

use std::env;
use std::fs;
use std::path::Path;

use checks::root;
use digest_press::Rule;
use markdown::mdast::Node;
use markdown::{ParseOptions, to_mdast};
use serde_json::Value;

#[test]
fn the_reference_page_matches_the_manifest() {
    assert_section(
        "docs/reference.md",
        "reference",
        &reference_tables(&element()),
    );
}

#[test]
fn the_styling_page_matches_the_manifest() {
    assert_section("docs/styling.md", "styling", &styling_tables(&element()));
}

#[test]
fn the_rules_page_lists_every_rule() {
    let rows: Vec<_> = Rule::ALL
        .iter()
        .map(|rule| {
            row(&[
                code(&[rule.id()]),
                rule.about().to_owned(),
                rule.why().to_owned(),
            ])
        })
        .collect();
    assert_section(
        "docs/rules.md",
        "rules",
        &table(&["rule", "diagnostic", "why it matters"], &rows),
    );
    assert!(Rule::ALL.is_sorted_by_key(|rule| rule.id()));
}

/// Compares the text between two comments of this name in a file with `expected`.
fn assert_section(file: &str, name: &str, expected: &str) {
    let [start, end] = ["", "/"].map(|slash| format!("<!-- {slash}{name} -->\n"));
    let whole = text(file);
    let (before, rest) = whole
        .split_once(&start)
        .unwrap_or_else(|| panic!("{file} has no {start}"));
    let (_, after) = rest
        .split_once(&end)
        .unwrap_or_else(|| panic!("{file} has no {end}"));
    let fresh = format!("{before}{start}{expected}{end}{after}");
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(root().join(file), &fresh).unwrap();
    }
    assert_eq!(
        text(file),
        fresh,
        "run this test again with UPDATE_GOLDEN=1"
    );
}

#[test]
fn the_attributes_are_those_that_the_element_observes() {
    let element = element();
    let found = each(&element, "attributes", |attribute| {
        format!(
            "{} = {}",
            field(attribute, "name"),
            attribute["default"].as_str().unwrap_or_default()
        )
    });
    let options = options()
        .into_iter()
        .map(|(property, absent)| format!("{} = {absent}", attribute_of(&property)));
    assert_same(
        "attributes with their defaults",
        found,
        options.chain(["lang = ".to_owned()]),
    );
}

/// A frame accepts all values of its attributes, and targets other than itself.
#[test]
fn values_in_frames_are_those_of_the_manifest() {
    let script = text("www/digest-options.js");
    let element = element();
    for line in between(&script, "const FRAME_VALUES = {\n", "\n};").lines() {
        let Some((name, values)) = line.trim().trim_end_matches("],").split_once(": [") else {
            continue;
        };
        let name = name.trim_matches('\'');
        let attribute = list(&element, "attributes")
            .iter()
            .find(|attribute| attribute["name"] == name);
        let attribute = attribute.unwrap_or_else(|| panic!("expected {name} in the manifest"));
        let expected = match type_of(attribute) {
            "string" => "_blank, _top, _parent".to_owned(),
            values => values.replace(" | ", ", ").replace('\'', ""),
        };
        assert_eq!(values.replace('\'', ""), expected, "{name}");
    }
}

#[test]
fn the_site_s_script_exports_every_part() {
    let script = text("www/digest-options.js");
    let parts = between(&script, "const PARTS = [\n", "\n];").lines();
    let parts: Vec<_> = parts
        .map(|line| line.trim().trim_matches(['\'', ',']))
        .collect();
    let element = element();
    let expected = list(&element, "cssParts").iter();
    let expected: Vec<_> = expected.map(|part| field(part, "name")).collect();
    assert_eq!(parts, expected);
}

#[test]
fn the_properties_are_described_as_their_attributes() {
    let element = element();
    for attribute in list(&element, "attributes") {
        let [name, property] = ["name", "fieldName"].map(|key| field(attribute, key));
        assert_eq!(attribute_of(property), name);
        // Every element of a page has `lang`, and what reading `open` gives is a method.
        if ["lang", "open"].contains(&name) {
            continue;
        }
        let member = list(&element, "members")
            .iter()
            .find(|member| member["name"] == property);
        let member = member.unwrap_or_else(|| panic!("expected {property} among the members"));
        assert_eq!(member["attribute"], name);
        for fact in ["description", "type", "default"] {
            assert_eq!(member[fact], attribute[fact], "the {fact} of {property}");
        }
    }
}

#[test]
fn the_members_are_those_of_the_element() {
    let script = text("www/element.js");
    let class = between(&script, "export class DigestWidget", "\n}");
    // What is indented once and begins with a small letter is public: a method, or a property that
    // is set.
    let members = class
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.strip_suffix(") {"));
    let members = members
        .filter_map(|line| line.trim_start_matches("set ").split_once('('))
        .map(|(name, _)| name);
    let platform =
        |name: &str| name == "constructor" || name.ends_with("Callback") || name == "handleEvent";
    let own = members
        .filter(|name| name.chars().all(char::is_alphabetic) && !platform(name))
        .map(str::to_owned);
    let options = options().into_iter().map(|(property, _)| property);
    let found = each(&element(), "members", |member| {
        field(member, "name").to_owned()
    });
    assert_same("members", found, own.chain(options));
}

#[test]
fn the_events_are_those_that_the_element_sends() {
    let found = each(&element(), "events", |event| {
        field(event, "name").to_owned()
    });
    assert_same(
        "events",
        found,
        after_each(&text("www/element.js"), "#emit('", "'"),
    );
}

#[test]
fn the_parts_are_those_of_the_markup() {
    let mut parts = Vec::new();
    let drawings = sources("src/view", "rs") + &text("src/press/site/archive_links.rs");
    parts.extend(after_each(&drawings, "part=\"", "\""));
    // The part of a heading, and of a link to another issue, is the first text among its arguments.
    for function in ["{ render_heading(", "| render_neighbour("] {
        let calls = after_each(&drawings, function, "\",");
        let arguments = calls.iter().map(|arguments| arguments.split('"').nth(1));
        parts.extend(arguments.map(|part| part.unwrap().to_owned()));
    }
    let archive = sources("src/archive", "rs");
    parts.extend(after_each(&archive, "(\"part\", \"", "\""));
    parts.extend(after_each(&archive, "draw_pieces(\"", "\""));
    let panel = text("www/archive-panel.js") + &text("www/archive.js");
    parts.extend(after_each(&panel, "part: '", "'"));
    parts.extend(after_each(&panel, "'message' : '", "'"));
    let found = each(&element(), "cssParts", |part| {
        field(part, "name").to_owned()
    });
    assert_same("parts", found, parts);
}

#[test]
fn the_custom_properties_are_those_of_the_style_sheet() {
    let found = each(&element(), "cssProperties", |property| {
        format!(
            "{}, {}",
            field(property, "name"),
            field(property, "default")
        )
    });
    let uses = after_each(&text("src/view/style.css"), "var(--digest-", ";");
    let uses = uses
        .iter()
        .map(|rest| format!("--digest-{}", inside_parenthesis(rest)));
    assert_same("custom properties with their defaults", found, uses);
}

#[test]
fn the_checklist_names_cases_that_are_there() {
    let checklist = text("docs/custom-element-checklist.md");
    let proven = between(&checklist, "\n## Met, and proven\n", "\n## ");
    let rows = proven
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| check |"));
    for row in rows {
        let proofs = row.trim_end_matches(" |").rsplit_once(" | ").unwrap().1;
        for proof in proofs.split(", ") {
            assert_test_exists(proof, "tests/");
        }
    }
}

#[test]
fn security_names_tests_that_are_there() {
    let security = text("SECURITY.md");
    let is_promise = |line: &&str| line.starts_with("| ") && !line.starts_with("| promise |");
    for row in security.lines().filter(is_promise) {
        let proofs = row.trim_end_matches(" |").rsplit_once(" | ").unwrap().1;
        proofs
            .split(", ")
            .for_each(|proof| assert_test_exists(proof, ""));
    }
}

/// Checks a proof such as `` `a_reader_does_something` in `browser/file.rs` ``. A case of the costly
/// inputs is a string, and each other test a function.
fn assert_test_exists(proof: &str, folder: &str) {
    let ["", test, " in ", file, ""] = proof.split('`').collect::<Vec<_>>()[..] else {
        panic!("expected a test and its file, found {proof}")
    };
    let code = text(&format!("{folder}{file}"));
    let is_there = code.contains(&format!("fn {test}(")) || code.contains(&format!("(\"{test}\","));
    assert!(is_there, "expected the test {test} in {folder}{file}");
}

#[test]
fn every_link_in_the_docs_leads_to_a_file_and_a_heading() {
    for page in pages() {
        for target in link_targets(&page) {
            if target.contains("://") {
                continue;
            }
            let (path, fragment) = target.split_once('#').unwrap_or((&target, ""));
            let file = match path {
                "" => root().join(&page),
                path => root().join(&page).with_file_name(path),
            };
            assert!(
                file.exists(),
                "{page} links to {target}, which does not exist"
            );
            assert!(
                fragment.is_empty() || has_heading(&file, fragment),
                "{page} links to {target}, but no heading has this anchor"
            );
        }
    }
}

#[test]
fn the_docs_index_links_every_page() {
    let index = link_targets("docs/README.md");
    for page in pages().iter().filter_map(|page| page.strip_prefix("docs/")) {
        let linked = index.iter().any(|target| target == page);
        assert!(
            linked || page == "README.md",
            "docs/README.md does not link {page}"
        );
    }
}

/// The Markdown files at the root and in `docs`.
fn pages() -> Vec<String> {
    let mut pages = Vec::new();
    for folder in ["", "docs/"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".md") {
                pages.push(format!("{folder}{name}"));
            }
        }
    }
    pages
}

fn link_targets(page: &str) -> Vec<String> {
    let mut targets = Vec::new();
    let mut nodes = vec![parse_markdown(&text(page))];
    while let Some(node) = nodes.pop() {
        match &node {
            Node::Link(link) => targets.push(link.url.clone()),
            Node::Image(image) => targets.push(image.url.clone()),
            _ => {}
        }
        nodes.extend(node.children().into_iter().flatten().cloned());
    }
    targets
}

/// Returns true if a heading of the file has this anchor, which code hosts make from its text.
fn has_heading(file: &Path, anchor: &str) -> bool {
    let tree = parse_markdown(&fs::read_to_string(file).unwrap());
    let headings = tree.children().into_iter().flatten();
    headings
        .filter(|node| matches!(node, Node::Heading(_)))
        .any(|heading| {
            let words = heading.to_string().to_lowercase();
            let kept = words
                .chars()
                .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
            kept.collect::<String>().replace(' ', "-") == anchor
        })
}

fn parse_markdown(text: &str) -> Node {
    to_mdast(text, &ParseOptions::gfm()).unwrap()
}

/// The attributes, properties, methods and events of the element, as Markdown.
fn reference_tables(element: &Value) -> String {
    let attributes = each(element, "attributes", |attribute| {
        let default = code(&[attribute["default"].as_str().unwrap_or_default()]);
        row(&[
            code(&[field(attribute, "name")]),
            values(attribute),
            default,
            description(attribute),
        ])
    });
    let own = |member: &&Value| member.get("attribute").is_none();
    let members = list(element, "members").iter().filter(own);
    let members: Vec<_> = members
        .map(|member| row(&[code(&[&signature(member)]), description(member)]))
        .collect();
    let events = each(element, "events", |event| {
        let detail = type_of(event)
            .trim_start_matches("CustomEvent<")
            .trim_end_matches('>');
        row(&[
            code(&[field(event, "name")]),
            code(&[detail]),
            description(event),
        ])
    });
    [
        table(&["attribute", "values", "default", "meaning"], &attributes),
        "Each attribute is also a property: `heading-level` is `headingLevel`. `null` removes the \
         attribute. A change\nof either applies at once. Scripts can also use these:\n"
            .to_owned(),
        table(&["property or method", "meaning"], &members),
        "The element sends these events. They bubble and cross shadow roots:\n".to_owned(),
        table(&["event", "`detail`", "meaning"], &events),
    ]
    .join("\n")
}

/// The parts and custom properties that a style sheet can set, as Markdown.
fn styling_tables(element: &Value) -> String {
    let parts = each(element, "cssParts", |part| {
        row(&[code(&[field(part, "name")]), description(part)])
    });
    let properties = each(element, "cssProperties", |property| {
        row(&[
            code(&[field(property, "name")]),
            code(&[field(property, "default")]),
            description(property),
        ])
    });
    [
        "A style sheet reaches every part: `digest-widget::part(title) { font-family: serif }`.\n"
            .to_owned(),
        table(&["part", "meaning"], &parts),
        "It can also set these: `digest-widget { --digest-gap: 1.2em }`.\n".to_owned(),
        table(&["custom property", "default", "meaning"], &properties),
    ]
    .join("\n")
}

fn table(head: &[&str], rows: &[String]) -> String {
    let head = head
        .iter()
        .map(|title| (*title).to_owned())
        .collect::<Vec<_>>();
    format!(
        "{}|{}\n{}",
        row(&head),
        "---|".repeat(head.len()),
        rows.concat()
    )
}

fn row(cells: &[String]) -> String {
    let cells: String = cells
        .iter()
        .map(|cell| format!(" {} |", cell.replace('|', "\\|")))
        .collect();
    format!("|{cells}\n")
}

/// The text of all files in a folder with this extension.
fn sources(folder: &str, extension: &str) -> String {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let files = entries.map(|entry| entry.unwrap().path());
    let files = files.filter(|file| file.extension().is_some_and(|found| found == extension));
    files
        .map(|file| fs::read_to_string(file).unwrap())
        .collect()
}

/// The values to choose from, or what kind of text it is.
fn values(attribute: &Value) -> String {
    let values: Vec<_> = type_of(attribute).split(" | ").collect();
    if values == ["string"] {
        "text".to_owned()
    } else {
        code(&values)
    }
}

/// Texts as they are written in HTML: without quotes.
fn code(texts: &[&str]) -> String {
    let texts = texts
        .iter()
        .map(|text| text.trim_matches('\''))
        .filter(|text| !text.is_empty());
    texts
        .map(|text| format!("`{text}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn signature(member: &Value) -> String {
    let name = field(member, "name");
    if member["kind"] == "field" {
        return name.to_owned();
    }
    let parameters = member["parameters"].as_array().into_iter().flatten();
    let parameters: Vec<_> = parameters
        .map(|parameter| field(parameter, "name"))
        .collect();
    format!("{name}({})", parameters.join(", "))
}

/// The element, as the manifest describes it.
fn element() -> Value {
    let manifest: Value = serde_json::from_str(&text("www/custom-elements.json")).unwrap();
    let element = manifest["modules"][0]["declarations"][0].clone();
    assert_eq!(element["tagName"], "digest-widget");
    element
}

fn list<'element>(element: &'element Value, name: &str) -> &'element Vec<Value> {
    element[name]
        .as_array()
        .unwrap_or_else(|| panic!("expected {name} in the manifest"))
}

fn each(element: &Value, name: &str, make: impl Fn(&Value) -> String) -> Vec<String> {
    list(element, name).iter().map(make).collect()
}

fn field<'value>(value: &'value Value, name: &str) -> &'value str {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("expected a text {name} in {value}"))
}

fn description(value: &Value) -> String {
    field(value, "description").to_owned()
}

fn type_of(value: &Value) -> &str {
    field(&value["type"], "text")
}

/// The properties in `digest-options.js` with their defaults.
fn options() -> Vec<(String, String)> {
    let script = text("www/digest-options.js");
    let lines = between(&script, "const DEFAULTS = {\n", "\n};").lines();
    let pair = |line: &str| {
        let (name, absent) = line.trim().trim_end_matches(',').split_once(": ").unwrap();
        (name.to_owned(), absent.to_owned())
    };
    lines.map(pair).collect()
}

/// `headingLevel` is `heading-level`.
fn attribute_of(property: &str) -> String {
    let dashed = |letter: char| {
        if letter.is_uppercase() {
            format!("-{}", letter.to_lowercase())
        } else {
            letter.into()
        }
    };
    property.chars().map(dashed).collect()
}

fn between<'text>(text: &'text str, start: &str, end: &str) -> &'text str {
    let rest = text
        .split_once(start)
        .unwrap_or_else(|| panic!("expected {start}"))
        .1;
    rest.split_once(end)
        .unwrap_or_else(|| panic!("expected {end} after {start}"))
        .0
}

/// What stands between each `start` and the next `end`.
fn after_each(text: &str, start: &str, end: &str) -> Vec<String> {
    text.split(start)
        .skip(1)
        .map(|rest| rest.split_once(end).unwrap().0.to_owned())
        .collect()
}

/// `rest` up to the parenthesis that was open before it.
fn inside_parenthesis(rest: &str) -> &str {
    let mut depth = 1;
    let end = rest.find(|letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        depth == 0
    });
    &rest[..end.unwrap()]
}

/// Compares as sets: the manifest has its own order.
fn assert_same(what: &str, mut found: Vec<String>, expected: impl IntoIterator<Item = String>) {
    let mut expected: Vec<_> = expected.into_iter().collect();
    found.sort();
    expected.sort();
    expected.dedup();
    assert_eq!(
        found, expected,
        "{what}: on the left the manifest, on the right the code"
    );
}

fn text(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}
