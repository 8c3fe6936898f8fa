//! The list of requirements: order, pages, filters, and what was typed.

use std::collections::BTreeSet;

use kravbank::imports::Target;
use scraper::Selector;

use super::{EVERY_STATUS, between, escaped, hits, number, pairs, total, walk};
use crate::support::{Answer, TestApp, complete, lines};

const SORTS: [&str; 3] = ["senast", "titel", "nummer"];

/// Walks there and back: everything comes once, the place line is right, and the last page holds what is left over.
async fn there_and_back(app: &TestApp, query: &str) -> Vec<Answer> {
    let pages = walk(app, &format!("/krav?{query}"), "next").await;
    let count = total(&pages[0]);
    let all: Vec<String> = pages.iter().flat_map(hits).collect();
    assert_eq!(all.len(), count, "{query}");
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), count, "{query}: something came twice");
    let last = app.get(&format!("/krav?{query}&fore=slut")).await.expect(200);
    assert_eq!(hits(&last), hits(&pages[pages.len() - 1]), "{query}: the last page");
    let mut back = walk(app, &last.path, "prev").await;
    back.reverse();
    assert_eq!(back.len(), pages.len(), "{query}");
    for (place, (page, back)) in pages.iter().zip(&back).enumerate() {
        assert_eq!(hits(page), hits(back), "{query}: page {place}");
        let (first, last) = (place * 20 + 1, (place * 20 + 20).min(count));
        assert_eq!(hits(page).len(), last + 1 - first, "{query}: page {place}");
        let spaced = |n: usize| if n < 1_000 { n.to_string() } else { format!("{} {:03}", n / 1_000, n % 1_000) };
        let line = format!("Krav {}–{} av {}", spaced(first), spaced(last), spaced(count));
        let expected = (count > 20).then_some(line);
        for text in [page.text(), back.text()] {
            let line = between(&text, "<p class=\"pagination__where\">", "</p>").map(|line| line.replace('\u{a0}', " "));
            assert_eq!(line, expected, "{query}");
            assert!(text.contains(&format!("<ol class=\"hits\" start=\"{first}\">")), "{query}");
        }
        assert_eq!(total(page), count, "{query}");
    }
    pages
}

/// The titles of a page that nothing is marked in.
fn titles(page: &Answer) -> Vec<String> {
    let text = page.text();
    let hits = text.split("<h3 class=\"hit__title\">").skip(1);
    hits.filter_map(|rest| between(rest, "\">", "</a>")).map(str::to_owned).collect()
}

/// The days on a page of the list.
fn days(page: &Answer) -> Vec<String> {
    page.text().split("<time datetime=\"").skip(1).filter_map(|rest| rest.get(..10)).map(str::to_owned).collect()
}

