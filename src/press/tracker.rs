//! Services that count who follows a link or opens a mail: their hosts, and the address behind.

use data_encoding::BASE64URL_NOPAD;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::Url;

/// A service that redirects to pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tracker {
    pub(crate) name: &'static str,
    /// Its hosts. `*.` stands for any subdomain or none, `#` for any digits.
    hosts: &'static [&'static str],
    /// The starts of its paths.
    paths: &'static [&'static str],
    target: Target,
}

/// Where an address has the page that it leads to.
#[derive(Clone, Copy, Debug)]
enum Target {
    /// Nowhere: only the service knows it.
    Unknown,
    /// In one of these parameters, as it is.
    Parameter(&'static [&'static str]),
    /// In the parameter `u`, with `-` for `%` and `_` for `/`.
    ProofpointParameter,
    /// In the path between `__` and `__;`.
    ProofpointPath,
    /// In a part of the path, percent-encoded or in Base64.
    Path,
    /// In a part of the path, percent-encoded, without its `https://`.
    PathWithoutScheme,
    /// In this field of JSON in Base64, in the path or in a parameter.
    Json(&'static str),
}

use Target::{
    Json, Parameter, Path, PathWithoutScheme, ProofpointParameter, ProofpointPath, Unknown,
};

const fn tracker(
    name: &'static str,
    hosts: &'static [&'static str],
    paths: &'static [&'static str],
    target: Target,
) -> Tracker {
    Tracker {
        name,
        hosts,
        paths,
        target,
    }
}

