//! The images of an issue: its own, and those inside its texts.

use crate::{Block, Image, Issue, list_images};

impl Issue {
    /// Returns all images with their JSON paths, the issue's own first.
    #[must_use]
    pub fn images(&self) -> Vec<(String, &Image)> {
        let own = self.image.iter().map(|image| ("image".to_owned(), image));
        let details = self
            .headlines
            .iter()
            .enumerate()
            .flat_map(|(index, headline)| {
                list_images(&headline.detail, &format!("headlines[{index}].detail"))
            });
        own.chain(list_images(&self.intro, "intro"))
            .chain(details)
            .chain(list_images(&self.outro, "outro"))
            .collect()
    }

    /// Visits each image, and removes those for which `keep` returns false. Of the issue's own image
    /// the caption and the credit stay. What has no other content is removed with its image.
    pub fn retain_images(&mut self, mut keep: impl FnMut(&mut Image) -> bool) {
        if let Some(image) = &mut self.image
            && !keep(image)
        {
            (image.src, image.alt) = (None, None);
            (image.width, image.height, image.href) = (None, None, None);
        }
        self.image
            .take_if(|image| image.src.is_none() && image.credit.is_none());
        retain_images(&mut self.intro, &mut keep);
        for headline in &mut self.headlines {
            retain_images(&mut headline.detail, &mut keep);
        }
        retain_images(&mut self.outro, &mut keep);
    }
}

fn retain_images(blocks: &mut Vec<Block>, keep: &mut dyn FnMut(&mut Image) -> bool) {
    blocks.retain_mut(|block| match block {
        Block::Image(image) => keep(image),
        Block::Quote(blocks) => {
            retain_images(blocks, keep);
            !blocks.is_empty()
        }
        Block::List(list) => {
            list.items.retain_mut(|item| {
                retain_images(item, keep);
                !item.is_empty()
            });
            !list.items.is_empty()
        }
        Block::Paragraph(_) | Block::Preformatted(_) | Block::Table(_) | Block::Heading(_) => true,
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn issue_with_images() -> Issue {
        serde_json::from_value(json!({
            "format": 1, "id": "1", "title": "Digest", "volume": "1", "date": "2022-03-11",
            "lang": "en", "image": { "src": "a.png", "credit": { "text": "AP" } },
            "intro": [{ "quote": [{ "image": { "src": "b.png" } }] }],
            "headlines": [{ "id": "h", "text": "H", "detail": [
                { "list": [["one", { "image": { "src": "c.png" } }], [{ "image": { "src": "d.png" } }]] },
                ["text"],
            ] }],
        }))
        .unwrap()
    }

    #[test]
    fn images_have_paths() {
        let issue = issue_with_images();
        let paths: Vec<_> = issue.images().into_iter().map(|(path, _)| path).collect();
        assert_eq!(
            paths,
            [
                "image",
                "intro[0].quote[0].image",
                "headlines[0].detail[0].list[0][1].image",
                "headlines[0].detail[0].list[1][0].image",
            ]
        );
    }

    #[test]
    fn removed_images_leave_nothing_empty() {
        let mut issue = issue_with_images();
        let mut seen = Vec::new();
        issue.retain_images(|image| {
            seen.push(image.src.clone().unwrap());
            false
        });
        assert_eq!(seen.len(), 4);
        assert_eq!(
            serde_json::to_value(&issue).unwrap(),
            json!({
                "format": 1, "id": "1", "title": "Digest", "volume": "1", "date": "2022-03-11",
                "lang": "en", "image": { "credit": { "text": "AP" } },
                "headlines": [{ "id": "h", "text": "H", "detail": [{ "list": [["one"]] }, ["text"]] }],
            })
        );
    }
}
