use crate::block::Block;

/// Returns the block around the `@` in a source.
fn around(source: &str) -> Option<Block> {
    let before = &source[..source.find('@').unwrap()];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    Block::around(source, line, column)
}

#[test]
fn a_block_is_an_impl_or_a_trait_by_its_first_word() {
    for source in [
        "impl A { @",
        "struct B;\nimpl<T> A<T> where T: Into<u8> {\n    fn b() {}\n    @",
        "unsafe impl A { @",
        "mod m { impl A { @",
        "fn f() -> impl Sized { impl A { @",
        "impl A { const C: u8 = { 1 }; @",
        "impl<F> A<F> where F: for<'a> Fn(&'a u8) { @",
        "impl A { /* } /* } */ } */ // }\n const S: &str = \"}\\\"}\"; @",
        "impl A { const S: &str = r#\"}\"}\"#; const C: char = '}'; const D: char = '\\''; @",
        "impl<'a> A<'a> { @",
        "impl A { fn ü() { \"ü\" } @",
    ] {
        assert_eq!(around(source), Some(Block::Impl), "{source}");
    }
    for source in [
        "pub trait A { @",
        "trait A: Sized {\n    fn b();\n    @",
        "impl<T> A for B<T> { @",
    ] {
        assert_eq!(around(source), Some(Block::Trait), "{source}");
    }
}

#[test]
fn other_places_are_free() {
    for source in [
        "@",
        "impl A {} @",
        "mod m { @",
        "impl A { fn b() { @",
        "trait A { fn b() { @",
        "fn f() -> impl Sized { @",
        "fn f(a: impl Sized) { @",
        "const _: () = { @",
        "macro_rules! m { () => { @",
        "// impl A {\n @",
        "const S: &str = \"impl A {\"; @",
        "const S: &str = r\"impl A {\"; @",
        "struct A { r: u8 } mod m { @",
    ] {
        assert_eq!(around(source), None, "{source}");
    }
}

#[test]
fn places_that_are_not_there_are_free() {
    assert_eq!(Block::around("impl A {", 7, 3), None);
    assert_eq!(Block::around("impl A {", 1, 90), None);
}
