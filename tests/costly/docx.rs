//! Word documents.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::{Case, Maker};

pub(crate) const CASES: &[Maker] = &[
    ("docx_note_refers_to_itself", || {
        let note = note(1, "<w:footnoteReference w:id=\"1\"/>");
        with_notes(&note)
    }),
    ("docx_note_names_the_next_twice", || {
        let notes: String = (1..60)
            .map(|id| {
                let next = format!("<w:footnoteReference w:id=\"{}\"/>", id + 1);
                note(id, &next.repeat(2))
            })
            .collect();
        with_notes(&notes)
    }),
    ("docx_chain_of_notes", || {
        let notes: String = (1..20_000)
            .map(|id| note(id, &format!("<w:footnoteReference w:id=\"{}\"/>", id + 1)))
            .collect();
        with_notes(&notes)
    }),
    ("docx_long_note_read_often", || {
        let body = p("<w:r><w:footnoteReference w:id=\"1\"/></w:r>").repeat(40_000);
        let notes = note(1, &"<w:r><w:t>a</w:t></w:r>".repeat(50_000));
        Docx::new(&body)
            .with_part(
                "footnotes",
                &format!("<w:footnotes {NS}>{notes}</w:footnotes>"),
            )
            .case()
    }),
    ("docx_long_comment_read_often", || {
        let body = p("<w:r><w:commentReference w:id=\"1\"/></w:r>").repeat(40_000);
        let text = format!("<w:p>{}</w:p>", "<w:r/>".repeat(100_000));
        let comments =
            format!("<w:comments {NS}><w:comment w:id=\"1\">{text}</w:comment></w:comments>");
        Docx::new(&body).with_part("comments", &comments).case()
    }),
    ("docx_table_of_one_wide_row", || {
        let wide = format!("<w:tr>{}</w:tr>", "<w:tc/>".repeat(20_000));
        let tall = "<w:tr><w:tc/></w:tr>".repeat(20_000);
        Docx::new(&format!("<w:tbl>{wide}{tall}</w:tbl>")).case()
    }),
    ("docx_many_tables", || {
        let table = format!("<w:tbl>{}</w:tbl>", "<w:tr><w:tc/></w:tr>".repeat(5));
        Docx::new(&table.repeat(40_000)).case()
    }),
    ("docx_tables_in_tables", || {
        let start = "<w:tbl><w:tr><w:tc>".repeat(60);
        let end = "</w:tc></w:tr></w:tbl>".repeat(60);
        let text = p("<w:r><w:t>a</w:t></w:r>").repeat(40_000);
        Docx::new(&format!("{start}{text}{end}")).case()
    }),
    ("docx_one_header_used_often", || {
        let header = format!(
            "<w:hdr {NS}>{}</w:hdr>",
            p(&format!("<w:r><w:t>{}</w:t></w:r>", "a".repeat(10_000_000)))
        );
        Docx::new(&p(""))
            .with_relations("header", "header.xml", 20_000)
            .with_file("word/header.xml", header)
            .case()
    }),
    ("docx_many_large_headers", || {
        let header = format!("<w:hdr {NS}>{}</w:hdr>", " ".repeat(16_000_000));
        let mut docx = Docx::new(&p(""));
        for index in 0..100 {
            let name = format!("header{index}.xml");
            docx = docx
                .with_relations("header", &name, 1)
                .with_file(&format!("word/{name}"), header.clone());
        }
        docx.case()
    }),
    ("docx_many_lists_of_many_levels", || {
        let levels: String = (0..20_000)
            .map(|n| format!("<w:lvl w:ilvl=\"{n}\"/>"))
            .collect();
        let lists: String = (0..20_000)
            .map(|n| format!("<w:num w:numId=\"{n}\"><w:abstractNumId w:val=\"0\"/></w:num>"))
            .collect();
        let numbering = format!(
            "<w:numbering {NS}><w:abstractNum w:abstractNumId=\"0\">{levels}</w:abstractNum>\
             {lists}</w:numbering>"
        );
        Docx::new(&p("")).with_part("numbering", &numbering).case()
    }),
    ("docx_long_list_marker", || {
        let numbering = format!(
            "<w:numbering {NS}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">\
             <w:lvlText w:val=\"{}\"/></w:lvl></w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>",
            "%1.".repeat(1_000_000)
        );
        let item = p("<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>\
                      <w:r><w:t>a</w:t></w:r>");
        Docx::new(&item.repeat(40_000))
            .with_part("numbering", &numbering)
            .case()
    }),
    ("docx_equations_in_equations", || {
        let start = "<m:sSup><m:sup>".repeat(90);
        let end = "</m:sup></m:sSup>".repeat(90);
        let text = "<m:r><m:t>2a</m:t></m:r>".repeat(80_000);
        Docx::new(&p(&format!(
            "<m:oMath xmlns:m=\"m\">{start}{text}{end}</m:oMath>"
        )))
        .case()
    }),
    ("docx_alternatives_of_many_namespaces", || {
        let many: String = (0..1_900).map(|n| format!(" xmlns:n{n}='{n}'")).collect();
        let alternatives = "<AlternateContent><Choice Requires=\"a b c d\"/></AlternateContent>";
        Docx::new(&format!("<a{many}>{}</a>", alternatives.repeat(140_000))).case()
    }),
    ("docx_field_of_nested_parts", || {
        let code = "EQ ".to_owned() + &"\\f(".repeat(10_000);
        let field = format!("<w:fldSimple w:instr=\"{code}\"/>");
        Docx::new(&p(&field.repeat(700))).case()
    }),
    ("docx_ever_deeper_list", || {
        let items: String = (0..40_000)
            .map(|level| {
                p(&format!(
                    "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr>\
                     </w:pPr><w:r><w:t>a</w:t></w:r>"
                ))
            })
            .collect();
        Docx::new(&items).case()
    }),
    ("docx_long_list_id_in_a_style", || {
        let id = "1".repeat(4_000_000);
        let style = format!(
            "<w:styles {NS}><w:style w:styleId=\"s\"><w:pPr><w:numPr><w:numId w:val=\"{id}\"/>\
             </w:numPr></w:pPr></w:style></w:styles>"
        );
        let body = p("<w:pPr><w:pStyle w:val=\"s\"/></w:pPr><w:r><w:t>a</w:t></w:r>");
        Docx::new(&body.repeat(20_000))
            .with_part("styles", &style)
            .case()
    }),
    ("docx_fields_in_fields", || {
        let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
                     <w:r><w:instrText>PAGE </w:instrText></w:r>\
                     <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
        let body = p(&(begin.repeat(20_000) + &"<w:r><w:t>a</w:t></w:r>".repeat(20_000)));
        Docx::new(&body).case()
    }),
    ("docx_long_field_code", || {
        let code = "HYPERLINK ".to_owned() + &"a ".repeat(4_000_000);
        let body = format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{code}\
             </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
        );
        let body = p(&(body + &"<w:r><w:t>a</w:t></w:r>".repeat(20_000)));
        Docx::new(&body).case()
    }),
    ("docx_long_address_used_often", || {
        let run =
            "<w:hyperlink r:id=\"a\"><w:r><w:t>a</w:t></w:r></w:hyperlink><w:r><w:tab/></w:r>";
        let target = "https://a.example/".to_owned() + &"a".repeat(4_000_000);
        Docx::new(&p(&run.repeat(20_000)))
            .with_relation("a", "hyperlink", &target, "TargetMode=\"External\"")
            .case()
    }),
    ("docx_one_paragraph_without_end", || {
        let run = "<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r>";
        Docx::new(&p(&run.repeat(60_000))).case()
    }),
    ("docx_long_text", || {
        let text = "a b ".repeat(3_500_000);
        Docx::new(&p(&format!("<w:r><w:t>{text}</w:t></w:r>"))).case()
    }),
    ("docx_hidden_text", || {
        let run = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r>";
        Docx::new(&p(&run.repeat(100_000))).case()
    }),
    ("docx_struck_runs_in_runs", || {
        let start = "<w:r><w:rPr><w:strike/></w:rPr>".repeat(150);
        let text = "<w:t>a</w:t>".repeat(60_000);
        let body = format!("{start}{text}{}", "</w:r>".repeat(150));
        Docx::new(&p(&body)).case()
    }),
    ("docx_pictures_in_pictures", || {
        let start = "<w:r><w:pict><w:txbxContent><w:p>".repeat(45);
        let end = "</w:p></w:txbxContent></w:pict></w:r>".repeat(45);
        let inner = "<w:r><w:t>a</w:t></w:r>".repeat(40_000);
        Docx::new(&p(&format!("{start}{inner}{end}"))).case()
    }),
    ("docx_deep_elements", || {
        let body = "<w:a>".repeat(140_000) + &"</w:a>".repeat(140_000);
        Docx::new(&body).case()
    }),
    ("docx_many_elements", || {
        Docx::new(&"<w:a/>".repeat(2_500_000)).case()
    }),
    ("docx_many_attributes", || {
        let attributes: String = (0..1_500_000).map(|n| format!(" a{n}=''")).collect();
        Docx::new(&format!("<w:a{attributes}/>")).case()
    }),
    ("docx_many_namespaces", || {
        let many: String = (0..60_000).map(|n| format!(" xmlns:n{n}='{n}'")).collect();
        let inner: String = (0..100_000)
            .map(|n| format!("<a xmlns:m='m{n}'/>"))
            .collect();
        Docx::new(&format!("<a{many}>{inner}</a>")).case()
    }),
    ("docx_entities", || {
        let laughs: String = (1..20)
            .map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)))
            .collect();
        let body = format!(
            "<!DOCTYPE d [<!ENTITY a0 \"ha\">{laughs}]><w:document {NS}><w:body>&a19;</w:body>\
             </w:document>"
        );
        Docx::with_document(body).case()
    }),
    ("docx_many_parts", || {
        let mut docx = Docx::new(&p(""));
        docx.files
            .extend((0..150_000).map(|n| (format!("{n}"), Vec::new())));
        docx.case()
    }),
    ("docx_many_relations", || {
        let mut docx = Docx::new(&p(""));
        for index in 0..100_000 {
            docx = docx.with_relation(&index.to_string(), "header", &format!("h{index}.xml"), "");
        }
        docx.case()
    }),
    ("docx_one_huge_part", || {
        Docx::with_document(vec![b' '; 2_000_000_000 / 8]).case()
    }),
];

