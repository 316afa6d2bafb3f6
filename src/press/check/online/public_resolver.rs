use thiserror::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::check::public_ip;

/// Finds the addresses of hosts, but none that is not on the public internet.
///
/// A newsletter, or a page that it links to, must not make an editor's computer ask what only that
/// computer can reach. This is decided about the very address that is connected to, after the name was
/// looked up.
#[derive(Debug, Default)]
pub(crate) struct PublicResolver {
    all: DefaultResolver,
}

/// The host is not on the public internet.
#[derive(Debug, Error)]
#[error("the host is in a private network")]
pub(crate) struct Private;

impl Resolver for PublicResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let all = self
            .all
            .resolve(uri, config, timeout)
            .map_err(|error| match error {
                // So the system says that it knows no such name.
                ureq::Error::Io(_) => ureq::Error::HostNotFound,
                error => error,
            })?;
        let mut public = self.empty();
        for address in all
            .iter()
            .filter(|address| public_ip::is_public_ip(address.ip()))
        {
            public.push(*address);
        }
        if public.is_empty() {
            Err(ureq::Error::Other(Box::new(Private)))
        } else {
            Ok(public)
        }
    }
}