/// What a title is sorted by: å, ä and ö after z.
fn swedish(title: &str) -> Vec<u32> {
    let place = |c: char| match c {
        'å' => 0x1_0000,
        'ä' => 0x1_0001,
        'ö' => 0x1_0002,
        other => u32::from(other),
    };
    title.to_lowercase().chars().map(place).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn walking_there_and_back_meets_everything_once() {
    let app = TestApp::build().example().spawn().await;
    for query in ["", "q=ska", EVERY_STATUS, "omrade=medicinteknik&niva=bas&niva=avancerad"] {
        for sort in SORTS {
            there_and_back(&app, &format!("{query}&sort={sort}")).await;
        }
    }
    there_and_back(&app, "q=ska&sort=relevans").await;
    there_and_back(&app, "q=handskar+or+textil").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_bank_is_walked_in_every_order() {
    const COUNT: usize = 1_511;
    let words = ["Zink", "Ånga", "Alm", "Öppenhet", "Älg", "Bly", "Örter", "Åker", "Vatten", "Ädelgas", "Yta"];
    let file: Vec<_> = (0..COUNT)
        .map(|n| {
            let month = n % 9 + 1;
            complete(&format!("{} {n:04}", words[n % words.len()])).set("effective_from", format!("2025-{month:02}-01"))
        })
        .collect();
    let app = TestApp::spawn().await;
    app.import(&lines(&file), Target::Current).await;
    for sort in SORTS {
        let pages = there_and_back(&app, &format!("sort={sort}")).await;
        assert_eq!(pages.len(), COUNT.div_ceil(20));
        assert_eq!(hits(&pages[pages.len() - 1]).len(), COUNT % 20);
        if sort == "titel" {
            let titles: Vec<String> = pages.iter().flat_map(titles).collect();
            assert!(titles.is_sorted_by_key(|title| swedish(title)));
            assert!(titles[0].starts_with("Alm") && titles[COUNT - 1].starts_with("Örter"));
        }
        if sort == "senast" {
            let days: Vec<String> = pages.iter().flat_map(days).collect();
            assert!(days.len() == COUNT && days.is_sorted_by(|a, b| a >= b));
        }
        if sort == "nummer" {
            let ids: Vec<usize> = pages.iter().flat_map(hits).map(|hit| number(&hit)).collect();
            assert!(ids.is_sorted() && ids.len() == COUNT);
        }
    }
    // A place whose neighbour is gone begins at the start.
    let lost = app.get("/krav?efter=01890000-0000-7000-8000-000000000000").await.expect(200);
    assert_eq!(lost.texts(".pagination__where"), ["Krav 1–20 av 1 511"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_is_what_one_gets() {
    let app = TestApp::build().example().spawn().await;
    let mut zeros = 0;
    for query in ["", "niva=bas&typ=specifikation", "q=handskar&status=gallande&status=ersatt", "omrade=textil&bevis=certifikat"]
    {
        let page = app.get(&format!("/krav?{query}")).await.expect(200);
        for (name, value, count) in choices(&page) {
            let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with(&format!("{name}=")));
            let chosen: Vec<String> = kept.map(str::to_owned).chain([format!("{name}={}", escaped(&value))]).collect();
            let found = app.get(&format!("/krav?{}", chosen.join("&"))).await.expect(200);
            assert_eq!(total(&found), count, "{query}: {name}={value}");
            zeros += usize::from(count == 0);
        }
    }
    assert!(zeros > 0, "choices that give nothing are shown too");
    let page = app.get("/krav").await.expect(200);
    assert!(page.texts(".choice--zero .choice__count").iter().all(|count| count.starts_with("(0")));
    assert!(!page.texts(".choice--zero").is_empty());
}

/// The choices of every filter: name, value, count.
fn choices(page: &Answer) -> Vec<(String, String, usize)> {
    let find = |selector| Selector::parse(selector).expect("a selector");
    let (label, input, count) = (find("label.choice"), find("input"), find(".choice__count"));
    let html = page.html();
    let choices: Vec<_> = html
        .select(&label)
        .map(|label| {
            let input = label.select(&input).next().expect("a box");
            let count: String = label.select(&count).next().expect("a count").text().collect();
            let value = |name| input.attr(name).unwrap_or_default().to_owned();
            (value("name"), value("value"), number(&count))
        })
        .collect();
    assert!(choices.len() > 40, "{}: {}", page.path, choices.len());
    choices
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chip_drops_exactly_one() {
    let app = TestApp::build().example().spawn().await;
    let path = "/krav?q=handskar&cpv=33&oversyn=forsenad&sort=titel&omrade=medicinteknik&omrade=medicinteknik%2Fhandskar&niva=bas\
                &niva=avancerad&typ=specifikation&miljomal=giftfri-miljo&bevis=certifikat&bevis=epd&status=gallande&status=ersatt";
    let page = app.get(path).await.expect(200);
    let whole = pairs(path);
    let chips = page.attributes(".chips a.chip", "href");
    // All but what was typed and the order.
    assert_eq!(chips.len(), whole.len() - 2, "{:?}", page.texts(".chips a.chip"));
    let mut dropped = BTreeSet::new();
    for chip in &chips {
        let left = pairs(chip);
        let gone: Vec<_> = whole.iter().filter(|pair| !left.contains(pair)).cloned().collect();
        assert_eq!((left.len(), gone.len()), (whole.len() - 1, 1), "{chip}");
        dropped.extend(gone);
        app.get(chip).await.expect(200);
    }
    assert_eq!(dropped.len(), chips.len(), "each drops another");
    let clear = page.attributes(".filters__actions a", "href");
    assert_eq!(clear, ["/krav?q=handskar"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_matches_the_page_names_what_to_drop() {
    let app = TestApp::build().example().spawn().await;
    let mut met = 0;
    for query in [
        "q=handskar&omrade=energi",
        "omrade=evenemang&niva=spjutspets&typ=kvalificering",
        "omrade=textil&status=upphavt",
        "bevis=epd&omrade=lakemedel&niva=bas",
        "q=finnsintealls&niva=bas",
    ] {
        let page = app.get(&format!("/krav?{query}")).await.expect(200);
        if total(&page) > 0 {
            continue;
        }
        met += 1;
        assert_eq!(page.texts(".pagination").len() + page.texts(".hit").len(), 0, "{query}");
        let (labels, links) = (page.texts(".empty-state ul a"), page.attributes(".empty-state ul a", "href"));
        for (label, link) in labels.iter().zip(&links) {
            let promised = number(label.rsplit_once(": ").expect("a count").1);
            assert!(promised > 0, "{query}: {label}");
            assert_eq!(total(&app.get(link).await.expect(200)), promised, "{query}: {label}");
            let Some(filter) = label.strip_prefix("Ta bort filtret ").and_then(|rest| rest.split(": ").next()) else { continue };
            let name = match filter {
                "Produktområde" => "omrade",
                "Nivå" => "niva",
                "Kravtyp" => "typ",
                "Bevis" => "bevis",
                "Status" => "status",
                "CPV" => "cpv",
                other => panic!("{other}"),
            };
            let every = if name == "status" { pairs(&format!("/krav?{EVERY_STATUS}")) } else { Vec::new() };
            let mut kept: Vec<_> = pairs(&page.path).into_iter().filter(|(n, _)| n != name).chain(every).collect();
            kept.sort();
            assert_eq!(pairs(link), kept, "{query}: {label}");
        }
        assert_eq!(labels.is_empty(), query.contains("finnsintealls"), "{query}: {labels:?}");
    }
    assert!(met >= 4, "{met}");
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_and_codes_are_understood() {
    let app = TestApp::build().example().spawn().await;
    for typed in ["kb42", "KB-0042", "kb 42", "KB42", "KB-0042:2", "  kb-42 "] {
        let page = app.get(&format!("/krav?q={}", escaped(typed))).await.expect(200);
        assert_eq!(hits(&page), ["KB-0042"], "{typed}");
    }
    assert_eq!(total(&app.get("/krav?q=kb9999").await.expect(200)), 0);
    // A decision or a proposal is no requirement: its number leads to it.
    for (typed, path) in [
        ("B-2026-0001", "/beslut/B-2026-0001"),
        (" b-2026-1 ", "/beslut/B-2026-0001"),
        ("B\u{2011}2026\u{2011}0001", "/beslut/B-2026-0001"),
        ("F-2026-0003", "/forslag/F-2026-0003"),
        ("f2026-3", "/forslag/F-2026-0003"),
    ] {
        for prefix in ["", "/en"] {
            let answer = app.get(&format!("{prefix}/krav?q={}", escaped(typed))).await.expect(303);
            assert_eq!(answer.header("location"), format!("{prefix}{path}"), "{typed}");
            app.get(&format!("{prefix}{path}")).await.expect(200);
        }
    }
    // What is not there, or not for everybody, is searched for as words are.
    app.db
        .execute(
            "update membership set approved = false where id = (select sent_by from proposal where year = 2026 and number = 3)",
        )
        .await;
    for typed in ["B-2026-9999", "B-2025-0001", "B-0001", "B12", "F-2026-9999", "F-2026-0003", "F-16"] {
        app.get(&format!("/krav?q={typed}")).await.expect(200);
    }
    let of = async |query: &str| {
        let pages = walk(&app, &format!("/krav?{query}&sort=nummer"), "next").await;
        pages.iter().flat_map(hits).collect::<Vec<_>>()
    };
    for (typed, prefix) in [("33.14", "3314"), ("cpv 33", "33"), ("CPV: 33.14", "3314"), ("18424300-0", "18424300")] {
        let expected = of(&format!("cpv={prefix}")).await;
        assert!(!expected.is_empty(), "{prefix}");
        assert_eq!(of(&format!("q={}", escaped(typed))).await, expected, "{typed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_queries_are_no_faults() {
    let app = TestApp::build().example().spawn().await;
    let long = "å".repeat(400);
    let odd = [
        "'",
        "\"",
        "\" or",
        "-",
        "--",
        "!!!",
        "' or 1=1 --",
        "a:*",
        "<->",
        "&|!()",
        "\\",
        "%",
        "_",
        "\u{1}x\u{2}",
        "🧤",
        "ö",
        "OR",
        "-handskar",
        "\"handskar utan",
        "<script>alert(1)</script>",
        "{{x}}",
        "kb",
        "KB-",
        "kb99999999999999999999",
        "cpv",
        "33-",
        &long,
    ];
    for typed in odd {
        let page = app.get(&format!("/krav?q={}", escaped(typed))).await.expect(200);
        assert!(!page.text().contains("<script>alert"), "{typed}");
        app.get(&format!("/en/krav?q={}", escaped(typed))).await.expect(200);
    }
    let plain = app.get("/krav").await.expect(200);
    for query in ["efter=x", "fore=x", "niva=x", "typ=", "status=x", "sort=x", "oversyn=x", "cpv=x", "okand=1", "q="] {
        let page = app.get(&format!("/krav?{query}")).await.expect(200);
        assert_eq!(total(&page), total(&plain), "{query}");
    }
    // No text can hold this one.
    for query in ["q=%00", "omrade=%00", "miljomal=%00", "efter=%00"] {
        app.get(&format!("/krav?{query}")).await.expect(400);
    }
    for query in ["omrade=x", "omrade=a%2Fb%2Fc", "miljomal=x"] {
        assert_eq!(total(&app.get(&format!("/krav?{query}")).await.expect(200)), 0, "{query}");
    }
}
