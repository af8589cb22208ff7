//! Guards and `Auth::has` are one evaluator.

use clerk_runtime::authorize::{Reverification, ReverificationLevel};
use clerk_runtime::token::AcceptsToken;
use clerk_runtime::{Access, Rejection, Requirement};
use clerk_testing::LocalInstance;

use crate::agreement::SEED;
use crate::callers;
use crate::generated::handlers;
use crate::tree::{Kind, Leaf, Tree};

/// Put together as an application does it when it runs.
fn requirement(tree: &Tree) -> Requirement<'static> {
    let list = |items: &[Tree]| -> &'static [Requirement<'static>] {
        items.iter().map(requirement).collect::<Vec<_>>().leak()
    };
    match tree {
        Tree::Any(items) => Requirement::Any(list(items)),
        Tree::All(items) => Requirement::All(list(items)),
        Tree::Leaf(Leaf::Key(kind, key)) => match kind {
            Kind::Role => Requirement::role(key),
            Kind::Permission => Requirement::permission(key),
            Kind::Feature => Requirement::feature(key),
            Kind::Plan => Requirement::plan(key),
            Kind::Scope => Requirement::scope(key),
        },
        Tree::Leaf(Leaf::Preset(preset)) => Requirement::Reverification(match *preset {
            "strict_mfa" => Reverification::StrictMfa,
            "strict" => Reverification::Strict,
            "moderate" => Reverification::Moderate,
            "lax" => Reverification::Lax,
            other => unreachable!("there is no preset {other}"),
        }),
        Tree::Leaf(Leaf::Custom(level, minutes)) => Requirement::Reverification(Reverification::Custom {
            level: match *level {
                "first_factor" => ReverificationLevel::FirstFactor,
                "second_factor" => ReverificationLevel::SecondFactor,
                "multi_factor" => ReverificationLevel::MultiFactor,
                other => unreachable!("there is no level {other}"),
            },
            after_minutes: minutes.parse().unwrap(),
        }),
    }
}

#[tokio::test]
async fn guards_judge_as_has_does() {
    let instance = LocalInstance::start().await.unwrap();
    let handlers = handlers();
    let requirements: Vec<Requirement<'static>> = handlers
        .iter()
        .map(|handler| requirement(&handler.arguments.tree()))
        .collect();
    for (handler, requirement) in handlers.iter().zip(&requirements) {
        let Access::Protected(protected) = handler.access else {
            panic!("a handler is not protected");
        };
        assert_eq!(protected.requirement(), Some(*requirement));
    }
    let (mut had, mut missed) = (0, 0);
    for caller in callers::draw(&instance, 300, SEED.rotate_left(7)) {
        let parts = caller.request("/").body(()).unwrap().into_parts().0;
        // A handle asks Clerk about opaque tokens no more often than its budgets allow.
        let builder = instance.clerk_builder().jwt_key(instance.jwt_key());
        let clerk = builder.build().unwrap();
        let state = clerk
            .authenticate(&parts)
            .accepts(AcceptsToken::ANY)
            .await
            .unwrap();
        assert_eq!(state.retry_after(), None, "{}", caller.about);
        let auth = state.to_auth();
        for (handler, requirement) in handlers.iter().zip(&requirements) {
            let authorized = auth.authorize(*requirement);
            assert_eq!(auth.has(*requirement), authorized.is_ok());
            match ((handler.admit)(auth.clone()), authorized) {
                (Ok(()), Ok(())) => had += 1,
                (Err(Rejection::Denied { denial: told, .. }), Err(denial)) => {
                    assert_eq!(told, denial);
                    missed += 1;
                }
                (Err(Rejection::NotAuthenticated { .. }), authorized) => {
                    assert!(
                        auth.is_authenticated() || authorized.is_err(),
                        "nobody has {requirement}"
                    );
                }
                (admitted, authorized) => {
                    panic!(
                        "{requirement}: the guard says {admitted:?}, `has` {authorized:?}: {}",
                        caller.about
                    )
                }
            }
        }
    }
    println!("{} trees: {had} times had, {missed} times missed", handlers.len());
    assert!(had > 10_000 && missed > 10_000);
}