/// All services. Where several match, the first one counts.
const TRACKERS: &[Tracker] = &[
    // Search engines and social networks.
    tracker(
        "Google",
        &["www.google.com", "google.com"],
        &["/url"],
        Parameter(&["q", "url"]),
    ),
    tracker(
        "Facebook",
        &["l.facebook.com", "lm.facebook.com"],
        &["/l.php"],
        Parameter(&["u"]),
    ),
    tracker("Instagram", &["l.instagram.com"], &["/"], Parameter(&["u"])),
    tracker(
        "YouTube",
        &["www.youtube.com", "youtube.com"],
        &["/redirect"],
        Parameter(&["q"]),
    ),
    tracker(
        "LinkedIn",
        &["www.linkedin.com"],
        &["/redir/", "/safety/go"],
        Parameter(&["url"]),
    ),
    tracker("LinkedIn", &["lnkd.in"], &["/"], Unknown),
    tracker("Twitter", &["t.co"], &["/"], Unknown),
    tracker("Reddit", &["out.reddit.com"], &["/"], Parameter(&["url"])),
    tracker("VK", &["vk.com"], &["/away.php"], Parameter(&["to"])),
    tracker(
        "Slack",
        &["slack-redir.net"],
        &["/link"],
        Parameter(&["url"]),
    ),
    // Mail filters.
    tracker(
        "Outlook",
        &["*.safelinks.protection.outlook.com"],
        &["/"],
        Parameter(&["url"]),
    ),
    tracker(
        "Proofpoint",
        &["urldefense.proofpoint.com"],
        &["/v2/"],
        ProofpointParameter,
    ),
    tracker(
        "Proofpoint",
        &["urldefense.proofpoint.com"],
        &["/v1/"],
        Parameter(&["u"]),
    ),
    tracker(
        "Proofpoint",
        &[
            "urldefense.com",
            "urldefense.us",
            "urldefense.proofpoint.com",
        ],
        &["/v3/"],
        ProofpointPath,
    ),
    tracker(
        "Barracuda",
        &["linkprotect.cudasvc.com"],
        &["/url"],
        Parameter(&["a"]),
    ),
    tracker("Cisco", &["secure-web.cisco.com"], &["/"], Path),
    tracker(
        "Mimecast",
        &["*.mimecast.com", "*.mimecastprotect.com"],
        &["/s/"],
        Unknown,
    ),
    // Services that send newsletters.
    tracker("Mailchimp", &["*.list-manage#.com"], &["/track/"], Unknown),
    tracker("Mailchimp", &["mailchi.mp", "eepurl.com"], &["/"], Unknown),
    tracker(
        "Mandrill",
        &["*.mandrillapp.com"],
        &["/track/"],
        Json("url"),
    ),
    tracker("Substack", &["*.substack.com"], &["/redirect/"], Json("e")),
    tracker(
        "Substack",
        &["email.mg#.substack.com", "eotrx.substackcdn.com"],
        &["/"],
        Unknown,
    ),
    tracker(
        "beehiiv",
        &["link.mail.beehiiv.com", "flight.beehiiv.net"],
        &["/"],
        Unknown,
    ),
    tracker(
        "Buttondown",
        &[
            "email.mg.buttondown.email",
            "click.buttondown.email",
            "click.buttondown.com",
            "links.buttondown.email",
        ],
        &["/"],
        Unknown,
    ),
    tracker(
        "Kit",
        &[
            "click.convertkit-mail#.com",
            "open.convertkit-mail#.com",
            "click.kit-mail#.com",
            "open.kit-mail#.com",
        ],
        &["/"],
        Path,
    ),
    tracker(
        "HubSpot",
        &[
            "*.hubspotlinks#.com",
            "*.hubspotlinksstarter.com",
            "*.hubspotemail.net",
            "t.sidekickopen#.com",
            "hubs.ly",
            "hubs.la",
        ],
        &["/"],
        Unknown,
    ),
    tracker("HubSpot", &["track.hubspot.com"], &["/"], Unknown),
    tracker(
        "Campaign Monitor",
        &["*.createsend#.com", "*.cmail#.com"],
        &["/t/"],
        Unknown,
    ),
    tracker(
        "ActiveCampaign",
        &["*.activehosted.com"],
        &["/lt.php", "/p_v.php"],
        Unknown,
    ),
    tracker(
        "ActiveCampaign",
        &[
            "*.acemlna.com",
            "*.acemlnb.com",
            "*.acemlnc.com",
            "*.acemlnd.com",
            "*.emlnk#.com",
            "trackcmp.net",
        ],
        &["/"],
        Unknown,
    ),
    tracker(
        "Klaviyo",
        &["*.klclick#.com", "trk.klaviyomail.com"],
        &["/"],
        Unknown,
    ),
    tracker(
        "Brevo",
        &["*.sendibt#.com", "*.sendibm#.com"],
        &["/"],
        Unknown,
    ),
    tracker("MailerLite", &["*.mlsend#.com"], &["/"], Unknown),
    tracker("Mailjet", &["*.mjt.lu"], &["/lnk/", "/oo/"], Path),
    tracker(
        "Constant Contact",
        &["*.rs6.net", "conta.cc"],
        &["/"],
        Unknown,
    ),
    tracker("TinyLetter", &["*.tinyletterapp.com"], &["/"], Unknown),
    tracker("Revue", &["click.revue.email"], &["/"], Unknown),
    tracker(
        "Zoho",
        &["*.maillist-manage#.com"],
        &["/click", "/campaigns"],
        Unknown,
    ),
    tracker(
        "Salesforce",
        &["*.exct.net", "*.exacttarget.com"],
        &["/"],
        Unknown,
    ),
    // Services that send mails.
    tracker(
        "SendGrid",
        &["*.ct.sendgrid.net", "sendgrid.net"],
        &["/"],
        Unknown,
    ),
    tracker("Amazon SES", &["*.awstrack.me"], &["/"], Path),
    tracker(
        "Postmark",
        &["track.pstmrk.it", "click.pstmrk.it"],
        &["/"],
        PathWithoutScheme,
    ),
    tracker("Litmus", &["*.emltrk.com"], &["/"], Unknown),
    // Their paths, on hosts of their customers.
    tracker("Amazon SES", &["*"], &["/L0/http", "/CL0/http"], Path),
    tracker(
        "SendGrid",
        &["*"],
        &["/ls/click", "/wf/open", "/wf/click", "/ss/c/"],
        Unknown,
    ),
    tracker("HubSpot", &["*"], &["/e3t/Ctc/", "/Ctc/"], Unknown),
    tracker("Mailgun", &["email.*"], &["/c/eJ", "/o/eJ"], Unknown),
    tracker("Mailchimp", &["*"], &["/track/open.php"], Unknown),
    // Short addresses.
    tracker("Bitly", &["bit.ly", "j.mp"], &["/"], Unknown),
    tracker("TinyURL", &["tinyurl.com"], &["/"], Unknown),
    tracker("Google", &["goo.gl"], &["/"], Unknown),
    tracker("Buffer", &["buff.ly"], &["/"], Unknown),
    tracker("Hootsuite", &["ow.ly"], &["/"], Unknown),
    tracker(
        "a service for short addresses",
        &[
            "is.gd",
            "v.gd",
            "t.ly",
            "cutt.ly",
            "rb.gy",
            "shorturl.at",
            "rebrand.ly",
            "dlvr.it",
            "trib.al",
            "ift.tt",
            "fb.me",
            "amzn.to",
        ],
        &["/"],
        Unknown,
    ),
];

