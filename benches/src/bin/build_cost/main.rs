//! What a dependency costs whoever builds with it: crates, time to compile, size of the program; what `#[protected]` adds
//! to `cargo check`; and what the client of the Backend API takes by itself.
//!
//! The program `hello-asked` has the packages that a macro and jsonwebtoken's check of a token take, and next to no code: with
//! these packages nothing can be built in less time.
//!
//! Programs are generated in a folder for temporary files, which is removed at the end. Time is what all processes of a build
//! compute, so that the number of processors does not matter.

mod client;
mod package;

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use benches::measure::{Target, median, print_targets};

use package::{Folder, Package};

/// Handlers of one generated crate.
const HANDLERS: usize = 500;
const RUNTIME: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../clerk-runtime");
/// A macro that reads a function and does nothing to it, with the dependencies of `clerk-macros`. It is a package of its own,
/// since syn would be compiled once more if the program linked it.
const ASKED_MACRO: &str = "proc-macro2 = \"1\"\nquote = \"1\"\n\
     syn = { version = \"3\", default-features = false, \
     features = [\"parsing\", \"printing\", \"proc-macro\", \"derive\", \"full\", \"clone-impls\"] }\n\
     \n[lib]\nproc-macro = true\n";
const ASKED_MACRO_SOURCE: &str = "use proc_macro::TokenStream;\n\
     #[proc_macro_attribute]\n\
     pub fn unchanged(_: TokenStream, item: TokenStream) -> TokenStream {\n\
     let function = syn::parse_macro_input!(item as syn::ItemFn);\n\
     quote::quote!(#function).into()\n}\n";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (checks, builds, clients, rest) = match arguments.split_first() {
        None => (true, true, true, &[][..]),
        Some((what, [])) if what == "check" => (true, false, false, &[][..]),
        Some((what, [])) if what == "client" => (false, false, true, &[][..]),
        Some((what, rest)) if what == "build" => (false, true, false, rest),
        Some(_) => return Err("usage: build_cost [check|client|build [--release] [<program> ..]]".into()),
    };
    let (options, only): (Vec<_>, Vec<_>) = rest.iter().partition(|argument| argument.starts_with("--"));
    let release = options.iter().any(|option| *option == "--release");
    let folder = Folder::new()?;
    let mut targets = Vec::new();
    if checks {
        targets.extend(check_handlers(&folder.path().join("handlers"))?);
    }
    if clients {
        targets.extend(client::compile(&folder.path().join("clients"))?);
    }
    if builds {
        targets.extend(build_programs(folder.path(), release, &only)?);
    }
    print_targets(&targets);
    Ok(())
}

fn build_programs(folder: &Path, release: bool, only: &[&String]) -> Result<Vec<Target>, Box<dyn Error>> {
    println!(
        "{:<24} {:>7} {:>18} {:>13} {:>13}",
        "", "crates", "dev build, CPU s", "dev, MB", "release, MB"
    );
    let mut seconds = Vec::new();
    let asked = Package::write(folder, "asked-macro", ASKED_MACRO, "lib.rs", ASKED_MACRO_SOURCE)?;
    let wanted = |program: &Program| only.is_empty() || only.iter().any(|name| *name == program.name);
    for program in programs(&asked.folder).into_iter().filter(wanted) {
        let package = Package::write(
            folder,
            program.name,
            &program.dependencies,
            "main.rs",
            &program.source,
        )?;
        let crates = match package.resolve() {
            Ok(()) => package.crates()?,
            Err(reason) => {
                println!("{:<24} was skipped: {reason}", program.title);
                continue;
            }
        };
        let cpu = package.cargo_cpu(&["build"])?;
        println!(
            "{:<24} {crates:>7} {cpu:>18.1} {:>13.1} {:>13}",
            program.title,
            package.size("debug")?,
            if release {
                package.cargo_cpu(&["build", "--release"])?;
                format!("{:.1}", package.size("release")?)
            } else {
                "-".to_owned()
            },
        );
        fs::remove_dir_all(package.folder.join("target"))?;
        seconds.push((program.name, cpu));
    }
    let of = |name| {
        let found = seconds.iter().find(|(program, _)| *program == name);
        found.map_or(f64::NAN, |(_, cpu)| *cpu)
    };
    Ok(vec![
        Target::at_most("clean dev build, CPU s, default features", 85.0, of("ours")),
        Target::at_most(
            "clean dev build, CPU s, without `network`",
            62.0,
            of("ours-without-network"),
        ),
    ])
}

