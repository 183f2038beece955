//! The end, in order: on SIGTERM the service says that it is not ready, asks clients to come back
//! elsewhere, closes its sockets with 1001, and then stops after the requests that are under way.

use std::time::Duration;

use actix_web::dev::ServerHandle;
use tokio::sync::watch;

/// How long a balancer and clients on open connections have to look elsewhere.
const NOTICE: Duration = Duration::from_secs(2);

/// Whether the service is stopping.
#[derive(Debug, Clone)]
pub struct Drain(watch::Sender<bool>);

impl Default for Drain {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Drain {
    /// Stops a server in order.
    pub async fn stop(&self, server: &ServerHandle) {
        tracing::info!("stopping");
        self.0.send_replace(true);
        tokio::time::sleep(NOTICE).await;
        server.stop(true).await;
    }

    /// Whether the service is stopping.
    pub(super) fn is_on(&self) -> bool {
        *self.0.borrow()
    }

    /// Changes when the service begins to stop.
    pub(super) fn follow(&self) -> watch::Receiver<bool> {
        self.0.subscribe()
    }
}
