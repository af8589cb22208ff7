//! Methods of features that are off. None of them can be called: a call is answered by the compiler with the feature to switch
//! on, where it would else say that there is no such method. Items need nothing of the kind, as rustc knows their features.
//!
//! A bound that never holds has to speak of something generic, or the method itself would not compile: hence the lifetimes.
#![expect(
    unnameable_types,
    clippy::missing_errors_doc,
    reason = "they stand in messages and nowhere else"
)]

use std::marker::PhantomData;

/// Is returned by the methods of a feature that is off.
#[derive(Debug)]
pub struct FeatureIsOff<'off>(PhantomData<&'off ()>);

#[cfg(not(feature = "client"))]
mod client {
    use super::FeatureIsOff;
    use crate::Clerk;

    #[diagnostic::on_unimplemented(
        message = "`Clerk::client` needs the feature `client` of `clerk-runtime`, which is off",
        label = "switch on the feature `client`",
        note = "in Cargo.toml: `clerk-runtime = {{ version = \"0.1\", features = [\"client\"] }}`"
    )]
    pub trait ClientIsOn {}

    impl Clerk {
        /// Needs the feature `client`.
        #[doc(hidden)]
        pub fn client<'off>(&'off self) -> FeatureIsOff<'off>
        where
            FeatureIsOff<'off>: ClientIsOn,
        {
            FeatureIsOff(std::marker::PhantomData)
        }
    }
}

#[cfg(not(feature = "network"))]
mod network {
    use super::FeatureIsOff;
    use crate::ClerkBuilder;

    #[diagnostic::on_unimplemented(
        message = "this setting of `ClerkBuilder` needs the feature `network` of `clerk-runtime`, which is off",
        label = "switch on the feature `network`",
        note = "in Cargo.toml: `clerk-runtime = {{ version = \"0.1\", features = [\"network\"] }}`"
    )]
    pub trait NetworkIsOn {}

    impl ClerkBuilder {
        /// Needs the feature `network`.
        #[doc(hidden)]
        #[must_use]
        pub fn template_token_cache<'off>(self, _bytes: usize) -> Self
        where
            FeatureIsOff<'off>: NetworkIsOn,
        {
            self
        }

        /// Needs the feature `network`.
        #[doc(hidden)]
        #[must_use]
        pub fn transport<'off, T>(self, _transport: T) -> Self
        where
            FeatureIsOff<'off>: NetworkIsOn,
        {
            self
        }
    }
}

#[cfg(all(feature = "axum", not(feature = "testing")))]
mod testing {
    use super::FeatureIsOff;
    use crate::{Guard, Policy, Rejection};

    #[diagnostic::on_unimplemented(
        message = "`Guard::for_test` needs the feature `testing` of `clerk-runtime`, which is off",
        label = "switch on the feature `testing`",
        note = "in Cargo.toml, among the `[dev-dependencies]`: `clerk-testing = \"0.1\"`, which switches it on"
    )]
    pub trait TestingIsOn {}

    impl<P: Policy> Guard<P> {
        /// Needs the feature `testing`.
        #[doc(hidden)]
        pub fn for_test<'off, A>(_auth: A) -> Result<Self, Rejection>
        where
            FeatureIsOff<'off>: TestingIsOn,
        {
            Err(Rejection::Misconfigured)
        }
    }
}

#[cfg(all(feature = "axum", not(feature = "utoipa")))]
mod utoipa {
    use super::FeatureIsOff;
    use crate::AccessTable;

    #[diagnostic::on_unimplemented(
        message = "`AccessTable::document` needs the feature `utoipa` of `clerk-runtime`, which is off",
        label = "switch on the feature `utoipa`",
        note = "in Cargo.toml: `clerk-runtime = {{ version = \"0.1\", features = [\"utoipa\"] }}`"
    )]
    pub trait UtoipaIsOn {}

    impl AccessTable {
        /// Needs the feature `utoipa`.
        #[doc(hidden)]
        pub fn document<'off, A>(&'off self, _api: A) -> FeatureIsOff<'off>
        where
            FeatureIsOff<'off>: UtoipaIsOn,
        {
            FeatureIsOff(std::marker::PhantomData)
        }
    }
}

#[cfg(all(feature = "axum", not(feature = "connect-info")))]
mod connect_info {
    use super::FeatureIsOff;
    use crate::GuardedRouter;

    #[diagnostic::on_unimplemented(
        message = "`into_make_service_with_connect_info` needs the feature `connect-info` of `clerk-runtime`, which is off",
        label = "switch on the feature `connect-info`",
        note = "in Cargo.toml: `clerk-runtime = {{ version = \"0.1\", features = [\"connect-info\"] }}`"
    )]
    pub trait ConnectInfoIsOn {}

    impl GuardedRouter {
        /// Needs the feature `connect-info`.
        #[doc(hidden)]
        pub fn into_make_service_with_connect_info<'off, C>(self) -> FeatureIsOff<'off>
        where
            FeatureIsOff<'off>: ConnectInfoIsOn,
        {
            FeatureIsOff(std::marker::PhantomData)
        }
    }
}
