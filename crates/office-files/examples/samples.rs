//! Writes a document, a workbook and delimited text with everything that the writers can do, into the folder that is named:
//! to look at, and for `tests/slow/office.sh`, which has LibreOffice open them.
//!
//! ```sh
//! cargo run -p office-files --example samples -- target/samples
//! ```

use std::{error::Error, fs, path::Path};

use office_files::{
    DateTime, Language, Limits, Link, csv,
    docx::{self, Block, Document, Kind, Level, PageNumbers, Paragraph, Span},
    workbook::{self, Answer, AnswerKind, Column, Sheet, Workbook},
};

const FORMULAS: [&str; 6] = ["=1+1", "+46 8 123", "-5 °C", "@handskar", "＝HYPERLINK(\"https://example.org\")", "'citat'"];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let file = document()?.to_bytes()?;
    fs::write(folder.join("krav.docx"), &file)?;
    fs::write(folder.join("krav.txt"), paragraphs(&file)?)?;
    fs::write(folder.join("krav.xlsx"), book()?.to_bytes()?)?;
    for (name, dialect) in [("krav.csv", csv::Dialect::Excel), ("krav-ren.csv", csv::Dialect::Plain)] {
        fs::write(folder.join(name), delimited(dialect)?)?;
    }
    Ok(())
}

/// What the document says, a paragraph a line.
fn paragraphs(file: &[u8]) -> Result<String, office_files::Error> {
    let content = docx::read(file, &Limits::default())?;
    Ok(content.paragraphs().map(|paragraph| paragraph.text.replace(['\n', '\t'], " ") + "\n").collect())
}

fn created() -> Result<DateTime, &'static str> {
    DateTime::new(2027, 3, 12, 8 * 3600 + 30 * 60).ok_or("no day")
}

fn document() -> Result<Document, Box<dyn Error>> {
    let link = Link::new("https://kravbanken.example/krav/KB-0042:3").ok_or("no link")?;
    let mut document = Document::new("Miljökrav på undersökningshandskar", Language::SWEDISH, created()?);
    "Kravbanken".clone_into(&mut document.creator);
    "Handskar 2027".clone_into(&mut document.subject);
    "Kravbanken · Miljökrav på undersökningshandskar".clone_into(&mut document.header);
    "Hämtad ur Kravbanken den 12 mars 2027 · Uttag E-7F3A".clone_into(&mut document.footer);
    document.page_numbers = Some(PageNumbers { page: "Sida".to_owned(), of: "av".to_owned() });
    document.push(Block::paragraph(
        "Kraven nedan är fastställda och återges ordagrant. De gäller för upphandlingen Handskar 2027. Varje krav har ett \
         nummer och en version, så att det går att hitta tillbaka till texten som den var den dag den hämtades.",
    ));
    document.push(Block::note(
        "Använd inte kravet KB-0107 just nu. Det är tillfälligt stoppat sedan den 3 mars 2027 i väntan på ett nytt beslut.",
    ));
    document.push(Block::heading(Level::One, "Sammanställning"));
    document.push(overview());
    document.push(Block::heading(Level::One, "Kraven"));
    document.push(Block::heading(Level::Two, "KB-0042:3 Förteckning över kemiska ämnen"));
    document.push(facts(&link));
    document.push(Block::heading(Level::Three, "Kravtext"));
    document.push(Block::clause(
        "1",
        "Leverantören ska lämna en förteckning över de kemiska ämnen som ingår i handskarna i halter över 0,1 viktprocent. \
         Förteckningen ska ange ämnets namn, CAS-nummer och funktion.",
    ));
    document.push(Block::clause("2", "Förteckningen ska lämnas senast 14 dagar efter begäran. Den ska omfatta:"));
    for item in ["handskens material,", "färg, tryck och ytbehandling, och", "förpackningen närmast handsken."] {
        document.push(Block::bullet(item));
    }
    document.push(Block::clause("", "Uppgifterna får lämnas på svenska eller engelska."));
    document.push(Block::clause("KB-0042:3/a", "Kravet gäller hela avtalstiden, även för artiklar som byts ut."));
    document.push(Block::heading(Level::Three, "Så har texten ändrats"));
    document.push(Block::paragraph([
        "Förteckningen ska lämnas ".into(),
        Span::from("utan dröjsmål").deleted(),
        " ".into(),
        Span::from("senast 14 dagar efter begäran").inserted(),
        ". Se ".into(),
        Span::from("kravets sida").link(link.clone()),
        " för ".into(),
        Span::from("alla").bold(),
        " versioner och ".into(),
        Span::from("motiv").italic(),
        ".".into(),
    ]));
    document.push(Block::heading(Level::Three, "Text på andra språk"));
    document.push(Block::heading(Level::Four, "Engelska"));
    document.push(
        Paragraph::from("The supplier shall provide a list of the chemical substances in the gloves. The Swedish text applies.")
            .language(Language::ENGLISH),
    );
    document.push(Block::heading(Level::Four, "Från höger till vänster"));
    document.push(Block::paragraph("على المورد تقديم قائمة بالمواد الكيميائية (REACH) في القفازات خلال 14 يوماً."));
    document.push(Block::paragraph(["Svar från ".into(), Span::from("חברת כפפות בע\"מ"), ": 12 artiklar, 3 månader.".into()]));
    document.push(Block::PageBreak);
    document.push(Block::heading(Level::Two, "KB-0043:1 Ett krav som är långt"));
    for number in 1..=24 {
        document.push(Block::clause(
            number.to_string(),
            format!("Punkt {number}. Leverantören ska visa hur kravet uppfylls under hela avtalstiden och för alla artiklar. ")
                .repeat(3),
        ));
    }
    let mut long = docx::Table::new([1, 3]);
    long.caption = Some("Tabell över många sidor".into());
    long.header(["Artikel", "Vad som gäller"]);
    for number in 1..=70 {
        let text = format!("Artikel nummer {number} omfattas av kravet från och med det andra avtalsåret.");
        long.row([format!("Art. {number}"), text]);
    }
    long.row(["Art. 71".to_owned(), "En cell som är högre än en sida delas mellan sidorna. ".repeat(160)]);
    document.push(long);
    Ok(document)
}