/// Addresses of pictures that only count who opens a mail, besides those of [`TRACKERS`].
const PICTURES: &[Tracker] = &[
    tracker("Facebook", &["www.facebook.com"], &["/tr"], Unknown),
    tracker("Google", &["*.google-analytics.com"], &["/"], Unknown),
    tracker("Google", &["*.doubleclick.net"], &["/"], Unknown),
    tracker(
        "WordPress",
        &["pixel.wp.com", "stats.wp.com"],
        &["/"],
        Unknown,
    ),
    tracker("LinkedIn", &["px.ads.linkedin.com"], &["/"], Unknown),
    tracker("comScore", &["sb.scorecardresearch.com"], &["/"], Unknown),
];

/// The redirects of Ghost are on the publisher's own host: `/r/1a2b3c4d?m=…`.
const GHOST: &Tracker = &tracker("Ghost", &["*"], &["/r/"], Unknown);

/// Returns the service that an address leads through.
pub(crate) fn find_tracker(url: &Url) -> Option<&'static Tracker> {
    if url.path() == "/" && url.query().is_none() {
        // The service's own page.
        return None;
    }
    let known = TRACKERS.iter().find(|tracker| tracker.matches(url));
    known.or_else(|| is_ghost_redirect(url).then_some(GHOST))
}

/// Returns true for the address of a picture that only counts who sees it.
pub(crate) fn is_tracking_picture(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| {
        let is_known = PICTURES.iter().any(|tracker| tracker.matches(&url));
        is_known || find_tracker(&url).is_some()
    })
}

fn is_ghost_redirect(url: &Url) -> bool {
    let id = url.path().strip_prefix("/r/");
    let is_id = |id: &str| id.len() == 8 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    id.is_some_and(is_id) && url.query_pairs().any(|(name, _)| name == "m")
}

impl Tracker {
    fn matches(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else {
            return false;
        };
        self.hosts.iter().any(|pattern| matches_host(pattern, host))
            && self.paths.iter().any(|start| url.path().starts_with(start))
    }

    /// Returns the page that an address leads to, if the address contains it.
    pub(crate) fn find_target(&self, url: &Url) -> Option<Url> {
        match self.target {
            Unknown => None,
            Parameter(names) => parse_web_address(&find_parameter(url, names)?),
            ProofpointParameter => {
                let encoded = find_parameter(url, &["u"])?
                    .replace('-', "%")
                    .replace('_', "/");
                parse_web_address(&decode_percent(&encoded))
            }
            ProofpointPath => decode_proofpoint_path(url.as_str()),
            Path => path_parts(url).find_map(|part| {
                let decoded = decode_base64(&part).and_then(|bytes| String::from_utf8(bytes).ok());
                parse_web_address(&part).or_else(|| parse_web_address(&decoded?))
            }),
            PathWithoutScheme => {
                let page = path_parts(url).nth(1)?;
                parse_web_address(&format!("https://{page}"))
            }
            Json(field) => {
                let parameters = url.query_pairs().map(|(_, value)| value.into_owned());
                let mut parts = path_parts(url).chain(parameters);
                parts.find_map(|part| parse_web_address(&find_json_field(&part, field)?))
            }
        }
    }

    /// Returns true if every address of the service contains the page that it leads to.
    pub(crate) fn names_target(&self) -> bool {
        matches!(self.target, Parameter(_))
    }
}

