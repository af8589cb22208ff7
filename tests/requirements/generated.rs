//! Handlers with requirements that were drawn at random. Written by the test `the_handlers_are_those_of_the_seed`, with
//! `REQUIREMENTS=overwrite` in its environment.

use clerk_runtime::protected;

use crate::handler::Handler;

#[protected(token = "api_key", any(scope = "invoices:read", role = "org:billing", role = "org:admin"))]
async fn h000() {}

#[protected(all(all(reverification(level = "first_factor", after_minutes = 10), all(role = "org:billing", feature = "o:reports"), any(reverification(level = "first_factor", after_minutes = 10), feature = "invoices")), permission = "org:invoices:write"))]
async fn h001() {}

#[protected(reverification(level = "multi_factor", after_minutes = 10), any(all(plan = "pro", role = "org:admin"), any(plan = "org:pro", feature = "user:invoices", scope = "invoices:list", feature = "o:reports")))]
async fn h002() {}

#[protected(token = "session_token", any(feature = "org:invoices", role = "org:member"))]
async fn h003() {}

#[protected(all(plan = "pro", role = "org:billing"))]
async fn h004() {}

#[protected(token = any("oauth_token", "session_token"), any(any(role = "org:admin", all(reverification = "strict")), scope = "mch_ledger", scope = "invoices:read"))]
async fn h005() {}

#[protected(all(reverification = "lax", all(reverification = "strict_mfa", any(role = "org:member", scope = "invoices:read", feature = "reports"))))]
async fn h006() {}

#[protected(reverification(level = "first_factor", after_minutes = 9.5), reverification = "moderate", role = "org:admin")]
async fn h007() {}

#[protected(any(all(all(feature = "invoices", any(all(role = "org:member"), any(reverification = "moderate")), any(permission = "org:invoices:read", feature = "u:themes", all(plan = "org:pro", reverification = "strict")), role = "org:member"), any(reverification = "lax", all(feature = "organization:themes", all(scope = "invoices:list"), permission = "org:invoices:read", any(role = "org:billing", permission = "org:invoices:read", reverification = "moderate")), reverification = "strict_mfa")), permission = "org:reports:read"))]
async fn h008() {}

#[protected(token = any("session_token", "api_key"), any(scope = "openid", all(all(plan = "u:free"))))]
async fn h009() {}

#[protected(token = "session_token", all(any(role = "org:admin", scope = "invoices:read"), any(plan = "u:free", role = "org:admin"), any(feature = "organization:themes", reverification(level = "first_factor", after_minutes = 0.5), any(all(any(permission = "org:reports:read", plan = "org:pro"), permission = "org:invoices:write"), any(any(role = "org:member", reverification(level = "second_factor", after_minutes = 60), role = "org:billing")), reverification(level = "first_factor", after_minutes = 60)))))]
async fn h010() {}

#[protected(token = "any", any(role = "org:member", feature = "organization:themes", scope = "openid"))]
async fn h011() {}

#[protected(any(reverification(level = "second_factor", after_minutes = 15), feature = "o:reports"))]
async fn h012() {}

#[protected(reverification(level = "second_factor", after_minutes = 10))]
async fn h013() {}

#[protected(token = "session_token", all(plan = "org:pro", reverification(level = "first_factor", after_minutes = 60)))]
async fn h014() {}

#[protected(any(reverification(level = "multi_factor", after_minutes = 60)))]
async fn h015() {}

#[protected(any(any(any(feature = "user:invoices", reverification = "strict")), all(all(plan = "free", reverification = "lax", role = "org:member"), any(plan = "u:free", role = "org:admin", feature = "reports", reverification = "strict_mfa"))))]
async fn h016() {}

#[protected(role = "org:billing")]
async fn h017() {}

#[protected(role = "org:admin")]
async fn h018() {}

#[protected(reverification = "moderate", all(any(scope = "openid", feature = "invoices", permission = "org:reports:read", reverification = "strict_mfa"), any(feature = "organization:themes", permission = "org:invoices:write")), all(all(role = "org:admin", reverification = "strict_mfa"), plan = "pro"))]
async fn h019() {}

#[protected(any(any(any(plan = "user:pro", scope = "invoices:read"), plan = "u:free", permission = "org:invoices:write"), all(any(feature = "reports", reverification = "strict_mfa", reverification = "strict"), reverification(level = "multi_factor", after_minutes = 9.5), any(reverification = "lax", permission = "org:invoices:write", role = "org:admin")), permission = "org:invoices:read"))]
async fn h020() {}

#[protected(any(all(feature = "user:invoices", all(plan = "pro", role = "org:admin", permission = "org:reports:read")), all(any(feature = "org:invoices", permission = "org:invoices:read", reverification(level = "first_factor", after_minutes = 0.5)), any(plan = "pro", scope = "invoices:list", reverification(level = "second_factor", after_minutes = 0.5), feature = "u:themes"), reverification = "strict"), role = "org:billing", all(feature = "org:invoices", permission = "org:reports:read", all(feature = "reports", permission = "org:invoices:read"))))]
async fn h021() {}

#[protected(all(any(role = "org:member", all(any(reverification = "moderate"), any(all(role = "org:member", reverification(level = "multi_factor", after_minutes = 15)), plan = "org:pro", any(role = "org:admin", feature = "invoices")))), any(reverification(level = "multi_factor", after_minutes = 60), permission = "org:invoices:read")))]
async fn h022() {}

#[protected(feature = "user:invoices")]
async fn h023() {}

#[protected(plan = "org:pro")]
async fn h024() {}

#[protected(plan = "pro", all(all(role = "org:member")), all(feature = "user:invoices", reverification = "strict_mfa"))]
async fn h025() {}

#[protected(token = "session_token", role = "org:admin")]
async fn h026() {}

#[protected(token = "any", any(role = "org:admin", any(all(scope = "mch_ledger", scope = "openid", plan = "free"), all(scope = "invoices:read"))))]
async fn h027() {}

#[protected(all(any(any(permission = "org:invoices:read"), all(all(feature = "organization:themes", any(reverification(level = "second_factor", after_minutes = 60), plan = "free", role = "org:admin"), permission = "org:reports:read"), scope = "mch_ledger", all(all(feature = "user:invoices", role = "org:member", feature = "reports")))), any(any(reverification(level = "second_factor", after_minutes = 15), reverification(level = "second_factor", after_minutes = 10)), all(any(all(reverification(level = "second_factor", after_minutes = 10)), all(role = "org:member", feature = "u:themes")), role = "org:member"), plan = "pro", feature = "reports")))]
async fn h028() {}

#[protected(reverification = "lax")]
async fn h029() {}

#[protected(any(reverification = "moderate", role = "org:member"))]
async fn h030() {}

#[protected(token = any("session_token", "m2m_token", "oauth_token"), any(scope = "invoices:list", role = "org:member", scope = "openid"))]
async fn h031() {}

#[protected(token = "api_key", scope = "invoices:list")]
async fn h032() {}

#[protected(any(reverification(level = "second_factor", after_minutes = 9.5), all(all(any(feature = "u:themes", role = "org:billing")), permission = "org:invoices:read"), permission = "org:reports:read"))]
async fn h033() {}

#[protected(any(feature = "u:themes"))]
async fn h034() {}

#[protected(token = "any", any(reverification(level = "first_factor", after_minutes = 60), any(all(role = "org:billing", scope = "invoices:read", feature = "org:invoices"), any(role = "org:member", scope = "invoices:list", role = "org:admin"))))]
async fn h035() {}

#[protected(all(feature = "user:invoices", role = "org:billing"))]
async fn h036() {}

#[protected(all(any(all(reverification = "strict"))))]
async fn h037() {}

#[protected(any(role = "org:member", reverification(level = "second_factor", after_minutes = 60), reverification = "strict"))]
async fn h038() {}

#[protected(any(any(reverification(level = "second_factor", after_minutes = 0.5)), all(permission = "org:invoices:read", reverification = "strict_mfa"), all(feature = "organization:themes", scope = "invoices:read", plan = "free")), reverification = "strict_mfa")]
async fn h039() {}

#[protected(permission = "org:invoices:write")]
async fn h040() {}

#[protected(all(any(all(scope = "invoices:list"), all(feature = "reports", scope = "openid", plan = "free"), all(reverification = "moderate", reverification(level = "multi_factor", after_minutes = 10))), any(permission = "org:invoices:write", feature = "organization:themes")))]
async fn h041() {}

#[protected(permission = "org:invoices:write", all(all(feature = "organization:themes", feature = "user:invoices"), role = "org:billing", all(feature = "invoices")))]
async fn h042() {}

#[protected(token = "session_token", any(all(feature = "u:themes", permission = "org:invoices:write"), any(scope = "openid")), any(all(permission = "org:invoices:read"), all(role = "org:admin", reverification = "moderate")), permission = "org:invoices:write")]
async fn h043() {}

#[protected(any(permission = "org:reports:read", plan = "user:pro"), reverification(level = "first_factor", after_minutes = 15), reverification = "lax")]
async fn h044() {}

#[protected(reverification = "lax", feature = "reports", any(any(permission = "org:invoices:read", feature = "reports"), any(reverification(level = "first_factor", after_minutes = 9.5), role = "org:member", plan = "free", feature = "user:invoices")))]
async fn h045() {}

#[protected(any(plan = "pro", any(any(any(any(role = "org:member", permission = "org:invoices:read"), any(reverification(level = "first_factor", after_minutes = 0.5), plan = "user:pro"), all(reverification = "strict", role = "org:member"), role = "org:billing"), all(reverification(level = "first_factor", after_minutes = 15), role = "org:billing")), role = "org:admin"), all(reverification = "moderate", role = "org:admin", any(all(plan = "free"), any(plan = "pro", feature = "invoices"))), any(all(all(plan = "pro", any(reverification(level = "second_factor", after_minutes = 9.5), reverification(level = "multi_factor", after_minutes = 0.5))), reverification(level = "second_factor", after_minutes = 0.5), role = "org:member"), all(plan = "u:free", all(scope = "openid")), feature = "u:themes")))]
async fn h046() {}

#[protected(token = "session_token", any(any(all(scope = "openid"), feature = "o:reports", role = "org:admin"), any(any(any(plan = "org:pro", all(reverification = "moderate"), any(role = "org:billing", feature = "user:invoices"))), reverification = "strict_mfa")))]
async fn h047() {}

#[protected(token = "session_token", all(role = "org:admin", all(feature = "reports"), feature = "invoices"))]
async fn h048() {}

#[protected(reverification = "moderate")]
async fn h049() {}

#[protected(any(any(scope = "openid", scope = "invoices:list"), all(plan = "free", reverification(level = "first_factor", after_minutes = 9.5))), permission = "org:reports:read", any(any(permission = "org:invoices:write", reverification(level = "first_factor", after_minutes = 0.5), feature = "o:reports", scope = "openid"), role = "org:billing"))]
async fn h050() {}

#[protected(all(all(any(feature = "user:invoices"), all(permission = "org:invoices:read", permission = "org:reports:read"), all(role = "org:admin", reverification(level = "second_factor", after_minutes = 0.5))), reverification = "lax"))]
async fn h051() {}

#[protected(reverification(level = "second_factor", after_minutes = 15), role = "org:member", feature = "user:invoices")]
async fn h052() {}

#[protected(permission = "org:invoices:write", role = "org:admin")]
async fn h053() {}

#[protected(token = "session_token", any(reverification(level = "first_factor", after_minutes = 15), all(reverification(level = "first_factor", after_minutes = 0.5), any(any(reverification = "moderate", all(permission = "org:invoices:read", role = "org:admin", plan = "org:pro"), all(permission = "org:reports:read", reverification(level = "second_factor", after_minutes = 0.5), plan = "free", scope = "invoices:list")), permission = "org:reports:read", role = "org:admin"))))]
async fn h054() {}

#[protected(all(any(feature = "org:invoices", role = "org:admin", plan = "pro"), all(feature = "invoices", reverification = "strict_mfa", reverification = "lax"), any(reverification = "strict_mfa", feature = "reports")), any(any(feature = "user:invoices", role = "org:admin", role = "org:member"), all(reverification = "strict", permission = "org:invoices:write")))]
async fn h055() {}

#[protected(token = any("m2m_token", "api_key"), scope = "invoices:read")]
async fn h056() {}

#[protected(all(feature = "u:themes", role = "org:member"))]
async fn h057() {}

#[protected(all(reverification = "lax", any(permission = "org:invoices:write")), permission = "org:invoices:read", any(reverification = "moderate", all(role = "org:member", reverification(level = "multi_factor", after_minutes = 10)), role = "org:admin", all(role = "org:member", permission = "org:reports:read", reverification = "moderate")))]
async fn h058() {}

#[protected(feature = "u:themes")]
async fn h059() {}

#[protected(all(any(all(any(permission = "org:invoices:read"), any(all(scope = "invoices:list", permission = "org:invoices:write"))), all(any(all(role = "org:member", permission = "org:invoices:write"), all(reverification(level = "first_factor", after_minutes = 0.5))), all(plan = "org:pro"))), role = "org:admin", all(all(permission = "org:invoices:read", permission = "org:reports:read"), plan = "free"), feature = "org:invoices"))]
async fn h060() {}

#[protected(any(scope = "invoices:list", all(all(permission = "org:invoices:read", reverification(level = "second_factor", after_minutes = 60), scope = "openid"), any(role = "org:admin", plan = "u:free"), reverification = "strict"), scope = "mch_ledger", reverification = "strict_mfa"))]
async fn h061() {}

#[protected(role = "org:admin", any(reverification(level = "first_factor", after_minutes = 9.5), role = "org:billing", any(role = "org:member", plan = "pro")))]
async fn h062() {}

#[protected(token = any("session_token", "api_key"), any(all(reverification(level = "multi_factor", after_minutes = 10), any(reverification = "lax", role = "org:admin", plan = "org:pro"), permission = "org:invoices:write"), any(all(reverification(level = "multi_factor", after_minutes = 15), reverification = "lax", permission = "org:invoices:read"), any(permission = "org:invoices:read", scope = "openid"), role = "org:admin")))]
async fn h063() {}

#[protected(token = any("session_token", "m2m_token", "oauth_token"), any(all(scope = "mch_ledger", scope = "invoices:list", feature = "o:reports"), any(role = "org:admin"), scope = "invoices:list"))]
async fn h064() {}

#[protected(token = any("session_token", "api_key"), any(any(all(scope = "invoices:read", permission = "org:invoices:write"), any(scope = "openid", role = "org:member", scope = "invoices:read")), scope = "mch_ledger"))]
async fn h065() {}

#[protected(any(role = "org:member", any(all(feature = "o:reports", plan = "user:pro", all(all(role = "org:member", permission = "org:invoices:read"))), reverification(level = "second_factor", after_minutes = 0.5), plan = "user:pro")))]
async fn h066() {}

#[protected(any(feature = "organization:themes", any(reverification(level = "second_factor", after_minutes = 60), plan = "user:pro", role = "org:billing", all(plan = "user:pro", plan = "pro", reverification(level = "first_factor", after_minutes = 60)))))]
async fn h067() {}

#[protected(token = "session_token", all(feature = "organization:themes", all(any(reverification = "strict_mfa")), any(any(plan = "org:pro", plan = "pro", feature = "user:invoices", feature = "organization:themes"), any(feature = "u:themes")), any(any(plan = "pro", reverification = "moderate"), any(plan = "org:pro"))))]
async fn h068() {}

#[protected(token = "m2m_token", scope = "mch_ledger")]
async fn h069() {}

#[protected(all(any(role = "org:billing", reverification(level = "second_factor", after_minutes = 15))))]
async fn h070() {}

#[protected(token = any("api_key", "oauth_token"), all(all(scope = "invoices:list", scope = "mch_ledger")))]
async fn h071() {}

#[protected(all(any(reverification = "moderate", any(any(feature = "reports", permission = "org:invoices:write"), any(any(role = "org:billing", reverification(level = "multi_factor", after_minutes = 15)))), all(all(all(permission = "org:invoices:write", scope = "invoices:read", reverification = "moderate"), any(reverification = "moderate", permission = "org:invoices:write")), scope = "openid", any(reverification(level = "first_factor", after_minutes = 10), role = "org:billing", plan = "free", plan = "user:pro"))), plan = "u:free"))]
async fn h072() {}

#[protected(token = any("m2m_token", "api_key"), any(any(scope = "invoices:read")))]
async fn h073() {}

#[protected(all(all(feature = "org:invoices"), reverification(level = "multi_factor", after_minutes = 9.5), any(role = "org:member", permission = "org:invoices:read")), any(any(role = "org:member", plan = "org:pro"), any(scope = "openid", plan = "user:pro"), all(feature = "organization:themes"), reverification = "moderate"), any(role = "org:member", all(role = "org:member", permission = "org:reports:read")))]
async fn h074() {}

#[protected(token = "session_token", any(any(plan = "org:pro", plan = "u:free"), reverification = "moderate"))]
async fn h075() {}

#[protected(plan = "u:free", reverification(level = "second_factor", after_minutes = 0.5), all(any(reverification = "strict_mfa")))]
async fn h076() {}

#[protected(all(reverification(level = "first_factor", after_minutes = 0.5), all(all(reverification = "moderate", reverification(level = "first_factor", after_minutes = 10), permission = "org:reports:read"), reverification(level = "multi_factor", after_minutes = 9.5))))]
async fn h077() {}

#[protected(any(all(any(reverification(level = "second_factor", after_minutes = 0.5), permission = "org:invoices:write"), scope = "openid"), any(any(reverification(level = "multi_factor", after_minutes = 10)), role = "org:billing")))]
async fn h078() {}

#[protected(token = "oauth_token", all(all(scope = "openid", scope = "invoices:list"), scope = "mch_ledger"))]
async fn h079() {}

#[protected(any(reverification(level = "first_factor", after_minutes = 9.5), any(plan = "free")))]
async fn h080() {}

#[protected(all(any(plan = "user:pro", permission = "org:reports:read", feature = "org:invoices", plan = "free")))]
async fn h081() {}

#[protected(any(reverification = "lax", scope = "invoices:read"))]
async fn h082() {}

#[protected(reverification(level = "second_factor", after_minutes = 60), any(any(feature = "invoices", feature = "org:invoices")))]
async fn h083() {}

#[protected(all(plan = "user:pro", reverification(level = "multi_factor", after_minutes = 15)))]
async fn h084() {}

#[protected(any(reverification = "strict_mfa", feature = "o:reports"))]
async fn h085() {}

#[protected(all(role = "org:member"))]
async fn h086() {}

#[protected(token = "session_token", any(feature = "org:invoices", all(scope = "invoices:list", reverification = "lax", any(reverification = "strict_mfa"))))]
async fn h087() {}

#[protected(token = any("session_token", "m2m_token", "oauth_token"), any(reverification(level = "multi_factor", after_minutes = 10), scope = "mch_ledger", feature = "u:themes"))]
async fn h088() {}

#[protected(any(scope = "invoices:read", all(role = "org:member")))]
async fn h089() {}

#[protected(token = any("session_token", "api_key"), any(scope = "invoices:read", all(reverification = "lax", all(all(scope = "invoices:list"), permission = "org:reports:read")), reverification(level = "second_factor", after_minutes = 15), scope = "invoices:list"))]
async fn h090() {}

#[protected(token = "session_token", any(any(reverification = "moderate", role = "org:member"), any(role = "org:admin", feature = "reports")), all(any(plan = "user:pro", role = "org:member")))]
async fn h091() {}

#[protected(any(any(all(reverification = "strict_mfa", all(reverification(level = "first_factor", after_minutes = 10), all(feature = "user:invoices", plan = "u:free", role = "org:member"))), role = "org:admin"), any(any(all(plan = "user:pro", any(permission = "org:invoices:read", plan = "pro", scope = "invoices:read", permission = "org:invoices:write")), feature = "invoices", all(any(scope = "invoices:read", role = "org:member"), role = "org:member", all(reverification(level = "second_factor", after_minutes = 0.5), reverification(level = "multi_factor", after_minutes = 15))), all(any(reverification = "moderate", role = "org:billing"), any(role = "org:admin", role = "org:member", feature = "invoices"))))))]
async fn h092() {}

#[protected(token = "session_token", any(permission = "org:reports:read", role = "org:admin"))]
async fn h093() {}

#[protected(token = "session_token", all(permission = "org:invoices:write"))]
async fn h094() {}

#[protected(any(any(any(reverification = "strict", plan = "free"), all(permission = "org:reports:read", scope = "openid", role = "org:billing", feature = "invoices")), any(any(role = "org:member", feature = "u:themes", permission = "org:invoices:write"), any(permission = "org:reports:read", role = "org:admin"), all(reverification(level = "first_factor", after_minutes = 10), reverification = "strict", scope = "invoices:read", reverification = "moderate"))))]
async fn h095() {}

#[protected(feature = "o:reports")]
async fn h096() {}

#[protected(token = "session_token", role = "org:member")]
async fn h097() {}

#[protected(all(any(role = "org:admin", any(role = "org:member", all(any(reverification = "strict_mfa", plan = "org:pro", feature = "user:invoices")), any(all(permission = "org:invoices:write", reverification = "moderate"), all(scope = "invoices:read", feature = "u:themes", role = "org:member")))), reverification(level = "second_factor", after_minutes = 9.5)))]
async fn h098() {}

#[protected(token = any("m2m_token", "api_key"), all(all(any(scope = "openid", reverification = "strict", scope = "invoices:read")), all(scope = "invoices:list", any(scope = "openid", scope = "mch_ledger")), scope = "openid"))]
async fn h099() {}

#[protected(all(reverification(level = "second_factor", after_minutes = 15), reverification = "strict_mfa"))]
async fn h100() {}

#[protected(any(reverification(level = "second_factor", after_minutes = 9.5), all(reverification = "moderate", reverification = "strict", plan = "user:pro", reverification(level = "multi_factor", after_minutes = 10)), all(feature = "organization:themes", reverification = "lax")), reverification = "moderate", any(all(feature = "invoices")))]
async fn h101() {}

#[protected(token = "session_token", any(any(permission = "org:invoices:write", reverification = "moderate", role = "org:admin")))]
async fn h102() {}

#[protected(reverification = "lax", plan = "u:free")]
async fn h103() {}

#[protected(all(any(all(role = "org:admin", permission = "org:invoices:read", scope = "mch_ledger"), plan = "free")))]
async fn h104() {}

