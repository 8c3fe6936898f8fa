//! A package as its parts, to look at what was written.
#![allow(dead_code, missing_docs, reason = "shared by test programs that each use a part")]

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

use roxmltree::{Document, Node};
use zip::ZipArchive;

pub struct Parts(BTreeMap<String, String>);

impl Parts {
    pub fn of(file: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(file)).expect("an archive");
        let mut parts = BTreeMap::new();
        for place in 0..archive.len() {
            let mut part = archive.by_index(place).expect("a part");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("UTF-8");
            parts.insert(part.name().expect("a name").into_owned(), text);
        }
        Self(parts)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).unwrap_or_else(|| panic!("no {name} among {:?}", self.0.keys()))
    }

    pub fn xml(&self, name: &str) -> Document<'_> {
        Document::parse(self.text(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

/// Every element of this name, whatever its prefix.
pub fn all<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |node| node.tag_name().name() == name)
}

/// An attribute by its name without prefix.
pub fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// The text of every element of a package's properties.
pub fn properties(parts: &Parts) -> BTreeMap<String, String> {
    let xml = parts.xml("docProps/core.xml");
    let elements = xml.root_element().children().filter(Node::is_element);
    elements.map(|node| (node.tag_name().name().to_owned(), node.text().unwrap_or_default().to_owned())).collect()
}

/// What holds for every package: each part has a type, each relation leads to a part, and each part is well formed.
#[expect(clippy::case_sensitive_file_extension_comparisons, reason = "names that the writers chose")]
pub fn assert_package(file: &[u8]) -> Parts {
    let parts = Parts::of(file);
    let types = parts.xml("[Content_Types].xml");
    let listed: Vec<&str> = all(types.root(), "Override").filter_map(|node| attribute(node, "PartName")).collect();
    for part in &listed {
        parts.text(part.trim_start_matches('/'));
    }
    for name in parts.names() {
        let xml = parts.xml(name);
        assert!(
            name == "[Content_Types].xml" || name.ends_with(".rels") || listed.contains(&format!("/{name}").as_str()),
            "{name} has no type"
        );
        if !name.ends_with(".rels") {
            continue;
        }
        let folder = name.trim_start_matches("_rels/").split("/_rels/").next().filter(|_| name.contains("/_rels/")).unwrap_or("");
        let mut ids = Vec::new();
        for relation in all(xml.root(), "Relationship") {
            ids.push(attribute(relation, "Id").expect("an id"));
            if attribute(relation, "TargetMode") != Some("External") {
                let target = attribute(relation, "Target").expect("a target");
                let mut path: Vec<&str> = if target.starts_with('/') { vec![] } else { folder.split('/').collect() };
                for step in target.split('/') {
                    if step == ".." {
                        path.pop();
                    } else {
                        path.push(step);
                    }
                }
                path.retain(|step| !step.is_empty());
                parts.text(&path.join("/"));
            }
        }
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{name} has an id twice");
    }
    parts
}