fn overview() -> docx::Table {
    let mut table = docx::Table::new([3, 7, 3, 2]);
    table.caption = Some("Kraven i urvalet".into());
    "Alla krav med nummer, rubrik, nivå och vikt".clone_into(&mut table.description);
    table.header::<docx::Cell>(["Krav".into(), "Rubrik".into(), "Nivå".into(), Paragraph::from("Vikt").at_end().into()]);
    for (id, title, level, weight) in [
        ("KB-0042:3", "Förteckning över kemiska ämnen", "Bas", "–"),
        ("KB-0043:1", "Ett krav som är långt", "Avancerad", "10"),
        ("KB-0051:2", "Återtagande av transportförpackningar", "Spjutspets", "2,5"),
    ] {
        table.row::<docx::Cell>([id.into(), title.into(), level.into(), Paragraph::from(weight).at_end().into()]);
    }
    table
}

fn facts(link: &Link) -> docx::Table {
    let mut table = docx::Table::new([2, 5]);
    table.caption = Some("Uppgifter om kravet".into());
    table.first_column_heads = true;
    table.row(["Kravtyp", "Teknisk specifikation"]);
    table.row(["Nivå", "Bas"]);
    table.row::<docx::Cell>(["Adress".into(), Span::from(link.address()).link(link.clone()).into()]);
    table.row::<docx::Cell>([
        "Bevis".into(),
        docx::Cell::new([
            Paragraph::from("Något av följande, eller likvärdigt:"),
            Paragraph::from("tillverkarens intyg").kind(Kind::Bullet),
            Paragraph::from("rapport från ett ackrediterat laboratorium").kind(Kind::Bullet),
        ]),
    ]);
    table.row::<docx::Cell>([
        "Undantag".into(),
        Paragraph::from("Sterila handskar, till och med den 31 december 2028.")
            .kind(Kind::Clause { label: "a".to_owned() })
            .into(),
    ]);
    table
}

