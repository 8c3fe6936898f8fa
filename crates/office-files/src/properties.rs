//! What a file says of itself, the same for documents and workbooks.

use crate::{DateTime, Language, WriteError, clean, markup::Xml};

/// What stands in `docProps/core.xml`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Properties<'a> {
    pub(crate) title: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) creator: &'a str,
    pub(crate) keywords: &'a str,
    pub(crate) language: &'a Language,
    pub(crate) created: DateTime,
}

impl Properties<'_> {
    pub(crate) fn core(&self) -> Result<String, WriteError> {
        let created = self.created.instant().ok_or(WriteError::Date)?;
        let mut xml = Xml::part();
        xml.start(
            "cp:coreProperties",
            &[
                ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
                ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
                ("xmlns:dcterms", "http://purl.org/dc/terms/"),
                ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ],
        );
        for (name, text) in [
            ("dc:title", self.title),
            ("dc:subject", self.subject),
            ("dc:creator", self.creator),
            ("cp:keywords", self.keywords),
            ("cp:lastModifiedBy", self.creator),
            ("dc:language", self.language.tag()),
        ] {
            if !text.is_empty() {
                xml.element(name, &[], &one_line(text));
            }
        }
        for name in ["dcterms:created", "dcterms:modified"] {
            xml.element(name, &[("xsi:type", "dcterms:W3CDTF")], &created);
        }
        Ok(xml.finish())
    }
}

/// Text that stands in one line: what divides lines and columns becomes a blank.
pub(crate) fn one_line(text: &str) -> String {
    clean(text).split(['\n', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
