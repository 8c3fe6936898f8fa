//! What is asked for: pages and calls of the API on a bank of one size.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context;
use sqlx::{ConnectOptions, Connection, PgConnection, Row as _, postgres::PgConnectOptions};
use uuid::Uuid;

use super::client;
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
    /// Whether it is one of the classes of search.
    pub search: bool,
}

fn load(name: &'static str, path: &str) -> Load {
    Load { name, paths: Arc::new([path.to_owned()]), compressed: false, search: false }
}

fn search(name: &'static str, words: &[String]) -> Load {
    let path = |words: &String| format!("/krav?q={}", words.replace(' ', "+"));
    Load { name, paths: words.iter().map(path).collect(), compressed: false, search: true }
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
        Ok(Self { numbers, middle, deep, group: (area.clone(), place.get("product_group")), area })
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
        let plain = |name, paths| Load { name, paths, compressed: false, search: false };
        let mut loads = vec![
            plain(ITEM, items.clone()),
            Load { compressed: true, ..plain(ITEM_BR, items) },
            load(FIRST, "/krav"),
            load(LAST, "/krav?fore=slut"),
            load("list, deep page by key", &format!("/krav?efter={}", self.middle)),
            load("list, by title", "/krav?sort=titel"),
            load("list, one area", &format!("/krav?omrade={}", self.area)),
            load("start page", "/"),
            load("areas", "/omraden"),
            load("area, the largest", &format!("/omraden/{}", self.area)),
            load("group, the largest", &group),
            plain("API, requirement", calls),
            load("API, list, first page", "/api/v1/requirements"),
            load("API, list, deep page by cursor", &self.cursor(address)?),
            load("API, list, a common word", &format!("/api/v1/requirements?q={}", common(words)[0])),
        ];
        loads.extend(searches(words, &self.numbers));
        Ok(loads)
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
        assert_eq!(&*classes[5].paths, ["/krav?q=KB-0042", "/krav?q=KB-50000"]);
    }
}