fn book() -> Result<Workbook, Box<dyn Error>> {
    let link = Link::new("https://kravbanken.example/krav/KB-0042:3").ok_or("no link")?;
    let mut workbook = Workbook::new("Miljökrav på undersökningshandskar", Language::SWEDISH, created()?);
    "Kravbanken".clone_into(&mut workbook.creator);
    let mut sheet = Sheet::new(
        "Krav",
        [
            Column::new("id", "Krav", 13.0),
            Column::new("title", "Rubrik", 30.0),
            Column::new("text", "Kravtext", 62.0),
            Column::new("level", "Nivå", 12.0),
            Column::new("valid_from", "Gäller från", 13.0),
            Column::new("weight", "Vikt", 9.0),
            Column::new("answer", "Ert svar", 24.0),
            Column::new("comment", "Kommentar", 34.0),
        ],
    );
    "Kraven i urvalet, med en cell för svar på varje krav".clone_into(&mut sheet.description);
    "Miljökrav på undersökningshandskar".clone_into(&mut sheet.header);
    "Hämtad ur Kravbanken den 12 mars 2027 · Uttag E-7F3A".clone_into(&mut sheet.footer);
    sheet.frozen_columns = 1;
    let wrong = |answer: Answer| answer.refusal("Svaret passar inte", "Läs i rutan bredvid cellen vad som kan anges.");
    let answers = [
        wrong(Answer::confirm("Ja", "Nej").hint("Bekräfta", "Välj Ja eller Nej.")),
        wrong(Answer::number(Some(0.0), Some(12.5)).hint("Ange ett tal", "Gram per handske, från 0 till 12,5.")),
        wrong(Answer::number(Some(1.0), None).hint("Ange ett tal", "Månader, minst 1.")),
        wrong(Answer::choice(["EPD", "Testrapport", "Intyg"]).hint("Välj", "Välj en av tre.")),
        wrong(Answer::choice((1..=40).map(|n| format!("Alternativ {n}, med ett ganska långt namn")))),
        wrong(Answer::text(500).hint("Svara med text", "Högst 500 tecken.")),
        wrong(
            Answer::new(AnswerKind::Date { first: DateTime::new(2027, 1, 1, 0), last: None })
                .hint("Ange en dag", "Tidigast 2027-01-01."),
        ),
        Answer::file().hint("Namn på bilaga", "Skriv namnet på filen som ni bifogar."),
    ];
    for (answer, number) in answers.into_iter().cycle().take(24).zip(42..) {
        let text = format!(
            "1. Leverantören ska lämna en förteckning över de kemiska ämnen som ingår i handskarna.\n2. Förteckningen ska lämnas \
             senast {number} dagar efter begäran."
        );
        let id = workbook::Cell::Link { text: format!("KB-00{number}:3"), to: link.clone() };
        let day = DateTime::new(2027, 4, 1, 0).ok_or("no day")?;
        sheet.row([
            id,
            "Förteckning över kemiska ämnen".into(),
            text.into(),
            "Bas".into(),
            day.into(),
            2.5.into(),
            answer.into(),
            Answer::text(2000).into(),
        ]);
    }
    for text in FORMULAS {
        let mut row = vec![workbook::Cell::Empty; 8];
        row[1] = text.into();
        row[2] = "على المورد تقديم قائمة بالمواد الكيميائية.".into();
        sheet.row(row);
    }
    workbook.push(sheet);
    let mut about = Sheet::new("Om filen", [Column::new("name", "Uppgift", 24.0), Column::new("value", "Värde", 70.0)]);
    about.row(["Uttag".into(), "E-7F3A".into()]);
    about.row([
        "Licens".into(),
        workbook::Cell::Link {
            text: "CC0 1.0".to_owned(),
            to: Link::new("https://creativecommons.org/publicdomain/zero/1.0/").ok_or("no link")?,
        },
    ]);
    workbook.push(about);
    Ok(workbook)
}

fn delimited(dialect: csv::Dialect) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut writer = csv::Writer::new(Vec::new(), dialect)?;
    writer.row(["ID", "Text", "Vikt", "Från"])?;
    for (text, number) in FORMULAS.into_iter().zip(1_u8..) {
        let id = format!("KB-{number}");
        let day = DateTime::new(2027, 4, number, 0).ok_or("no day")?;
        writer.row::<csv::Field<'_>>([id.into(), text.into(), (f64::from(number) / 2.0).into(), day.into()])?;
    }
    Ok(writer.finish()?.0)
}