/// The namespaces of the elements.
const NS: &str = "xmlns:w=\"w\" xmlns:r=\"r\"";

fn p(content: &str) -> String {
    format!("<w:p>{content}</w:p>")
}

fn note(id: usize, content: &str) -> String {
    format!(
        "<w:footnote w:id=\"{id}\">{}</w:footnote>",
        p(&format!("<w:r>{content}</w:r>"))
    )
}

fn with_notes(notes: &str) -> Case {
    Docx::new(&p("<w:r><w:footnoteReference w:id=\"1\"/></w:r>"))
        .with_part(
            "footnotes",
            &format!("<w:footnotes {NS}>{notes}</w:footnotes>"),
        )
        .case()
}

/// A Word document that is being written.
struct Docx {
    relations: String,
    files: Vec<(String, Vec<u8>)>,
}

impl Docx {
    fn new(body: &str) -> Docx {
        Docx::with_document(format!(
            "<w:document {NS}><w:body>{body}</w:body></w:document>"
        ))
    }

    fn with_document(document: impl Into<Vec<u8>>) -> Docx {
        Docx {
            relations: String::new(),
            files: vec![("word/document.xml".to_owned(), document.into())],
        }
    }

    fn with_relation(mut self, id: &str, kind: &str, target: &str, mode: &str) -> Docx {
        self.relations += &format!(
            "<Relationship Id=\"{id}\" Type=\"http://a/{kind}\" Target=\"{target}\" {mode}/>"
        );
        self
    }

    fn with_relations(mut self, kind: &str, target: &str, count: usize) -> Docx {
        for index in 0..count {
            self = self.with_relation(&format!("{target}{index}"), kind, target, "");
        }
        self
    }

    fn with_file(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Docx {
        self.files.push((name.to_owned(), bytes.into()));
        self
    }

    fn with_part(self, kind: &str, xml: &str) -> Docx {
        self.with_relations(kind, &format!("{kind}.xml"), 1)
            .with_file(&format!("word/{kind}.xml"), xml)
    }

    fn case(self) -> Case {
        let relations = |content: &str| format!("<Relationships>{content}</Relationships>");
        let main = "<Relationship Id=\"1\" Type=\"http://a/officeDocument\" \
                    Target=\"word/document.xml\"/>";
        let docx = self.with_file("_rels/.rels", relations(main));
        let own = relations(&docx.relations);
        let docx = docx.with_file("word/_rels/document.xml.rels", own);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1));
        for (file, bytes) in &docx.files {
            zip.start_file(file.as_str(), options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        Case::new("issue.docx", zip.finish().unwrap().into_inner())
    }
}
