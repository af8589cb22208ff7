//! Handlers in `impl` blocks with `#[handlers]`.

use std::marker::PhantomData;

use axum::extract::Path;
use clerk_runtime::authorize::Role;
use clerk_runtime::{Auth, OrgId, UserId, handlers, protected, public};
use http::StatusCode;

use crate::support::World;

struct Invoices;

#[handlers]
impl Invoices {
    /// Documented.
    #[protected(permission = "org:invoices:read")]
    pub(crate) async fn list(user_id: &UserId, Path(id): Path<u64>) -> String {
        Self::title(user_id, id)
    }

    const PREFIX: &'static str = "invoices of";

    #[protected]
    async fn mine(user_id: UserId) -> String {
        format!("{} {user_id}", Self::PREFIX)
    }

    #[public]
    #[expect(unreachable_pub, reason = "what a library would write")]
    pub async fn terms() -> &'static str {
        Self::TERMS
    }

    const TERMS: &'static str = {
        const DAYS: &str = "30 days";
        DAYS
    };

    fn title(user_id: &str, id: u64) -> String {
        format!("{} {user_id} {id}", Self::PREFIX)
    }

    #[cfg(any())]
    #[protected]
    async fn not_there(missing: Missing, user_id: &Missing) {}
}

#[handlers]
impl Invoices {
    #[protected(role = ADMIN)]
    async fn delete(org_id: OrgId) -> String {
        org_id.into()
    }
}

const ADMIN: Role<'static> = Role("org:admin");

struct Drafts;

// Functions of the same names as those of another type.
#[handlers]
impl Drafts {
    #[clerk_runtime::protected(role = "org:admin")]
    async fn list(user_id: UserId) -> String {
        user_id.into()
    }

    #[clerk_runtime::public]
    async fn terms(auth: Auth) -> &'static str {
        if auth.user_id().is_some() {
            "for you"
        } else {
            "for all"
        }
    }
}

#[handlers]
#[cfg(any())]
impl Missing {
    #[protected]
    async fn list(user_id: Missing) {}
}

#[handlers]
#[cfg(not(any()))]
impl inner::Remote {
    #[protected]
    pub(crate) async fn list(user_id: UserId) -> String {
        user_id.into()
    }
}

mod inner {
    use super::{UserId, handlers, protected};

    pub(crate) struct Remote;

    #[handlers]
    impl Remote {
        #[protected(role = "org:admin")]
        pub(super) async fn visible(user_id: UserId) -> String {
            Self::secret(&user_id).await
        }

        #[protected]
        pub(in crate::impl_blocks) async fn visible_in_path() -> &'static str {
            "ok"
        }
    }

    impl Remote {
        async fn secret(user_id: &str) -> String {
            user_id.to_owned()
        }
    }
}

trait Backend: Send + Sync + 'static {
    const NAME: &'static str;
}

struct Memory;
struct Disk;

impl Backend for Memory {
    const NAME: &'static str = "memory";
}

impl Backend for Disk {
    const NAME: &'static str = "disk";
}

struct Store<B, const N: usize = 1>(PhantomData<B>);

#[handlers]
impl<B, const N: usize> Store<B, N>
where
    B: Backend,
{
    #[protected(permission = "org:invoices:read")]
    async fn read(user_id: &str) -> String {
        format!("{} {N} {}", B::NAME, user_id.starts_with("user_"))
    }

    #[public]
    async fn name() -> &'static str {
        B::NAME
    }

    #[protected]
    async fn generic<T: Default + std::fmt::Display + Send>(user_id: &str) -> String {
        format!("{} {} {}", B::NAME, T::default(), user_id.starts_with("user_"))
    }
}

// Functions of one name, for one type each.
#[handlers]
impl Store<Memory> {
    #[protected]
    async fn own(user_id: UserId) -> String {
        user_id.into()
    }
}

#[handlers]
impl Store<Disk> {
    #[protected(role = "org:admin")]
    async fn own(user_id: UserId) -> String {
        user_id.into()
    }
}

#[handlers]
impl<'a> Lent<'a> {
    #[protected]
    async fn length(user_id: &'_ str) -> String {
        let lent = Lent(user_id);
        lent.0.len().to_string()
    }
}

struct Lent<'a>(&'a str);

#[tokio::test]
async fn handlers_of_impl_blocks_are_guarded() {
    let world = World::new().await;
    let ada = world.user_id();
    let reader = world
        .instance
        .user("ada")
        .org("acme")
        .permissions(["org:invoices:read"]);
    let reader = Some(reader.bearer());
    let admin = Some(world.instance.user("ada").org("acme").role("org:admin").bearer());
    let (reader, admin) = (reader.as_deref(), admin.as_deref());
    macro_rules! statuses {
        ($handler:expr) => {{
            let mut statuses = Vec::new();
            for bearer in [None, Some(&*world.bearer), reader, admin] {
                statuses.push(world.call_as(bearer, $handler).await.0.as_u16());
            }
            statuses
        }};
    }
    for (statuses, expected) in [
        (statuses!(Invoices::list), [401, 403, 200, 403]),
        (statuses!(Invoices::mine), [401, 200, 200, 200]),
        (statuses!(Invoices::terms), [200; 4]),
        (statuses!(Invoices::delete), [401, 403, 403, 200]),
        (statuses!(Drafts::list), [401, 403, 403, 200]),
        (statuses!(inner::Remote::list), [401, 200, 200, 200]),
        (statuses!(inner::Remote::visible), [401, 403, 403, 200]),
        (statuses!(inner::Remote::visible_in_path), [401, 200, 200, 200]),
        (statuses!(Store::<Memory>::read), [401, 403, 200, 403]),
        (statuses!(Store::<Memory>::name), [200; 4]),
        (statuses!(Store::<Memory>::own), [401, 200, 200, 200]),
        (statuses!(Store::<Disk>::own), [401, 403, 403, 200]),
    ] {
        assert_eq!(statuses, expected);
    }
    assert_eq!(
        world.call_as(reader, Invoices::list).await.1,
        format!("invoices of {ada} 7")
    );
    assert_eq!(world.call(Invoices::mine).await.1, format!("invoices of {ada}"));
    assert_eq!(world.call(Invoices::terms).await.1, "30 days");
    assert_eq!(world.call(Drafts::terms).await.1, "for you");
    assert_eq!(
        world.call_as(None, Drafts::terms).await,
        (StatusCode::OK, "for all".into())
    );
    assert_eq!(
        world.call_as(reader, Store::<Disk, 2>::read).await.1,
        "disk 2 true"
    );
    assert_eq!(
        world.call(Store::<Memory>::generic::<u8>).await.1,
        "memory 0 true"
    );
    assert_eq!(world.call(Lent::length).await.1, ada.len().to_string());
}
