use crate::auth::{
    AuthReason, MachineTokenVerificationErrorCode as Machine, RefreshTokenErrorReason as Refresh,
};
use crate::token::TokenVerificationErrorReason as Reason;

#[test]
fn every_reason_is_on_the_page_about_refusals() {
    const PAGE: &str = include_str!("../../docs/refusals.md");
    let reasons = [
        AuthReason::ActiveOrganizationMismatch,
        AuthReason::ClientUatButNoSessionToken,
        AuthReason::DevBrowserMissing,
        AuthReason::DevBrowserSync,
        AuthReason::NoTokenInHeader,
        AuthReason::PrimaryDomainCrossOriginSync,
        AuthReason::PrimaryRespondsToSyncing,
        AuthReason::SatelliteNeedsSyncing,
        AuthReason::SessionTokenAndUatMissing,
        AuthReason::SessionTokenButNoClientUat,
        AuthReason::SessionTokenIatBeforeClientUat,
        AuthReason::SessionTokenIatInTheFuture,
        AuthReason::SessionTokenMissing,
        AuthReason::SessionTokenNbf,
        AuthReason::TokenTypeMismatch,
        AuthReason::UnexpectedError,
    ];
    let tokens = [
        Reason::TokenExpired,
        Reason::TokenInvalid,
        Reason::TokenInvalidAlgorithm,
        Reason::TokenInvalidAuthorizedParties,
        Reason::TokenInvalidIssuer,
        Reason::TokenInvalidSignature,
        Reason::TokenNotActiveYet,
        Reason::TokenIatInTheFuture,
        Reason::TokenVerificationFailed,
        Reason::SecretKeyInvalid,
        Reason::JwkRemoteFailedToLoad,
        Reason::JwkFailedToResolve,
        Reason::JwkKidMismatch,
        Reason::UnexpectedError,
    ];
    let refreshes = [
        Refresh::ExpiredSessionTokenDecodeFailed,
        Refresh::ExpiredSessionTokenMissingSidClaim,
        Refresh::FetchError,
        Refresh::InvalidSessionToken,
        Refresh::MissingApiClient,
        Refresh::NonEligibleNoRefreshCookie,
        Refresh::NonEligibleNonGet,
        Refresh::UnexpectedBapiError,
        Refresh::UnexpectedSdkError,
    ];
    let machines = [
        Machine::SecretKeyInvalid,
        Machine::TokenInvalid,
        Machine::TokenVerificationFailed,
        Machine::UnexpectedError,
    ];
    let names = reasons
        .iter()
        .map(|reason| reason.as_str().into_owned())
        .chain(tokens.iter().map(|reason| reason.as_str().to_owned()))
        .chain(refreshes.iter().map(|reason| reason.as_str().to_owned()))
        .chain(machines.iter().map(|code| code.as_str().to_owned()))
        .chain(["pending", "missing", "denied", "claims", "cross-site"].map(str::to_owned));
    for name in names {
        assert!(PAGE.contains(&format!("`{name}`")), "{name} is not on the page");
    }
}
