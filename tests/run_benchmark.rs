use std::sync::Arc;

use tokio::runtime::Runtime;
use tokio::select;

use crate::browser_engine::BrowserEngine;
use crate::browser_pool::BrowserPool;
use crate::run::watch_for_interrupts;

/// Runs a benchmark with a pool of Chromium windows. An interrupt ends the browser too.
pub(crate) fn run_benchmark(bench: impl AsyncFnOnce(&Arc<BrowserPool>)) {
    let runtime = Runtime::new().expect("the machine has threads");
    let mut interrupt = watch_for_interrupts(&runtime);
    let pool = Arc::new(BrowserPool::new(BrowserEngine::Chromium));
    runtime.block_on(async {
        select! {
            () = bench(&pool) => {}
            _ = interrupt.wait_for(|interrupted| *interrupted) => println!("interrupted"),
        }
    });
    pool.close();
}
