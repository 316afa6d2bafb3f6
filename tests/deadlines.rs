//! The longest waits of the tests. A wait ends as soon as its condition holds, so generous
//! deadlines cost nothing, and a busy machine fails no test.

use std::time::Duration;

/// For a whole case. Only a browser that hangs takes this long.
pub(crate) const CASE: Duration = Duration::from_secs(900);

/// For a condition in a page, or a request that a page makes.
pub(crate) const CONDITION: Duration = Duration::from_secs(60);

/// For a script that a page runs, and for a page to load.
pub(crate) const SCRIPT: Duration = Duration::from_secs(300);

/// For a program to start and listen, or to let go of its files.
pub(crate) const PROCESS: Duration = Duration::from_secs(60);

/// For a browser to clean up after a case, or to show how it failed.
pub(crate) const CLEAN_UP: Duration = Duration::from_secs(30);

/// Between two looks at a condition.
pub(crate) const PAUSE: Duration = Duration::from_millis(25);
