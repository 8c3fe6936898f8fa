//! What is asked for: pages and calls of the API on a bank of one size.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context;
use sqlx::{ConnectOptions, Connection, PgConnection, Row as _, postgres::PgConnectOptions};
use uuid::Uuid;

use super::client::{self, Asked};
use crate::generate::Words;

/// Different pages of requirements that are asked for.
const ITEMS: i64 = 1_000;
/// What is in force and can be found by everybody.
const CURRENT: &str = "kind = 'requirement' and audience = 0 and valid @> now() and not 'state:open' = any (facets)";

/// A page or call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// What it is called in the results.
    pub name: &'static str,
    /// Paths, taken in turn.
    pub paths: Arc<[String]>,
    /// Whether compressed answers are asked for.
    pub compressed: bool,
    /// What stands in the header `Cookie`, if anything.
    pub cookie: Option<Arc<str>>,
    /// Whether it is one of the classes of search.
    pub search: bool,
}

impl Load {
    fn new(name: &'static str, paths: Arc<[String]>) -> Self {
        Self { name, paths, compressed: false, cookie: None, search: false }
    }

    /// One path.
    pub fn of(name: &'static str, path: &str) -> Self {
        Self::new(name, Arc::new([path.to_owned()]))
    }

    /// What is asked for at an address.
    pub fn asked(&self, address: SocketAddr) -> Asked {
        Asked { address, paths: self.paths.clone(), compressed: self.compressed, cookie: self.cookie.clone(), apart: false }
    }
}

/// A load that is timed by itself, one request after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Timed {
    /// The load.
    pub load: Load,
    /// Milliseconds that half of the answers may take: gate and goal.
    pub limit: Option<(f64, f64)>,
    /// So many ask for it at once while pages of requirements are timed beside it.
    pub crowd: Option<usize>,
}

impl Timed {
    fn of(name: &'static str, path: &str) -> Self {
        Load::of(name, path).into()
    }

    /// With what a browser would send along.
    #[must_use]
    pub fn cookie(mut self, cookie: &str) -> Self {
        self.load.cookie = Some(cookie.into());
        self
    }

    /// With limits.
    #[must_use]
    pub fn limit(self, gate: f64, goal: f64) -> Self {
        Self { limit: Some((gate, goal)), ..self }
    }

    /// So many at once beside pages of requirements.
    #[must_use]
    pub fn crowd(self, many: usize) -> Self {
        Self { crowd: Some(many), ..self }
    }
}

impl From<Load> for Timed {
    fn from(load: Load) -> Self {
        Self { load, limit: None, crowd: None }
    }
}

fn search(name: &'static str, words: &[String]) -> Load {
    let path = |words: &String| format!("/krav?q={}", words.replace(' ', "+"));
    Load { search: true, ..Load::new(name, words.iter().map(path).collect()) }
}

/// Names of loads that comparisons are made of.
pub const ITEM: &str = "requirement, uncompressed";
/// The same, compressed.
pub const ITEM_BR: &str = "requirement, br";
/// The list as it begins.
pub const FIRST: &str = "list, first page";
/// The list as it ends.
pub const LAST: &str = "list, last page";

/// What there is to be asked for in a bank.
#[derive(Debug)]
pub struct Sample {
    /// Numbers of requirements in force, spread evenly.
    pub numbers: Vec<i64>,
    /// Some of which several versions were decided.
    changed: Vec<i64>,
    middle: Uuid,
    deep: (i64, Uuid),
    area: String,
    group: (String, String),
}

