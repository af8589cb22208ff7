use std::env;

/// Returns whether all of these variables are set. `false` means that none of them is: the example then starts a Clerk of its
/// own, and is told to say which other variables of Clerk's there are.
///
/// # Errors
/// Some are set and others are not. The text names the missing ones, and how to start without an account.
pub(crate) fn are_set(example: &str, needed: &[&str]) -> Result<bool, String> {
    let (set, missing): (Vec<&str>, Vec<&str>) = needed.iter().copied().partition(|name| is_set(name));
    match (set.is_empty(), missing.is_empty()) {
        (true, _) => {
            let unused = unused();
            if !unused.is_empty() {
                eprintln!(
                    "{}, and not used: without {} this example starts a Clerk of its own.",
                    are("set", &unused),
                    needed.join(" and "),
                );
            }
            Ok(false)
        }
        (false, true) => Ok(true),
        (false, false) => Err(format!(
            "{}, but {}: copy {} from the Clerk dashboard (the API keys page has the keys, a webhook's page its signing \
             secret), or start without an account, with\n\n  {}cargo run --example {example}\n",
            are("set", &set),
            are("not set", &missing),
            if missing.len() == 1 { "it" } else { "them" },
            without(&set),
        )),
    }
}

/// The variables of Clerk's that are set.
fn unused() -> Vec<String> {
    let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let mut names: Vec<String> = names
        .filter(|name| name.starts_with("CLERK_") && is_set(name))
        .collect();
    names.sort();
    names
}

fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.to_string_lossy().trim().is_empty())
}

/// In a sentence: `A is set`, `A and B are set`.
fn are(what: &str, names: &[impl AsRef<str>]) -> String {
    let verb = if names.len() == 1 { "is" } else { "are" };
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    format!("{} {verb} {what}", names.join(" and "))
}

/// The beginning of a command that does not see these variables.
fn without(names: &[&str]) -> String {
    if cfg!(windows) {
        let names = names.iter().map(|name| format!("Env:{name}"));
        return format!("Remove-Item {}; ", names.collect::<Vec<_>>().join(","));
    }
    names
        .iter()
        .fold("env ".to_owned(), |command, name| command + "-u " + name + " ")
}
