//! A browser test, and the reasons to leave one out.

use std::pin::Pin;

use crate::browser_engine::BrowserEngine;
use crate::context::TestContext;

/// A browser test. It runs once in each engine.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// The path of its module.
    pub module: &'static str,
    /// The function's name.
    pub function: &'static str,
    /// The function.
    pub run: for<'a> fn(&'a TestContext) -> Pin<Box<dyn Future<Output = ()> + 'a>>,
}

impl Case {
    /// The name in a run, without the engine: `opening::fragment_opens_its_headline`.
    pub fn name(&self) -> String {
        let module = self.module.rsplit("::").next().unwrap_or_default();
        format!("{module}::{}", self.function)
    }
}

/// An engine that cannot run a case.
#[derive(Clone, Copy, Debug)]
pub struct Exclusion {
    /// The name of the case.
    pub case: &'static str,
    /// The engine that cannot run it.
    pub engine: BrowserEngine,
    /// The reason, which the run prints.
    pub reason: &'static str,
}

/// A program or a folder that some cases need. Where `DIGEST_WITHOUT` lists the program, or the
/// folder is absent, they are ignored.
#[derive(Clone, Copy, Debug)]
pub struct Requirement {
    /// The program, or the folder's path from the root of the repository.
    pub program: &'static str,
    /// The names of the cases, or how they begin.
    pub cases: &'static [&'static str],
}

/// Lists the cases of a file as its `CASES`.
#[macro_export]
macro_rules! cases {
    ($($case:ident),* $(,)?) => {
        pub(crate) const CASES: &[$crate::Case] = &[$($crate::Case {
            module: module_path!(),
            function: stringify!($case),
            run: |context| Box::pin($case(context)),
        }),*];
    };
}