impl Sample {
    /// Takes a sample of the bank.
    ///
    /// # Errors
    /// When the database is away or empty.
    pub async fn take(options: &PgConnectOptions) -> anyhow::Result<Self> {
        let mut connection = options.connect().await?;
        let numbers: Vec<i64> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "select number from (select number, row_number() over (order by number) as place, count(*) over () as n
                                 from search_document where {CURRENT}) x
             where place % greatest(n / $1, 1) = 0 order by number limit $1"
        )))
        .bind(ITEMS)
        .fetch_all(&mut connection)
        .await?;
        let changed = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "select number from search_document d where {CURRENT} and exists (
                 select from requirement_version v where v.requirement_id = d.subject_id and v.id <> d.id and v.state = 'decided')
             order by id limit 100"
        )))
        .fetch_all(&mut connection)
        .await?;
        let latest = "lower(valid) desc, number, id";
        let (_, middle) = nth(&mut connection, latest, 2).await?;
        let deep = nth(&mut connection, "number desc, id desc", 1_000).await?;
        let place = sqlx::query(
            "select a.slug as area, g.slug as product_group from requirement r join product_group g on g.id = r.product_group_id
             join product_area a on a.id = g.area_id group by a.slug, g.slug order by count(*) desc, 1, 2 limit 1",
        )
        .fetch_one(&mut connection)
        .await?;
        let area: String = place.get("area");
        connection.close().await?;
        Ok(Self { numbers, changed, middle, deep, group: (area.clone(), place.get("product_group")), area })
    }

    /// Everything that is measured on this bank by itself.
    ///
    /// # Errors
    /// When the API's list does not page.
    pub fn loads(&self, address: SocketAddr, words: &Words) -> anyhow::Result<Vec<Load>> {
        let item = |number: &i64| format!("/krav/KB-{number:04}");
        let items: Arc<[String]> = self.numbers.iter().map(item).collect();
        let calls = self.numbers.iter().map(|number| format!("/api/v1/requirements/KB-{number:04}")).collect();
        let group = format!("/omraden/{}/{}", self.group.0, self.group.1);
        let mut loads = vec![
            Load::new(ITEM, items.clone()),
            Load { compressed: true, ..Load::new(ITEM_BR, items) },
            Load::of(FIRST, "/krav"),
            Load::of(LAST, "/krav?fore=slut"),
            Load::of("list, deep page by key", &format!("/krav?efter={}", self.middle)),
            Load::of("list, by title", "/krav?sort=titel"),
            Load::of("list, one area", &format!("/krav?omrade={}", self.area)),
            Load::of("start page", "/"),
            Load::of("areas", "/omraden"),
            Load::of("area, the largest", &format!("/omraden/{}", self.area)),
            Load::of("group, the largest", &group),
            Load::new("API, requirement", calls),
            Load::of("API, list, first page", "/api/v1/requirements"),
            Load::of("API, list, deep page by cursor", &self.cursor(address)?),
            Load::of("API, list, a common word", &format!("/api/v1/requirements?q={}", common(words)[0])),
        ];
        loads.extend(searches(words, &self.numbers));
        Ok(loads)
    }

    /// Every other page and call, each timed by itself, but for exports of a selection.
    pub fn timed(&self, words: &Words) -> Vec<Timed> {
        let each = |name, path: &dyn Fn(&i64) -> String| Timed::from(Load::new(name, self.changed.iter().map(path).collect()));
        let page = |tail: &'static str| move |number: &i64| format!("/krav/KB-{number:04}{tail}");
        let pairs = self.numbers.chunks_exact(4).take(100);
        let beside = pairs.map(|four| {
            let names: Vec<String> = four.iter().map(|number| format!("krav=KB-{number:04}")).collect();
            format!("/jamfor?{}", names.join("&"))
        });
        let (area, group) = (&self.area, &self.group.1);
        let common = &common(words)[0];
        vec![
            each("requirement, as text", &page("?format=txt")),
            each("requirement, an earlier version", &page("/v/1")),
            each("requirement, history", &page("/historik")),
            each("requirement, comparison of versions", &page("/jamfor")),
            Timed::from(Load::new("four requirements side by side", beside.collect())),
            each("form to report a fault", &page("/rapportera-fel")),
            Timed::of("area by level, the largest", &format!("/omraden/{area}/nivaer")),
            Timed::of("area by level, its last page", &format!("/omraden/{area}/nivaer?fore=slut")),
            Timed::of("group by level, one type", &format!("/omraden/{area}/{group}/nivaer?typ=specifikation")),
            Timed::of("search, a common word in one area", &format!("/krav?q={common}&omrade={area}")),
            Timed::of(
                "search, a common word, filters that leave little",
                &format!("/krav?q={common}&omrade={area}&niva=bas&cpv=33"),
            ),
            Timed::of("search, a common word by title", &format!("/krav?q={common}&sort=titel")),
            Timed::of("search, a phrase of common words", "/krav?q=%22ska+vara%22"),
            Timed::of("search, all but a word", "/krav?q=-handskar"),
            each("API, versions of a requirement", &|number| format!("/api/v1/requirements/KB-{number:04}/versions")),
            each("API, one version", &|number| format!("/api/v1/requirements/KB-{number:04}/versions/1")),
            Timed::of("API, list, 100 on a page", "/api/v1/requirements?limit=100"),
            Timed::of("API, list, changed lately", "/api/v1/requirements?updated_since=2026-10-15"),
            Timed::of("API, list, changed since long ago", "/api/v1/requirements?updated_since=2000-01-01"),
            Timed::of("API, product areas", "/api/v1/product-areas"),
            Timed::of("API, CPV", "/api/v1/cpv"),
            Timed::of("sitemap", "/sitemap.xml"),
            Timed::of("sitemap, 5,000 requirements", "/sitemap.xml?part=0").crowd(20),
        ]
    }

    /// The address of a page of the API's list near its end. The cursor is one that the API gave, moved on: to walk there
    /// would take thousands of calls.
    fn cursor(&self, address: SocketAddr) -> anyhow::Result<String> {
        let (body, _) = client::fetch(address, "/api/v1/requirements?page=1", false)?;
        let list: serde_json::Value = serde_json::from_slice(&body)?;
        let next = list["next"].as_str().context("the API's list has a next page")?;
        let (head, cursor) = next.split_once("cursor=").context("the next page has a cursor")?;
        let mut cursor: serde_json::Value = serde_json::from_slice(&hex::decode(cursor)?)?;
        let key = cursor.pointer_mut("/after/key").context("the cursor holds a key")?;
        key["number"] = self.deep.0.into();
        key["id"] = self.deep.1.to_string().into();
        let path = head.find("/api/").and_then(|at| head.get(at..)).context("the address has a path")?;
        Ok(format!("{path}cursor={}", hex::encode(serde_json::to_vec(&cursor)?)))
    }
}

