//! Where *eller likvärdig* is missing.

use kravbank::selections::document::equivalent::{Finding, MOST, Rule, missing};

/// What is found, by name.
fn found(text: &str) -> Vec<String> {
    missing(text, []).into_iter().map(|finding| finding.name).collect()
}

#[test]
fn standards_are_known_by_their_designation() {
    for (text, name) in [
        ("Handsken ska uppfylla SS-EN 455-1:2020.", "SS-EN 455-1:2020"),
        ("Enligt EN 455 ska den vara tät.", "EN 455"),
        ("Ledningssystem enligt ISO 14001", "ISO 14001"),
        ("Ledningssystem enligt SS-EN ISO 14001:2015/A1:2024 ska finnas.", "SS-EN ISO 14001:2015/A1:2024"),
        ("ISO/IEC 17025 för laboratoriet", "ISO/IEC 17025"),
        ("Provat mot IEC 60601-1-9", "IEC 60601-1-9"),
        ("mätt enligt ASTM D6319-19", "ASTM D6319-19"),
        ("DIN 53160-1", "DIN 53160-1"),
        ("CEN/TS 16137", "CEN/TS 16137"),
        ("SS-EN\u{a0}13432 för kompost", "SS-EN\u{a0}13432"),
        ("(EN 13795)", "EN 13795"),
    ] {
        assert_eq!(missing(text, []), [Finding { name: name.to_owned(), rule: Rule::Standard }], "{text}");
    }
}

#[test]
fn what_is_no_standard_is_left_alone() {
    for text in [
        "en 30 cm lång handske",
        "Förordning (EU) 2017/745 gäller.",
        "EN handske per fack",
        "KB-0042:3 och ISO",
        "högst 0,1 viktprocent",
        "SEN 4500 och XISO 9001",
        "Minst 3 EN 5",
        "",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn equivalents_are_accepted_in_the_same_sentence_or_the_next() {
    for text in [
        "Enligt EN 455 eller likvärdig.",
        "Enligt EN 455 eller likvärdig standard ska den vara tät.",
        "Enligt SS-EN ISO 14001:2015, EMAS eller likvärdigt system.",
        "Enligt EN 455-1, EN 455-2 och EN 455-3, eller likvärdiga.",
        "Intyg enligt ISO 14001. Likvärdiga intyg godtas.",
        "Certified to ISO 14001 or equivalent.",
        "Märkt med Svanen eller LIKVÄRDIG märkning.",
        "Enligt ISO 14001 (t.ex. utgåva 2015) eller likvärdig.",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_is_accepted_elsewhere_is_not_accepted_here() {
    assert_eq!(found("Likvärdiga prov godtas. Handsken ska uppfylla EN 455."), ["EN 455"], "before it");
    assert_eq!(
        found("Handsken ska uppfylla EN 455. Den ska vara blå. Likvärdiga färger godtas."),
        ["EN 455"],
        "two sentences further on"
    );
    assert_eq!(found("Enligt EN 455.\nDen är blå.\nEller likvärdig."), ["EN 455"], "two lines further on");
    assert_eq!(
        found("Enligt EN 455 eller likvärdig. Den ska vara ren. Systemet följer ISO 14001."),
        ["ISO 14001"],
        "each for itself"
    );
}

#[test]
fn labels_that_are_cited_and_labels_that_are_known() {
    let cited = [("Testmärket Grön", Rule::Label), ("Global Recycled Standard", Rule::Standard)];
    let names = |text: &str| missing(text, cited);
    let label = |name: &str| Finding { name: name.to_owned(), rule: Rule::Label };
    assert_eq!(names("Varan bär Testmärket Grön."), [label("Testmärket Grön")]);
    assert_eq!(names("Varan bär Testmärket Grön eller likvärdig märkning."), []);
    assert_eq!(names("Varan bär OEKO-TEX Standard 100."), [label("OEKO-TEX")]);
    assert_eq!(names("Varan är märkt med EU Ecolabel."), [label("EU Ecolabel")]);
    assert_eq!(
        names("Enligt Global Recycled Standard."),
        [Finding { name: "Global Recycled Standard".to_owned(), rule: Rule::Standard }]
    );
    assert_eq!(names("Svanenägg och GOTSka kyrkan"), [], "only whole words");
}

#[test]
fn trade_marks_by_their_sign() {
    let finding = |name: &str| Finding { name: name.to_owned(), rule: Rule::TradeMark };
    assert_eq!(missing("Ytan ska vara Teflon® eller så.", []), [finding("Teflon®")]);
    assert_eq!(missing("Ytan ska vara Teflon® eller likvärdigt.", []), []);
    assert_eq!(missing("®", []), [], "a sign alone");
    assert_eq!(missing("typ ”Gore-Tex™”", []), [finding("Gore-Tex™")]);
}

/// The same thing twice is said once, and a longer name takes the place of one inside it.
#[test]
fn each_thing_once() {
    assert_eq!(found("EN 455 och EN 455, inte EN 374."), ["EN 455", "EN 374"]);
    assert_eq!(found("SS-EN ISO 14001"), ["SS-EN ISO 14001"]);
}

/// Whatever the text, nothing is cut inside a letter and nothing goes wrong.
#[test]
fn odd_texts_are_read_through() {
    for text in
        ["EN 4", "EN", "SS-", "å®", "ISO/", "ISO\u{a0}", "“®”", "EN 455-", "EN 455:å", "\u{202e}EN 455\u{202c}", "ÅEN 455 ÄÖ."]
    {
        for finding in missing(text, [("", Rule::Label), ("å", Rule::Label)]) {
            assert!(text.contains(&finding.name), "{text:?}: {finding:?}");
        }
    }
}

/// A text that somebody has made long on purpose costs what its length costs: each name is decided once, looked at no further
/// than its reach, and few are told.
#[test]
fn long_texts_are_bounded() {
    assert_eq!(found(&"ISO 14001 ".repeat(4000)), ["ISO 14001"], "the same name is one finding");
    let many: Vec<String> = (10_000..14_000).map(|number| format!("ISO {number}")).collect();
    let many = many.join(" ");
    assert_eq!(found(&many).len(), MOST, "few are told of many");
    assert_eq!(found(&many)[0], "ISO 10000", "the first ones");
    let far = |blanks: usize| format!("ISO 14001 {}likvärdig", "x ".repeat(blanks));
    assert_eq!(found(&far(200)), Vec::<String>::new(), "within reach");
    assert_eq!(found(&far(2000)), ["ISO 14001"], "out of reach");
    assert_eq!(found(&"SS EN ".repeat(6000)), Vec::<String>::new(), "bodies without a number");
    assert_eq!(found(&format!("ISO {}", "1".repeat(40_000))), Vec::<String>::new(), "no standard has that number");
    for text in ["®".repeat(13_000), format!("{}®", "å".repeat(20_000)), format!("EN 455{}", "-1a".repeat(13_000))] {
        let names = found(&text);
        assert!(!names.is_empty() && names.len() <= MOST, "{}", names.len());
        assert!(names.iter().all(|name| name.chars().count() <= 100), "a name is short: {:?}", names[0]);
    }
}

/// Letters whose small form is longer or shorter move nothing.
#[test]
fn odd_capitals_move_nothing() {
    assert_eq!(found("İİİİ ẞ EN 455 eller LIKVÄRDIG."), Vec::<String>::new());
    assert_eq!(found("EN 455 İİ. Den. Likvärdiga godtas."), ["EN 455"]);
}