fn matches_host(pattern: &str, host: &str) -> bool {
    if pattern.contains('#') {
        let without_digits = host.replace(|character: char| character.is_ascii_digit(), "");
        return matches_host(&pattern.replace('#', ""), &without_digits);
    }
    match (pattern.strip_prefix("*."), pattern.strip_suffix('*')) {
        (Some(domain), _) => host
            .strip_suffix(domain)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
        (None, Some(start)) => host.starts_with(start),
        (None, None) => host == pattern,
    }
}

fn find_parameter(url: &Url, names: &[&str]) -> Option<String> {
    let mut pairs = url.query_pairs();
    let (_, value) = pairs.find(|(name, _)| names.contains(&name.as_ref()))?;
    Some(value.into_owned())
}

fn parse_web_address(address: &str) -> Option<Url> {
    Url::parse(address)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
}

fn path_parts(url: &Url) -> impl Iterator<Item = String> {
    url.path().split('/').skip(1).map(decode_percent)
}

fn decode_percent(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Decodes Base64 in either alphabet, with or without padding.
fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let text = text
        .trim_end_matches('=')
        .replace('+', "-")
        .replace('/', "_");
    BASE64URL_NOPAD.decode(text.as_bytes()).ok()
}

/// Decodes `…/v3/__ADDRESS__;CHARACTERS!…`. A `*` in the address stands for the next character.
fn decode_proofpoint_path(address: &str) -> Option<Url> {
    let (_, rest) = address.split_once("/v3/__")?;
    let (page, rest) = rest.rsplit_once("__;")?;
    let characters = decode_base64(rest.split('!').next()?)?;
    let characters = String::from_utf8(characters).ok()?;
    // Two of them stand for several characters, which is seldom.
    if page.contains("**") || page.matches('*').count() != characters.chars().count() {
        return parse_web_address(page).filter(|_| !page.contains('*'));
    }
    let mut characters = characters.chars();
    let decode = |sign: char| {
        if sign == '*' {
            characters.next()
        } else {
            Some(sign)
        }
    };
    parse_web_address(&page.chars().filter_map(decode).collect::<String>())
}

