//! What a browser test is.

use std::pin::Pin;

use crate::engine::Engine;
use crate::stage::Stage;

/// One thing that a reader or a partner does. It is run once in each engine.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// What they do: the function's name.
    pub name: &'static str,
    /// The function.
    pub run: for<'a> fn(&'a Stage) -> Pin<Box<dyn Future<Output = ()> + 'a>>,
}

/// An engine that cannot run a case.
#[derive(Clone, Copy, Debug)]
pub struct Out {
    /// The name of the case.
    pub case: &'static str,
    /// The engine that cannot run it.
    pub engine: Engine,
    /// Why it cannot, in a sentence that the run prints.
    pub reason: &'static str,
}

/// Lists the cases of a file as its `CASES`.
#[macro_export]
macro_rules! cases {
    ($($case:ident),* $(,)?) => {
        pub(crate) const CASES: &[$crate::Case] =
            &[$($crate::Case { name: stringify!($case), run: |stage| Box::pin($case(stage)) }),*];
    };
}