#[protected(any(plan = "user:pro", role = "org:admin"))]
async fn h105() {}

#[protected(token = "session_token", any(any(role = "org:member", all(plan = "free", permission = "org:invoices:read")), any(all(scope = "mch_ledger", reverification = "strict_mfa", permission = "org:reports:read"), all(feature = "organization:themes", role = "org:admin"))))]
async fn h106() {}

#[protected(all(any(any(any(any(scope = "invoices:read")), reverification(level = "first_factor", after_minutes = 10)), any(feature = "o:reports", any(any(scope = "invoices:list", role = "org:member"))), plan = "user:pro", any(all(any(role = "org:admin", feature = "o:reports", plan = "user:pro"), plan = "user:pro", all(plan = "u:free")), permission = "org:invoices:read")), reverification = "lax"))]
async fn h107() {}

#[protected(token = "any", any(any(plan = "pro", scope = "openid"), any(scope = "mch_ledger"), all(all(permission = "org:reports:read"), scope = "openid")))]
async fn h108() {}

#[protected(reverification(level = "second_factor", after_minutes = 0.5))]
async fn h109() {}

#[protected(all(all(reverification = "strict_mfa", all(permission = "org:invoices:write", reverification(level = "second_factor", after_minutes = 60), reverification = "strict")), feature = "org:invoices"))]
async fn h110() {}

#[protected(any(all(scope = "openid", any(permission = "org:reports:read", role = "org:billing", reverification(level = "second_factor", after_minutes = 10)), any(role = "org:billing", plan = "user:pro", scope = "invoices:list")), any(all(permission = "org:invoices:read", permission = "org:invoices:write", role = "org:member", feature = "organization:themes"), feature = "user:invoices", all(plan = "u:free", permission = "org:reports:read")), all(reverification(level = "first_factor", after_minutes = 0.5), all(feature = "organization:themes", permission = "org:invoices:write", reverification(level = "second_factor", after_minutes = 10)))))]
async fn h111() {}

#[protected(token = "session_token", all(plan = "free", all(all(reverification(level = "first_factor", after_minutes = 15), permission = "org:invoices:read", feature = "user:invoices"), reverification(level = "second_factor", after_minutes = 15))))]
async fn h112() {}

#[protected(any(any(role = "org:admin"), feature = "organization:themes", all(feature = "user:invoices", reverification = "strict_mfa", plan = "user:pro", role = "org:member")), any(all(feature = "invoices", feature = "organization:themes"), all(reverification = "moderate", reverification(level = "second_factor", after_minutes = 60)), all(reverification = "moderate")), reverification(level = "second_factor", after_minutes = 15))]
async fn h113() {}

#[protected(token = "any", any(any(scope = "invoices:read"), any(feature = "reports", all(scope = "invoices:list", scope = "openid")), all(scope = "invoices:read", scope = "openid")))]
async fn h114() {}

#[protected(permission = "org:reports:read")]
async fn h115() {}

#[protected(all(plan = "pro", any(all(role = "org:admin", permission = "org:reports:read", reverification = "lax"), all(feature = "org:invoices", plan = "free"), all(feature = "o:reports", role = "org:member")), reverification(level = "multi_factor", after_minutes = 10)))]
async fn h116() {}

#[protected(token = any("session_token", "m2m_token", "oauth_token"), any(scope = "invoices:read", feature = "invoices"))]
async fn h117() {}

#[protected(all(all(reverification(level = "second_factor", after_minutes = 15))), any(scope = "invoices:list", plan = "pro"))]
async fn h118() {}

#[protected(token = "session_token", feature = "u:themes")]
async fn h119() {}

#[protected(all(permission = "org:invoices:write", all(feature = "o:reports", all(plan = "pro", role = "org:admin"), any(role = "org:member", role = "org:admin", plan = "user:pro", reverification(level = "first_factor", after_minutes = 15))), any(reverification(level = "first_factor", after_minutes = 15), all(permission = "org:invoices:write", reverification = "strict", plan = "pro"))))]
async fn h120() {}

#[protected(role = "org:member")]
async fn h121() {}

#[protected(token = "oauth_token", scope = "invoices:list", scope = "openid")]
async fn h122() {}

#[protected(token = "session_token", all(plan = "u:free", all(all(feature = "organization:themes"), role = "org:billing", any(role = "org:member", reverification(level = "second_factor", after_minutes = 10))), any(role = "org:admin", any(role = "org:member", plan = "pro", role = "org:billing"))))]
async fn h123() {}

#[protected(all(all(reverification(level = "second_factor", after_minutes = 60), role = "org:member", reverification = "strict"), reverification = "strict_mfa", any(reverification(level = "multi_factor", after_minutes = 0.5), reverification(level = "second_factor", after_minutes = 10), reverification(level = "multi_factor", after_minutes = 9.5))), permission = "org:invoices:read", any(any(plan = "pro", feature = "invoices"), permission = "org:invoices:read", all(feature = "reports", feature = "u:themes", feature = "org:invoices", role = "org:billing"), all(permission = "org:invoices:read", feature = "reports")))]
async fn h124() {}

#[protected(all(reverification(level = "first_factor", after_minutes = 10)))]
async fn h125() {}

#[protected(plan = "pro")]
async fn h126() {}

#[protected(token = "session_token", any(all(any(reverification = "moderate", reverification = "strict_mfa", plan = "u:free", permission = "org:invoices:read"), all(reverification = "strict", permission = "org:reports:read", reverification = "moderate"), permission = "org:invoices:read")))]
async fn h127() {}

#[protected(any(feature = "user:invoices", plan = "org:pro"))]
async fn h128() {}

#[protected(all(all(any(plan = "org:pro", permission = "org:invoices:write", role = "org:member", reverification(level = "first_factor", after_minutes = 9.5)), role = "org:member"), any(all(role = "org:admin"), any(reverification(level = "multi_factor", after_minutes = 9.5), feature = "user:invoices"))))]
async fn h129() {}

#[protected(token = any("api_key", "oauth_token"), any(all(scope = "invoices:read", scope = "mch_ledger"), all(all(any(scope = "mch_ledger", any(scope = "openid", scope = "invoices:list")), all(scope = "invoices:read")))))]
async fn h130() {}

#[protected(token = "session_token", any(role = "org:admin", all(permission = "org:invoices:read", permission = "org:invoices:write"), all(permission = "org:reports:read", role = "org:member"), feature = "organization:themes"), permission = "org:reports:read")]
async fn h131() {}

#[protected(any(all(reverification(level = "multi_factor", after_minutes = 10)), all(reverification(level = "first_factor", after_minutes = 10), permission = "org:invoices:write"), any(permission = "org:invoices:write", role = "org:member", scope = "openid")), role = "org:member")]
async fn h132() {}

#[protected(all(any(reverification = "lax", reverification = "strict_mfa"), role = "org:member", reverification = "strict_mfa"))]
async fn h133() {}

#[protected(token = "m2m_token", any(scope = "invoices:read", all(scope = "mch_ledger", scope = "invoices:list", any(all(all(reverification = "strict", scope = "invoices:read"), any(permission = "org:invoices:write", scope = "invoices:list")), any(all(reverification(level = "second_factor", after_minutes = 0.5), scope = "openid"), scope = "mch_ledger")))))]
async fn h134() {}

#[protected(any(reverification(level = "multi_factor", after_minutes = 15), any(all(permission = "org:reports:read", reverification = "moderate", all(any(reverification(level = "second_factor", after_minutes = 0.5)), role = "org:billing"), any(any(scope = "invoices:read", plan = "user:pro", feature = "u:themes"), any(reverification = "strict", role = "org:admin"))), all(reverification = "strict")), any(role = "org:billing", reverification(level = "multi_factor", after_minutes = 0.5))))]
async fn h135() {}

#[protected(all(all(all(any(all(feature = "user:invoices", plan = "u:free"), all(plan = "u:free", feature = "organization:themes"), all(scope = "mch_ledger")), permission = "org:invoices:write")), all(all(any(permission = "org:invoices:read", reverification(level = "multi_factor", after_minutes = 0.5)), any(all(feature = "o:reports", plan = "org:pro", reverification = "moderate", reverification(level = "second_factor", after_minutes = 15)))), feature = "invoices"), any(any(reverification(level = "first_factor", after_minutes = 10), reverification(level = "second_factor", after_minutes = 60), all(all(permission = "org:invoices:write", permission = "org:reports:read"), role = "org:billing")), role = "org:member")))]
async fn h136() {}

#[protected(any(all(all(scope = "invoices:read", plan = "pro", reverification = "moderate")), reverification(level = "multi_factor", after_minutes = 10)))]
async fn h137() {}

#[protected(any(permission = "org:invoices:write", all(scope = "invoices:list", feature = "o:reports")), plan = "pro")]
async fn h138() {}

#[protected(token = "session_token", any(all(reverification = "lax", reverification = "strict_mfa", plan = "org:pro", feature = "organization:themes"), all(feature = "organization:themes", plan = "pro", permission = "org:invoices:read")), role = "org:billing")]
async fn h139() {}

#[protected(token = "session_token", all(permission = "org:reports:read"))]
async fn h140() {}

#[protected(any(feature = "user:invoices", feature = "reports"))]
async fn h141() {}

#[protected(token = "session_token", all(all(reverification = "strict_mfa", permission = "org:invoices:read"), all(role = "org:admin", feature = "org:invoices", plan = "pro"), any(feature = "org:invoices", plan = "org:pro", role = "org:admin")), permission = "org:reports:read", plan = "free")]
async fn h142() {}

#[protected(any(plan = "user:pro", all(all(role = "org:billing"))))]
async fn h143() {}

#[protected(any(all(reverification = "moderate", any(role = "org:billing")), all(reverification = "strict_mfa", all(plan = "u:free", scope = "openid"), all(permission = "org:invoices:write", scope = "invoices:read", role = "org:admin"), any(role = "org:member", role = "org:billing"))))]
async fn h144() {}

#[protected(all(any(scope = "invoices:read", any(any(all(reverification(level = "first_factor", after_minutes = 10)), role = "org:billing"))), permission = "org:reports:read"))]
async fn h145() {}

#[protected(any(reverification = "strict", scope = "mch_ledger"))]
async fn h146() {}

#[protected(token = "session_token", all(feature = "o:reports"))]
async fn h147() {}

#[protected(token = "m2m_token", any(scope = "invoices:list", scope = "mch_ledger"))]
async fn h148() {}

#[protected(reverification(level = "first_factor", after_minutes = 10))]
async fn h149() {}

#[protected(token = "session_token", all(any(role = "org:admin", role = "org:member"), all(plan = "org:pro", all(reverification = "strict_mfa", feature = "user:invoices", reverification = "moderate"), any(reverification = "strict_mfa", reverification(level = "first_factor", after_minutes = 10)), role = "org:admin")))]
async fn h150() {}

#[protected(any(plan = "free"))]
async fn h151() {}

#[protected(reverification(level = "first_factor", after_minutes = 9.5))]
async fn h152() {}

#[protected(token = "m2m_token", any(any(scope = "invoices:list", scope = "invoices:read"), scope = "openid"), scope = "openid", scope = "invoices:list")]
async fn h153() {}

#[protected(permission = "org:invoices:read")]
async fn h154() {}

#[protected(reverification(level = "first_factor", after_minutes = 0.5))]
async fn h155() {}

#[protected(token = "any", any(plan = "pro", scope = "mch_ledger"))]
async fn h156() {}

#[protected(all(any(all(reverification(level = "second_factor", after_minutes = 10), plan = "user:pro"), role = "org:billing"), any(all(feature = "reports", reverification(level = "first_factor", after_minutes = 15)))))]
async fn h157() {}

#[protected(any(role = "org:billing"))]
async fn h158() {}

#[protected(token = any("m2m_token", "api_key"), scope = "invoices:list")]
async fn h159() {}

#[protected(all(all(reverification(level = "second_factor", after_minutes = 10), feature = "org:invoices"), permission = "org:invoices:read"))]
async fn h160() {}

#[protected(any(role = "org:billing", all(plan = "free", any(any(role = "org:member", all(role = "org:admin", plan = "user:pro", reverification(level = "second_factor", after_minutes = 0.5)), any(plan = "user:pro", role = "org:billing", plan = "u:free", role = "org:admin"))))))]
async fn h161() {}

#[protected(token = "session_token", all(plan = "user:pro", role = "org:billing", plan = "org:pro"))]
async fn h162() {}

#[protected(role = "org:billing", all(all(plan = "free", feature = "org:invoices"), any(role = "org:billing", reverification(level = "second_factor", after_minutes = 9.5))), any(all(permission = "org:reports:read", plan = "free"), feature = "organization:themes", all(role = "org:member", permission = "org:invoices:write")))]
async fn h163() {}

#[protected(any(permission = "org:invoices:read", role = "org:member"))]
async fn h164() {}

#[protected(token = "session_token", reverification = "moderate", reverification = "strict")]
async fn h165() {}

#[protected(any(any(reverification = "strict_mfa", any(reverification(level = "second_factor", after_minutes = 10), any(all(permission = "org:reports:read", feature = "organization:themes"), all(scope = "openid", reverification(level = "second_factor", after_minutes = 10), reverification(level = "multi_factor", after_minutes = 0.5)), reverification = "lax", permission = "org:reports:read"), any(any(reverification(level = "multi_factor", after_minutes = 15), plan = "org:pro", reverification(level = "first_factor", after_minutes = 0.5), plan = "u:free"), scope = "invoices:list"))), all(any(any(all(plan = "org:pro", feature = "reports"))), all(all(plan = "u:free"), role = "org:member"))))]
async fn h166() {}

#[protected(token = "session_token", plan = "free", all(feature = "user:invoices", any(role = "org:member", scope = "invoices:list"), all(reverification(level = "multi_factor", after_minutes = 9.5))))]
async fn h167() {}

#[protected(any(role = "org:admin", scope = "invoices:list"))]
async fn h168() {}

#[protected(token = "session_token", all(role = "org:admin", all(reverification(level = "second_factor", after_minutes = 9.5), all(reverification = "moderate", reverification = "strict_mfa"))))]
async fn h169() {}

#[protected(any(role = "org:member", all(any(permission = "org:invoices:read", reverification(level = "first_factor", after_minutes = 9.5), feature = "invoices"), all(permission = "org:reports:read", role = "org:member"), any(feature = "user:invoices", scope = "invoices:list"))))]
async fn h170() {}

#[protected(all(reverification(level = "first_factor", after_minutes = 0.5), role = "org:member"))]
async fn h171() {}

#[protected(any(feature = "org:invoices"))]
async fn h172() {}

#[protected(any(all(reverification(level = "multi_factor", after_minutes = 9.5), reverification(level = "second_factor", after_minutes = 60), all(role = "org:billing", feature = "o:reports")), all(reverification = "strict", permission = "org:invoices:read", plan = "u:free", scope = "invoices:list")))]
async fn h173() {}

#[protected(all(all(plan = "user:pro", reverification(level = "first_factor", after_minutes = 60)), permission = "org:reports:read"))]
async fn h174() {}

#[protected(all(any(plan = "org:pro"), feature = "o:reports", reverification(level = "multi_factor", after_minutes = 15)))]
async fn h175() {}

#[protected(any(plan = "user:pro", plan = "u:free", all(all(reverification(level = "second_factor", after_minutes = 15))), plan = "free"))]
async fn h176() {}

#[protected(all(any(reverification(level = "second_factor", after_minutes = 9.5), role = "org:member"), any(any(reverification = "lax", reverification(level = "first_factor", after_minutes = 15), reverification(level = "multi_factor", after_minutes = 60), role = "org:member"), all(role = "org:admin", plan = "org:pro", plan = "u:free", reverification(level = "first_factor", after_minutes = 0.5))), reverification(level = "multi_factor", after_minutes = 10)))]
async fn h177() {}

#[protected(any(any(all(all(role = "org:member", feature = "invoices", plan = "org:pro")), permission = "org:invoices:write", any(all(scope = "openid", all(permission = "org:invoices:write", reverification(level = "first_factor", after_minutes = 15)), role = "org:billing"), any(plan = "u:free", any(scope = "openid", scope = "mch_ledger", role = "org:billing"))))))]
async fn h178() {}

#[protected(token = "session_token", plan = "org:pro")]
async fn h179() {}

#[protected(reverification(level = "second_factor", after_minutes = 15))]
async fn h180() {}

#[protected(token = "session_token", all(permission = "org:invoices:write", all(any(reverification = "lax", role = "org:billing"), plan = "free"), role = "org:billing"))]
async fn h181() {}

#[protected(all(reverification = "strict"))]
async fn h182() {}

#[protected(any(scope = "openid", permission = "org:invoices:read"))]
async fn h183() {}

#[protected(token = "session_token", all(reverification = "lax", any(all(reverification(level = "second_factor", after_minutes = 0.5), permission = "org:invoices:write"), scope = "invoices:read")))]
async fn h184() {}

#[protected(all(any(role = "org:admin", any(all(scope = "invoices:list", reverification(level = "multi_factor", after_minutes = 0.5)), reverification(level = "first_factor", after_minutes = 0.5), feature = "organization:themes")), any(role = "org:admin", role = "org:billing", reverification(level = "multi_factor", after_minutes = 9.5))))]
async fn h185() {}

#[protected(token = "m2m_token", any(any(scope = "openid", feature = "o:reports"), scope = "mch_ledger"))]
async fn h186() {}

#[protected(all(all(any(permission = "org:invoices:write"), role = "org:admin", plan = "user:pro", any(scope = "invoices:read", reverification = "strict", plan = "free"))))]
async fn h187() {}

#[protected(any(reverification = "moderate", scope = "openid", reverification(level = "second_factor", after_minutes = 10)))]
async fn h188() {}

#[protected(token = any("session_token", "m2m_token", "oauth_token"), all(any(permission = "org:invoices:read", any(role = "org:member", permission = "org:reports:read", scope = "invoices:read"))))]
async fn h189() {}

#[protected(token = "session_token", reverification = "strict_mfa", all(any(plan = "org:pro", role = "org:billing", scope = "invoices:read", permission = "org:invoices:write"), all(feature = "organization:themes", permission = "org:invoices:read")), any(all(plan = "org:pro", role = "org:member", permission = "org:invoices:write"), any(reverification(level = "first_factor", after_minutes = 9.5), plan = "u:free", reverification = "strict"), reverification(level = "first_factor", after_minutes = 60), any(feature = "invoices", plan = "org:pro")))]
async fn h190() {}

#[protected(any(any(reverification = "lax", role = "org:admin"), all(reverification(level = "first_factor", after_minutes = 0.5))))]
async fn h191() {}

#[protected(plan = "free")]
async fn h192() {}

#[protected(token = "any", any(any(all(role = "org:billing", feature = "o:reports"), any(scope = "invoices:list", scope = "mch_ledger"))))]
async fn h193() {}

#[protected(any(any(any(role = "org:admin", plan = "user:pro", reverification = "strict", scope = "invoices:read"), plan = "u:free", plan = "org:pro"), reverification = "moderate"))]
async fn h194() {}

#[protected(token = "session_token", any(all(scope = "invoices:read"), any(all(scope = "invoices:list"), all(reverification = "moderate", role = "org:member"), permission = "org:reports:read")))]
async fn h195() {}

#[protected(all(any(role = "org:billing"), any(reverification(level = "second_factor", after_minutes = 15), feature = "invoices", role = "org:admin")), permission = "org:invoices:write")]
async fn h196() {}

#[protected(token = any("m2m_token", "api_key"), any(all(all(scope = "mch_ledger", reverification(level = "first_factor", after_minutes = 60), role = "org:billing"), any(scope = "mch_ledger", role = "org:admin"), reverification = "strict_mfa"), all(scope = "openid")))]
async fn h197() {}

#[protected(token = "any", any(scope = "mch_ledger", role = "org:member"))]
async fn h198() {}

#[protected(any(plan = "free", all(role = "org:billing", reverification(level = "first_factor", after_minutes = 0.5), any(permission = "org:reports:read")), reverification = "lax", all(role = "org:member")))]
async fn h199() {}

#[protected(any(all(permission = "org:invoices:read", permission = "org:invoices:write", feature = "o:reports"), any(permission = "org:invoices:read")), any(reverification(level = "second_factor", after_minutes = 15), plan = "user:pro", role = "org:billing", role = "org:admin"))]
async fn h200() {}

#[protected(token = "api_key", any(all(scope = "invoices:list", any(scope = "invoices:list", feature = "organization:themes", scope = "mch_ledger", scope = "openid"), scope = "mch_ledger"), scope = "invoices:list", scope = "mch_ledger", role = "org:member"))]
async fn h201() {}

#[protected(plan = "u:free")]
async fn h202() {}

#[protected(reverification(level = "second_factor", after_minutes = 15), plan = "pro")]
async fn h203() {}

#[protected(all(any(all(reverification(level = "second_factor", after_minutes = 60), role = "org:admin"), feature = "reports", reverification = "strict_mfa"), any(role = "org:admin", feature = "invoices", role = "org:billing"), any(any(reverification = "strict", permission = "org:reports:read"), reverification(level = "first_factor", after_minutes = 15))))]
async fn h204() {}

#[protected(token = "session_token", any(all(reverification = "lax", plan = "pro"), any(any(reverification(level = "second_factor", after_minutes = 9.5)), feature = "organization:themes"), role = "org:admin", reverification = "lax"))]
async fn h205() {}

#[protected(reverification = "strict_mfa")]
async fn h206() {}

#[protected(token = "m2m_token", any(scope = "mch_ledger", scope = "invoices:read", any(scope = "invoices:list", reverification = "strict")))]
async fn h207() {}

#[protected(token = "session_token", role = "org:member", reverification(level = "multi_factor", after_minutes = 15))]
async fn h208() {}

#[protected(token = any("m2m_token", "api_key"), all(scope = "openid"))]
async fn h209() {}

#[protected(token = any("oauth_token", "session_token"), any(any(scope = "openid"), any(feature = "org:invoices", scope = "invoices:read", scope = "invoices:list")))]
async fn h210() {}

#[protected(token = any("api_key", "oauth_token"), all(any(all(reverification = "moderate", scope = "invoices:list"), any(scope = "openid", scope = "mch_ledger")), any(permission = "org:invoices:write", scope = "mch_ledger", any(scope = "openid", scope = "invoices:read"))))]
async fn h211() {}

