//! The test runner: each case in each engine.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use tokio::runtime::Runtime;
use tokio::select;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::time::sleep;

use crate::case::{Case, Out};
use crate::engine::Engine;
use crate::pool::Pool;
use crate::stage::Stage;

/// No case takes this long, unless a browser hangs.
const DEADLINE: Duration = Duration::from_secs(90);

/// Runs the cases that the command line selects, and ends every process it started.
pub fn run(cases: &[&[Case]], out: &'static [Out]) -> ExitCode {
    let cases = cases.concat();
    for out in out {
        assert!(
            cases.iter().any(|case| case.name == out.case),
            "{} is out but is no case",
            out.case
        );
    }
    let mut arguments = Arguments::from_args();
    // The list goes round the engines, so each of them plays about one case at a time.
    arguments.test_threads.get_or_insert(Engine::ALL.len());
    let runtime = Arc::new(Runtime::new().expect("the machine has threads"));
    let interrupt = interrupt(&runtime);
    let house = |engine| {
        Arc::new(House {
            pool: Arc::new(Pool::new(engine)),
            runtime: Arc::clone(&runtime),
            interrupt: interrupt.clone(),
        })
    };
    let houses: Vec<Arc<House>> = Engine::wanted().into_iter().map(house).collect();

    let trials = cases
        .iter()
        // Engines take turns in the list, so that they work side by side.
        .flat_map(|case| {
            houses
                .iter()
                .map(|house| trial(*case, Arc::clone(house), out))
        })
        .collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    houses.iter().for_each(|house| house.pool.close());
    conclusion.exit_code()
}

/// An engine's house, where its cases play.
struct House {
    pool: Arc<Pool>,
    runtime: Arc<Runtime>,
    interrupt: watch::Receiver<bool>,
}

impl House {
    fn play(&self, case: Case) -> Result<Completion, Failed> {
        if *self.interrupt.borrow() {
            return Ok(Completion::ignored_with("interrupted"));
        }
        let stage = self.runtime.block_on(Stage::set(Arc::clone(&self.pool)));
        let result = self.perform(case, &stage);
        self.runtime.block_on(stage.strike(result.is_ok()));
        result.map(|()| Completion::Completed)
    }

    /// Turns a panic into a failure, so that the browser is pictured and ended whatever happens.
    fn perform(&self, case: Case, stage: &Stage) -> Result<(), Failed> {
        let result = catch_unwind(AssertUnwindSafe(|| {
            self.runtime.block_on(self.watch(case, stage))
        }));
        let message = match result.unwrap_or_else(|panic| Err(message(panic))) {
            Ok(()) => return Ok(()),
            Err(message) => message,
        };
        let picture = self.runtime.block_on(stage.picture_failure(case.name));
        let picture = picture.map_or_else(|| "none".into(), |file| file.display().to_string());
        Err(format!("{message}\nscreenshot: {picture}").into())
    }

    async fn watch(&self, case: Case, stage: &Stage) -> Result<(), String> {
        let mut interrupt = self.interrupt.clone();
        select! {
            () = (case.run)(stage) => Ok(()),
            () = sleep(DEADLINE) => Err(format!("the case did not end within {DEADLINE:?}")),
            _ = interrupt.wait_for(|interrupted| *interrupted) => Err("interrupted".into()),
        }
    }
}

fn trial(case: Case, house: Arc<House>, out: &'static [Out]) -> Trial {
    let engine = house.pool.engine();
    Trial::ignorable_test(format!("{engine}::{}", case.name), move || {
        match out
            .iter()
            .find(|out| out.engine == engine && out.case == case.name)
        {
            Some(out) => Ok(Completion::ignored_with(out.reason)),
            None => house.play(case),
        }
    })
}

/// Turns true when the run is told to end, by Ctrl-C or by what started it: the cases then fail, and
/// everything is ended as usual.
fn interrupt(runtime: &Runtime) -> watch::Receiver<bool> {
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

fn message(panic: Box<dyn Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => panic
            .downcast::<&str>()
            .map_or_else(|_| "it panicked".into(), |text| text.to_string()),
    }
}
