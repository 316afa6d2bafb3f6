//! The test runner: runs each case in each engine.

use std::any::Any;
use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use tokio::runtime::Runtime;
use tokio::select;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::time::sleep;

use crate::browser_engine::BrowserEngine;
use crate::browser_pool::BrowserPool;
use crate::case::{Case, Exclusion, Requirement};
use crate::context::TestContext;
use crate::deadlines;
use crate::dist::root;

/// Runs the cases that the command line selects, and ends every process it started.
///
/// A case that cannot run is reported as ignored, with the reason.
pub fn run(
    cases: &[&[Case]],
    exclusions: &'static [Exclusion],
    requirements: &'static [Requirement],
) -> ExitCode {
    let cases = cases.concat();
    check_names(&cases, exclusions, requirements);
    let mut arguments = Arguments::from_args();
    // The list takes the engines in turn, so each of them runs about one case at a time.
    arguments
        .test_threads
        .get_or_insert(BrowserEngine::ALL.len());
    let runtime = Arc::new(Runtime::new().expect("the machine has threads"));
    let interrupt = watch_for_interrupts(&runtime);
    let runners = BrowserEngine::ALL.map(|engine| {
        Arc::new(EngineRunner {
            pool: Arc::new(BrowserPool::new(engine)),
            runtime: Arc::clone(&runtime),
            interrupt: interrupt.clone(),
        })
    });

    let trials = cases
        .iter()
        .flat_map(|case| {
            runners.iter().map(|runner| {
                let engine = runner.pool.engine();
                let reason = find_reason_to_ignore(case, engine, exclusions, requirements);
                new_trial(*case, Arc::clone(runner), reason)
            })
        })
        .collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    runners.iter().for_each(|runner| runner.pool.close());
    conclusion.exit_code()
}

/// Panics if an exclusion or a requirement is about no case.
fn check_names(cases: &[Case], exclusions: &[Exclusion], requirements: &[Requirement]) {
    let excluded = exclusions.iter().map(|exclusion| exclusion.case);
    let required = requirements
        .iter()
        .flat_map(|requirement| requirement.cases.iter().copied());
    for name in excluded.chain(required) {
        let found = cases.iter().any(|case| case.name().starts_with(name));
        assert!(found, "there is no case {name}");
    }
}

fn find_reason_to_ignore(
    case: &Case,
    engine: BrowserEngine,
    exclusions: &[Exclusion],
    requirements: &[Requirement],
) -> Option<String> {
    let name = case.name();
    let is_left_out = |requirement: &&Requirement| {
        let needed = requirement.cases.iter().any(|case| name.starts_with(case));
        needed && is_absent(requirement.program)
    };
    let exclusion = exclusions
        .iter()
        .find(|exclusion| exclusion.engine == engine && exclusion.case == name);
    engine
        .reason_left_out()
        .or_else(|| exclusion.map(|exclusion| exclusion.reason.to_owned()))
        .or_else(|| {
            let requirement = requirements.iter().find(is_left_out)?;
            Some(format!(
                "needs {}, which is absent or in DIGEST_WITHOUT",
                requirement.program
            ))
        })
}

fn is_absent(program: &str) -> bool {
    if program.contains('/') {
        return !root().join(program).exists();
    }
    let without = env::var("DIGEST_WITHOUT").unwrap_or_default();
    without.split(',').any(|name| name.trim() == program)
}

/// Runs the cases of one engine.
struct EngineRunner {
    pool: Arc<BrowserPool>,
    runtime: Arc<Runtime>,
    interrupt: watch::Receiver<bool>,
}

impl EngineRunner {
    fn run_case(&self, case: Case) -> Result<Completion, Failed> {
        if *self.interrupt.borrow() {
            return Ok(Completion::ignored_with("interrupted"));
        }
        let set_up = TestContext::set_up(Arc::clone(&self.pool));
        let context = self.runtime.block_on(set_up);
        let result = self.catch_failure(case, &context);
        self.runtime.block_on(context.tear_down(result.is_ok()));
        result.map(|()| Completion::Completed)
    }

    /// Turns a panic into a failure, so that every failure gets a screenshot and ends its browser.
    fn catch_failure(&self, case: Case, context: &TestContext) -> Result<(), Failed> {
        let result = catch_unwind(AssertUnwindSafe(|| {
            self.runtime.block_on(self.run_with_deadline(case, context))
        }));
        let message = match result.unwrap_or_else(|panic| Err(panic_message(panic))) {
            Ok(()) => return Ok(()),
            Err(message) => message,
        };
        let screenshot = self.runtime.block_on(context.capture_failure(&case.name()));
        let screenshot =
            screenshot.map_or_else(|| "none".into(), |file| file.display().to_string());
        Err(format!("{message}\nscreenshot: {screenshot}").into())
    }

    async fn run_with_deadline(&self, case: Case, context: &TestContext) -> Result<(), String> {
        let mut interrupt = self.interrupt.clone();
        select! {
            () = (case.run)(context) => Ok(()),
            () = sleep(deadlines::CASE) => {
                Err(format!("the case did not end within {:?}", deadlines::CASE))
            }
            _ = interrupt.wait_for(|interrupted| *interrupted) => Err("interrupted".into()),
        }
    }
}

fn new_trial(case: Case, runner: Arc<EngineRunner>, reason_to_ignore: Option<String>) -> Trial {
    let name = format!("{}::{}", runner.pool.engine(), case.name());
    Trial::ignorable_test(name, move || match reason_to_ignore {
        Some(reason) => Ok(Completion::ignored_with(reason)),
        None => runner.run_case(case),
    })
}

/// Turns true on Ctrl-C or a request to terminate. Cases then fail, and everything ends as usual.
pub(crate) fn watch_for_interrupts(runtime: &Runtime) -> watch::Receiver<bool> {
    let (sender, receiver) = watch::channel(false);
    let _context = runtime.enter();
    let [mut interrupt, mut terminate] = [SignalKind::interrupt(), SignalKind::terminate()]
        .map(|kind| signal(kind).expect("the system delivers signals"));
    runtime.spawn(async move {
        select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        sender.send_replace(true);
    });
    receiver
}

fn panic_message(panic: Box<dyn Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => panic
            .downcast::<&str>()
            .map_or_else(|_| "it panicked".into(), |text| text.to_string()),
    }
}