/// Number and id at this part of an order: 2 is the middle, 1,000 is near the beginning.
async fn nth(connection: &mut PgConnection, order: &str, part: i64) -> anyhow::Result<(i64, Uuid)> {
    let found = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select number, id from (select number, id, row_number() over (order by {order}) as place, count(*) over () as n
                                 from search_document where {CURRENT}) x
         where place = 1 + n / $1"
    )))
    .bind(part)
    .fetch_optional(connection)
    .await?;
    found.context("the bank is empty")
}

fn searches(words: &Words, numbers: &[i64]) -> Vec<Load> {
    let ranks = |from: usize, count: usize| (from..from + count).map(|rank| words.swedish(rank).to_owned()).collect::<Vec<_>>();
    let rare = ranks(words.count() / 2, 20);
    let middling = ranks(250, 40);
    let two: Vec<String> = middling.chunks(2).map(|pair| pair.join(" ")).collect();
    let typos: Vec<String> = middling.iter().map(|word| misspelt(word)).collect();
    let ids: Vec<String> = numbers.iter().take(50).map(|number| format!("KB-{number:04}")).collect();
    vec![
        search("search, a rare word", &rare),
        search("search, two words", &two),
        search("search, a common word", &common(words)),
        search("search, no hit", &["xylofonkvast".to_owned(), "qwertyuiop".to_owned()]),
        search("search, a typing error", &typos),
        search("search, a number", &ids),
    ]
}

/// The commonest words that are looked for; words such as *eller* are none in Swedish search.
fn common(words: &Words) -> Vec<String> {
    const PASSED_OVER: &[&str] = &["eller", "under", "efter", "enligt", "minst", "högst", "inte", "andra", "vilka", "denna"];
    let encode = |word: &str| word.replace('å', "%C3%A5").replace('ä', "%C3%A4").replace('ö', "%C3%B6");
    (0..40).map(|rank| words.swedish(rank)).filter(|word| !PASSED_OVER.contains(word)).take(5).map(encode).collect()
}

/// The word with two letters in its middle exchanged.
fn misspelt(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    letters.swap(middle - 1, middle);
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_letters_change_places() {
        assert_eq!(misspelt("handske"), "hadnske");
    }

    #[test]
    fn every_class_of_search_has_words() {
        let words = Words::new(1).expect("files");
        let classes = searches(&words, &[42, 50_000]);
        assert_eq!(classes.len(), 6);
        for class in &classes {
            assert!(class.search && !class.paths.is_empty() && class.paths.iter().all(|path| path.len() > "/krav?q=".len()));
        }
        let asked = classes[0].asked(([127, 0, 0, 1], 80).into());
        assert_eq!((asked.paths, asked.cookie), (classes[0].paths.clone(), None));
        assert_eq!(&*classes[5].paths, ["/krav?q=KB-0042", "/krav?q=KB-50000"]);
    }
}
