use std::ffi::OsStr;
use std::io::ErrorKind;
use std::net::Ipv4Addr;

use tokio::net::TcpListener;

/// Listens on loopback, at the port that the variable `PORT` names.
pub(crate) async fn listen(variable: Option<&OsStr>) -> Result<TcpListener, String> {
    let port = match variable {
        None => 3000,
        Some(text) => text.to_str().and_then(|text| text.trim().parse::<u16>().ok()).ok_or_else(|| {
            format!("PORT is {text:?}, but it has to be a whole number from 0 to 65535, where 0 takes any free port")
        })?,
    };
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => {
                format!("port {port} is already in use; choose another one, such as PORT=3001")
            }
            ErrorKind::PermissionDenied => {
                format!("port {port} is not allowed; choose one above 1023, such as PORT=3001")
            }
            _ => format!("port {port} cannot be listened on: {error}"),
        })
}
