//! What people write is shown as paragraphs, lists, emphasis and links, and nothing else.

use kravbank::kernel::web::markdown::{plain, rendered};
use scraper::Html;

/// What others have sent to places like this one.
const PAYLOADS: [&str; 28] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](https://a.example\" onmouseover=\"alert(1))",
    "[x](<https://a.example/\" onmouseover=\"alert(1)>)",
    "![x](https://a.example/x.png)",
    "![x\" onerror=\"alert(1)](x)",
    "[![x](https://a.example/x.png)](https://a.example)",
    "<javascript:alert(1)>",
    "<https://a.example/<script>>",
    "[x]: javascript:alert(1)\n\n[x]",
    "<!-- --><script>alert(1)</script>",
    "<details open ontoggle=alert(1)>",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "# <script>alert(1)</script>",
    "> <iframe src=//a.example>",
    "* <math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<style>@import 'https://a.example'</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "*<b onclick=alert(1)>*",
];

#[test]
fn what_is_not_known_comes_out_as_words() {
    for text in PAYLOADS {
        let html = rendered(text).to_string();
        let page = Html::parse_fragment(&html);
        for element in page.root_element().descendants().filter_map(|node| node.value().as_element()) {
            let name = element.name();
            assert!(["html", "p", "br", "ul", "ol", "li", "em", "strong", "a"].contains(&name), "{text}: {html}");
            for (attribute, value) in element.attrs() {
                let fine = match (name, attribute) {
                    ("a", "href") => {
                        ["https://", "http://", "mailto:"].iter().any(|scheme| value.to_lowercase().starts_with(scheme))
                    }
                    ("a", "rel") => value == "nofollow noopener ugc",
                    _ => false,
                };
                assert!(fine, "{text}: {html}");
            }
        }
        // Nor are there marks that a title or a letter could trip over.
        assert!(!plain(text).contains('\n'), "{text}");
    }
}

#[test]
fn what_is_known_is_shown() {
    let html = |text: &str| rendered(text).to_string();
    assert_eq!(
        html("Ett *ord* och **två**.\nNy rad.\n\nNytt stycke."),
        "<p>Ett <em>ord</em> och <strong>två</strong>.<br>\nNy rad.</p>\n<p>Nytt stycke.</p>\n"
    );
    assert_eq!(html("* ett\n* två"), "<ul>\n<li>ett</li>\n<li>två</li>\n</ul>\n");
    assert_eq!(html("1. ett\n2. två"), "<ol>\n<li>ett</li>\n<li>två</li>\n</ol>\n");
    let link = "<p><a href=\"https://a.example/?x=1&amp;y=2\" rel=\"nofollow noopener ugc\">här</a></p>\n";
    assert_eq!(html("[här](https://a.example/?x=1&y=2)"), link);
    assert!(html("[skriv](mailto:bo@example.se)").contains("href=\"mailto:bo@example.se\""));
    assert_eq!(html("[inte](ftp://a.example)"), "<p>inte</p>\n");
    assert_eq!(plain("# Rubrik\n\n* ett *ord*\n* [två](https://a.example)"), "Rubrik ett ord två");
    // However deep lists stand in each other, what comes out is whole.
    let deep: String = (0..500).fold(String::new(), |text, depth| text + &" ".repeat(depth * 2) + "* x\n");
    let html = html(&deep);
    assert_eq!(html.matches("<ul>").count(), html.matches("</ul>").count());
    assert!(html.matches("<ul>").count() <= 4, "no deeper than can be read");
}
