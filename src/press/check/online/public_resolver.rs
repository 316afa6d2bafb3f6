//! Keeps `check --links` out of private networks.

use thiserror::Error;
use ureq::Proxy;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::check::public_ip::is_public_ip;

/// Resolves hosts to addresses on the public internet only.
///
/// A link, or a page that redirects, must not make an editor's computer send requests into its own
/// network. The check uses the resolved address, so a name cannot hide it.
#[derive(Debug, Default)]
pub(crate) struct PublicResolver {
    all: DefaultResolver,
    /// The address of the proxy, which the user chose: it may be in a private network.
    proxy: Option<Uri>,
}

impl PublicResolver {
    pub(crate) fn new(proxy: Option<&Proxy>) -> PublicResolver {
        PublicResolver {
            all: DefaultResolver::default(),
            proxy: proxy.map(|proxy| proxy.uri().clone()),
        }
    }

    fn is_proxy(&self, uri: &Uri) -> bool {
        let address = |uri: &Uri| (uri.host().map(str::to_owned), uri.port_u16());
        let proxy = self.proxy.as_ref();
        proxy.is_some_and(|proxy| address(proxy) == address(uri))
    }
}

/// The error for a host without a public address.
#[derive(Debug, Error)]
#[error("the host is in a private network")]
pub(crate) struct PrivateHostError;

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
                // The system reports an unknown name as an I/O error.
                ureq::Error::Io(_) => ureq::Error::HostNotFound,
                error => error,
            })?;
        if self.is_proxy(uri) {
            return Ok(all);
        }
        let mut public = self.empty();
        for address in all.iter().filter(|address| is_public_ip(address.ip())) {
            public.push(*address);
        }
        if public.is_empty() {
            Err(ureq::Error::Other(Box::new(PrivateHostError)))
        } else {
            Ok(public)
        }
    }
}
