//! `cargo xtask deny`: the dependencies against `deny.toml`.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::tools::CARGO_DENY;

/// Checks licences, sources and versions. It is no step of `test`, because its tool takes longer to
/// compile than all others.
pub(crate) fn run(sh: &Shell) -> Result<()> {
    CARGO_DENY.install(sh)?;
    let deny = CARGO_DENY.path()?;
    Ok(cmd!(sh, "{deny} --locked check bans licenses sources").run()?)
}
