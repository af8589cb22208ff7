use clerk_runtime::routing::{self, GuardedHandler, GuardedMethodRouter, MethodFilter};
use http::Method;

/// The function or method that mounts a handler.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
    Head,
    Options,
    Trace,
    Connect,
    /// `POST` and `PUT`.
    On,
    Any,
}

impl Verb {
    pub(crate) const ALL: [Self; 11] = [
        Self::Get,
        Self::Post,
        Self::Put,
        Self::Patch,
        Self::Delete,
        Self::Head,
        Self::Options,
        Self::Trace,
        Self::Connect,
        Self::On,
        Self::Any,
    ];

    pub(crate) fn answers(self, method: &Method) -> bool {
        match self {
            Self::Get => [Method::GET, Method::HEAD].contains(method),
            Self::Post => method == Method::POST,
            Self::Put => method == Method::PUT,
            Self::Patch => method == Method::PATCH,
            Self::Delete => method == Method::DELETE,
            Self::Head => method == Method::HEAD,
            Self::Options => method == Method::OPTIONS,
            Self::Trace => method == Method::TRACE,
            Self::Connect => method == Method::CONNECT,
            Self::On => [Method::POST, Method::PUT].contains(method),
            Self::Any => true,
        }
    }

    /// By the function of that name.
    pub(crate) fn of<H, T, S>(self, handler: H) -> GuardedMethodRouter<S>
    where
        H: GuardedHandler<T, S>,
        T: 'static,
        S: Clone + Send + Sync + 'static,
    {
        match self {
            Self::Get => routing::get(handler),
            Self::Post => routing::post(handler),
            Self::Put => routing::put(handler),
            Self::Patch => routing::patch(handler),
            Self::Delete => routing::delete(handler),
            Self::Head => routing::head(handler),
            Self::Options => routing::options(handler),
            Self::Trace => routing::trace(handler),
            Self::Connect => routing::connect(handler),
            Self::On => routing::on(MethodFilter::POST.or(MethodFilter::PUT), handler),
            Self::Any => routing::any(handler),
        }
    }

    /// By the method of that name.
    pub(crate) fn chained<H, T, S>(self, handler: H) -> GuardedMethodRouter<S>
    where
        H: GuardedHandler<T, S>,
        T: 'static,
        S: Clone + Send + Sync + 'static,
    {
        let methods = GuardedMethodRouter::new();
        match self {
            Self::Get => methods.get(handler),
            Self::Post => methods.post(handler),
            Self::Put => methods.put(handler),
            Self::Patch => methods.patch(handler),
            Self::Delete => methods.delete(handler),
            Self::Head => methods.head(handler),
            Self::Options => methods.options(handler),
            Self::Trace => methods.trace(handler),
            Self::Connect => methods.connect(handler),
            Self::On => methods.on(MethodFilter::POST.or(MethodFilter::PUT), handler),
            Self::Any => methods.fallback(handler),
        }
    }
}