#[protected(token = any("session_token", "m2m_token", "oauth_token"), any(permission = "org:invoices:write", scope = "mch_ledger"))]
async fn h212() {}

#[protected(all(any(all(any(all(feature = "o:reports", plan = "u:free", reverification(level = "second_factor", after_minutes = 60), role = "org:member"))), any(all(any(permission = "org:invoices:read", role = "org:billing", scope = "openid"), reverification(level = "first_factor", after_minutes = 15)), scope = "invoices:list"))))]
async fn h213() {}

#[protected(any(plan = "free", all(reverification = "strict_mfa", scope = "invoices:list")), all(any(role = "org:member", reverification(level = "multi_factor", after_minutes = 15), role = "org:admin"), all(reverification = "moderate", reverification = "strict", role = "org:admin")), any(all(feature = "u:themes", reverification(level = "multi_factor", after_minutes = 9.5), role = "org:member"), any(scope = "invoices:list"), any(feature = "organization:themes", role = "org:member", plan = "pro", feature = "reports")))]
async fn h214() {}

#[protected(token = "session_token", reverification(level = "second_factor", after_minutes = 10))]
async fn h215() {}

#[protected(all(reverification(level = "multi_factor", after_minutes = 0.5), any(permission = "org:invoices:write", reverification = "lax"), feature = "org:invoices"))]
async fn h216() {}

#[protected(any(any(any(reverification(level = "multi_factor", after_minutes = 9.5)))))]
async fn h217() {}

#[protected(any(any(reverification = "strict_mfa", plan = "u:free"), scope = "invoices:read"), any(reverification = "moderate", all(reverification(level = "multi_factor", after_minutes = 10), feature = "u:themes", reverification = "moderate")))]
async fn h218() {}

#[protected(plan = "u:free", permission = "org:reports:read", all(any(reverification(level = "second_factor", after_minutes = 15), reverification = "strict_mfa"), any(plan = "pro", reverification = "moderate")))]
async fn h219() {}

#[protected(any(any(role = "org:admin", reverification(level = "multi_factor", after_minutes = 0.5), feature = "o:reports"), reverification = "strict_mfa"), feature = "organization:themes")]
async fn h220() {}

#[protected(any(any(all(role = "org:admin", reverification(level = "first_factor", after_minutes = 60)), permission = "org:invoices:read", permission = "org:reports:read")))]
async fn h221() {}

#[protected(any(all(reverification = "strict_mfa", reverification(level = "first_factor", after_minutes = 60)), role = "org:billing", any(reverification = "lax", role = "org:admin")), plan = "pro")]
async fn h222() {}

#[protected(any(all(any(role = "org:billing", plan = "org:pro"), scope = "openid", feature = "organization:themes"), feature = "reports", all(any(reverification(level = "multi_factor", after_minutes = 15), feature = "org:invoices", feature = "o:reports"), all(permission = "org:invoices:write", permission = "org:reports:read", feature = "u:themes"), any(feature = "user:invoices", reverification(level = "second_factor", after_minutes = 10), role = "org:billing"))))]
async fn h223() {}

#[protected(token = "session_token", all(reverification = "lax", reverification(level = "first_factor", after_minutes = 60)))]
async fn h224() {}

#[protected(token = any("api_key", "oauth_token"), scope = "openid")]
async fn h225() {}

#[protected(all(reverification = "lax"))]
async fn h226() {}

#[protected(token = "any", any(scope = "mch_ledger", any(role = "org:member"), plan = "org:pro", role = "org:billing"))]
async fn h227() {}

#[protected(any(any(any(role = "org:admin", feature = "org:invoices", feature = "o:reports"), plan = "pro", permission = "org:reports:read"), any(all(feature = "reports", scope = "invoices:list"), any(scope = "openid"), all(scope = "openid", permission = "org:reports:read", reverification = "moderate"), permission = "org:invoices:write")))]
async fn h228() {}

#[protected(any(role = "org:admin", any(all(all(any(role = "org:member", role = "org:admin"), plan = "u:free"), role = "org:billing", scope = "invoices:read"), any(all(any(role = "org:billing", reverification(level = "second_factor", after_minutes = 15), permission = "org:invoices:write", role = "org:admin"), any(feature = "user:invoices", role = "org:billing"), reverification = "strict_mfa", plan = "pro"), any(reverification = "strict", permission = "org:invoices:read")), plan = "free", reverification(level = "multi_factor", after_minutes = 0.5))))]
async fn h229() {}

#[protected(all(all(role = "org:billing", feature = "org:invoices", reverification = "strict_mfa")), all(reverification = "moderate", reverification = "lax", plan = "free"))]
async fn h230() {}

#[protected(all(all(plan = "pro", role = "org:admin"), feature = "u:themes"), all(permission = "org:invoices:write", any(role = "org:admin", permission = "org:invoices:read"), any(reverification = "moderate", role = "org:member")))]
async fn h231() {}

#[protected(any(reverification = "lax", all(any(role = "org:billing", feature = "invoices", feature = "u:themes", reverification(level = "first_factor", after_minutes = 15)), all(plan = "user:pro"))))]
async fn h232() {}

#[protected(any(all(reverification(level = "first_factor", after_minutes = 9.5), permission = "org:invoices:read"), any(all(plan = "user:pro", permission = "org:invoices:read", reverification(level = "second_factor", after_minutes = 9.5)), any(reverification = "moderate", role = "org:admin"), scope = "invoices:read", any(plan = "user:pro", role = "org:member")), all(any(role = "org:admin", scope = "openid"), reverification(level = "second_factor", after_minutes = 15), role = "org:billing")))]
async fn h233() {}

#[protected(any(permission = "org:reports:read", all(any(all(permission = "org:invoices:write", all(reverification(level = "second_factor", after_minutes = 15), role = "org:admin", permission = "org:reports:read")), role = "org:member"), any(permission = "org:reports:read", plan = "org:pro"))))]
async fn h234() {}

#[protected(token = any("session_token", "m2m_token", "oauth_token"), any(scope = "invoices:list", plan = "org:pro"))]
async fn h235() {}

#[protected(token = "session_token", plan = "pro", all(all(reverification = "lax", role = "org:billing"), any(feature = "invoices")), any(all(reverification = "strict_mfa", permission = "org:invoices:read"), all(role = "org:member", permission = "org:reports:read", permission = "org:invoices:write")))]
async fn h236() {}

#[protected(any(any(all(plan = "pro", plan = "org:pro", reverification = "strict"), scope = "mch_ledger"), permission = "org:reports:read"))]
async fn h237() {}

#[protected(feature = "reports")]
async fn h238() {}

#[protected(plan = "free", any(all(reverification = "moderate", role = "org:admin"), all(role = "org:billing", plan = "pro", feature = "org:invoices")))]
async fn h239() {}

#[protected(token = any("m2m_token", "api_key"), any(scope = "invoices:read", scope = "mch_ledger"))]
async fn h240() {}

#[protected(any(all(any(all(all(plan = "free", feature = "o:reports", reverification(level = "first_factor", after_minutes = 9.5))), all(reverification(level = "first_factor", after_minutes = 0.5))), all(any(any(role = "org:member", plan = "u:free"), any(permission = "org:invoices:read")), all(role = "org:billing", any(reverification = "strict", reverification(level = "first_factor", after_minutes = 10), permission = "org:invoices:read", permission = "org:reports:read"))))))]
async fn h241() {}

#[protected(any(reverification = "lax"), reverification = "strict")]
async fn h242() {}

#[protected(any(reverification = "strict_mfa", any(any(reverification = "strict", any(plan = "pro")), any(any(reverification = "lax", all(scope = "invoices:read", permission = "org:reports:read")), all(any(plan = "user:pro", feature = "o:reports"), plan = "u:free", role = "org:member", plan = "free"), all(scope = "invoices:list", plan = "free"), all(scope = "invoices:list", reverification(level = "multi_factor", after_minutes = 9.5), all(reverification = "moderate", role = "org:member"))))))]
async fn h243() {}

#[protected(token = "api_key", any(scope = "mch_ledger", scope = "invoices:read"))]
async fn h244() {}

#[protected(any(all(feature = "o:reports", any(reverification = "strict_mfa", any(all(scope = "openid", reverification = "moderate"), all(reverification(level = "first_factor", after_minutes = 60), role = "org:billing")))), plan = "user:pro"))]
async fn h245() {}

#[protected(token = "session_token", all(any(any(any(any(reverification = "moderate", scope = "invoices:list")), reverification = "strict_mfa")), reverification(level = "second_factor", after_minutes = 10), reverification(level = "multi_factor", after_minutes = 9.5)))]
async fn h246() {}

#[protected(any(reverification = "moderate", plan = "org:pro"))]
async fn h247() {}

#[protected(any(plan = "u:free", role = "org:member", reverification = "strict"))]
async fn h248() {}

#[protected(all(permission = "org:invoices:read", reverification = "lax", any(any(reverification = "lax", role = "org:billing", permission = "org:invoices:read", role = "org:member"), plan = "user:pro")))]
async fn h249() {}

#[protected(feature = "organization:themes")]
async fn h250() {}

#[protected(all(plan = "org:pro"))]
async fn h251() {}

#[protected(any(reverification = "lax", role = "org:billing", plan = "user:pro"))]
async fn h252() {}

#[protected(reverification(level = "multi_factor", after_minutes = 9.5))]
async fn h253() {}

#[protected(any(role = "org:admin", all(role = "org:member", reverification = "strict")))]
async fn h254() {}

#[protected(token = any("api_key", "oauth_token"), all(all(all(scope = "openid"), any(scope = "invoices:read")), all(scope = "mch_ledger")))]
async fn h255() {}

#[protected(all(any(role = "org:member", feature = "u:themes"), role = "org:billing"), any(all(plan = "user:pro"), reverification(level = "first_factor", after_minutes = 9.5)), reverification(level = "second_factor", after_minutes = 10))]
async fn h256() {}

#[protected(token = any("oauth_token", "session_token"), any(scope = "openid", permission = "org:reports:read"))]
async fn h257() {}

#[protected(all(reverification(level = "second_factor", after_minutes = 0.5)))]
async fn h258() {}

#[protected(all(reverification = "strict_mfa", feature = "invoices", role = "org:admin"))]
async fn h259() {}

#[protected(token = "oauth_token", any(scope = "invoices:read", role = "org:billing"))]
async fn h260() {}

#[protected(all(reverification(level = "multi_factor", after_minutes = 15), reverification(level = "first_factor", after_minutes = 60)))]
async fn h261() {}

#[protected(any(feature = "reports"))]
async fn h262() {}

#[protected(any(any(feature = "organization:themes")))]
async fn h263() {}

#[protected(any(all(any(all(any(plan = "free", feature = "user:invoices", reverification(level = "second_factor", after_minutes = 60))), scope = "invoices:list"), permission = "org:invoices:read", plan = "u:free", all(role = "org:billing", all(any(reverification(level = "multi_factor", after_minutes = 15), permission = "org:invoices:write"), reverification = "strict_mfa"))), reverification(level = "second_factor", after_minutes = 60), plan = "org:pro"))]
async fn h264() {}

#[protected(all(all(all(permission = "org:invoices:read", reverification(level = "first_factor", after_minutes = 0.5)), all(reverification = "lax", reverification(level = "multi_factor", after_minutes = 0.5))), any(reverification = "strict", permission = "org:invoices:read")))]
async fn h265() {}

#[protected(token = "session_token", all(reverification(level = "multi_factor", after_minutes = 9.5)))]
async fn h266() {}

#[protected(feature = "invoices", all(reverification(level = "multi_factor", after_minutes = 10), any(reverification = "lax", role = "org:member")), any(permission = "org:invoices:read", any(feature = "org:invoices", plan = "u:free", reverification = "strict_mfa"), all(reverification = "strict", reverification(level = "second_factor", after_minutes = 10))))]
async fn h267() {}

#[protected(any(role = "org:admin", scope = "invoices:read"))]
async fn h268() {}

#[protected(any(feature = "u:themes", any(all(reverification = "strict_mfa", role = "org:billing"), all(role = "org:billing", reverification(level = "first_factor", after_minutes = 9.5), permission = "org:invoices:read"), feature = "invoices", all(scope = "mch_ledger", feature = "organization:themes")), role = "org:billing"))]
async fn h269() {}

#[protected(all(any(all(any(all(plan = "user:pro"), all(plan = "pro", role = "org:billing")), all(any(role = "org:billing", reverification(level = "first_factor", after_minutes = 10), permission = "org:reports:read"), feature = "o:reports", all(permission = "org:invoices:read", plan = "user:pro")), any(any(reverification = "strict"), permission = "org:invoices:write")), reverification(level = "multi_factor", after_minutes = 0.5)), permission = "org:invoices:read", all(plan = "pro", reverification = "strict")))]
async fn h270() {}

#[protected(any(role = "org:admin", role = "org:member"))]
async fn h271() {}

#[protected(token = any("api_key", "oauth_token"), all(scope = "invoices:read", scope = "openid"))]
async fn h272() {}

#[protected(all(any(reverification(level = "first_factor", after_minutes = 15), any(permission = "org:invoices:write", reverification = "strict", role = "org:admin"), any(role = "org:member", plan = "pro"))))]
async fn h273() {}

#[protected(all(permission = "org:invoices:write", role = "org:admin", any(reverification = "moderate", role = "org:member")))]
async fn h274() {}

#[protected(all(permission = "org:invoices:write", reverification(level = "first_factor", after_minutes = 9.5)))]
async fn h275() {}

#[protected(token = any("m2m_token", "api_key"), any(scope = "invoices:list", scope = "mch_ledger"))]
async fn h276() {}

#[protected(all(reverification = "strict", reverification = "strict_mfa"))]
async fn h277() {}

#[protected(any(all(reverification(level = "multi_factor", after_minutes = 60), any(role = "org:member", reverification = "strict_mfa", role = "org:billing")), reverification(level = "second_factor", after_minutes = 15)))]
async fn h278() {}

#[protected(any(any(any(reverification(level = "first_factor", after_minutes = 10)), permission = "org:invoices:write")))]
async fn h279() {}

#[protected(token = "any", any(all(any(scope = "mch_ledger", feature = "invoices"), scope = "invoices:read"), any(all(reverification = "strict", role = "org:member"), all(role = "org:admin", reverification = "strict"), all(scope = "invoices:list", permission = "org:invoices:read")), all(any(scope = "invoices:list"), permission = "org:invoices:write", any(scope = "invoices:list", role = "org:member", scope = "mch_ledger", reverification(level = "multi_factor", after_minutes = 0.5)), scope = "openid")))]
async fn h280() {}

#[protected(token = "session_token", all(role = "org:billing", any(plan = "free", permission = "org:invoices:write", permission = "org:invoices:read", role = "org:admin")), permission = "org:invoices:write", plan = "pro")]
async fn h281() {}

#[protected(all(all(any(all(feature = "organization:themes", all(reverification = "moderate", feature = "u:themes"), any(plan = "user:pro", reverification = "strict")), role = "org:admin"), role = "org:admin", reverification(level = "second_factor", after_minutes = 0.5))))]
async fn h282() {}

#[protected(all(any(any(role = "org:member", reverification = "lax"), feature = "invoices"), reverification = "moderate", all(all(reverification(level = "multi_factor", after_minutes = 9.5), plan = "pro"), any(reverification = "strict_mfa")), any(plan = "free")))]
async fn h283() {}

#[protected(token = "any", any(reverification(level = "multi_factor", after_minutes = 60), all(scope = "invoices:read", scope = "openid")))]
async fn h284() {}

#[protected(any(all(feature = "u:themes")))]
async fn h285() {}

#[protected(token = "m2m_token", all(scope = "invoices:read"))]
async fn h286() {}

#[protected(token = "any", any(all(any(scope = "invoices:read", reverification(level = "second_factor", after_minutes = 60)), all(scope = "invoices:list", scope = "invoices:read")), scope = "mch_ledger", any(scope = "invoices:list", any(permission = "org:invoices:write", role = "org:admin", permission = "org:invoices:read"), scope = "invoices:read")))]
async fn h287() {}

#[protected(token = "session_token", any(any(all(all(role = "org:admin", reverification = "lax"), any(any(role = "org:billing", permission = "org:invoices:write")))), reverification = "strict_mfa"))]
async fn h288() {}

#[protected(token = "session_token", role = "org:billing")]
async fn h289() {}

#[protected(any(reverification = "lax", all(reverification(level = "multi_factor", after_minutes = 15), role = "org:billing")), role = "org:member")]
async fn h290() {}

#[protected(token = "any", any(scope = "invoices:read", all(role = "org:admin", all(plan = "user:pro", scope = "mch_ledger")), all(any(reverification = "strict"))))]
async fn h291() {}

#[protected(token = "session_token", all(role = "org:admin", reverification(level = "second_factor", after_minutes = 9.5)))]
async fn h292() {}

#[protected(token = "session_token", reverification = "moderate", feature = "organization:themes")]
async fn h293() {}

#[protected(any(any(all(role = "org:member", plan = "pro"), scope = "invoices:list", feature = "organization:themes")))]
async fn h294() {}

#[protected(all(reverification(level = "first_factor", after_minutes = 10), all(all(reverification = "strict"), any(feature = "u:themes", all(any(role = "org:member", role = "org:admin"), any(plan = "free")), reverification = "lax"))))]
async fn h295() {}

#[protected(any(all(permission = "org:invoices:read", feature = "invoices"), any(any(reverification = "lax", reverification(level = "multi_factor", after_minutes = 15), reverification = "strict_mfa"), reverification(level = "first_factor", after_minutes = 0.5))))]
async fn h296() {}

#[protected(permission = "org:invoices:write", reverification(level = "first_factor", after_minutes = 0.5), role = "org:admin")]
async fn h297() {}

#[protected(any(any(any(any(any(reverification(level = "multi_factor", after_minutes = 0.5), reverification(level = "second_factor", after_minutes = 9.5)), all(plan = "free", role = "org:billing")), all(any(role = "org:admin"), any(permission = "org:reports:read"), any(role = "org:member", feature = "reports")))), role = "org:billing"))]
async fn h298() {}

#[protected(any(any(any(permission = "org:reports:read", feature = "reports", role = "org:billing"), reverification(level = "multi_factor", after_minutes = 60)), all(permission = "org:invoices:write", reverification(level = "multi_factor", after_minutes = 0.5), reverification = "strict_mfa"), reverification(level = "multi_factor", after_minutes = 9.5)))]
async fn h299() {}

#[protected(token = any("oauth_token", "session_token"), any(reverification(level = "multi_factor", after_minutes = 10), any(scope = "invoices:list", scope = "mch_ledger", scope = "openid")))]
async fn h300() {}

#[protected(any(any(all(role = "org:member", plan = "u:free"), reverification(level = "second_factor", after_minutes = 0.5), role = "org:billing"), role = "org:admin"))]
async fn h301() {}

#[protected(token = "oauth_token", all(any(scope = "invoices:list", all(scope = "invoices:read"), scope = "mch_ledger"), all(scope = "openid")))]
async fn h302() {}

#[protected(any(any(reverification(level = "first_factor", after_minutes = 9.5), any(all(feature = "org:invoices", reverification = "strict_mfa"), plan = "free")), any(permission = "org:invoices:read", all(reverification(level = "second_factor", after_minutes = 9.5), role = "org:admin", permission = "org:reports:read", any(all(reverification(level = "multi_factor", after_minutes = 0.5), plan = "org:pro"), feature = "reports", plan = "u:free")))))]
async fn h303() {}

#[protected(token = "api_key", scope = "mch_ledger")]
async fn h304() {}

#[protected(token = "any", any(reverification(level = "second_factor", after_minutes = 10), any(any(reverification(level = "first_factor", after_minutes = 9.5), scope = "openid", feature = "organization:themes", scope = "invoices:list"), all(reverification = "strict", reverification(level = "multi_factor", after_minutes = 15), scope = "mch_ledger"))))]
async fn h305() {}

#[protected(all(reverification(level = "multi_factor", after_minutes = 15), reverification(level = "multi_factor", after_minutes = 9.5), any(all(scope = "mch_ledger", reverification = "strict_mfa", any(any(reverification = "lax"), reverification = "strict")), all(permission = "org:invoices:read"), all(any(all(reverification(level = "first_factor", after_minutes = 15), reverification = "moderate", role = "org:admin"), any(feature = "org:invoices", reverification = "strict_mfa", role = "org:admin", reverification(level = "first_factor", after_minutes = 15)), any(reverification(level = "multi_factor", after_minutes = 60), plan = "free"), permission = "org:invoices:read"), feature = "org:invoices")), reverification = "strict"))]
async fn h306() {}

#[protected(any(plan = "u:free"))]
async fn h307() {}

#[protected(all(reverification = "lax", role = "org:member", reverification = "strict_mfa"))]
async fn h308() {}

#[protected(token = any("oauth_token", "session_token"), any(scope = "openid", role = "org:admin"))]
async fn h309() {}

#[protected(role = "org:billing", any(any(role = "org:admin", permission = "org:reports:read"), feature = "organization:themes"))]
async fn h310() {}

#[protected(role = "org:member", permission = "org:invoices:write")]
async fn h311() {}

#[protected(token = any("session_token", "api_key"), any(all(all(plan = "u:free", scope = "mch_ledger", reverification(level = "second_factor", after_minutes = 9.5)), any(role = "org:billing", scope = "mch_ledger", scope = "openid", role = "org:member")), all(permission = "org:invoices:read", role = "org:admin"), scope = "invoices:list"))]
async fn h312() {}

#[protected(any(all(role = "org:admin"), all(role = "org:billing", scope = "invoices:list")))]
async fn h313() {}

#[protected(all(any(all(plan = "u:free", plan = "pro", plan = "user:pro"), any(plan = "free", feature = "org:invoices", reverification = "strict_mfa", permission = "org:invoices:read")), reverification(level = "multi_factor", after_minutes = 0.5)))]
async fn h314() {}

#[protected(token = "any", any(all(any(any(scope = "invoices:list", any(role = "org:admin", scope = "invoices:read")), permission = "org:invoices:write"), scope = "invoices:list", role = "org:admin"), plan = "user:pro", any(any(any(reverification(level = "multi_factor", after_minutes = 0.5), scope = "mch_ledger", any(reverification = "strict_mfa", feature = "invoices")), all(any(reverification(level = "multi_factor", after_minutes = 10), feature = "invoices"), all(role = "org:billing"))), reverification = "lax")))]
async fn h315() {}