/// A program whose only handler is guarded.
struct Program {
    name: &'static str,
    title: &'static str,
    dependencies: String,
    source: String,
}

/// `asked_macro` is the folder of the macro of `hello-asked`.
fn programs(asked_macro: &Path) -> Vec<Program> {
    let program = |name, title, dependencies: &str, items: &str, router: &str| Program {
        name,
        title,
        dependencies: format!(
            "tokio = {{ version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\"] }}\n{dependencies}"
        ),
        source: format!(
            "use axum::{{Router, routing::get}};\n{items}\n\
             #[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n\
             let app: Router = {router};\n\
             let listener = tokio::net::TcpListener::bind((\"127.0.0.1\", 0)).await?;\n\
             Ok(axum::serve(listener, app).await?)\n}}\n"
        ),
    };
    let hello = "async fn hello() -> &'static str { \"hello\" }";
    let guarded = "use clerk_runtime::{Clerk, UserId, protected};\n\
                   #[protected]\nasync fn hello(user_id: UserId) -> String { user_id.into() }";
    let with_clerk = "Router::new().route(\"/\", get(hello)).with_state(Clerk::from_env()?)";
    vec![
        program(
            "hello",
            "hello axum",
            "axum = \"0.8\"\n",
            hello,
            "Router::new().route(\"/\", get(hello))",
        ),
        program(
            "hello-reqwest",
            "hello axum with reqwest",
            "axum = \"0.8\"\nreqwest = \"0.13\"\n",
            "async fn hello() -> String {\n\
             match reqwest::get(\"https://example.com\").await {\n\
             Ok(response) => response.text().await.unwrap_or_default(),\n\
             Err(error) => error.to_string(),\n}\n}",
            "Router::new().route(\"/\", get(hello))",
        ),
        program(
            "hello-asked",
            "hello axum, macro, check",
            &format!(
                "axum = \"0.8\"\nasked-macro = {{ path = {asked_macro:?} }}\n\
                 serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n\
                 jsonwebtoken = {{ version = \"11\", default-features = false, features = [\"aws_lc_rs\"] }}\n"
            ),
            "use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};\n\
             #[derive(serde::Deserialize, serde::Serialize)]\nstruct Claims { sub: String }\n\
             #[asked_macro::unchanged]\nasync fn hello(token: String) -> String {\n\
             let key = DecodingKey::from_rsa_components(\"AQAB\", \"AQAB\");\n\
             let rules = Validation::new(Algorithm::RS256);\n\
             let claims = key.and_then(|key| decode::<Claims>(&token, &key, &rules));\n\
             claims.map_or_else(|error| error.to_string(), |token| serde_json::json!(token.claims).to_string())\n}",
            "Router::new().route(\"/\", get(hello))",
        ),
        program(
            "ours",
            "ours",
            &format!("axum = \"0.8\"\nclerk-runtime = {{ path = {RUNTIME:?} }}\n"),
            guarded,
            with_clerk,
        ),
        program(
            "ours-without-network",
            "ours, without network",
            &format!(
                "axum = \"0.8\"\nclerk-runtime = {{ path = {RUNTIME:?}, default-features = false, \
                 features = [\"axum\", \"macros\", \"aws-lc\"] }}\n"
            ),
            guarded,
            with_clerk,
        ),
        program(
            "with-jwt-authorizer",
            "jwt-authorizer",
            "axum = \"0.7\"\njwt-authorizer = { version = \"0.15\", default-features = false, \
             features = [\"rustls-tls\", \"chrono\"] }\n",
            &format!("use jwt_authorizer::{{IntoLayer as _, JwtAuthorizer}};\n{hello}"),
            "{\n\
             let authorizer: jwt_authorizer::Authorizer =\n\
             JwtAuthorizer::from_jwks_url(\"https://example.com/jwks.json\").build().await?;\n\
             Router::new().route(\"/\", get(hello)).layer(authorizer.into_layer())\n}",
        ),
        program(
            "with-clerk-rs",
            "clerk-rs",
            "axum = \"0.8\"\nclerk-rs = { version = \"0.5\", features = [\"axum\"] }\n",
            &format!(
                "use clerk_rs::{{Clerk, ClerkConfiguration}};\n\
                 use clerk_rs::validators::{{axum::ClerkLayer, jwks::MemoryCacheJwksProvider}};\n{hello}"
            ),
            "{\n\
             let clerk = Clerk::new(ClerkConfiguration::new(\"sk_test_secret\"));\n\
             let keys = MemoryCacheJwksProvider::new(clerk);\n\
             Router::new().route(\"/\", get(hello)).layer(ClerkLayer::new(keys, None, true))\n}",
        ),
    ]
}

