//! A log as an application has it, read back.

use std::io;
use std::sync::{Arc, Mutex};

use tracing::Level;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;

/// Collects what `tracing_subscriber::fmt()` writes on this thread while it is there.
pub(crate) struct Log {
    text: Writer,
    _guard: DefaultGuard,
}

#[derive(Clone, Default)]
struct Writer(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Starts a log with the level that an application has without further ado.
    pub(crate) fn usual() -> Self {
        Self::up_to(Level::INFO)
    }

    pub(crate) fn up_to(level: Level) -> Self {
        let text = Writer::default();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(level)
            .without_time()
            .with_ansi(false)
            .with_writer(text.clone())
            .finish();
        Self {
            text,
            _guard: tracing::subscriber::set_default(subscriber),
        }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.text.0.lock().unwrap().clone()).unwrap()
    }

    /// Returns the lines about refused requests.
    pub(crate) fn refusals(&self) -> Vec<String> {
        let text = self.text();
        let lines = text
            .lines()
            .filter(|line| line.contains("request not signed in") || line.contains("request refused"));
        lines.map(str::to_owned).collect()
    }
}

impl io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Writer {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