#[protected(token = "session_token", any(role = "org:admin", feature = "reports"))]
async fn h316() {}

#[protected(any(permission = "org:invoices:read", any(all(scope = "mch_ledger", reverification(level = "multi_factor", after_minutes = 10)), role = "org:admin")))]
async fn h317() {}

#[protected(token = "m2m_token", any(reverification = "moderate", scope = "openid"), all(scope = "openid", scope = "invoices:list"))]
async fn h318() {}

#[protected(any(all(role = "org:member", reverification = "strict_mfa"), role = "org:member", all(reverification = "lax", all(any(reverification(level = "first_factor", after_minutes = 15), role = "org:admin"), reverification = "strict_mfa"))))]
async fn h319() {}

#[protected(any(role = "org:admin"))]
async fn h320() {}

#[protected(any(permission = "org:reports:read", reverification = "lax", scope = "openid"))]
async fn h321() {}

#[protected(token = any("m2m_token", "api_key"), any(all(scope = "openid", scope = "invoices:list", any(scope = "mch_ledger", scope = "invoices:read"))))]
async fn h322() {}

#[protected(all(plan = "u:free"))]
async fn h323() {}

#[protected(token = "session_token", any(all(all(all(role = "org:billing", all(permission = "org:invoices:write", plan = "pro", reverification(level = "multi_factor", after_minutes = 15))), any(feature = "org:invoices", any(plan = "org:pro", role = "org:billing", reverification(level = "multi_factor", after_minutes = 9.5))), any(role = "org:member", any(role = "org:billing"), all(permission = "org:reports:read", feature = "organization:themes", reverification = "strict"), feature = "user:invoices")), feature = "reports")))]
async fn h324() {}

#[protected(any(permission = "org:reports:read", all(any(permission = "org:invoices:write", plan = "org:pro"), any(plan = "pro")), all(feature = "reports", role = "org:admin", feature = "organization:themes", any(feature = "invoices", reverification = "moderate", role = "org:member", role = "org:billing"))))]
async fn h325() {}

#[protected(any(feature = "invoices", all(all(plan = "u:free", scope = "invoices:read")), any(all(feature = "reports")), reverification = "strict"))]
async fn h326() {}

#[protected(plan = "u:free", role = "org:admin", permission = "org:reports:read")]
async fn h327() {}

#[protected(token = "any", any(scope = "invoices:read", any(all(scope = "invoices:read", plan = "user:pro", scope = "invoices:list"), feature = "u:themes")))]
async fn h328() {}

#[protected(any(any(role = "org:admin", reverification = "strict_mfa")), all(feature = "invoices"))]
async fn h329() {}

#[protected(permission = "org:reports:read", all(reverification = "lax", any(reverification = "strict_mfa", role = "org:admin")))]
async fn h330() {}

#[protected(any(reverification = "strict_mfa", any(role = "org:admin"), reverification(level = "second_factor", after_minutes = 15)))]
async fn h331() {}

#[protected(token = "session_token", all(any(permission = "org:invoices:read", reverification = "lax"), reverification = "moderate"))]
async fn h332() {}

#[protected(token = "api_key", all(scope = "invoices:read"))]
async fn h333() {}

#[protected(all(any(any(role = "org:billing"), all(permission = "org:invoices:read", plan = "pro"), any(reverification(level = "second_factor", after_minutes = 10), reverification(level = "second_factor", after_minutes = 60), reverification = "strict_mfa")), any(permission = "org:invoices:write", reverification(level = "second_factor", after_minutes = 10), reverification = "strict")))]
async fn h334() {}

#[protected(token = "session_token", all(all(reverification = "strict_mfa", any(permission = "org:invoices:write", permission = "org:reports:read")), any(permission = "org:invoices:read", all(role = "org:admin", feature = "organization:themes", reverification(level = "first_factor", after_minutes = 9.5)))))]
async fn h335() {}

#[protected(all(role = "org:billing"))]
async fn h336() {}

#[protected(token = "any", any(all(any(scope = "invoices:read", plan = "u:free"), scope = "invoices:read"), reverification(level = "multi_factor", after_minutes = 0.5)))]
async fn h337() {}

#[protected(any(all(any(role = "org:admin", plan = "pro", plan = "org:pro"), any(reverification = "strict_mfa"), any(plan = "user:pro"), any(role = "org:billing", reverification(level = "second_factor", after_minutes = 10), reverification(level = "multi_factor", after_minutes = 60))), permission = "org:invoices:write", all(any(reverification = "lax", plan = "user:pro"), all(permission = "org:invoices:write"))))]
async fn h338() {}

#[protected(all(plan = "pro", all(any(reverification = "strict_mfa"), reverification = "strict")))]
async fn h339() {}

#[protected(any(all(permission = "org:reports:read", reverification(level = "first_factor", after_minutes = 0.5)), reverification(level = "first_factor", after_minutes = 10)), any(reverification = "lax"))]
async fn h340() {}

#[protected(any(all(role = "org:billing", scope = "openid", plan = "pro"), any(reverification(level = "first_factor", after_minutes = 15), role = "org:member")), all(permission = "org:reports:read", plan = "free"), any(any(role = "org:member", reverification = "moderate", reverification = "lax"), reverification = "strict"))]
async fn h341() {}

#[protected(all(all(all(reverification = "strict_mfa", role = "org:admin"), any(role = "org:member", plan = "pro"), plan = "pro"), permission = "org:invoices:read"))]
async fn h342() {}

#[protected(token = "session_token", all(plan = "free"), any(all(feature = "o:reports", feature = "user:invoices"), all(feature = "org:invoices", scope = "invoices:list"), any(reverification(level = "first_factor", after_minutes = 0.5), feature = "organization:themes", reverification = "strict_mfa")))]
async fn h343() {}

#[protected(token = any("m2m_token", "api_key"), all(scope = "invoices:read"))]
async fn h344() {}

#[protected(all(all(feature = "org:invoices", role = "org:admin", permission = "org:invoices:write")))]
async fn h345() {}

#[protected(plan = "user:pro", all(any(role = "org:admin", reverification = "strict")), feature = "org:invoices")]
async fn h346() {}

#[protected(token = "session_token", all(reverification = "strict"))]
async fn h347() {}

#[protected(token = "oauth_token", scope = "invoices:list")]
async fn h348() {}

#[protected(role = "org:billing", any(all(plan = "u:free"), any(permission = "org:reports:read", reverification = "strict", reverification(level = "first_factor", after_minutes = 60), scope = "openid"), permission = "org:invoices:read"))]
async fn h349() {}

#[protected(any(permission = "org:invoices:write", role = "org:member", reverification(level = "first_factor", after_minutes = 15)))]
async fn h350() {}

#[protected(any(all(role = "org:admin"), feature = "user:invoices"))]
async fn h351() {}

#[protected(token = any("session_token", "api_key"), any(plan = "free", any(all(permission = "org:reports:read", all(all(scope = "mch_ledger", reverification = "moderate", scope = "invoices:list"))), any(feature = "u:themes", all(any(reverification = "lax", role = "org:member"), permission = "org:reports:read", scope = "invoices:read", all(scope = "invoices:list", reverification = "lax", plan = "user:pro")), scope = "invoices:read"))))]
async fn h352() {}

#[protected(all(any(reverification = "moderate", all(role = "org:member", plan = "org:pro", reverification(level = "second_factor", after_minutes = 0.5)), permission = "org:reports:read", permission = "org:invoices:write"), feature = "user:invoices", role = "org:admin"))]
async fn h353() {}

#[protected(reverification(level = "multi_factor", after_minutes = 10))]
async fn h354() {}

#[protected(token = "m2m_token", all(all(scope = "invoices:read"), scope = "mch_ledger"))]
async fn h355() {}

#[protected(permission = "org:reports:read", permission = "org:invoices:write", feature = "reports")]
async fn h356() {}

#[protected(all(reverification = "strict_mfa", permission = "org:invoices:write", feature = "o:reports"))]
async fn h357() {}

#[protected(token = "session_token", any(all(all(reverification = "strict_mfa", scope = "openid"), any(scope = "openid", role = "org:member")), any(all(reverification(level = "first_factor", after_minutes = 0.5), feature = "user:invoices", feature = "org:invoices"), any(scope = "invoices:read"))))]
async fn h358() {}

#[protected(any(all(all(plan = "org:pro"), reverification(level = "first_factor", after_minutes = 9.5), role = "org:member")))]
async fn h359() {}

#[protected(token = "api_key", scope = "invoices:read")]
async fn h360() {}

#[protected(any(reverification = "strict_mfa", scope = "invoices:read", feature = "org:invoices"))]
async fn h361() {}

#[protected(all(reverification = "strict", plan = "org:pro", role = "org:member"))]
async fn h362() {}

#[protected(any(any(all(scope = "openid", any(all(role = "org:member", reverification = "lax"), any(role = "org:member"), any(role = "org:admin", feature = "reports")))), any(any(reverification = "moderate", all(role = "org:member", plan = "pro")))))]
async fn h363() {}

#[protected(token = "any", any(any(scope = "openid", any(scope = "invoices:list", scope = "mch_ledger")), reverification(level = "multi_factor", after_minutes = 0.5)))]
async fn h364() {}

#[protected(all(permission = "org:reports:read", any(role = "org:admin", feature = "user:invoices", permission = "org:invoices:write")), any(all(reverification(level = "second_factor", after_minutes = 60), reverification = "strict", reverification(level = "first_factor", after_minutes = 9.5), permission = "org:reports:read"), any(reverification(level = "second_factor", after_minutes = 9.5))), all(role = "org:member"))]
async fn h365() {}

#[protected(token = "session_token", any(any(all(permission = "org:invoices:write", any(all(scope = "openid", scope = "invoices:read"), role = "org:member"), scope = "invoices:list"), role = "org:member", role = "org:admin", all(all(role = "org:admin", any(role = "org:billing", scope = "invoices:list"), feature = "u:themes"), all(reverification = "strict")))))]
async fn h366() {}

#[protected(token = any("api_key", "oauth_token"), scope = "invoices:list", all(any(scope = "invoices:list", scope = "invoices:read", feature = "o:reports"), any(scope = "invoices:read")))]
async fn h367() {}

#[protected(token = "any", any(role = "org:member", scope = "mch_ledger"))]
async fn h368() {}

#[protected(all(role = "org:admin", reverification(level = "second_factor", after_minutes = 60)), any(any(reverification = "moderate", permission = "org:invoices:write"), any(scope = "openid")))]
async fn h369() {}

#[protected(reverification(level = "multi_factor", after_minutes = 0.5))]
async fn h370() {}

#[protected(any(plan = "u:free", role = "org:billing"))]
async fn h371() {}

#[protected(any(feature = "user:invoices", plan = "u:free", permission = "org:invoices:read"))]
async fn h372() {}

#[protected(reverification(level = "first_factor", after_minutes = 0.5), any(role = "org:admin", role = "org:member"))]
async fn h373() {}

#[protected(feature = "u:themes", any(any(plan = "org:pro", reverification = "strict_mfa", reverification = "lax"), all(role = "org:billing", permission = "org:invoices:write", scope = "mch_ledger")))]
async fn h374() {}

#[protected(token = any("session_token", "api_key"), any(all(any(scope = "openid", scope = "mch_ledger", feature = "u:themes"), any(scope = "openid", feature = "org:invoices")), all(all(scope = "invoices:list", plan = "pro", plan = "user:pro", role = "org:member"), scope = "openid")))]
async fn h375() {}

#[protected(any(all(reverification(level = "first_factor", after_minutes = 15), any(role = "org:member", reverification(level = "multi_factor", after_minutes = 60), permission = "org:invoices:read")), any(all(permission = "org:reports:read"), any(permission = "org:invoices:read"))))]
async fn h376() {}

#[protected(all(permission = "org:invoices:write", role = "org:billing"))]
async fn h377() {}

#[protected(all(any(reverification(level = "second_factor", after_minutes = 15), reverification(level = "multi_factor", after_minutes = 60)), any(all(any(all(permission = "org:invoices:read", scope = "openid"), all(reverification = "lax", reverification(level = "second_factor", after_minutes = 10), role = "org:member", reverification(level = "first_factor", after_minutes = 9.5)), reverification(level = "second_factor", after_minutes = 15))), feature = "invoices"), all(reverification(level = "second_factor", after_minutes = 0.5))))]
async fn h378() {}

#[protected(all(permission = "org:reports:read"))]
async fn h379() {}

#[protected(token = "session_token", permission = "org:invoices:write", reverification(level = "first_factor", after_minutes = 10))]
async fn h380() {}

#[protected(all(role = "org:billing", feature = "user:invoices"))]
async fn h381() {}

#[protected(feature = "organization:themes", reverification(level = "multi_factor", after_minutes = 10))]
async fn h382() {}

#[protected(token = any("api_key", "oauth_token"), any(scope = "openid", scope = "invoices:read", scope = "invoices:list"), scope = "mch_ledger", any(scope = "mch_ledger", permission = "org:invoices:read", scope = "invoices:list"))]
async fn h383() {}

#[protected(any(reverification(level = "second_factor", after_minutes = 10), feature = "invoices", plan = "pro"))]
async fn h384() {}

#[protected(all(plan = "free", reverification = "strict", any(feature = "organization:themes", all(scope = "openid", reverification(level = "first_factor", after_minutes = 0.5))), permission = "org:invoices:write"))]
async fn h385() {}

#[protected(all(all(all(plan = "pro", role = "org:admin"), all(plan = "u:free", permission = "org:invoices:read"), any(feature = "invoices", plan = "pro", scope = "mch_ledger")), reverification = "moderate"))]
async fn h386() {}

#[protected(token = "session_token", all(plan = "org:pro"))]
async fn h387() {}

#[protected(token = "session_token", any(reverification(level = "second_factor", after_minutes = 60), any(permission = "org:invoices:read", reverification(level = "multi_factor", after_minutes = 0.5)), role = "org:admin"), any(all(reverification(level = "first_factor", after_minutes = 60)), role = "org:admin", any(plan = "free")))]
async fn h388() {}

#[protected(any(all(reverification(level = "multi_factor", after_minutes = 9.5), any(all(all(role = "org:admin"), reverification(level = "second_factor", after_minutes = 15), permission = "org:invoices:write"), reverification(level = "multi_factor", after_minutes = 9.5))), any(feature = "reports", reverification = "strict"), plan = "u:free"))]
async fn h389() {}

#[protected(all(permission = "org:invoices:read"))]
async fn h390() {}

#[protected(token = "session_token", any(reverification(level = "multi_factor", after_minutes = 15), plan = "pro", all(reverification = "lax", feature = "invoices", plan = "u:free")), any(plan = "user:pro", all(role = "org:member", plan = "pro", reverification(level = "second_factor", after_minutes = 15), feature = "organization:themes")), all(all(feature = "invoices", role = "org:admin"), any(scope = "openid", plan = "u:free", role = "org:member")))]
async fn h391() {}

#[protected(role = "org:member", plan = "user:pro", any(any(plan = "user:pro", reverification = "strict"), role = "org:member"))]
async fn h392() {}

#[protected(reverification(level = "second_factor", after_minutes = 9.5), all(all(role = "org:member", reverification = "strict_mfa")))]
async fn h393() {}

#[protected(any(feature = "invoices"), all(all(reverification = "strict_mfa")))]
async fn h394() {}

#[protected(any(role = "org:admin", reverification = "strict", role = "org:member"))]
async fn h395() {}

#[protected(any(any(all(role = "org:member", any(plan = "u:free", any(permission = "org:invoices:read", plan = "org:pro", reverification(level = "second_factor", after_minutes = 60)))))))]
async fn h396() {}

#[protected(any(role = "org:member", reverification = "moderate", all(feature = "user:invoices")), any(plan = "org:pro", plan = "user:pro", scope = "invoices:list"), feature = "organization:themes")]
async fn h397() {}

#[protected(all(feature = "organization:themes"))]
async fn h398() {}

#[protected(token = "any", any(any(all(feature = "org:invoices", feature = "u:themes"), scope = "invoices:read", role = "org:admin"), role = "org:member"))]
async fn h399() {}

#[protected(role = "org:member", reverification(level = "multi_factor", after_minutes = 15))]
async fn h400() {}

#[protected(role = "org:admin", any(all(scope = "mch_ledger", feature = "org:invoices"), permission = "org:invoices:read"))]
async fn h401() {}

#[protected(reverification = "strict", reverification(level = "first_factor", after_minutes = 15))]
async fn h402() {}

#[protected(any(any(scope = "invoices:read", role = "org:billing", feature = "o:reports", scope = "openid"), plan = "free"), any(permission = "org:invoices:read", feature = "user:invoices"), all(plan = "free"))]
async fn h403() {}

#[protected(all(reverification(level = "second_factor", after_minutes = 9.5)))]
async fn h404() {}

#[protected(any(any(role = "org:admin", permission = "org:invoices:read", all(all(feature = "user:invoices", scope = "openid"), role = "org:admin")), plan = "u:free"))]
async fn h405() {}

#[protected(all(any(all(any(all(role = "org:member", plan = "free"), any(feature = "reports"), any(reverification = "strict_mfa")), any(all(plan = "org:pro", role = "org:member", plan = "user:pro"), role = "org:admin"))), reverification = "strict_mfa", reverification = "lax"))]
async fn h406() {}

#[protected(any(any(reverification(level = "multi_factor", after_minutes = 15), feature = "org:invoices"), any(reverification(level = "second_factor", after_minutes = 9.5), reverification(level = "first_factor", after_minutes = 9.5), plan = "u:free", reverification(level = "multi_factor", after_minutes = 60))), all(reverification(level = "second_factor", after_minutes = 9.5), any(plan = "org:pro", role = "org:billing", reverification = "lax")))]
async fn h407() {}

#[protected(any(permission = "org:invoices:write"), reverification(level = "multi_factor", after_minutes = 15), all(plan = "user:pro"))]
async fn h408() {}

#[protected(any(permission = "org:invoices:read"))]
async fn h409() {}

#[protected(token = any("oauth_token", "session_token"), any(any(any(scope = "invoices:list", reverification(level = "multi_factor", after_minutes = 60), scope = "invoices:read", all(feature = "invoices", all(scope = "mch_ledger", plan = "user:pro"), all(feature = "o:reports", scope = "openid")))), reverification(level = "multi_factor", after_minutes = 0.5)))]
async fn h410() {}

#[protected(any(reverification = "strict"))]
async fn h411() {}

#[protected(any(any(role = "org:billing"), reverification = "strict_mfa", permission = "org:reports:read"))]
async fn h412() {}

#[protected(plan = "u:free", any(feature = "u:themes", role = "org:admin", feature = "org:invoices"))]
async fn h413() {}

#[protected(any(plan = "u:free", feature = "organization:themes"))]
async fn h414() {}

#[protected(all(all(feature = "o:reports", role = "org:admin", reverification = "strict_mfa", permission = "org:invoices:read"), reverification(level = "second_factor", after_minutes = 60)), feature = "reports")]
async fn h415() {}

#[protected(plan = "org:pro", reverification(level = "multi_factor", after_minutes = 9.5))]
async fn h416() {}

#[protected(token = "session_token", any(role = "org:member", feature = "organization:themes"))]
async fn h417() {}

#[protected(any(any(reverification = "lax", reverification(level = "first_factor", after_minutes = 60), role = "org:billing")), all(reverification = "moderate", feature = "reports"), all(role = "org:member", any(plan = "u:free")))]
async fn h418() {}

#[protected(reverification = "strict_mfa", role = "org:billing")]
async fn h419() {}

#[protected(any(all(all(reverification(level = "second_factor", after_minutes = 9.5), all(feature = "org:invoices"), any(all(scope = "openid", plan = "free"), role = "org:billing"))), scope = "invoices:list", role = "org:billing", permission = "org:reports:read"))]
async fn h420() {}

#[protected(any(any(role = "org:billing", reverification(level = "second_factor", after_minutes = 9.5), all(role = "org:admin")), feature = "org:invoices", all(any(plan = "user:pro", role = "org:member"), role = "org:member")))]
async fn h421() {}

#[protected(any(feature = "o:reports"))]
async fn h422() {}

#[protected(any(plan = "u:free", role = "org:admin"))]
async fn h423() {}

#[protected(token = "any", any(any(role = "org:billing", any(scope = "invoices:list"))))]
async fn h424() {}

#[protected(any(permission = "org:invoices:write", scope = "invoices:list", permission = "org:reports:read"))]
async fn h425() {}

#[protected(any(permission = "org:reports:read", plan = "pro", any(feature = "u:themes", role = "org:member"), any(reverification = "lax", feature = "org:invoices", reverification(level = "second_factor", after_minutes = 9.5), role = "org:billing")), reverification = "lax", plan = "pro")]
async fn h426() {}

#[protected(any(role = "org:member", all(plan = "user:pro", any(plan = "user:pro", permission = "org:invoices:read"), all(reverification(level = "first_factor", after_minutes = 10), scope = "openid", reverification(level = "multi_factor", after_minutes = 9.5), reverification = "lax"), role = "org:member")))]
async fn h427() {}

#[protected(token = "session_token", all(any(plan = "org:pro", plan = "user:pro")), role = "org:member")]
async fn h428() {}

#[protected(any(feature = "organization:themes", any(reverification = "moderate")), any(all(role = "org:admin", plan = "free", plan = "org:pro"), feature = "reports"), any(all(permission = "org:reports:read", role = "org:member", reverification = "moderate")))]
async fn h429() {}

#[protected(plan = "free", reverification(level = "first_factor", after_minutes = 9.5))]
async fn h430() {}

#[protected(any(reverification(level = "multi_factor", after_minutes = 9.5)))]
async fn h431() {}

#[protected(all(feature = "o:reports", role = "org:admin"))]
async fn h432() {}

#[protected(any(role = "org:member", plan = "free", all(permission = "org:invoices:read")), role = "org:admin")]
async fn h433() {}

#[protected(token = "session_token", any(role = "org:admin", all(permission = "org:invoices:read", reverification = "lax")))]
async fn h434() {}

#[protected(role = "org:billing", reverification = "strict_mfa")]
async fn h435() {}

#[protected(all(permission = "org:invoices:write", role = "org:member"))]
async fn h436() {}