/// Finds a field in a part of a token: JSON in Base64, which may hold JSON as text in its field `p`.
fn find_json_field(token: &str, field: &str) -> Option<String> {
    token.split('.').find_map(|part| {
        let mut json: Value = serde_json::from_slice(&decode_base64(part)?).ok()?;
        if let Some(inner) = json.get("p").and_then(Value::as_str)
            && json.get(field).is_none()
        {
            json = serde_json::from_str(inner).ok()?;
        }
        Some(json.get(field)?.as_str()?.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(address: &str) -> Option<(&'static str, Option<String>)> {
        let url = Url::parse(address).unwrap();
        let tracker = find_tracker(&url)?;
        Some((tracker.name, tracker.find_target(&url).map(String::from)))
    }

    #[test]
    fn services_are_recognised_by_host_and_path() {
        for (address, name) in [
            (
                "https://acme.us12.list-manage.com/track/click?u=1&id=2&e=3",
                "Mailchimp",
            ),
            ("https://acme.list-manage1.com/track/click?u=1", "Mailchimp"),
            ("https://mailchi.mp/1a2b3c/acme", "Mailchimp"),
            ("https://mandrillapp.com/track/click/1/a.jp?p=x", "Mandrill"),
            ("https://substack.com/redirect/0a1b-2c3d?j=x", "Substack"),
            ("https://email.mg2.substack.com/c/eJw1", "Substack"),
            ("https://email.mail.acme.org/c/eJw1kE", "Mailgun"),
            ("https://u1.ct.sendgrid.net/ls/click?upn=x", "SendGrid"),
            ("https://links.acme.org/ls/click?upn=x", "SendGrid"),
            ("https://t.co/a1B2", "Twitter"),
            ("https://lnkd.in/gA1", "LinkedIn"),
            ("https://bit.ly/3a", "Bitly"),
            ("https://tinyurl.com/3a", "TinyURL"),
            ("https://link.mail.beehiiv.com/ss/c/u001.x/4/y", "beehiiv"),
            ("https://d1.hubspotlinks.com/Ctc/x", "HubSpot"),
            ("https://acme.cmail20.com/t/x-l-abc/", "Campaign Monitor"),
            (
                "https://acme.createsend1.com/t/x-l-abc/",
                "Campaign Monitor",
            ),
            ("https://acme.activehosted.com/lt.php?x=1", "ActiveCampaign"),
            ("https://acme.emlnk9.com/lt.php?x=1", "ActiveCampaign"),
            ("https://ctrk.klclick1.com/l/x", "Klaviyo"),
            ("https://email.mg.buttondown.email/c/x", "Buttondown"),
            ("https://acme.org/r/1a2b3c4d?m=0a1b", "Ghost"),
        ] {
            assert_eq!(find(address), Some((name, None)), "{address}");
        }
    }

    #[test]
    fn the_page_behind_is_decoded() {
        let token = |json: &str| BASE64URL_NOPAD.encode(json.as_bytes());
        let page = token("https://a.jp/x?y=1");
        let substack = token(r#"{"e":"https://a.jp/x?y=1","p":12,"s":3}"#);
        let mandrill =
            token(r#"{"s":"x","v":1,"p":"{\"u\":1,\"url\":\"https:\\/\\/a.jp\\/x?y=1\"}"}"#);
        for (address, name) in [
            (
                "https://urldefense.proofpoint.com/v2/url?u=https-3A__a.jp_x-3Fy-3D1&d=D"
                    .to_owned(),
                "Proofpoint",
            ),
            (
                "https://urldefense.com/v3/__https://a.jp/x?y=1__;!!A!b$".to_owned(),
                "Proofpoint",
            ),
            (
                "https://urldefense.com/v3/__https://a.jp/x*y=1__;Pw!!A!b$".to_owned(),
                "Proofpoint",
            ),
            (
                format!("https://click.convertkit-mail2.com/abc/def/{page}"),
                "Kit",
            ),
            (
                format!("https://substack.com/redirect/2/{substack}"),
                "Substack",
            ),
            (
                format!("https://mandrillapp.com/track/click/1/a.jp?p={mandrill}"),
                "Mandrill",
            ),
            (
                "https://x.r.us-east-1.awstrack.me/L0/https:%2F%2Fa.jp%2Fx%3Fy=1/1/0-1/z=2"
                    .to_owned(),
                "Amazon SES",
            ),
            (
                "https://tracking.acme.org/CL0/https:%2F%2Fa.jp%2Fx%3Fy=1/1/0-1/z=2".to_owned(),
                "Amazon SES",
            ),
            (
                "https://track.pstmrk.it/3s/a.jp%2Fx%3Fy=1/x/y".to_owned(),
                "Postmark",
            ),
            (
                "https://l.facebook.com/l.php?u=https%3A%2F%2Fa.jp%2Fx%3Fy%3D1&h=2".to_owned(),
                "Facebook",
            ),
            (
                "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fa.jp%2Fx%3Fy%3D1"
                    .to_owned(),
                "LinkedIn",
            ),
        ] {
            let expected = Some((name, Some("https://a.jp/x?y=1".to_owned())));
            assert_eq!(find(&address), expected, "{address}");
        }
    }

    #[test]
    fn other_addresses_are_not_recognised() {
        for address in [
            "https://bit.ly/",
            "https://mailchimp.com/pricing",
            "https://acme.substack.com/p/title",
            "https://rbit.ly/a",
            "https://at.co/a",
            "https://www.reddit.com/r/abcdef12?x=1",
            "https://www.google.com/search?q=a",
            "https://www.linkedin.com/in/a",
            "https://sub.beehiiv.com/p/a",
        ] {
            assert_eq!(find(address), None, "{address}");
        }
    }

    #[test]
    fn pictures_that_count_readers_are_recognised() {
        for address in [
            "https://acme.us1.list-manage.com/track/open.php?u=1&id=2",
            "https://www.facebook.com/tr?id=1&ev=PageView&noscript=1",
            "https://u1.ct.sendgrid.net/wf/open?upn=x",
            "https://pixel.wp.com/b.gif?x=1",
        ] {
            assert!(is_tracking_picture(address), "{address}");
        }
        for address in [
            "https://a.jp/a.jpg",
            "a.jpg",
            "https://mcusercontent.com/1/images/a.png",
        ] {
            assert!(!is_tracking_picture(address), "{address}");
        }
    }
}
