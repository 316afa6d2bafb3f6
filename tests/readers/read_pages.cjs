// Reads pages as a browser's reader mode does. Standard input is a JSON array of HTML pages, standard
// output an array of their texts, in the same order: null where no reader mode would be offered.

const { Readability, isProbablyReaderable } = require(process.env.DIGEST_READABILITY);
const { JSDOM } = require(process.env.DIGEST_JSDOM);
const { readFileSync } = require('node:fs');

function readPage(html) {
  const { document } = new JSDOM(html, { url: 'https://cdn.example/digest/' }).window;
  if (!isProbablyReaderable(document)) return null;
  const article = new Readability(document).parse();
  const content = JSDOM.fragment(article?.content ?? '');
  // The domain behind a link is no text of the issue.
  content.querySelectorAll('[part=source]').forEach((domain) => domain.remove());
  return content.textContent;
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(readPage)));
