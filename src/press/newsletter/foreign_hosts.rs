//! Warns about an issue's page or picture on a host that is not the publisher's: feeds and search
//! engines send readers there, and browsers ask it for the picture.

use digest_issue::Issue;
use url::Url;

use crate::{Diagnostic, Rule, Series};

/// Returns the warnings for an issue. A series that names neither its site nor its hosts has none.
pub(super) fn find_foreign_hosts(issue: &Issue, series: &Series, source: &str) -> Vec<Diagnostic> {
    if series.site.is_none() && series.hosts.is_empty() {
        return Vec::new();
    }
    let page = issue.url.as_ref().and_then(|url| url.safe_url());
    let pictures = issue.images().into_iter();
    let pictures = pictures.filter_map(|(_, image)| image.src.as_ref()?.safe_url());
    let addresses = page.into_iter().map(|page| ("page", page));
    let addresses = addresses.chain(pictures.map(|picture| ("picture", picture)));
    let warning = |(what, address): (&str, &str)| {
        let url = Url::parse(address).ok()?;
        let host = url.host_str().filter(|host| !series.has_host(host))?;
        Some(foreign_host_warning(what, address, host, source))
    };
    addresses.filter_map(warning).collect()
}

fn foreign_host_warning(what: &str, address: &str, host: &str, source: &str) -> Diagnostic {
    let start = source.find(address);
    Diagnostic::warning(
        Rule::ForeignHost,
        start.map(|start| start..start + address.len()),
        format!("the issue's {what} is on “{host}”, which is not a host of the publisher"),
        format!(
            "check the address; if it is right, add \"{host}\" to `hosts` in {}",
            Series::FILE
        ),
    )
}

#[cfg(test)]
mod tests {
    use crate::import;

    use super::*;

    const NEWSLETTER: &str = "---\ntitle: Digest\nvolume: 1\ndate: 2022-03-11\n\
        url: https://evil.example/1\nimage: https://pictures.example/a.png\nalt: A\n---\n\n\
        Headlines:\n\n- a\n\nDetails:\n\n- b\n";

    fn find_hosts(series: &Series) -> Vec<String> {
        let warnings = import(NEWSLETTER, None, series).unwrap().warnings;
        let spans = warnings
            .iter()
            .filter(|warning| warning.rule == Rule::ForeignHost)
            .map(|warning| NEWSLETTER[warning.spans[0].span.clone()].to_owned());
        spans.collect()
    }

    #[test]
    fn page_and_picture_on_other_hosts_are_warnings() {
        let series = Series {
            site: Some("https://cdn.example/".parse().unwrap()),
            ..Series::default()
        };
        let both = ["https://evil.example/1", "https://pictures.example/a.png"];
        assert_eq!(find_hosts(&series), both);
        let series = Series {
            hosts: vec!["evil.example".to_owned()],
            ..series
        };
        assert_eq!(find_hosts(&series), both[1..]);
    }

    #[test]
    fn own_hosts_and_their_subdomains_are_fine() {
        let series = |hosts: &[&str]| Series {
            hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
            ..Series::default()
        };
        assert_eq!(find_hosts(&series(&["example"])), Vec::<String>::new());
        assert_eq!(find_hosts(&series(&["il.example", "example.org"])).len(), 2);
        assert_eq!(find_hosts(&Series::default()), Vec::<String>::new());
    }
}
