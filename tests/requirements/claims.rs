//! Raw claims of sessions, most of them in order.

use serde_json::{Map, Value, json};

use crate::dice::Dice;

/// Claims that a token gets in place of those that are usual; null for one that is left out.
pub(crate) fn draw(dice: &mut Dice) -> Map<String, Value> {
    let mut claims = Map::new();
    let version = match dice.roll(12) {
        0..7 => json!(2),
        7..10 => Value::Null,
        10 => json!(2.0),
        _ => dice.pick(&[json!("2"), json!(3), json!([2]), json!(false)]),
    };
    // What the other version says is there at times, and says nothing.
    let (first, second) = if version.as_f64() == Some(2.0) {
        (dice.once_in(6), !dice.once_in(6))
    } else {
        (!dice.once_in(6), dice.once_in(6))
    };
    claims.insert("v".into(), version);
    if first {
        claims.extend(version_1(dice));
    }
    claims.insert("o".into(), if second { organization(dice) } else { Value::Null });
    if dice.once_in(10) {
        claims.insert(
            "o".into(),
            dice.pick(&[
                json!(false),
                json!("org_1"),
                json!(["org_1"]),
                json!(7),
                json!(true),
            ]),
        );
    }
    for (name, slugs) in [("fea", FEATURES), ("pla", PLANS)] {
        let list = scoped_list(dice, slugs);
        claims.insert(name.into(), list);
    }
    claims.insert("fva".into(), ages(dice));
    let status = match dice.roll(12) {
        0..9 => json!("active"),
        9 => json!("pending"),
        _ => dice.pick(&[
            Value::Null,
            json!("PENDING"),
            json!("removed"),
            json!(7),
            json!(""),
        ]),
    };
    claims.insert("sts".into(), status);
    claims
}

const FEATURES: &[&str] = &["invoices", "reports", "themes"];
const PLANS: &[&str] = &["pro", "free"];

fn version_1(dice: &mut Dice) -> Map<String, Value> {
    let mut claims = Map::new();
    let id = id(dice);
    claims.insert("org_id".into(), id);
    let role = match dice.roll(8) {
        0..6 => json!(dice.pick(&["org:admin", "org:member", "org:billing"])),
        _ => dice.pick(&[
            json!("admin"),
            json!("org:org:admin"),
            json!("org:"),
            json!(""),
            json!(7),
            Value::Null,
            json!("org:administrator"),
            json!("ORG:ADMIN"),
        ]),
    };
    claims.insert("org_role".into(), role);
    let permissions = match dice.roll(8) {
        0..6 => json!(dice.some(&["org:invoices:read", "org:invoices:write", "org:reports:read"])),
        _ => dice.pick(&[
            json!("org:invoices:read"),
            json!(["invoices:read", "org:org:invoices:write", "org:invoices"]),
            json!([7, null, "org:invoices:read"]),
            json!({ "org:invoices:read": true }),
            Value::Null,
            json!(true),
        ]),
    };
    claims.insert("org_permissions".into(), permissions);
    claims
}

fn organization(dice: &mut Dice) -> Value {
    let role = match dice.roll(8) {
        0..6 => json!(dice.pick(&["admin", "member", "billing"])),
        _ => dice.pick(&[
            json!("org:admin"),
            json!("org:org:member"),
            json!(""),
            json!(7),
            Value::Null,
            json!("Admin"),
        ]),
    };
    let names = match dice.roll(8) {
        0..6 => json!(dice.pick(&[
            "read,write",
            "read",
            "write,read",
            " read , write ",
            "list,read,write"
        ])),
        _ => dice.pick(&[json!(""), Value::Null, json!(7), json!("read,,write"), json!(",")]),
    };
    let masks = match dice.roll(8) {
        0..6 => {
            let masks: Vec<String> = (0..1 + dice.roll(3)).map(|_| dice.roll(8).to_string()).collect();
            json!(masks.join(","))
        }
        _ => dice.pick(&[
            json!(""),
            Value::Null,
            json!(7),
            json!("1x,3"),
            json!("-1,0x3,7"),
            json!(" 3 , 1"),
            json!("18446744073709551617,36893488147419103234"),
            json!("1e3,+3,3.0"),
        ]),
    };
    let mut members = Map::from_iter([
        ("id".to_owned(), id(dice)),
        ("slg".to_owned(), json!("acme")),
        ("rol".to_owned(), role),
        ("per".to_owned(), names),
        ("fpm".to_owned(), masks),
    ]);
    if dice.once_in(4) {
        members.retain(|_, value| !value.is_null());
    }
    Value::Object(members)
}

fn id(dice: &mut Dice) -> Value {
    match dice.roll(16) {
        0..14 => json!("org_1"),
        _ => dice.pick(&[json!(""), Value::Null, json!(7), json!("org 1"), json!(["org_1"])]),
    }
}

fn scoped_list(dice: &mut Dice, slugs: &[&str]) -> Value {
    if dice.once_in(8) {
        return dice.pick(&[
            Value::Null,
            json!(""),
            json!(7),
            json!(["o:invoices", "o:pro"]),
            json!("invoices,pro"),
            json!("o:invoices,o:pro,"),
            json!("org:invoices,x:reports,:themes,user:pro,O:free"),
            json!("o:invoices:x,u: pro,o:org:free,ou:pros"),
            json!("o:org,u:user"),
        ]);
    }
    let mut list = Vec::new();
    for slug in dice.some(slugs) {
        let scope = dice.pick(&["o", "o", "u", "u", "ou", "uo", "x"]);
        let (before, after) = (dice.pick(&["", "", " "]), dice.pick(&["", "", " "]));
        list.push(format!("{before}{scope}:{slug}{after}"));
    }
    json!(list.join(","))
}

fn ages(dice: &mut Dice) -> Value {
    const AGES: &[f64] = &[
        -1.0, 0.0, 5.0, 9.0, 9.5, 10.0, 14.0, 15.0, 59.0, 60.0, 61.0, 1439.0, 1440.0,
    ];
    match dice.roll(8) {
        0..5 => json!([dice.pick(AGES), dice.pick(AGES)]),
        5 => json!([dice.roll(12), -1]),
        6 => json!([dice.roll(12), dice.roll(12)]),
        _ => dice.pick(&[
            Value::Null,
            json!([]),
            json!([1]),
            json!([1, 1, 1]),
            json!(["1", "1"]),
            json!([1, null]),
            json!([-2, 1]),
            json!([1, -0.5]),
            json!({ "0": 1, "1": 1 }),
            json!("1,1"),
            json!(1),
            json!([[1, 1]]),
            json!([true, true]),
        ]),
    }
}
