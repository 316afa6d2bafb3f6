//! The TypeScript types of the npm package, generated from `www/custom-elements.json` and
//! `www/issue-1.schema.json`.

use anyhow::{Context, Result};
use serde::Deserialize;
use xshell::{Shell, cmd};

use crate::{
    replace::replace_once,
    tools::{self, npm::JSON_TO_TYPES},
};

/// Generates the types of the issue format.
pub(crate) fn generate_issue_types(sh: &Shell) -> Result<String> {
    let generator = tools::npm_file(JSON_TO_TYPES)?;
    let banner = "// Made of the issue format's JSON Schema.";
    let options = ["--no-additionalProperties", "--bannerComment", banner];
    let types = cmd!(
        sh,
        "node {generator} {options...} -i www/issue-1.schema.json"
    )
    .read()?;
    Ok(types + "\n")
}

/// Generates the types of the element: fills `www/package/element.d.ts` from the manifest.
pub(crate) fn generate_element_types(sh: &Shell) -> Result<String> {
    let manifest = sh.read_file("www/custom-elements.json")?;
    let manifest: Manifest = serde_json::from_str(&manifest).context("www/custom-elements.json")?;
    let declarations = manifest
        .modules
        .into_iter()
        .flat_map(|module| module.declarations);
    let element = declarations
        .into_iter()
        .next()
        .context("the manifest has no element")?;
    let insertions = [
        ("DESCRIPTION", element.description.clone()),
        ("  // MEMBERS\n", element.format_members()),
        ("  // EVENTS\n", element.format_event_map()),
        ("  // ATTRIBUTES\n", element.format_attribute_types()),
        ("  // PROPERTIES\n", element.format_property_types()),
    ];
    let template = sh.read_file("www/package/element.d.ts")?;
    let filled = insertions
        .iter()
        .try_fold(template, |types, (marker, text)| {
            replace_once(&types, marker, text)
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
    fn format_members(&self) -> String {
        self.members
            .iter()
            .map(|member| self.format_member(member))
            .collect()
    }

    fn format_member(&self, member: &Member) -> String {
        match member {
            Member::Field(Described {
                name,
                description,
                r#type,
            }) => {
                format_comment(description)
                    + &format!(
                        "  get {name}(): {};\n{}",
                        r#type.text,
                        format_setter(name, r#type)
                    )
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
                    // An assignment sets the attribute; reading returns the method.
                    Some(attribute) => {
                        let comment = format_comment(&format!(
                            "{description} Assigned: {}",
                            attribute.description
                        ));
                        comment
                            + &format!("  get {name}(): ({parameters}) => {result};\n")
                            + &format_setter(name, &attribute.r#type)
                    }
                    None => {
                        format_comment(description)
                            + &format!("  {name}({parameters}): {result};\n")
                    }
                }
            }
        }
    }

    fn format_event_map(&self) -> String {
        let line = |event: &Described| {
            format_comment(&event.description)
                + &format!("  '{}': {};\n", event.name, event.r#type.text)
        };
        self.events.iter().map(line).collect()
    }

    /// Without `lang`, which every element has in JSX.
    fn format_attribute_types(&self) -> String {
        let own = self
            .attributes
            .iter()
            .filter(|attribute| attribute.name != "lang");
        let line = |attribute: &Described| {
            format_comment(&attribute.description)
                + &format!(
                    "  '{}'?: Attribute<{}>;\n",
                    attribute.name, attribute.r#type.text
                )
        };
        own.map(line).collect()
    }

    /// The properties without an attribute of the same name.
    fn format_property_types(&self) -> String {
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
            format_comment(description) + &format!("  {name}?: {};\n", format_settable_type(r#type))
        };
        own.map(line).collect()
    }
}

fn format_comment(description: &str) -> String {
    format!("  /** {description} */\n")
}

fn format_setter(name: &str, r#type: &Type) -> String {
    format!("  set {name}(value: {});\n", format_settable_type(r#type))
}

/// The type of a property's setter: `null` and `undefined` reset it.
fn format_settable_type(r#type: &Type) -> String {
    format!(
        "{} | null | undefined",
        r#type.text.trim_end_matches(" | null")
    )
}