fn check_handlers(folder: &Path) -> Result<Vec<Target>, Box<dyn Error>> {
    const ROUNDS: usize = 5;
    const KINDS: [(&str, &str); 4] = [
        ("plain", ""),
        ("debug-handler", "#[axum::debug_handler(state = Clerk)]"),
        ("protected", "#[protected]"),
        ("permission", "#[protected(permission = \"org:invoices:read\")]"),
    ];
    let dependencies = format!(
        "axum = {{ version = \"0.8\", features = [\"macros\"] }}\nclerk-runtime = {{ path = {RUNTIME:?} }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n"
    );
    let mut packages = Vec::new();
    for (name, attribute) in KINDS {
        let mut package = Package::write(folder, name, &dependencies, "lib.rs", &handlers(attribute))?;
        // All of them have the same dependencies, which need to be checked only once.
        package.target = folder.join("target");
        package.resolve()?;
        package.cargo_cpu(&["check"])?;
        packages.push((package, Vec::new()));
    }
    for round in 0..ROUNDS {
        packages.rotate_left(round % KINDS.len());
        for (package, cpu) in &mut packages {
            package.touch()?;
            cpu.push(package.cargo_cpu(&["check"])?);
        }
        packages.rotate_right(round % KINDS.len());
    }
    let added = |kind: usize| {
        let pairs = packages[kind].1.iter().zip(&packages[0].1);
        median(pairs.map(|(with, plain): (&f64, &f64)| (with - plain) * 1000.0 / HANDLERS as f64))
    };
    println!("`cargo check` of {HANDLERS} handlers, medians of {ROUNDS} rounds");
    println!(
        "{:<54} {:>7} {:>21} {:>20}",
        "", "CPU s", "added per handler, ms", "/ what debug_handler"
    );
    for (kind, (name, attribute)) in KINDS.iter().enumerate() {
        println!(
            "{:<54} {:>7.2} {:>21.2} {:>20.2}",
            if attribute.is_empty() { name } else { attribute },
            median(packages[kind].1.iter().copied()),
            added(kind),
            added(kind) / added(1),
        );
    }
    println!();
    Ok(vec![
        Target::at_most("`cargo check`, ms per `#[protected]` handler", 1.0, added(2)),
        Target::at_most("`cargo check`, ms per handler with a permission", 1.0, added(3)),
    ])
}

/// Handlers as applications have them. A protected one is given its user.
fn handlers(attribute: &str) -> String {
    let (parameter, used) = if attribute.starts_with("#[protected") {
        ("user_id: UserId, ", "let _ = user_id;")
    } else {
        ("", "")
    };
    let mut source = String::from(
        "#![allow(unused_imports)]\n\
         use axum::{Json, Router, extract::{Path, State}, routing::get};\n\
         use clerk_runtime::{Clerk, UserId, protected};\n\
         #[derive(serde::Deserialize, serde::Serialize)]\npub struct Invoice { pub text: String }\n",
    );
    for index in 0..HANDLERS {
        let _ = write!(
            source,
            "{attribute}\nasync fn handler{index}({parameter}State(clerk): State<Clerk>, Path(id): Path<u64>, \
             Json(invoice): Json<Invoice>) -> Result<Json<Invoice>, String> {{\n\
             {used} let _ = (clerk, id); Ok(Json(invoice)) }}\n"
        );
    }
    source += "pub fn app() -> Router<Clerk> {\nRouter::new()\n";
    for index in 0..HANDLERS {
        let _ = writeln!(source, ".route(\"/{index}/{{id}}\", get(handler{index}))");
    }
    source + "}\n"
}
