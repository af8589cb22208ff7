//! The choice between the suffixed and the plain cookies. Plain ones never take the place of another session's suffixed ones.

use std::borrow::Cow;

use super::candidates::{Session, Signature, SignatureChecks, of_same_session};
use super::header::Values;
use super::selection::{CookiePair, HintReader, uses_suffixed_cookies};
use crate::Deviation;
use crate::authenticate::credential::PresentedToken;
use crate::key::InstanceType;

/// The cookies of one kind, suffixed or plain, as a browser sent them.
#[derive(Debug)]
pub(super) struct SentCookies<'a> {
    pub(super) session: Values<PresentedToken<'a>>,
    pub(super) client_uat: Values<Cow<'a, str>>,
}

/// The cookies that count.
#[derive(Debug)]
pub(super) struct Choice<'a> {
    pub(super) suffixed: bool,
    pub(super) session: Session<'a>,
    pub(super) client_uat: Values<Cow<'a, str>>,
    /// Set if Clerk's SDK would choose otherwise.
    pub(super) deviation: Option<Deviation>,
}

/// The rules that the choice is made by.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChoiceRules<'a> {
    pub(super) instance_type: InstanceType,
    /// Set if newer plain cookies count although they are of another session, as with Clerk's SDK.
    pub(super) accepts_newer_plain_cookies: bool,
    pub(super) hints: HintReader<'a>,
}

/// Returns the cookies that count.
///
/// Any site below the application's domain can set a cookie for the whole domain. The suffixed cookies are the browser's own if
/// Clerk has signed their session, or if there is a suffixed `__client_uat`. Then the plain ones count only if they are of
/// the same session, and Clerk's decision table is asked. It is also asked if the browser has no such suffixed cookie.
pub(super) fn choose<'a>(
    suffixed: SentCookies<'a>,
    plain: SentCookies<'a>,
    rules: ChoiceRules<'_>,
    checks: &mut SignatureChecks<'_>,
) -> Choice<'a> {
    let (suffixed, suffixed_uat) = (suffixed.session, suffixed.client_uat);
    let (plain, plain_uat) = (plain.session, plain.client_uat);
    let by_table = |own: Option<&PresentedToken<'a>>, other: Option<&PresentedToken<'a>>| {
        let own = CookiePair {
            session: own,
            client_uat: first(&suffixed_uat).map(|uat| &**uat),
        };
        let other = CookiePair {
            session: other,
            client_uat: first(&plain_uat).map(|uat| &**uat),
        };
        uses_suffixed_cookies(own, other, rules.instance_type, rules.hints)
    };
    if rules.accepts_newer_plain_cookies {
        let own = Session::resolve(&suffixed, checks);
        let other = Session::resolve(&plain, checks);
        let suffixed = by_table(own.token(), other.token());
        let (session, client_uat) = match suffixed {
            true => (own, suffixed_uat),
            false => (other, plain_uat),
        };
        return Choice {
            suffixed,
            session,
            client_uat,
            deviation: None,
        };
    }
    if suffixed == plain
        && let Values::One(token) = suffixed
    {
        // Nearly always: the choice is Clerk's.
        let by_clerk = by_table(Some(&token), Some(&token));
        let suffixed = by_clerk || conflicts(&plain_uat, &suffixed_uat);
        return Choice {
            suffixed,
            session: Session::One(token),
            client_uat: if suffixed { suffixed_uat } else { plain_uat },
            deviation: (suffixed != by_clerk).then_some(Deviation::PlainCookies),
        };
    }
    let own = Session::resolve(&suffixed, checks);
    let same = own
        .token()
        .and_then(|token| of_same_session(&plain, token, checks));
    let by_clerk = by_table(first(&suffixed), first(&plain));
    let suffixed = match &same {
        Some(same) => by_table(own.token(), Some(same)) || conflicts(&plain_uat, &suffixed_uat),
        None => by_clerk || !suffixed_uat.is_none() || is_signed(&own, checks),
    };
    let (session, client_uat) = if suffixed {
        (own, suffixed_uat)
    } else {
        let session = same.map_or_else(|| Session::resolve(&plain, checks), Session::One);
        (session, plain_uat)
    };
    Choice {
        suffixed,
        session,
        client_uat,
        deviation: (suffixed != by_clerk).then_some(Deviation::PlainCookies),
    }
}

/// Returns whether the plain `__client_uat` has several values, and the suffixed one has not: another site has set one of
/// them.
fn conflicts(plain: &Values<Cow<'_, str>>, suffixed: &Values<Cow<'_, str>>) -> bool {
    matches!((plain, suffixed), (Values::Several(_), Values::One(_)))
}

fn is_signed(session: &Session<'_>, checks: &mut SignatureChecks<'_>) -> bool {
    match session {
        Session::None => false,
        Session::One(token) => checks.of(token) != Signature::Bad,
        Session::Conflict { any_is_good } => *any_is_good,
    }
}

/// Clerk's SDK takes the first of several.
fn first<T>(values: &Values<T>) -> Option<&T> {
    match values {
        Values::None => None,
        Values::One(value) => Some(value),
        Values::Several(values) => values.first(),
    }
}
