use std::future::IntoFuture;
use std::io;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::ctrl_c;

/// Serves until Ctrl-C. Requests that are being answered then have a second to end; one that never comes to its end does not
/// keep the program, and a second Ctrl-C ends it at once.
pub(crate) async fn serve(
    listener: TcpListener,
    routes: Router,
    interrupted: impl Future<Output = ()>,
) -> io::Result<()> {
    let (stop, stopped) = oneshot::channel::<()>();
    let server = axum::serve(listener, routes).with_graceful_shutdown(async {
        // It also ends when the sender is gone.
        let _ = stopped.await;
    });
    let mut server = tokio::spawn(server.into_future());
    tokio::select! {
        ended = &mut server => return ended.map_err(io::Error::other)?,
        () = interrupted => drop(stop),
    }
    let again = ctrl_c();
    tokio::select! {
        ended = &mut server => ended.map_err(io::Error::other)?,
        () = again => Ok(()),
        () = tokio::time::sleep(Duration::from_secs(1)) => Ok(()),
    }
}
