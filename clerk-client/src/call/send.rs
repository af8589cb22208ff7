use http::HeaderValue;
use http::header::{AUTHORIZATION, CONTENT_TYPE};

use super::draft::{Draft, JSON, Key};
use crate::Error;
use crate::answer::error_of;
use crate::client::bearer;
use crate::transport::{Request, Response};

/// The one way out: one attempt of any call.
pub(super) async fn attempt(draft: &Draft) -> Result<Response, Error> {
    let request = request(draft)?;
    let response = draft.client.transport().send(request).await?;
    if !response.status.is_success() {
        return Err(error_of(&response));
    }
    if draft.wants_json && !is_json(&response) {
        return Err(Error::Decode {
            status: response.status,
            message: "the answer's content type is not JSON".to_owned(),
        });
    }
    Ok(response)
}

fn request(draft: &Draft) -> Result<Request, Error> {
    let path = draft.target()?;
    let mut headers = draft.client.headers().clone();
    if let Some(bearer) = authorization(draft)? {
        headers.insert(AUTHORIZATION, bearer);
    }
    let mut body = None;
    if let Some((bytes, content_type)) = draft.body.bytes()? {
        if content_type != JSON {
            let content_type = HeaderValue::try_from(&*content_type).map_err(|_| Error::Upload)?;
            headers.insert(CONTENT_TYPE, content_type);
        }
        body = Some(bytes);
    }
    Ok(Request {
        method: draft.method.clone(),
        url: draft.client.base_url().with(&path),
        headers,
        body,
        timeout: draft.options.timeout.unwrap_or(draft.client.timeout()),
        max_response_bytes: draft.max_response_bytes,
    })
}

fn authorization(draft: &Draft) -> Result<Option<HeaderValue>, Error> {
    let own = |key: &Option<String>| {
        let key = key.as_deref().map(bearer).transpose();
        key.map_err(|_| Error::InvalidKey)
    };
    let secret = || -> Result<_, Error> {
        Ok(match own(&draft.options.secret_key)? {
            Some(key) => Some(key),
            None => draft.client.secret_key().cloned(),
        })
    };
    let machine = || -> Result<_, Error> {
        Ok(match own(&draft.options.machine_secret_key)? {
            Some(key) => Some(key),
            None => draft.client.machine_secret_key().cloned(),
        })
    };
    let key = match draft.key {
        Key::None => return Ok(None),
        Key::Secret => secret()?.ok_or(Error::NoSecretKey)?,
        Key::Machine => machine()?.ok_or(Error::NoMachineSecretKey)?,
        // A key that was given for this very call goes before what the client was made with.
        Key::MachineOrSecret if draft.options.machine_secret_key.is_none() => {
            match own(&draft.options.secret_key)? {
                Some(key) => key,
                None => machine()?.or(secret()?).ok_or(Error::NoSecretKey)?,
            }
        }
        Key::MachineOrSecret => machine()?.ok_or(Error::NoSecretKey)?,
    };
    Ok(Some(key))
}

fn is_json(response: &Response) -> bool {
    let content_type = response.headers.get(CONTENT_TYPE);
    content_type.is_some_and(|value| value.as_bytes().starts_with(JSON.as_bytes()))
}
