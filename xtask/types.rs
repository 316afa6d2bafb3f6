//! The TypeScript types of the npm package, made of what describes the element and the issue already:
//! `www/custom-elements.json` and `www/issue-1.schema.json`.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::{files, minify_exports::replace_once, process, toolbox::JSON_TO_TYPES};

/// The types of the issue format.
pub(crate) fn issue() -> Result<String> {
    let mut json_to_types = JSON_TO_TYPES.command()?;
    json_to_types.args([
        "--no-additionalProperties",
        "--bannerComment",
        "// Made of the issue format's JSON Schema.",
    ]);
    process::output(json_to_types.args(["-i", "www/issue-1.schema.json"]))
}

/// The types of the element: `www/package/element.d.ts` with what the manifest says.
pub(crate) fn element() -> Result<String> {
    let manifest: Manifest =
        serde_json::from_str(&files::read_text(Path::new("www/custom-elements.json"))?)
            .context("www/custom-elements.json")?;
    let modules = manifest.modules.into_iter();
    let element = modules
        .flat_map(|module| module.declarations)
        .next()
        .context("the manifest has no element")?;
    let pieces = [
        ("DESCRIPTION", element.description.clone()),
        ("  // MEMBERS\n", element.members()),
        ("  // EVENTS\n", element.event_map()),
        ("  // ATTRIBUTES\n", element.attribute_types()),
        ("  // PROPERTIES\n", element.property_types()),
    ];
    let template = files::read_text(Path::new("www/package/element.d.ts"))?;
    let filled = pieces.iter().try_fold(template, |types, (place, piece)| {
        replace_once(&types, place, piece)
    });
    filled.context("in www/package/element.d.ts")
}

#[derive(Deserialize)]
struct Manifest {
    modules: Vec<Module>,
}

#[derive(Deserialize)]
struct Module {
    declarations: Vec<Element>,
}

#[derive(Deserialize)]
struct Element {
    description: String,
    attributes: Vec<Described>,
    members: Vec<Member>,
    events: Vec<Described>,
}

/// An attribute, an event or a parameter.
#[derive(Deserialize)]
struct Described {
    name: String,
    description: String,
    r#type: Type,
}

#[derive(Deserialize)]
struct Type {
    text: String,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Member {
    Field(Described),
    Method {
        name: String,
        description: String,
        #[serde(default)]
        parameters: Vec<Described>,
        r#return: Return,
    },
}

#[derive(Deserialize)]
struct Return {
    r#type: Type,
}

impl Element {
    fn members(&self) -> String {
        self.members
            .iter()
            .map(|member| self.member(member))
            .collect()
    }

    fn member(&self, member: &Member) -> String {
        match member {
            Member::Field(Described {
                name,
                description,
                r#type,
            }) => {
                comment(description)
                    + &format!("  get {name}(): {};\n{}", r#type.text, setter(name, r#type))
            }
            Member::Method {
                name,
                description,
                parameters,
                r#return,
            } => {
                let parameters = parameters
                    .iter()
                    .map(|parameter| format!("{}: {}", parameter.name, parameter.r#type.text));
                let parameters = parameters.collect::<Vec<_>>().join(", ");
                let result = &r#return.r#type.text;
                match self
                    .attributes
                    .iter()
                    .find(|attribute| attribute.name == *name)
                {
                    // What is assigned goes to the attribute; what is read is the method.
                    Some(attribute) => {
                        let comment = comment(&format!(
                            "{description} Assigned: {}",
                            attribute.description
                        ));
                        comment
                            + &format!("  get {name}(): ({parameters}) => {result};\n")
                            + &setter(name, &attribute.r#type)
                    }
                    None => comment(description) + &format!("  {name}({parameters}): {result};\n"),
                }
            }
        }
    }

    fn event_map(&self) -> String {
        let line = |event: &Described| {
            comment(&event.description) + &format!("  '{}': {};\n", event.name, event.r#type.text)
        };
        self.events.iter().map(line).collect()
    }

    /// Every element of a page has `lang`, in JSX as well.
    fn attribute_types(&self) -> String {
        let own = self
            .attributes
            .iter()
            .filter(|attribute| attribute.name != "lang");
        let line = |attribute: &Described| {
            comment(&attribute.description)
                + &format!(
                    "  '{}'?: Attribute<{}>;\n",
                    attribute.name, attribute.r#type.text
                )
        };
        own.map(line).collect()
    }

    /// Those that no attribute has the name of.
    fn property_types(&self) -> String {
        let fields = self.members.iter().filter_map(|member| match member {
            Member::Field(field) => Some(field),
            Member::Method { .. } => None,
        });
        let own = fields.filter(|field| {
            !self
                .attributes
                .iter()
                .any(|attribute| attribute.name == field.name)
        });
        let line = |Described {
                        name,
                        description,
                        r#type,
                    }: &Described| {
            comment(description) + &format!("  {name}?: {};\n", settable(r#type))
        };
        own.map(line).collect()
    }
}

fn comment(description: &str) -> String {
    format!("  /** {description} */\n")
}

fn setter(name: &str, r#type: &Type) -> String {
    format!("  set {name}(value: {});\n", settable(r#type))
}

/// Whatever a property is, nothing takes it back.
fn settable(r#type: &Type) -> String {
    format!(
        "{} | null | undefined",
        r#type.text.trim_end_matches(" | null")
    )
}