#[protected(all(reverification(level = "first_factor", after_minutes = 0.5), any(any(any(any(feature = "reports", reverification = "strict"), any(permission = "org:invoices:write")), all(any(role = "org:member", plan = "org:pro", reverification = "lax"), any(feature = "invoices"), all(role = "org:billing"), feature = "o:reports")), scope = "invoices:list")))]
async fn h437() {}

#[protected(token = "session_token", any(scope = "invoices:read", all(all(all(feature = "user:invoices", reverification(level = "multi_factor", after_minutes = 60)), permission = "org:invoices:read")), reverification = "moderate"))]
async fn h438() {}

#[protected(feature = "o:reports", reverification = "moderate")]
async fn h439() {}

#[protected(token = "any", any(all(all(scope = "invoices:list")), any(reverification = "strict", role = "org:member"), role = "org:billing"))]
async fn h440() {}

#[protected(token = "any", any(any(all(reverification = "lax", role = "org:member"), plan = "user:pro", all(role = "org:admin"), any(scope = "invoices:read", feature = "u:themes"))))]
async fn h441() {}

#[protected(any(reverification = "moderate", plan = "free"))]
async fn h442() {}

#[protected(token = any("oauth_token", "session_token"), all(any(any(plan = "org:pro", scope = "openid"), all(scope = "openid", scope = "invoices:read", role = "org:member")), any(scope = "mch_ledger", reverification(level = "multi_factor", after_minutes = 10))))]
async fn h443() {}

#[protected(token = any("api_key", "oauth_token"), any(scope = "invoices:read", feature = "u:themes", scope = "openid"))]
async fn h444() {}

#[protected(any(any(role = "org:member", all(permission = "org:invoices:write", role = "org:admin", any(role = "org:member", any(feature = "u:themes", feature = "organization:themes", reverification = "moderate", permission = "org:invoices:read"), any(reverification(level = "second_factor", after_minutes = 9.5), feature = "o:reports"))))))]
async fn h445() {}

#[protected(token = any("m2m_token", "api_key"), any(scope = "openid", scope = "invoices:list"))]
async fn h446() {}

#[protected(reverification = "strict")]
async fn h447() {}

#[protected(all(reverification(level = "multi_factor", after_minutes = 9.5), all(feature = "o:reports", any(reverification(level = "first_factor", after_minutes = 15))), role = "org:member"))]
async fn h448() {}

#[protected(any(permission = "org:invoices:write", all(all(any(feature = "o:reports", any(feature = "organization:themes", permission = "org:invoices:write", feature = "org:invoices", feature = "invoices"), reverification(level = "first_factor", after_minutes = 15)), scope = "invoices:list")), reverification = "strict"))]
async fn h449() {}

#[protected(any(any(plan = "pro", role = "org:member"), reverification(level = "second_factor", after_minutes = 60)))]
async fn h450() {}

#[protected(token = any("session_token", "m2m_token", "oauth_token"), any(any(all(scope = "invoices:list", reverification(level = "first_factor", after_minutes = 15), scope = "openid"), any(permission = "org:invoices:write", scope = "mch_ledger"))))]
async fn h451() {}

#[protected(token = "session_token", all(feature = "u:themes", any(reverification(level = "first_factor", after_minutes = 9.5)), all(role = "org:member", any(permission = "org:reports:read", any(role = "org:billing", scope = "openid", reverification = "strict")))))]
async fn h452() {}

#[protected(all(all(reverification(level = "multi_factor", after_minutes = 9.5), role = "org:billing"), feature = "invoices", all(feature = "reports", reverification = "strict_mfa", feature = "o:reports")), reverification(level = "first_factor", after_minutes = 0.5))]
async fn h453() {}

#[protected(token = "any", any(any(all(reverification(level = "multi_factor", after_minutes = 10), scope = "invoices:list", reverification(level = "second_factor", after_minutes = 15)), permission = "org:invoices:read", reverification(level = "second_factor", after_minutes = 9.5), scope = "mch_ledger"), all(all(feature = "o:reports"), any(scope = "invoices:list", scope = "mch_ledger"))))]
async fn h454() {}

#[protected(all(feature = "user:invoices", reverification = "lax"))]
async fn h455() {}

#[protected(token = "session_token", any(all(any(feature = "reports", permission = "org:invoices:write", role = "org:admin"), reverification(level = "first_factor", after_minutes = 9.5)), any(any(scope = "invoices:read", feature = "u:themes", permission = "org:invoices:read", feature = "invoices"), all(reverification(level = "multi_factor", after_minutes = 10), reverification(level = "second_factor", after_minutes = 0.5)), all(role = "org:billing", plan = "free", plan = "pro"), any(reverification(level = "first_factor", after_minutes = 10), role = "org:billing")), reverification = "strict"))]
async fn h456() {}

#[protected(all(any(any(reverification = "strict_mfa", reverification(level = "multi_factor", after_minutes = 60)), all(role = "org:admin"), any(permission = "org:invoices:read"), all(plan = "u:free", scope = "invoices:list")), reverification = "moderate", any(permission = "org:reports:read", any(role = "org:member"), role = "org:admin"), all(permission = "org:reports:read", reverification = "strict_mfa")))]
async fn h457() {}

#[protected(permission = "org:invoices:read", role = "org:member")]
async fn h458() {}

#[protected(token = "session_token", any(feature = "reports"))]
async fn h459() {}

#[protected(all(reverification = "lax", any(feature = "user:invoices")))]
async fn h460() {}

#[protected(all(all(role = "org:billing", plan = "u:free"), any(reverification = "lax", reverification = "strict_mfa", reverification(level = "second_factor", after_minutes = 60), role = "org:admin")), reverification(level = "second_factor", after_minutes = 10))]
async fn h461() {}

#[protected(token = any("api_key", "oauth_token"), scope = "openid", all(all(scope = "invoices:list", scope = "invoices:read")))]
async fn h462() {}

#[protected(all(all(permission = "org:invoices:read"), all(reverification = "strict_mfa", role = "org:member", feature = "invoices")), permission = "org:invoices:write")]
async fn h463() {}

#[protected(token = "api_key", any(all(reverification = "lax", scope = "openid"), scope = "openid", all(scope = "mch_ledger", scope = "openid")), any(scope = "mch_ledger", scope = "invoices:read"))]
async fn h464() {}

#[protected(permission = "org:invoices:read", plan = "u:free")]
async fn h465() {}

#[protected(all(all(plan = "pro", all(plan = "user:pro", role = "org:member")), permission = "org:invoices:write", feature = "o:reports"))]
async fn h466() {}

#[protected(plan = "u:free", all(any(scope = "invoices:read", plan = "u:free", role = "org:admin", plan = "user:pro")), all(reverification(level = "first_factor", after_minutes = 9.5), role = "org:admin"))]
async fn h467() {}

#[protected(any(reverification = "strict", permission = "org:reports:read"))]
async fn h468() {}

#[protected(any(plan = "user:pro", reverification = "lax", role = "org:member"))]
async fn h469() {}

#[protected(all(feature = "organization:themes", plan = "user:pro"))]
async fn h470() {}

#[protected(any(reverification = "strict_mfa", all(role = "org:admin", all(reverification(level = "multi_factor", after_minutes = 10)))))]
async fn h471() {}

#[protected(token = any("m2m_token", "api_key"), all(scope = "mch_ledger", all(scope = "invoices:list")))]
async fn h472() {}

#[protected(any(reverification = "moderate", all(all(any(scope = "openid", feature = "organization:themes"), feature = "invoices", all(any(permission = "org:invoices:write", reverification(level = "second_factor", after_minutes = 9.5), role = "org:billing"), any(plan = "org:pro", role = "org:admin"))))))]
async fn h473() {}

#[protected(token = any("session_token", "api_key"), any(scope = "invoices:list", plan = "free"))]
async fn h474() {}

#[protected(any(permission = "org:invoices:write"))]
async fn h475() {}

#[protected(any(all(any(reverification = "moderate", all(permission = "org:invoices:write", any(role = "org:member", feature = "organization:themes", reverification(level = "second_factor", after_minutes = 60))), plan = "user:pro"), all(all(plan = "u:free", reverification = "lax"), reverification = "strict_mfa"), all(any(any(permission = "org:reports:read"), permission = "org:invoices:read", reverification(level = "first_factor", after_minutes = 9.5)), reverification(level = "multi_factor", after_minutes = 0.5)), role = "org:member"), plan = "org:pro", reverification(level = "second_factor", after_minutes = 60)))]
async fn h476() {}

#[protected(any(role = "org:member"))]
async fn h477() {}

#[protected(all(any(plan = "pro"), permission = "org:invoices:read"))]
async fn h478() {}

#[protected(any(plan = "pro", reverification = "moderate"))]
async fn h479() {}

#[protected(token = "session_token", all(any(all(plan = "user:pro", role = "org:member")), plan = "org:pro", any(permission = "org:reports:read", all(all(feature = "invoices", reverification(level = "multi_factor", after_minutes = 15)), any(all(permission = "org:invoices:write", reverification(level = "first_factor", after_minutes = 60)), any(plan = "user:pro", role = "org:billing")), all(any(role = "org:admin", role = "org:billing"), role = "org:admin"), feature = "user:invoices"))))]
async fn h480() {}

#[protected(feature = "org:invoices", reverification(level = "first_factor", after_minutes = 9.5), any(all(role = "org:admin", reverification(level = "multi_factor", after_minutes = 9.5), permission = "org:invoices:write"), all(role = "org:admin", plan = "org:pro")))]
async fn h481() {}

#[protected(any(any(any(permission = "org:invoices:read", feature = "organization:themes", feature = "invoices"), any(role = "org:billing"), all(role = "org:billing", reverification(level = "second_factor", after_minutes = 10), reverification = "strict_mfa"))))]
async fn h482() {}

#[protected(any(all(plan = "free", role = "org:billing", scope = "invoices:list"), all(reverification = "moderate", plan = "free")), any(permission = "org:invoices:write", scope = "openid", any(plan = "user:pro", permission = "org:invoices:read")), any(role = "org:admin", all(reverification(level = "second_factor", after_minutes = 0.5), plan = "free", feature = "reports", reverification(level = "second_factor", after_minutes = 10))))]
async fn h483() {}

#[protected(all(reverification = "moderate", any(reverification = "lax", all(role = "org:billing", plan = "pro"))))]
async fn h484() {}

#[protected(any(permission = "org:reports:read", any(reverification = "lax", reverification(level = "multi_factor", after_minutes = 0.5))), all(all(reverification(level = "multi_factor", after_minutes = 9.5), plan = "org:pro", role = "org:member"), any(reverification(level = "multi_factor", after_minutes = 60), feature = "reports", reverification(level = "multi_factor", after_minutes = 0.5))))]
async fn h485() {}

#[protected(all(any(all(reverification(level = "first_factor", after_minutes = 9.5)), role = "org:billing"), reverification = "strict", plan = "user:pro"))]
async fn h486() {}

#[protected(any(any(any(permission = "org:invoices:write", permission = "org:reports:read"), plan = "pro"), all(reverification(level = "first_factor", after_minutes = 60))))]
async fn h487() {}

#[protected(token = any("m2m_token", "api_key"), all(scope = "openid", scope = "invoices:list"))]
async fn h488() {}

#[protected(reverification = "moderate", feature = "organization:themes")]
async fn h489() {}

#[protected(any(any(any(plan = "org:pro"), role = "org:member"), scope = "mch_ledger", feature = "reports"))]
async fn h490() {}

#[protected(permission = "org:invoices:write", any(reverification(level = "first_factor", after_minutes = 60), all(reverification(level = "multi_factor", after_minutes = 10), feature = "organization:themes")))]
async fn h491() {}

#[protected(any(permission = "org:reports:read", role = "org:member"))]
async fn h492() {}

#[protected(all(any(permission = "org:invoices:write", reverification(level = "first_factor", after_minutes = 60), permission = "org:invoices:read"), reverification = "lax", any(all(role = "org:billing"), any(plan = "free"), all(plan = "pro", role = "org:member"), all(feature = "invoices", permission = "org:reports:read")), reverification(level = "multi_factor", after_minutes = 9.5)))]
async fn h493() {}

#[protected(all(all(any(feature = "o:reports", permission = "org:invoices:read")), reverification(level = "second_factor", after_minutes = 60)))]
async fn h494() {}

#[protected(token = any("m2m_token", "api_key"), any(scope = "mch_ledger", reverification(level = "first_factor", after_minutes = 15)))]
async fn h495() {}

#[protected(all(any(feature = "user:invoices"), all(reverification(level = "second_factor", after_minutes = 10), any(all(reverification = "strict", all(reverification(level = "second_factor", after_minutes = 10), plan = "user:pro"), reverification(level = "first_factor", after_minutes = 60), scope = "mch_ledger"), reverification(level = "second_factor", after_minutes = 9.5), all(all(permission = "org:invoices:read"), scope = "mch_ledger"), any(all(scope = "openid", scope = "invoices:read"))), reverification = "strict_mfa")))]
async fn h496() {}

#[protected(role = "org:admin", all(any(reverification(level = "second_factor", after_minutes = 15), role = "org:member", role = "org:billing"), any(plan = "free", plan = "user:pro")))]
async fn h497() {}

#[protected(any(reverification = "strict_mfa", reverification(level = "multi_factor", after_minutes = 9.5), role = "org:admin"))]
async fn h498() {}

#[protected(token = "session_token", all(reverification = "strict", plan = "org:pro"))]
async fn h499() {}

pub(crate) fn handlers() -> Vec<Handler> {
    vec![
        Handler::new("api_key any 3 scope invoices:read role org:billing role org:admin", h000),
        Handler::new("unsaid all 2 all 3 custom first_factor 10 all 2 role org:billing feature o:reports any 2 custom first_factor 10 feature invoices permission org:invoices:write", h001),
        Handler::new("unsaid custom multi_factor 10 any 2 all 2 plan pro role org:admin any 4 plan org:pro feature user:invoices scope invoices:list feature o:reports", h002),
        Handler::new("session_token any 2 feature org:invoices role org:member", h003),
        Handler::new("unsaid all 2 plan pro role org:billing", h004),
        Handler::new("oauth_token|session_token any 3 any 2 role org:admin all 1 preset strict scope mch_ledger scope invoices:read", h005),
        Handler::new("unsaid all 2 preset lax all 2 preset strict_mfa any 3 role org:member scope invoices:read feature reports", h006),
        Handler::new("unsaid custom first_factor 9.5 preset moderate role org:admin", h007),
        Handler::new("unsaid any 2 all 2 all 4 feature invoices any 2 all 1 role org:member any 1 preset moderate any 3 permission org:invoices:read feature u:themes all 2 plan org:pro preset strict role org:member any 3 preset lax all 4 feature organization:themes all 1 scope invoices:list permission org:invoices:read any 3 role org:billing permission org:invoices:read preset moderate preset strict_mfa permission org:reports:read", h008),
        Handler::new("session_token|api_key any 2 scope openid all 1 all 1 plan u:free", h009),
        Handler::new("session_token all 3 any 2 role org:admin scope invoices:read any 2 plan u:free role org:admin any 3 feature organization:themes custom first_factor 0.5 any 3 all 2 any 2 permission org:reports:read plan org:pro permission org:invoices:write any 1 any 3 role org:member custom second_factor 60 role org:billing custom first_factor 60", h010),
        Handler::new("any any 3 role org:member feature organization:themes scope openid", h011),
        Handler::new("unsaid any 2 custom second_factor 15 feature o:reports", h012),
        Handler::new("unsaid custom second_factor 10", h013),
        Handler::new("session_token all 2 plan org:pro custom first_factor 60", h014),
        Handler::new("unsaid any 1 custom multi_factor 60", h015),
        Handler::new("unsaid any 2 any 1 any 2 feature user:invoices preset strict all 2 all 3 plan free preset lax role org:member any 4 plan u:free role org:admin feature reports preset strict_mfa", h016),
        Handler::new("unsaid role org:billing", h017),
        Handler::new("unsaid role org:admin", h018),
        Handler::new("unsaid preset moderate all 2 any 4 scope openid feature invoices permission org:reports:read preset strict_mfa any 2 feature organization:themes permission org:invoices:write all 2 all 2 role org:admin preset strict_mfa plan pro", h019),
        Handler::new("unsaid any 3 any 3 any 2 plan user:pro scope invoices:read plan u:free permission org:invoices:write all 3 any 3 feature reports preset strict_mfa preset strict custom multi_factor 9.5 any 3 preset lax permission org:invoices:write role org:admin permission org:invoices:read", h020),
        Handler::new("unsaid any 4 all 2 feature user:invoices all 3 plan pro role org:admin permission org:reports:read all 3 any 3 feature org:invoices permission org:invoices:read custom first_factor 0.5 any 4 plan pro scope invoices:list custom second_factor 0.5 feature u:themes preset strict role org:billing all 3 feature org:invoices permission org:reports:read all 2 feature reports permission org:invoices:read", h021),
        Handler::new("unsaid all 2 any 2 role org:member all 2 any 1 preset moderate any 3 all 2 role org:member custom multi_factor 15 plan org:pro any 2 role org:admin feature invoices any 2 custom multi_factor 60 permission org:invoices:read", h022),
        Handler::new("unsaid feature user:invoices", h023),
        Handler::new("unsaid plan org:pro", h024),
        Handler::new("unsaid plan pro all 1 all 1 role org:member all 2 feature user:invoices preset strict_mfa", h025),
        Handler::new("session_token role org:admin", h026),
        Handler::new("any any 2 role org:admin any 2 all 3 scope mch_ledger scope openid plan free all 1 scope invoices:read", h027),
        Handler::new("unsaid all 2 any 2 any 1 permission org:invoices:read all 3 all 3 feature organization:themes any 3 custom second_factor 60 plan free role org:admin permission org:reports:read scope mch_ledger all 1 all 3 feature user:invoices role org:member feature reports any 4 any 2 custom second_factor 15 custom second_factor 10 all 2 any 2 all 1 custom second_factor 10 all 2 role org:member feature u:themes role org:member plan pro feature reports", h028),
        Handler::new("unsaid preset lax", h029),
        Handler::new("unsaid any 2 preset moderate role org:member", h030),
        Handler::new("session_token|m2m_token|oauth_token any 3 scope invoices:list role org:member scope openid", h031),
        Handler::new("api_key scope invoices:list", h032),
        Handler::new("unsaid any 3 custom second_factor 9.5 all 2 all 1 any 2 feature u:themes role org:billing permission org:invoices:read permission org:reports:read", h033),
        Handler::new("unsaid any 1 feature u:themes", h034),
        Handler::new("any any 2 custom first_factor 60 any 2 all 3 role org:billing scope invoices:read feature org:invoices any 3 role org:member scope invoices:list role org:admin", h035),
        Handler::new("unsaid all 2 feature user:invoices role org:billing", h036),
        Handler::new("unsaid all 1 any 1 all 1 preset strict", h037),
        Handler::new("unsaid any 3 role org:member custom second_factor 60 preset strict", h038),
        Handler::new("unsaid any 3 any 1 custom second_factor 0.5 all 2 permission org:invoices:read preset strict_mfa all 3 feature organization:themes scope invoices:read plan free preset strict_mfa", h039),
        Handler::new("unsaid permission org:invoices:write", h040),
        Handler::new("unsaid all 2 any 3 all 1 scope invoices:list all 3 feature reports scope openid plan free all 2 preset moderate custom multi_factor 10 any 2 permission org:invoices:write feature organization:themes", h041),
        Handler::new("unsaid permission org:invoices:write all 3 all 2 feature organization:themes feature user:invoices role org:billing all 1 feature invoices", h042),
        Handler::new("session_token any 2 all 2 feature u:themes permission org:invoices:write any 1 scope openid any 2 all 1 permission org:invoices:read all 2 role org:admin preset moderate permission org:invoices:write", h043),
        Handler::new("unsaid any 2 permission org:reports:read plan user:pro custom first_factor 15 preset lax", h044),
        Handler::new("unsaid preset lax feature reports any 2 any 2 permission org:invoices:read feature reports any 4 custom first_factor 9.5 role org:member plan free feature user:invoices", h045),
        Handler::new("unsaid any 4 plan pro any 2 any 2 any 4 any 2 role org:member permission org:invoices:read any 2 custom first_factor 0.5 plan user:pro all 2 preset strict role org:member role org:billing all 2 custom first_factor 15 role org:billing role org:admin all 3 preset moderate role org:admin any 2 all 1 plan free any 2 plan pro feature invoices any 3 all 3 all 2 plan pro any 2 custom second_factor 9.5 custom multi_factor 0.5 custom second_factor 0.5 role org:member all 2 plan u:free all 1 scope openid feature u:themes", h046),
        Handler::new("session_token any 2 any 3 all 1 scope openid feature o:reports role org:admin any 2 any 1 any 3 plan org:pro all 1 preset moderate any 2 role org:billing feature user:invoices preset strict_mfa", h047),
        Handler::new("session_token all 3 role org:admin all 1 feature reports feature invoices", h048),
        Handler::new("unsaid preset moderate", h049),
        Handler::new("unsaid any 2 any 2 scope openid scope invoices:list all 2 plan free custom first_factor 9.5 permission org:reports:read any 2 any 4 permission org:invoices:write custom first_factor 0.5 feature o:reports scope openid role org:billing", h050),
        Handler::new("unsaid all 2 all 3 any 1 feature user:invoices all 2 permission org:invoices:read permission org:reports:read all 2 role org:admin custom second_factor 0.5 preset lax", h051),
        Handler::new("unsaid custom second_factor 15 role org:member feature user:invoices", h052),
        Handler::new("unsaid permission org:invoices:write role org:admin", h053),
        Handler::new("session_token any 2 custom first_factor 15 all 2 custom first_factor 0.5 any 3 any 3 preset moderate all 3 permission org:invoices:read role org:admin plan org:pro all 4 permission org:reports:read custom second_factor 0.5 plan free scope invoices:list permission org:reports:read role org:admin", h054),
        Handler::new("unsaid all 3 any 3 feature org:invoices role org:admin plan pro all 3 feature invoices preset strict_mfa preset lax any 2 preset strict_mfa feature reports any 2 any 3 feature user:invoices role org:admin role org:member all 2 preset strict permission org:invoices:write", h055),
        Handler::new("m2m_token|api_key scope invoices:read", h056),
        Handler::new("unsaid all 2 feature u:themes role org:member", h057),
        Handler::new("unsaid all 2 preset lax any 1 permission org:invoices:write permission org:invoices:read any 4 preset moderate all 2 role org:member custom multi_factor 10 role org:admin all 3 role org:member permission org:reports:read preset moderate", h058),
        Handler::new("unsaid feature u:themes", h059),
        Handler::new("unsaid all 4 any 2 all 2 any 1 permission org:invoices:read any 1 all 2 scope invoices:list permission org:invoices:write all 2 any 2 all 2 role org:member permission org:invoices:write all 1 custom first_factor 0.5 all 1 plan org:pro role org:admin all 2 all 2 permission org:invoices:read permission org:reports:read plan free feature org:invoices", h060),
        Handler::new("unsaid any 4 scope invoices:list all 3 all 3 permission org:invoices:read custom second_factor 60 scope openid any 2 role org:admin plan u:free preset strict scope mch_ledger preset strict_mfa", h061),
        Handler::new("unsaid role org:admin any 3 custom first_factor 9.5 role org:billing any 2 role org:member plan pro", h062),
        Handler::new("session_token|api_key any 2 all 3 custom multi_factor 10 any 3 preset lax role org:admin plan org:pro permission org:invoices:write any 3 all 3 custom multi_factor 15 preset lax permission org:invoices:read any 2 permission org:invoices:read scope openid role org:admin", h063),
        Handler::new("session_token|m2m_token|oauth_token any 3 all 3 scope mch_ledger scope invoices:list feature o:reports any 1 role org:admin scope invoices:list", h064),
        Handler::new("session_token|api_key any 2 any 2 all 2 scope invoices:read permission org:invoices:write any 3 scope openid role org:member scope invoices:read scope mch_ledger", h065),
        Handler::new("unsaid any 2 role org:member any 3 all 3 feature o:reports plan user:pro all 1 all 2 role org:member permission org:invoices:read custom second_factor 0.5 plan user:pro", h066),
        Handler::new("unsaid any 2 feature organization:themes any 4 custom second_factor 60 plan user:pro role org:billing all 3 plan user:pro plan pro custom first_factor 60", h067),
        Handler::new("session_token all 4 feature organization:themes all 1 any 1 preset strict_mfa any 2 any 4 plan org:pro plan pro feature user:invoices feature organization:themes any 1 feature u:themes any 2 any 2 plan pro preset moderate any 1 plan org:pro", h068),
        Handler::new("m2m_token scope mch_ledger", h069),
        Handler::new("unsaid all 1 any 2 role org:billing custom second_factor 15", h070),
        Handler::new("api_key|oauth_token all 1 all 2 scope invoices:list scope mch_ledger", h071),
        Handler::new("unsaid all 2 any 3 preset moderate any 2 any 2 feature reports permission org:invoices:write any 1 any 2 role org:billing custom multi_factor 15 all 3 all 2 all 3 permission org:invoices:write scope invoices:read preset moderate any 2 preset moderate permission org:invoices:write scope openid any 4 custom first_factor 10 role org:billing plan free plan user:pro plan u:free", h072),
        Handler::new("m2m_token|api_key any 1 any 1 scope invoices:read", h073),
        Handler::new("unsaid all 3 all 1 feature org:invoices custom multi_factor 9.5 any 2 role org:member permission org:invoices:read any 4 any 2 role org:member plan org:pro any 2 scope openid plan user:pro all 1 feature organization:themes preset moderate any 2 role org:member all 2 role org:member permission org:reports:read", h074),
        Handler::new("session_token any 2 any 2 plan org:pro plan u:free preset moderate", h075),
        Handler::new("unsaid plan u:free custom second_factor 0.5 all 1 any 1 preset strict_mfa", h076),
        Handler::new("unsaid all 2 custom first_factor 0.5 all 2 all 3 preset moderate custom first_factor 10 permission org:reports:read custom multi_factor 9.5", h077),
        Handler::new("unsaid any 2 all 2 any 2 custom second_factor 0.5 permission org:invoices:write scope openid any 2 any 1 custom multi_factor 10 role org:billing", h078),
        Handler::new("oauth_token all 2 all 2 scope openid scope invoices:list scope mch_ledger", h079),
        Handler::new("unsaid any 2 custom first_factor 9.5 any 1 plan free", h080),
        Handler::new("unsaid all 1 any 4 plan user:pro permission org:reports:read feature org:invoices plan free", h081),
        Handler::new("unsaid any 2 preset lax scope invoices:read", h082),
        Handler::new("unsaid custom second_factor 60 any 1 any 2 feature invoices feature org:invoices", h083),
        Handler::new("unsaid all 2 plan user:pro custom multi_factor 15", h084),
        Handler::new("unsaid any 2 preset strict_mfa feature o:reports", h085),
        Handler::new("unsaid all 1 role org:member", h086),
        Handler::new("session_token any 2 feature org:invoices all 3 scope invoices:list preset lax any 1 preset strict_mfa", h087),
        Handler::new("session_token|m2m_token|oauth_token any 3 custom multi_factor 10 scope mch_ledger feature u:themes", h088),
        Handler::new("unsaid any 2 scope invoices:read all 1 role org:member", h089),
        Handler::new("session_token|api_key any 4 scope invoices:read all 2 preset lax all 2 all 1 scope invoices:list permission org:reports:read custom second_factor 15 scope invoices:list", h090),
        Handler::new("session_token any 2 any 2 preset moderate role org:member any 2 role org:admin feature reports all 1 any 2 plan user:pro role org:member", h091),
        Handler::new("unsaid any 2 any 2 all 2 preset strict_mfa all 2 custom first_factor 10 all 3 feature user:invoices plan u:free role org:member role org:admin any 1 any 4 all 2 plan user:pro any 4 permission org:invoices:read plan pro scope invoices:read permission org:invoices:write feature invoices all 3 any 2 scope invoices:read role org:member role org:member all 2 custom second_factor 0.5 custom multi_factor 15 all 2 any 2 preset moderate role org:billing any 3 role org:admin role org:member feature invoices", h092),
        Handler::new("session_token any 2 permission org:reports:read role org:admin", h093),
        Handler::new("session_token all 1 permission org:invoices:write", h094),
        Handler::new("unsaid any 2 any 2 any 2 preset strict plan free all 4 permission org:reports:read scope openid role org:billing feature invoices any 3 any 3 role org:member feature u:themes permission org:invoices:write any 2 permission org:reports:read role org:admin all 4 custom first_factor 10 preset strict scope invoices:read preset moderate", h095),
        Handler::new("unsaid feature o:reports", h096),
        Handler::new("session_token role org:member", h097),
        Handler::new("unsaid all 2 any 2 role org:admin any 3 role org:member all 1 any 3 preset strict_mfa plan org:pro feature user:invoices any 2 all 2 permission org:invoices:write preset moderate all 3 scope invoices:read feature u:themes role org:member custom second_factor 9.5", h098),
        Handler::new("m2m_token|api_key all 3 all 1 any 3 scope openid preset strict scope invoices:read all 2 scope invoices:list any 2 scope openid scope mch_ledger scope openid", h099),
        Handler::new("unsaid all 2 custom second_factor 15 preset strict_mfa", h100),
        Handler::new("unsaid any 3 custom second_factor 9.5 all 4 preset moderate preset strict plan user:pro custom multi_factor 10 all 2 feature organization:themes preset lax preset moderate any 1 all 1 feature invoices", h101),
        Handler::new("session_token any 1 any 3 permission org:invoices:write preset moderate role org:admin", h102),
        Handler::new("unsaid preset lax plan u:free", h103),
        Handler::new("unsaid all 1 any 2 all 3 role org:admin permission org:invoices:read scope mch_ledger plan free", h104),
        Handler::new("unsaid any 2 plan user:pro role org:admin", h105),
        Handler::new("session_token any 2 any 2 role org:member all 2 plan free permission org:invoices:read any 2 all 3 scope mch_ledger preset strict_mfa permission org:reports:read all 2 feature organization:themes role org:admin", h106),
        Handler::new("unsaid all 2 any 4 any 2 any 1 any 1 scope invoices:read custom first_factor 10 any 2 feature o:reports any 1 any 2 scope invoices:list role org:member plan user:pro any 2 all 3 any 3 role org:admin feature o:reports plan user:pro plan user:pro all 1 plan u:free permission org:invoices:read preset lax", h107),
        Handler::new("any any 3 any 2 plan pro scope openid any 1 scope mch_ledger all 2 all 1 permission org:reports:read scope openid", h108),
        Handler::new("unsaid custom second_factor 0.5", h109),
        Handler::new("unsaid all 2 all 2 preset strict_mfa all 3 permission org:invoices:write custom second_factor 60 preset strict feature org:invoices", h110),
        Handler::new("unsaid any 3 all 3 scope openid any 3 permission org:reports:read role org:billing custom second_factor 10 any 3 role org:billing plan user:pro scope invoices:list any 3 all 4 permission org:invoices:read permission org:invoices:write role org:member feature organization:themes feature user:invoices all 2 plan u:free permission org:reports:read all 2 custom first_factor 0.5 all 3 feature organization:themes permission org:invoices:write custom second_factor 10", h111),
        Handler::new("session_token all 2 plan free all 2 all 3 custom first_factor 15 permission org:invoices:read feature user:invoices custom second_factor 15", h112),
        Handler::new("unsaid any 3 any 1 role org:admin feature organization:themes all 4 feature user:invoices preset strict_mfa plan user:pro role org:member any 3 all 2 feature invoices feature organization:themes all 2 preset moderate custom second_factor 60 all 1 preset moderate custom second_factor 15", h113),
        Handler::new("any any 3 any 1 scope invoices:read any 2 feature reports all 2 scope invoices:list scope openid all 2 scope invoices:read scope openid", h114),
        Handler::new("unsaid permission org:reports:read", h115),
        Handler::new("unsaid all 3 plan pro any 3 all 3 role org:admin permission org:reports:read preset lax all 2 feature org:invoices plan free all 2 feature o:reports role org:member custom multi_factor 10", h116),
        Handler::new("session_token|m2m_token|oauth_token any 2 scope invoices:read feature invoices", h117),
        Handler::new("unsaid all 1 all 1 custom second_factor 15 any 2 scope invoices:list plan pro", h118),
        Handler::new("session_token feature u:themes", h119),
        Handler::new("unsaid all 3 permission org:invoices:write all 3 feature o:reports all 2 plan pro role org:admin any 4 role org:member role org:admin plan user:pro custom first_factor 15 any 2 custom first_factor 15 all 3 permission org:invoices:write preset strict plan pro", h120),
        Handler::new("unsaid role org:member", h121),
        Handler::new("oauth_token scope invoices:list scope openid", h122),
        Handler::new("session_token all 3 plan u:free all 3 all 1 feature organization:themes role org:billing any 2 role org:member custom second_factor 10 any 2 role org:admin any 3 role org:member plan pro role org:billing", h123),
        Handler::new("unsaid all 3 all 3 custom second_factor 60 role org:member preset strict preset strict_mfa any 3 custom multi_factor 0.5 custom second_factor 10 custom multi_factor 9.5 permission org:invoices:read any 4 any 2 plan pro feature invoices permission org:invoices:read all 4 feature reports feature u:themes feature org:invoices role org:billing all 2 permission org:invoices:read feature reports", h124),
        Handler::new("unsaid all 1 custom first_factor 10", h125),
        Handler::new("unsaid plan pro", h126),
        Handler::new("session_token any 1 all 3 any 4 preset moderate preset strict_mfa plan u:free permission org:invoices:read all 3 preset strict permission org:reports:read preset moderate permission org:invoices:read", h127),
        Handler::new("unsaid any 2 feature user:invoices plan org:pro", h128),
        Handler::new("unsaid all 2 all 2 any 4 plan org:pro permission org:invoices:write role org:member custom first_factor 9.5 role org:member any 2 all 1 role org:admin any 2 custom multi_factor 9.5 feature user:invoices", h129),
        Handler::new("api_key|oauth_token any 2 all 2 scope invoices:read scope mch_ledger all 1 all 2 any 2 scope mch_ledger any 2 scope openid scope invoices:list all 1 scope invoices:read", h130),
        Handler::new("session_token any 4 role org:admin all 2 permission org:invoices:read permission org:invoices:write all 2 permission org:reports:read role org:member feature organization:themes permission org:reports:read", h131),
        Handler::new("unsaid any 3 all 1 custom multi_factor 10 all 2 custom first_factor 10 permission org:invoices:write any 3 permission org:invoices:write role org:member scope openid role org:member", h132),
        Handler::new("unsaid all 3 any 2 preset lax preset strict_mfa role org:member preset strict_mfa", h133),
        Handler::new("m2m_token any 2 scope invoices:read all 3 scope mch_ledger scope invoices:list any 2 all 2 all 2 preset strict scope invoices:read any 2 permission org:invoices:write scope invoices:list any 2 all 2 custom second_factor 0.5 scope openid scope mch_ledger", h134),
        Handler::new("unsaid any 3 custom multi_factor 15 any 2 all 4 permission org:reports:read preset moderate all 2 any 1 custom second_factor 0.5 role org:billing any 2 any 3 scope invoices:read plan user:pro feature u:themes any 2 preset strict role org:admin all 1 preset strict any 2 role org:billing custom multi_factor 0.5", h135),
        Handler::new("unsaid all 3 all 1 all 2 any 3 all 2 feature user:invoices plan u:free all 2 plan u:free feature organization:themes all 1 scope mch_ledger permission org:invoices:write all 2 all 2 any 2 permission org:invoices:read custom multi_factor 0.5 any 1 all 4 feature o:reports plan org:pro preset moderate custom second_factor 15 feature invoices any 2 any 3 custom first_factor 10 custom second_factor 60 all 2 all 2 permission org:invoices:write permission org:reports:read role org:billing role org:member", h136),
        Handler::new("unsaid any 2 all 1 all 3 scope invoices:read plan pro preset moderate custom multi_factor 10", h137),
        Handler::new("unsaid any 2 permission org:invoices:write all 2 scope invoices:list feature o:reports plan pro", h138),
        Handler::new("session_token any 2 all 4 preset lax preset strict_mfa plan org:pro feature organization:themes all 3 feature organization:themes plan pro permission org:invoices:read role org:billing", h139),
        Handler::new("session_token all 1 permission org:reports:read", h140),
        Handler::new("unsaid any 2 feature user:invoices feature reports", h141),
        Handler::new("session_token all 3 all 2 preset strict_mfa permission org:invoices:read all 3 role org:admin feature org:invoices plan pro any 3 feature org:invoices plan org:pro role org:admin permission org:reports:read plan free", h142),
        Handler::new("unsaid any 2 plan user:pro all 1 all 1 role org:billing", h143),
        Handler::new("unsaid any 2 all 2 preset moderate any 1 role org:billing all 4 preset strict_mfa all 2 plan u:free scope openid all 3 permission org:invoices:write scope invoices:read role org:admin any 2 role org:member role org:billing", h144),
        Handler::new("unsaid all 2 any 2 scope invoices:read any 1 any 2 all 1 custom first_factor 10 role org:billing permission org:reports:read", h145),
        Handler::new("unsaid any 2 preset strict scope mch_ledger", h146),
        Handler::new("session_token all 1 feature o:reports", h147),
        Handler::new("m2m_token any 2 scope invoices:list scope mch_ledger", h148),
        Handler::new("unsaid custom first_factor 10", h149),
        Handler::new("session_token all 2 any 2 role org:admin role org:member all 4 plan org:pro all 3 preset strict_mfa feature user:invoices preset moderate any 2 preset strict_mfa custom first_factor 10 role org:admin", h150),
        Handler::new("unsaid any 1 plan free", h151),
        Handler::new("unsaid custom first_factor 9.5", h152),
        Handler::new("m2m_token any 2 any 2 scope invoices:list scope invoices:read scope openid scope openid scope invoices:list", h153),
        Handler::new("unsaid permission org:invoices:read", h154),
        Handler::new("unsaid custom first_factor 0.5", h155),
        Handler::new("any any 2 plan pro scope mch_ledger", h156),
        Handler::new("unsaid all 2 any 2 all 2 custom second_factor 10 plan user:pro role org:billing any 1 all 2 feature reports custom first_factor 15", h157),
        Handler::new("unsaid any 1 role org:billing", h158),
        Handler::new("m2m_token|api_key scope invoices:list", h159),
        Handler::new("unsaid all 2 all 2 custom second_factor 10 feature org:invoices permission org:invoices:read", h160),
        Handler::new("unsaid any 2 role org:billing all 2 plan free any 1 any 3 role org:member all 3 role org:admin plan user:pro custom second_factor 0.5 any 4 plan user:pro role org:billing plan u:free role org:admin", h161),
        Handler::new("session_token all 3 plan user:pro role org:billing plan org:pro", h162),
        Handler::new("unsaid role org:billing all 2 all 2 plan free feature org:invoices any 2 role org:billing custom second_factor 9.5 any 3 all 2 permission org:reports:read plan free feature organization:themes all 2 role org:member permission org:invoices:write", h163),
        Handler::new("unsaid any 2 permission org:invoices:read role org:member", h164),
        Handler::new("session_token preset moderate preset strict", h165),
        Handler::new("unsaid any 2 any 2 preset strict_mfa any 3 custom second_factor 10 any 4 all 2 permission org:reports:read feature organization:themes all 3 scope openid custom second_factor 10 custom multi_factor 0.5 preset lax permission org:reports:read any 2 any 4 custom multi_factor 15 plan org:pro custom first_factor 0.5 plan u:free scope invoices:list all 2 any 1 any 1 all 2 plan org:pro feature reports all 2 all 1 plan u:free role org:member", h166),
        Handler::new("session_token plan free all 3 feature user:invoices any 2 role org:member scope invoices:list all 1 custom multi_factor 9.5", h167),
        Handler::new("unsaid any 2 role org:admin scope invoices:list", h168),
        Handler::new("session_token all 2 role org:admin all 2 custom second_factor 9.5 all 2 preset moderate preset strict_mfa", h169),
        Handler::new("unsaid any 2 role org:member all 3 any 3 permission org:invoices:read custom first_factor 9.5 feature invoices all 2 permission org:reports:read role org:member any 2 feature user:invoices scope invoices:list", h170),
        Handler::new("unsaid all 2 custom first_factor 0.5 role org:member", h171),
        Handler::new("unsaid any 1 feature org:invoices", h172),
        Handler::new("unsaid any 2 all 3 custom multi_factor 9.5 custom second_factor 60 all 2 role org:billing feature o:reports all 4 preset strict permission org:invoices:read plan u:free scope invoices:list", h173),
        Handler::new("unsaid all 2 all 2 plan user:pro custom first_factor 60 permission org:reports:read", h174),
        Handler::new("unsaid all 3 any 1 plan org:pro feature o:reports custom multi_factor 15", h175),
        Handler::new("unsaid any 4 plan user:pro plan u:free all 1 all 1 custom second_factor 15 plan free", h176),
        Handler::new("unsaid all 3 any 2 custom second_factor 9.5 role org:member any 2 any 4 preset lax custom first_factor 15 custom multi_factor 60 role org:member all 4 role org:admin plan org:pro plan u:free custom first_factor 0.5 custom multi_factor 10", h177),
        Handler::new("unsaid any 1 any 3 all 1 all 3 role org:member feature invoices plan org:pro permission org:invoices:write any 2 all 3 scope openid all 2 permission org:invoices:write custom first_factor 15 role org:billing any 2 plan u:free any 3 scope openid scope mch_ledger role org:billing", h178),
        Handler::new("session_token plan org:pro", h179),
        Handler::new("unsaid custom second_factor 15", h180),
        Handler::new("session_token all 3 permission org:invoices:write all 2 any 2 preset lax role org:billing plan free role org:billing", h181),
        Handler::new("unsaid all 1 preset strict", h182),
        Handler::new("unsaid any 2 scope openid permission org:invoices:read", h183),
        Handler::new("session_token all 2 preset lax any 2 all 2 custom second_factor 0.5 permission org:invoices:write scope invoices:read", h184),
        Handler::new("unsaid all 2 any 2 role org:admin any 3 all 2 scope invoices:list custom multi_factor 0.5 custom first_factor 0.5 feature organization:themes any 3 role org:admin role org:billing custom multi_factor 9.5", h185),
        Handler::new("m2m_token any 2 any 2 scope openid feature o:reports scope mch_ledger", h186),
        Handler::new("unsaid all 1 all 4 any 1 permission org:invoices:write role org:admin plan user:pro any 3 scope invoices:read preset strict plan free", h187),
        Handler::new("unsaid any 3 preset moderate scope openid custom second_factor 10", h188),
        Handler::new("session_token|m2m_token|oauth_token all 1 any 2 permission org:invoices:read any 3 role org:member permission org:reports:read scope invoices:read", h189),
        Handler::new("session_token preset strict_mfa all 2 any 4 plan org:pro role org:billing scope invoices:read permission org:invoices:write all 2 feature organization:themes permission org:invoices:read any 4 all 3 plan org:pro role org:member permission org:invoices:write any 3 custom first_factor 9.5 plan u:free preset strict custom first_factor 60 any 2 feature invoices plan org:pro", h190),
        Handler::new("unsaid any 2 any 2 preset lax role org:admin all 1 custom first_factor 0.5", h191),
        Handler::new("unsaid plan free", h192),
        Handler::new("any any 1 any 2 all 2 role org:billing feature o:reports any 2 scope invoices:list scope mch_ledger", h193),
        Handler::new("unsaid any 2 any 3 any 4 role org:admin plan user:pro preset strict scope invoices:read plan u:free plan org:pro preset moderate", h194),
        Handler::new("session_token any 2 all 1 scope invoices:read any 3 all 1 scope invoices:list all 2 preset moderate role org:member permission org:reports:read", h195),
        Handler::new("unsaid all 2 any 1 role org:billing any 3 custom second_factor 15 feature invoices role org:admin permission org:invoices:write", h196),
        Handler::new("m2m_token|api_key any 2 all 3 all 3 scope mch_ledger custom first_factor 60 role org:billing any 2 scope mch_ledger role org:admin preset strict_mfa all 1 scope openid", h197),
        Handler::new("any any 2 scope mch_ledger role org:member", h198),
        Handler::new("unsaid any 4 plan free all 3 role org:billing custom first_factor 0.5 any 1 permission org:reports:read preset lax all 1 role org:member", h199),
        Handler::new("unsaid any 2 all 3 permission org:invoices:read permission org:invoices:write feature o:reports any 1 permission org:invoices:read any 4 custom second_factor 15 plan user:pro role org:billing role org:admin", h200),
        Handler::new("api_key any 4 all 3 scope invoices:list any 4 scope invoices:list feature organization:themes scope mch_ledger scope openid scope mch_ledger scope invoices:list scope mch_ledger role org:member", h201),
        Handler::new("unsaid plan u:free", h202),
        Handler::new("unsaid custom second_factor 15 plan pro", h203),
        Handler::new("unsaid all 3 any 3 all 2 custom second_factor 60 role org:admin feature reports preset strict_mfa any 3 role org:admin feature invoices role org:billing any 2 any 2 preset strict permission org:reports:read custom first_factor 15", h204),
        Handler::new("session_token any 4 all 2 preset lax plan pro any 2 any 1 custom second_factor 9.5 feature organization:themes role org:admin preset lax", h205),
        Handler::new("unsaid preset strict_mfa", h206),
        Handler::new("m2m_token any 3 scope mch_ledger scope invoices:read any 2 scope invoices:list preset strict", h207),
        Handler::new("session_token role org:member custom multi_factor 15", h208),
        Handler::new("m2m_token|api_key all 1 scope openid", h209),
        Handler::new("oauth_token|session_token any 2 any 1 scope openid any 3 feature org:invoices scope invoices:read scope invoices:list", h210),
        Handler::new("api_key|oauth_token all 2 any 2 all 2 preset moderate scope invoices:list any 2 scope openid scope mch_ledger any 3 permission org:invoices:write scope mch_ledger any 2 scope openid scope invoices:read", h211),
        Handler::new("session_token|m2m_token|oauth_token any 2 permission org:invoices:write scope mch_ledger", h212),
        Handler::new("unsaid all 1 any 2 all 1 any 1 all 4 feature o:reports plan u:free custom second_factor 60 role org:member any 2 all 2 any 3 permission org:invoices:read role org:billing scope openid custom first_factor 15 scope invoices:list", h213),
        Handler::new("unsaid any 2 plan free all 2 preset strict_mfa scope invoices:list all 2 any 3 role org:member custom multi_factor 15 role org:admin all 3 preset moderate preset strict role org:admin any 3 all 3 feature u:themes custom multi_factor 9.5 role org:member any 1 scope invoices:list any 4 feature organization:themes role org:member plan pro feature reports", h214),
        Handler::new("session_token custom second_factor 10", h215),
        Handler::new("unsaid all 3 custom multi_factor 0.5 any 2 permission org:invoices:write preset lax feature org:invoices", h216),
        Handler::new("unsaid any 1 any 1 any 1 custom multi_factor 9.5", h217),
        Handler::new("unsaid any 2 any 2 preset strict_mfa plan u:free scope invoices:read any 2 preset moderate all 3 custom multi_factor 10 feature u:themes preset moderate", h218),
        Handler::new("unsaid plan u:free permission org:reports:read all 2 any 2 custom second_factor 15 preset strict_mfa any 2 plan pro preset moderate", h219),
        Handler::new("unsaid any 2 any 3 role org:admin custom multi_factor 0.5 feature o:reports preset strict_mfa feature organization:themes", h220),
        Handler::new("unsaid any 1 any 3 all 2 role org:admin custom first_factor 60 permission org:invoices:read permission org:reports:read", h221),
        Handler::new("unsaid any 3 all 2 preset strict_mfa custom first_factor 60 role org:billing any 2 preset lax role org:admin plan pro", h222),
        Handler::new("unsaid any 3 all 3 any 2 role org:billing plan org:pro scope openid feature organization:themes feature reports all 3 any 3 custom multi_factor 15 feature org:invoices feature o:reports all 3 permission org:invoices:write permission org:reports:read feature u:themes any 3 feature user:invoices custom second_factor 10 role org:billing", h223),
        Handler::new("session_token all 2 preset lax custom first_factor 60", h224),
        Handler::new("api_key|oauth_token scope openid", h225),
        Handler::new("unsaid all 1 preset lax", h226),
        Handler::new("any any 4 scope mch_ledger any 1 role org:member plan org:pro role org:billing", h227),
        Handler::new("unsaid any 2 any 3 any 3 role org:admin feature org:invoices feature o:reports plan pro permission org:reports:read any 4 all 2 feature reports scope invoices:list any 1 scope openid all 3 scope openid permission org:reports:read preset moderate permission org:invoices:write", h228),
        Handler::new("unsaid any 2 role org:admin any 4 all 3 all 2 any 2 role org:member role org:admin plan u:free role org:billing scope invoices:read any 2 all 4 any 4 role org:billing custom second_factor 15 permission org:invoices:write role org:admin any 2 feature user:invoices role org:billing preset strict_mfa plan pro any 2 preset strict permission org:invoices:read plan free custom multi_factor 0.5", h229),
        Handler::new("unsaid all 1 all 3 role org:billing feature org:invoices preset strict_mfa all 3 preset moderate preset lax plan free", h230),
        Handler::new("unsaid all 2 all 2 plan pro role org:admin feature u:themes all 3 permission org:invoices:write any 2 role org:admin permission org:invoices:read any 2 preset moderate role org:member", h231),
        Handler::new("unsaid any 2 preset lax all 2 any 4 role org:billing feature invoices feature u:themes custom first_factor 15 all 1 plan user:pro", h232),
        Handler::new("unsaid any 3 all 2 custom first_factor 9.5 permission org:invoices:read any 4 all 3 plan user:pro permission org:invoices:read custom second_factor 9.5 any 2 preset moderate role org:admin scope invoices:read any 2 plan user:pro role org:member all 3 any 2 role org:admin scope openid custom second_factor 15 role org:billing", h233),
        Handler::new("unsaid any 2 permission org:reports:read all 2 any 2 all 2 permission org:invoices:write all 3 custom second_factor 15 role org:admin permission org:reports:read role org:member any 2 permission org:reports:read plan org:pro", h234),
        Handler::new("session_token|m2m_token|oauth_token any 2 scope invoices:list plan org:pro", h235),
        Handler::new("session_token plan pro all 2 all 2 preset lax role org:billing any 1 feature invoices any 2 all 2 preset strict_mfa permission org:invoices:read all 3 role org:member permission org:reports:read permission org:invoices:write", h236),
        Handler::new("unsaid any 2 any 2 all 3 plan pro plan org:pro preset strict scope mch_ledger permission org:reports:read", h237),
        Handler::new("unsaid feature reports", h238),
        Handler::new("unsaid plan free any 2 all 2 preset moderate role org:admin all 3 role org:billing plan pro feature org:invoices", h239),
        Handler::new("m2m_token|api_key any 2 scope invoices:read scope mch_ledger", h240),
        Handler::new("unsaid any 1 all 2 any 2 all 1 all 3 plan free feature o:reports custom first_factor 9.5 all 1 custom first_factor 0.5 all 2 any 2 any 2 role org:member plan u:free any 1 permission org:invoices:read all 2 role org:billing any 4 preset strict custom first_factor 10 permission org:invoices:read permission org:reports:read", h241),
        Handler::new("unsaid any 1 preset lax preset strict", h242),
        Handler::new("unsaid any 2 preset strict_mfa any 2 any 2 preset strict any 1 plan pro any 4 any 2 preset lax all 2 scope invoices:read permission org:reports:read all 4 any 2 plan user:pro feature o:reports plan u:free role org:member plan free all 2 scope invoices:list plan free all 3 scope invoices:list custom multi_factor 9.5 all 2 preset moderate role org:member", h243),
        Handler::new("api_key any 2 scope mch_ledger scope invoices:read", h244),
        Handler::new("unsaid any 2 all 2 feature o:reports any 2 preset strict_mfa any 2 all 2 scope openid preset moderate all 2 custom first_factor 60 role org:billing plan user:pro", h245),
        Handler::new("session_token all 3 any 1 any 2 any 1 any 2 preset moderate scope invoices:list preset strict_mfa custom second_factor 10 custom multi_factor 9.5", h246),
        Handler::new("unsaid any 2 preset moderate plan org:pro", h247),
        Handler::new("unsaid any 3 plan u:free role org:member preset strict", h248),
        Handler::new("unsaid all 3 permission org:invoices:read preset lax any 2 any 4 preset lax role org:billing permission org:invoices:read role org:member plan user:pro", h249),
        Handler::new("unsaid feature organization:themes", h250),
        Handler::new("unsaid all 1 plan org:pro", h251),
        Handler::new("unsaid any 3 preset lax role org:billing plan user:pro", h252),
        Handler::new("unsaid custom multi_factor 9.5", h253),
        Handler::new("unsaid any 2 role org:admin all 2 role org:member preset strict", h254),
        Handler::new("api_key|oauth_token all 2 all 2 all 1 scope openid any 1 scope invoices:read all 1 scope mch_ledger", h255),
        Handler::new("unsaid all 2 any 2 role org:member feature u:themes role org:billing any 2 all 1 plan user:pro custom first_factor 9.5 custom second_factor 10", h256),
        Handler::new("oauth_token|session_token any 2 scope openid permission org:reports:read", h257),
        Handler::new("unsaid all 1 custom second_factor 0.5", h258),
        Handler::new("unsaid all 3 preset strict_mfa feature invoices role org:admin", h259),
        Handler::new("oauth_token any 2 scope invoices:read role org:billing", h260),
        Handler::new("unsaid all 2 custom multi_factor 15 custom first_factor 60", h261),
        Handler::new("unsaid any 1 feature reports", h262),
        Handler::new("unsaid any 1 any 1 feature organization:themes", h263),
        Handler::new("unsaid any 3 all 4 any 2 all 1 any 3 plan free feature user:invoices custom second_factor 60 scope invoices:list permission org:invoices:read plan u:free all 2 role org:billing all 2 any 2 custom multi_factor 15 permission org:invoices:write preset strict_mfa custom second_factor 60 plan org:pro", h264),
        Handler::new("unsaid all 2 all 2 all 2 permission org:invoices:read custom first_factor 0.5 all 2 preset lax custom multi_factor 0.5 any 2 preset strict permission org:invoices:read", h265),
        Handler::new("session_token all 1 custom multi_factor 9.5", h266),
        Handler::new("unsaid feature invoices all 2 custom multi_factor 10 any 2 preset lax role org:member any 3 permission org:invoices:read any 3 feature org:invoices plan u:free preset strict_mfa all 2 preset strict custom second_factor 10", h267),
        Handler::new("unsaid any 2 role org:admin scope invoices:read", h268),
        Handler::new("unsaid any 3 feature u:themes any 4 all 2 preset strict_mfa role org:billing all 3 role org:billing custom first_factor 9.5 permission org:invoices:read feature invoices all 2 scope mch_ledger feature organization:themes role org:billing", h269),
        Handler::new("unsaid all 3 any 2 all 3 any 2 all 1 plan user:pro all 2 plan pro role org:billing all 3 any 3 role org:billing custom first_factor 10 permission org:reports:read feature o:reports all 2 permission org:invoices:read plan user:pro any 2 any 1 preset strict permission org:invoices:write custom multi_factor 0.5 permission org:invoices:read all 2 plan pro preset strict", h270),
        Handler::new("unsaid any 2 role org:admin role org:member", h271),
        Handler::new("api_key|oauth_token all 2 scope invoices:read scope openid", h272),
        Handler::new("unsaid all 1 any 3 custom first_factor 15 any 3 permission org:invoices:write preset strict role org:admin any 2 role org:member plan pro", h273),
        Handler::new("unsaid all 3 permission org:invoices:write role org:admin any 2 preset moderate role org:member", h274),
        Handler::new("unsaid all 2 permission org:invoices:write custom first_factor 9.5", h275),
        Handler::new("m2m_token|api_key any 2 scope invoices:list scope mch_ledger", h276),
        Handler::new("unsaid all 2 preset strict preset strict_mfa", h277),
        Handler::new("unsaid any 2 all 2 custom multi_factor 60 any 3 role org:member preset strict_mfa role org:billing custom second_factor 15", h278),
        Handler::new("unsaid any 1 any 2 any 1 custom first_factor 10 permission org:invoices:write", h279),
        Handler::new("any any 3 all 2 any 2 scope mch_ledger feature invoices scope invoices:read any 3 all 2 preset strict role org:member all 2 role org:admin preset strict all 2 scope invoices:list permission org:invoices:read all 4 any 1 scope invoices:list permission org:invoices:write any 4 scope invoices:list role org:member scope mch_ledger custom multi_factor 0.5 scope openid", h280),
        Handler::new("session_token all 2 role org:billing any 4 plan free permission org:invoices:write permission org:invoices:read role org:admin permission org:invoices:write plan pro", h281),
        Handler::new("unsaid all 1 all 3 any 2 all 3 feature organization:themes all 2 preset moderate feature u:themes any 2 plan user:pro preset strict role org:admin role org:admin custom second_factor 0.5", h282),
        Handler::new("unsaid all 4 any 2 any 2 role org:member preset lax feature invoices preset moderate all 2 all 2 custom multi_factor 9.5 plan pro any 1 preset strict_mfa any 1 plan free", h283),
        Handler::new("any any 2 custom multi_factor 60 all 2 scope invoices:read scope openid", h284),
        Handler::new("unsaid any 1 all 1 feature u:themes", h285),
        Handler::new("m2m_token all 1 scope invoices:read", h286),
        Handler::new("any any 3 all 2 any 2 scope invoices:read custom second_factor 60 all 2 scope invoices:list scope invoices:read scope mch_ledger any 3 scope invoices:list any 3 permission org:invoices:write role org:admin permission org:invoices:read scope invoices:read", h287),
        Handler::new("session_token any 2 any 1 all 2 all 2 role org:admin preset lax any 1 any 2 role org:billing permission org:invoices:write preset strict_mfa", h288),
        Handler::new("session_token role org:billing", h289),
        Handler::new("unsaid any 2 preset lax all 2 custom multi_factor 15 role org:billing role org:member", h290),
        Handler::new("any any 3 scope invoices:read all 2 role org:admin all 2 plan user:pro scope mch_ledger all 1 any 1 preset strict", h291),
        Handler::new("session_token all 2 role org:admin custom second_factor 9.5", h292),
        Handler::new("session_token preset moderate feature organization:themes", h293),
        Handler::new("unsaid any 1 any 3 all 2 role org:member plan pro scope invoices:list feature organization:themes", h294),
        Handler::new("unsaid all 2 custom first_factor 10 all 2 all 1 preset strict any 3 feature u:themes all 2 any 2 role org:member role org:admin any 1 plan free preset lax", h295),
        Handler::new("unsaid any 2 all 2 permission org:invoices:read feature invoices any 2 any 3 preset lax custom multi_factor 15 preset strict_mfa custom first_factor 0.5", h296),
        Handler::new("unsaid permission org:invoices:write custom first_factor 0.5 role org:admin", h297),
        Handler::new("unsaid any 2 any 1 any 2 any 2 any 2 custom multi_factor 0.5 custom second_factor 9.5 all 2 plan free role org:billing all 3 any 1 role org:admin any 1 permission org:reports:read any 2 role org:member feature reports role org:billing", h298),
        Handler::new("unsaid any 3 any 2 any 3 permission org:reports:read feature reports role org:billing custom multi_factor 60 all 3 permission org:invoices:write custom multi_factor 0.5 preset strict_mfa custom multi_factor 9.5", h299),
        Handler::new("oauth_token|session_token any 2 custom multi_factor 10 any 3 scope invoices:list scope mch_ledger scope openid", h300),
        Handler::new("unsaid any 2 any 3 all 2 role org:member plan u:free custom second_factor 0.5 role org:billing role org:admin", h301),
        Handler::new("oauth_token all 2 any 3 scope invoices:list all 1 scope invoices:read scope mch_ledger all 1 scope openid", h302),
        Handler::new("unsaid any 2 any 2 custom first_factor 9.5 any 2 all 2 feature org:invoices preset strict_mfa plan free any 2 permission org:invoices:read all 4 custom second_factor 9.5 role org:admin permission org:reports:read any 3 all 2 custom multi_factor 0.5 plan org:pro feature reports plan u:free", h303),
        Handler::new("api_key scope mch_ledger", h304),
        Handler::new("any any 2 custom second_factor 10 any 2 any 4 custom first_factor 9.5 scope openid feature organization:themes scope invoices:list all 3 preset strict custom multi_factor 15 scope mch_ledger", h305),
        Handler::new("unsaid all 4 custom multi_factor 15 custom multi_factor 9.5 any 3 all 3 scope mch_ledger preset strict_mfa any 2 any 1 preset lax preset strict all 1 permission org:invoices:read all 2 any 4 all 3 custom first_factor 15 preset moderate role org:admin any 4 feature org:invoices preset strict_mfa role org:admin custom first_factor 15 any 2 custom multi_factor 60 plan free permission org:invoices:read feature org:invoices preset strict", h306),
        Handler::new("unsaid any 1 plan u:free", h307),
        Handler::new("unsaid all 3 preset lax role org:member preset strict_mfa", h308),
        Handler::new("oauth_token|session_token any 2 scope openid role org:admin", h309),
        Handler::new("unsaid role org:billing any 2 any 2 role org:admin permission org:reports:read feature organization:themes", h310),
        Handler::new("unsaid role org:member permission org:invoices:write", h311),
        Handler::new("session_token|api_key any 3 all 2 all 3 plan u:free scope mch_ledger custom second_factor 9.5 any 4 role org:billing scope mch_ledger scope openid role org:member all 2 permission org:invoices:read role org:admin scope invoices:list", h312),
        Handler::new("unsaid any 2 all 1 role org:admin all 2 role org:billing scope invoices:list", h313),
        Handler::new("unsaid all 2 any 2 all 3 plan u:free plan pro plan user:pro any 4 plan free feature org:invoices preset strict_mfa permission org:invoices:read custom multi_factor 0.5", h314),
        Handler::new("any any 3 all 3 any 2 any 2 scope invoices:list any 2 role org:admin scope invoices:read permission org:invoices:write scope invoices:list role org:admin plan user:pro any 2 any 2 any 3 custom multi_factor 0.5 scope mch_ledger any 2 preset strict_mfa feature invoices all 2 any 2 custom multi_factor 10 feature invoices all 1 role org:billing preset lax", h315),
        Handler::new("session_token any 2 role org:admin feature reports", h316),
        Handler::new("unsaid any 2 permission org:invoices:read any 2 all 2 scope mch_ledger custom multi_factor 10 role org:admin", h317),
        Handler::new("m2m_token any 2 preset moderate scope openid all 2 scope openid scope invoices:list", h318),
        Handler::new("unsaid any 3 all 2 role org:member preset strict_mfa role org:member all 2 preset lax all 2 any 2 custom first_factor 15 role org:admin preset strict_mfa", h319),
        Handler::new("unsaid any 1 role org:admin", h320),
        Handler::new("unsaid any 3 permission org:reports:read preset lax scope openid", h321),
        Handler::new("m2m_token|api_key any 1 all 3 scope openid scope invoices:list any 2 scope mch_ledger scope invoices:read", h322),
        Handler::new("unsaid all 1 plan u:free", h323),
        Handler::new("session_token any 1 all 2 all 3 all 2 role org:billing all 3 permission org:invoices:write plan pro custom multi_factor 15 any 2 feature org:invoices any 3 plan org:pro role org:billing custom multi_factor 9.5 any 4 role org:member any 1 role org:billing all 3 permission org:reports:read feature organization:themes preset strict feature user:invoices feature reports", h324),
        Handler::new("unsaid any 3 permission org:reports:read all 2 any 2 permission org:invoices:write plan org:pro any 1 plan pro all 4 feature reports role org:admin feature organization:themes any 4 feature invoices preset moderate role org:member role org:billing", h325),
        Handler::new("unsaid any 4 feature invoices all 1 all 2 plan u:free scope invoices:read any 1 all 1 feature reports preset strict", h326),
        Handler::new("unsaid plan u:free role org:admin permission org:reports:read", h327),
        Handler::new("any any 2 scope invoices:read any 2 all 3 scope invoices:read plan user:pro scope invoices:list feature u:themes", h328),
        Handler::new("unsaid any 1 any 2 role org:admin preset strict_mfa all 1 feature invoices", h329),
        Handler::new("unsaid permission org:reports:read all 2 preset lax any 2 preset strict_mfa role org:admin", h330),
        Handler::new("unsaid any 3 preset strict_mfa any 1 role org:admin custom second_factor 15", h331),
        Handler::new("session_token all 2 any 2 permission org:invoices:read preset lax preset moderate", h332),
        Handler::new("api_key all 1 scope invoices:read", h333),
        Handler::new("unsaid all 2 any 3 any 1 role org:billing all 2 permission org:invoices:read plan pro any 3 custom second_factor 10 custom second_factor 60 preset strict_mfa any 3 permission org:invoices:write custom second_factor 10 preset strict", h334),
        Handler::new("session_token all 2 all 2 preset strict_mfa any 2 permission org:invoices:write permission org:reports:read any 2 permission org:invoices:read all 3 role org:admin feature organization:themes custom first_factor 9.5", h335),
        Handler::new("unsaid all 1 role org:billing", h336),
        Handler::new("any any 2 all 2 any 2 scope invoices:read plan u:free scope invoices:read custom multi_factor 0.5", h337),
        Handler::new("unsaid any 3 all 4 any 3 role org:admin plan pro plan org:pro any 1 preset strict_mfa any 1 plan user:pro any 3 role org:billing custom second_factor 10 custom multi_factor 60 permission org:invoices:write all 2 any 2 preset lax plan user:pro all 1 permission org:invoices:write", h338),
        Handler::new("unsaid all 2 plan pro all 2 any 1 preset strict_mfa preset strict", h339),
        Handler::new("unsaid any 2 all 2 permission org:reports:read custom first_factor 0.5 custom first_factor 10 any 1 preset lax", h340),
        Handler::new("unsaid any 2 all 3 role org:billing scope openid plan pro any 2 custom first_factor 15 role org:member all 2 permission org:reports:read plan free any 2 any 3 role org:member preset moderate preset lax preset strict", h341),
        Handler::new("unsaid all 2 all 3 all 2 preset strict_mfa role org:admin any 2 role org:member plan pro plan pro permission org:invoices:read", h342),
        Handler::new("session_token all 1 plan free any 3 all 2 feature o:reports feature user:invoices all 2 feature org:invoices scope invoices:list any 3 custom first_factor 0.5 feature organization:themes preset strict_mfa", h343),
        Handler::new("m2m_token|api_key all 1 scope invoices:read", h344),
        Handler::new("unsaid all 1 all 3 feature org:invoices role org:admin permission org:invoices:write", h345),
        Handler::new("unsaid plan user:pro all 1 any 2 role org:admin preset strict feature org:invoices", h346),
        Handler::new("session_token all 1 preset strict", h347),
        Handler::new("oauth_token scope invoices:list", h348),
        Handler::new("unsaid role org:billing any 3 all 1 plan u:free any 4 permission org:reports:read preset strict custom first_factor 60 scope openid permission org:invoices:read", h349),
        Handler::new("unsaid any 3 permission org:invoices:write role org:member custom first_factor 15", h350),
        Handler::new("unsaid any 2 all 1 role org:admin feature user:invoices", h351),
        Handler::new("session_token|api_key any 2 plan free any 2 all 2 permission org:reports:read all 1 all 3 scope mch_ledger preset moderate scope invoices:list any 3 feature u:themes all 4 any 2 preset lax role org:member permission org:reports:read scope invoices:read all 3 scope invoices:list preset lax plan user:pro scope invoices:read", h352),
        Handler::new("unsaid all 3 any 4 preset moderate all 3 role org:member plan org:pro custom second_factor 0.5 permission org:reports:read permission org:invoices:write feature user:invoices role org:admin", h353),
        Handler::new("unsaid custom multi_factor 10", h354),
        Handler::new("m2m_token all 2 all 1 scope invoices:read scope mch_ledger", h355),
        Handler::new("unsaid permission org:reports:read permission org:invoices:write feature reports", h356),
        Handler::new("unsaid all 3 preset strict_mfa permission org:invoices:write feature o:reports", h357),
        Handler::new("session_token any 2 all 2 all 2 preset strict_mfa scope openid any 2 scope openid role org:member any 2 all 3 custom first_factor 0.5 feature user:invoices feature org:invoices any 1 scope invoices:read", h358),
        Handler::new("unsaid any 1 all 3 all 1 plan org:pro custom first_factor 9.5 role org:member", h359),
        Handler::new("api_key scope invoices:read", h360),
        Handler::new("unsaid any 3 preset strict_mfa scope invoices:read feature org:invoices", h361),
        Handler::new("unsaid all 3 preset strict plan org:pro role org:member", h362),
        Handler::new("unsaid any 2 any 1 all 2 scope openid any 3 all 2 role org:member preset lax any 1 role org:member any 2 role org:admin feature reports any 1 any 2 preset moderate all 2 role org:member plan pro", h363),
        Handler::new("any any 2 any 2 scope openid any 2 scope invoices:list scope mch_ledger custom multi_factor 0.5", h364),
        Handler::new("unsaid all 2 permission org:reports:read any 3 role org:admin feature user:invoices permission org:invoices:write any 2 all 4 custom second_factor 60 preset strict custom first_factor 9.5 permission org:reports:read any 1 custom second_factor 9.5 all 1 role org:member", h365),
        Handler::new("session_token any 1 any 4 all 3 permission org:invoices:write any 2 all 2 scope openid scope invoices:read role org:member scope invoices:list role org:member role org:admin all 2 all 3 role org:admin any 2 role org:billing scope invoices:list feature u:themes all 1 preset strict", h366),
        Handler::new("api_key|oauth_token scope invoices:list all 2 any 3 scope invoices:list scope invoices:read feature o:reports any 1 scope invoices:read", h367),
        Handler::new("any any 2 role org:member scope mch_ledger", h368),
        Handler::new("unsaid all 2 role org:admin custom second_factor 60 any 2 any 2 preset moderate permission org:invoices:write any 1 scope openid", h369),
        Handler::new("unsaid custom multi_factor 0.5", h370),
        Handler::new("unsaid any 2 plan u:free role org:billing", h371),
        Handler::new("unsaid any 3 feature user:invoices plan u:free permission org:invoices:read", h372),
        Handler::new("unsaid custom first_factor 0.5 any 2 role org:admin role org:member", h373),
        Handler::new("unsaid feature u:themes any 2 any 3 plan org:pro preset strict_mfa preset lax all 3 role org:billing permission org:invoices:write scope mch_ledger", h374),
        Handler::new("session_token|api_key any 2 all 2 any 3 scope openid scope mch_ledger feature u:themes any 2 scope openid feature org:invoices all 2 all 4 scope invoices:list plan pro plan user:pro role org:member scope openid", h375),
        Handler::new("unsaid any 2 all 2 custom first_factor 15 any 3 role org:member custom multi_factor 60 permission org:invoices:read any 2 all 1 permission org:reports:read any 1 permission org:invoices:read", h376),
        Handler::new("unsaid all 2 permission org:invoices:write role org:billing", h377),
        Handler::new("unsaid all 3 any 2 custom second_factor 15 custom multi_factor 60 any 2 all 1 any 3 all 2 permission org:invoices:read scope openid all 4 preset lax custom second_factor 10 role org:member custom first_factor 9.5 custom second_factor 15 feature invoices all 1 custom second_factor 0.5", h378),
        Handler::new("unsaid all 1 permission org:reports:read", h379),
        Handler::new("session_token permission org:invoices:write custom first_factor 10", h380),
        Handler::new("unsaid all 2 role org:billing feature user:invoices", h381),
        Handler::new("unsaid feature organization:themes custom multi_factor 10", h382),
        Handler::new("api_key|oauth_token any 3 scope openid scope invoices:read scope invoices:list scope mch_ledger any 3 scope mch_ledger permission org:invoices:read scope invoices:list", h383),
        Handler::new("unsaid any 3 custom second_factor 10 feature invoices plan pro", h384),
        Handler::new("unsaid all 4 plan free preset strict any 2 feature organization:themes all 2 scope openid custom first_factor 0.5 permission org:invoices:write", h385),
        Handler::new("unsaid all 2 all 3 all 2 plan pro role org:admin all 2 plan u:free permission org:invoices:read any 3 feature invoices plan pro scope mch_ledger preset moderate", h386),
        Handler::new("session_token all 1 plan org:pro", h387),
        Handler::new("session_token any 3 custom second_factor 60 any 2 permission org:invoices:read custom multi_factor 0.5 role org:admin any 3 all 1 custom first_factor 60 role org:admin any 1 plan free", h388),
        Handler::new("unsaid any 3 all 2 custom multi_factor 9.5 any 2 all 3 all 1 role org:admin custom second_factor 15 permission org:invoices:write custom multi_factor 9.5 any 2 feature reports preset strict plan u:free", h389),
        Handler::new("unsaid all 1 permission org:invoices:read", h390),
        Handler::new("session_token any 3 custom multi_factor 15 plan pro all 3 preset lax feature invoices plan u:free any 2 plan user:pro all 4 role org:member plan pro custom second_factor 15 feature organization:themes all 2 all 2 feature invoices role org:admin any 3 scope openid plan u:free role org:member", h391),
        Handler::new("unsaid role org:member plan user:pro any 2 any 2 plan user:pro preset strict role org:member", h392),
        Handler::new("unsaid custom second_factor 9.5 all 1 all 2 role org:member preset strict_mfa", h393),
        Handler::new("unsaid any 1 feature invoices all 1 all 1 preset strict_mfa", h394),
        Handler::new("unsaid any 3 role org:admin preset strict role org:member", h395),
        Handler::new("unsaid any 1 any 1 all 2 role org:member any 2 plan u:free any 3 permission org:invoices:read plan org:pro custom second_factor 60", h396),
        Handler::new("unsaid any 3 role org:member preset moderate all 1 feature user:invoices any 3 plan org:pro plan user:pro scope invoices:list feature organization:themes", h397),
        Handler::new("unsaid all 1 feature organization:themes", h398),
        Handler::new("any any 2 any 3 all 2 feature org:invoices feature u:themes scope invoices:read role org:admin role org:member", h399),
        Handler::new("unsaid role org:member custom multi_factor 15", h400),
        Handler::new("unsaid role org:admin any 2 all 2 scope mch_ledger feature org:invoices permission org:invoices:read", h401),
        Handler::new("unsaid preset strict custom first_factor 15", h402),
        Handler::new("unsaid any 2 any 4 scope invoices:read role org:billing feature o:reports scope openid plan free any 2 permission org:invoices:read feature user:invoices all 1 plan free", h403),
        Handler::new("unsaid all 1 custom second_factor 9.5", h404),
        Handler::new("unsaid any 2 any 3 role org:admin permission org:invoices:read all 2 all 2 feature user:invoices scope openid role org:admin plan u:free", h405),
        Handler::new("unsaid all 3 any 1 all 2 any 3 all 2 role org:member plan free any 1 feature reports any 1 preset strict_mfa any 2 all 3 plan org:pro role org:member plan user:pro role org:admin preset strict_mfa preset lax", h406),
        Handler::new("unsaid any 2 any 2 custom multi_factor 15 feature org:invoices any 4 custom second_factor 9.5 custom first_factor 9.5 plan u:free custom multi_factor 60 all 2 custom second_factor 9.5 any 3 plan org:pro role org:billing preset lax", h407),
        Handler::new("unsaid any 1 permission org:invoices:write custom multi_factor 15 all 1 plan user:pro", h408),
        Handler::new("unsaid any 1 permission org:invoices:read", h409),
        Handler::new("oauth_token|session_token any 2 any 1 any 4 scope invoices:list custom multi_factor 60 scope invoices:read all 3 feature invoices all 2 scope mch_ledger plan user:pro all 2 feature o:reports scope openid custom multi_factor 0.5", h410),
        Handler::new("unsaid any 1 preset strict", h411),
        Handler::new("unsaid any 3 any 1 role org:billing preset strict_mfa permission org:reports:read", h412),
        Handler::new("unsaid plan u:free any 3 feature u:themes role org:admin feature org:invoices", h413),
        Handler::new("unsaid any 2 plan u:free feature organization:themes", h414),
        Handler::new("unsaid all 2 all 4 feature o:reports role org:admin preset strict_mfa permission org:invoices:read custom second_factor 60 feature reports", h415),
        Handler::new("unsaid plan org:pro custom multi_factor 9.5", h416),
        Handler::new("session_token any 2 role org:member feature organization:themes", h417),
        Handler::new("unsaid any 1 any 3 preset lax custom first_factor 60 role org:billing all 2 preset moderate feature reports all 2 role org:member any 1 plan u:free", h418),
        Handler::new("unsaid preset strict_mfa role org:billing", h419),
        Handler::new("unsaid any 4 all 1 all 3 custom second_factor 9.5 all 1 feature org:invoices any 2 all 2 scope openid plan free role org:billing scope invoices:list role org:billing permission org:reports:read", h420),
        Handler::new("unsaid any 3 any 3 role org:billing custom second_factor 9.5 all 1 role org:admin feature org:invoices all 2 any 2 plan user:pro role org:member role org:member", h421),
        Handler::new("unsaid any 1 feature o:reports", h422),
        Handler::new("unsaid any 2 plan u:free role org:admin", h423),
        Handler::new("any any 1 any 2 role org:billing any 1 scope invoices:list", h424),
        Handler::new("unsaid any 3 permission org:invoices:write scope invoices:list permission org:reports:read", h425),
        Handler::new("unsaid any 4 permission org:reports:read plan pro any 2 feature u:themes role org:member any 4 preset lax feature org:invoices custom second_factor 9.5 role org:billing preset lax plan pro", h426),
        Handler::new("unsaid any 2 role org:member all 4 plan user:pro any 2 plan user:pro permission org:invoices:read all 4 custom first_factor 10 scope openid custom multi_factor 9.5 preset lax role org:member", h427),
        Handler::new("session_token all 1 any 2 plan org:pro plan user:pro role org:member", h428),
        Handler::new("unsaid any 2 feature organization:themes any 1 preset moderate any 2 all 3 role org:admin plan free plan org:pro feature reports any 1 all 3 permission org:reports:read role org:member preset moderate", h429),
        Handler::new("unsaid plan free custom first_factor 9.5", h430),
        Handler::new("unsaid any 1 custom multi_factor 9.5", h431),
        Handler::new("unsaid all 2 feature o:reports role org:admin", h432),
        Handler::new("unsaid any 3 role org:member plan free all 1 permission org:invoices:read role org:admin", h433),
        Handler::new("session_token any 2 role org:admin all 2 permission org:invoices:read preset lax", h434),
        Handler::new("unsaid role org:billing preset strict_mfa", h435),
        Handler::new("unsaid all 2 permission org:invoices:write role org:member", h436),
        Handler::new("unsaid all 2 custom first_factor 0.5 any 2 any 2 any 2 any 2 feature reports preset strict any 1 permission org:invoices:write all 4 any 3 role org:member plan org:pro preset lax any 1 feature invoices all 1 role org:billing feature o:reports scope invoices:list", h437),
        Handler::new("session_token any 3 scope invoices:read all 1 all 2 all 2 feature user:invoices custom multi_factor 60 permission org:invoices:read preset moderate", h438),
        Handler::new("unsaid feature o:reports preset moderate", h439),
        Handler::new("any any 3 all 1 all 1 scope invoices:list any 2 preset strict role org:member role org:billing", h440),
        Handler::new("any any 1 any 4 all 2 preset lax role org:member plan user:pro all 1 role org:admin any 2 scope invoices:read feature u:themes", h441),
        Handler::new("unsaid any 2 preset moderate plan free", h442),
        Handler::new("oauth_token|session_token all 2 any 2 any 2 plan org:pro scope openid all 3 scope openid scope invoices:read role org:member any 2 scope mch_ledger custom multi_factor 10", h443),
        Handler::new("api_key|oauth_token any 3 scope invoices:read feature u:themes scope openid", h444),
        Handler::new("unsaid any 1 any 2 role org:member all 3 permission org:invoices:write role org:admin any 3 role org:member any 4 feature u:themes feature organization:themes preset moderate permission org:invoices:read any 2 custom second_factor 9.5 feature o:reports", h445),
        Handler::new("m2m_token|api_key any 2 scope openid scope invoices:list", h446),
        Handler::new("unsaid preset strict", h447),
        Handler::new("unsaid all 3 custom multi_factor 9.5 all 2 feature o:reports any 1 custom first_factor 15 role org:member", h448),
        Handler::new("unsaid any 3 permission org:invoices:write all 1 all 2 any 3 feature o:reports any 4 feature organization:themes permission org:invoices:write feature org:invoices feature invoices custom first_factor 15 scope invoices:list preset strict", h449),
        Handler::new("unsaid any 2 any 2 plan pro role org:member custom second_factor 60", h450),
        Handler::new("session_token|m2m_token|oauth_token any 1 any 2 all 3 scope invoices:list custom first_factor 15 scope openid any 2 permission org:invoices:write scope mch_ledger", h451),
        Handler::new("session_token all 3 feature u:themes any 1 custom first_factor 9.5 all 2 role org:member any 2 permission org:reports:read any 3 role org:billing scope openid preset strict", h452),
        Handler::new("unsaid all 3 all 2 custom multi_factor 9.5 role org:billing feature invoices all 3 feature reports preset strict_mfa feature o:reports custom first_factor 0.5", h453),
        Handler::new("any any 2 any 4 all 3 custom multi_factor 10 scope invoices:list custom second_factor 15 permission org:invoices:read custom second_factor 9.5 scope mch_ledger all 2 all 1 feature o:reports any 2 scope invoices:list scope mch_ledger", h454),
        Handler::new("unsaid all 2 feature user:invoices preset lax", h455),
        Handler::new("session_token any 3 all 2 any 3 feature reports permission org:invoices:write role org:admin custom first_factor 9.5 any 4 any 4 scope invoices:read feature u:themes permission org:invoices:read feature invoices all 2 custom multi_factor 10 custom second_factor 0.5 all 3 role org:billing plan free plan pro any 2 custom first_factor 10 role org:billing preset strict", h456),
        Handler::new("unsaid all 4 any 4 any 2 preset strict_mfa custom multi_factor 60 all 1 role org:admin any 1 permission org:invoices:read all 2 plan u:free scope invoices:list preset moderate any 3 permission org:reports:read any 1 role org:member role org:admin all 2 permission org:reports:read preset strict_mfa", h457),
        Handler::new("unsaid permission org:invoices:read role org:member", h458),
        Handler::new("session_token any 1 feature reports", h459),
        Handler::new("unsaid all 2 preset lax any 1 feature user:invoices", h460),
        Handler::new("unsaid all 2 all 2 role org:billing plan u:free any 4 preset lax preset strict_mfa custom second_factor 60 role org:admin custom second_factor 10", h461),
        Handler::new("api_key|oauth_token scope openid all 1 all 2 scope invoices:list scope invoices:read", h462),
        Handler::new("unsaid all 2 all 1 permission org:invoices:read all 3 preset strict_mfa role org:member feature invoices permission org:invoices:write", h463),
        Handler::new("api_key any 3 all 2 preset lax scope openid scope openid all 2 scope mch_ledger scope openid any 2 scope mch_ledger scope invoices:read", h464),
        Handler::new("unsaid permission org:invoices:read plan u:free", h465),
        Handler::new("unsaid all 3 all 2 plan pro all 2 plan user:pro role org:member permission org:invoices:write feature o:reports", h466),
        Handler::new("unsaid plan u:free all 1 any 4 scope invoices:read plan u:free role org:admin plan user:pro all 2 custom first_factor 9.5 role org:admin", h467),
        Handler::new("unsaid any 2 preset strict permission org:reports:read", h468),
        Handler::new("unsaid any 3 plan user:pro preset lax role org:member", h469),
        Handler::new("unsaid all 2 feature organization:themes plan user:pro", h470),
        Handler::new("unsaid any 2 preset strict_mfa all 2 role org:admin all 1 custom multi_factor 10", h471),
        Handler::new("m2m_token|api_key all 2 scope mch_ledger all 1 scope invoices:list", h472),
        Handler::new("unsaid any 2 preset moderate all 1 all 3 any 2 scope openid feature organization:themes feature invoices all 2 any 3 permission org:invoices:write custom second_factor 9.5 role org:billing any 2 plan org:pro role org:admin", h473),
        Handler::new("session_token|api_key any 2 scope invoices:list plan free", h474),
        Handler::new("unsaid any 1 permission org:invoices:write", h475),
        Handler::new("unsaid any 3 all 4 any 3 preset moderate all 2 permission org:invoices:write any 3 role org:member feature organization:themes custom second_factor 60 plan user:pro all 2 all 2 plan u:free preset lax preset strict_mfa all 2 any 3 any 1 permission org:reports:read permission org:invoices:read custom first_factor 9.5 custom multi_factor 0.5 role org:member plan org:pro custom second_factor 60", h476),
        Handler::new("unsaid any 1 role org:member", h477),
        Handler::new("unsaid all 2 any 1 plan pro permission org:invoices:read", h478),
        Handler::new("unsaid any 2 plan pro preset moderate", h479),
        Handler::new("session_token all 3 any 1 all 2 plan user:pro role org:member plan org:pro any 2 permission org:reports:read all 4 all 2 feature invoices custom multi_factor 15 any 2 all 2 permission org:invoices:write custom first_factor 60 any 2 plan user:pro role org:billing all 2 any 2 role org:admin role org:billing role org:admin feature user:invoices", h480),
        Handler::new("unsaid feature org:invoices custom first_factor 9.5 any 2 all 3 role org:admin custom multi_factor 9.5 permission org:invoices:write all 2 role org:admin plan org:pro", h481),
        Handler::new("unsaid any 1 any 3 any 3 permission org:invoices:read feature organization:themes feature invoices any 1 role org:billing all 3 role org:billing custom second_factor 10 preset strict_mfa", h482),
        Handler::new("unsaid any 2 all 3 plan free role org:billing scope invoices:list all 2 preset moderate plan free any 3 permission org:invoices:write scope openid any 2 plan user:pro permission org:invoices:read any 2 role org:admin all 4 custom second_factor 0.5 plan free feature reports custom second_factor 10", h483),
        Handler::new("unsaid all 2 preset moderate any 2 preset lax all 2 role org:billing plan pro", h484),
        Handler::new("unsaid any 2 permission org:reports:read any 2 preset lax custom multi_factor 0.5 all 2 all 3 custom multi_factor 9.5 plan org:pro role org:member any 3 custom multi_factor 60 feature reports custom multi_factor 0.5", h485),
        Handler::new("unsaid all 3 any 2 all 1 custom first_factor 9.5 role org:billing preset strict plan user:pro", h486),
        Handler::new("unsaid any 2 any 2 any 2 permission org:invoices:write permission org:reports:read plan pro all 1 custom first_factor 60", h487),
        Handler::new("m2m_token|api_key all 2 scope openid scope invoices:list", h488),
        Handler::new("unsaid preset moderate feature organization:themes", h489),
        Handler::new("unsaid any 3 any 2 any 1 plan org:pro role org:member scope mch_ledger feature reports", h490),
        Handler::new("unsaid permission org:invoices:write any 2 custom first_factor 60 all 2 custom multi_factor 10 feature organization:themes", h491),
        Handler::new("unsaid any 2 permission org:reports:read role org:member", h492),
        Handler::new("unsaid all 4 any 3 permission org:invoices:write custom first_factor 60 permission org:invoices:read preset lax any 4 all 1 role org:billing any 1 plan free all 2 plan pro role org:member all 2 feature invoices permission org:reports:read custom multi_factor 9.5", h493),
        Handler::new("unsaid all 2 all 1 any 2 feature o:reports permission org:invoices:read custom second_factor 60", h494),
        Handler::new("m2m_token|api_key any 2 scope mch_ledger custom first_factor 15", h495),
        Handler::new("unsaid all 2 any 1 feature user:invoices all 3 custom second_factor 10 any 4 all 4 preset strict all 2 custom second_factor 10 plan user:pro custom first_factor 60 scope mch_ledger custom second_factor 9.5 all 2 all 1 permission org:invoices:read scope mch_ledger any 1 all 2 scope openid scope invoices:read preset strict_mfa", h496),
        Handler::new("unsaid role org:admin all 2 any 3 custom second_factor 15 role org:member role org:billing any 2 plan free plan user:pro", h497),
        Handler::new("unsaid any 3 preset strict_mfa custom multi_factor 9.5 role org:admin", h498),
        Handler::new("session_token all 2 preset strict plan org:pro", h499),
    ]
}
