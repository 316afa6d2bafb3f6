// Builds Pagefind's index: node build-pagefind.js ENTRIES.json OUT

import { readFile } from 'node:fs/promises';
import { createIndex } from 'pagefind';

const [entries, outputPath] = process.argv.slice(2);
const { index } = await createIndex();
for (const [number, [title, detail]] of JSON.parse(await readFile(entries, 'utf8')).entries()) {
  await index.addCustomRecord({ url: `/${number}`, content: `${title} ${detail}`, language: 'en', meta: { title } });
}
const { errors } = await index.writeFiles({ outputPath });
if (errors.length) throw new Error(errors.join('\n'));
process.exit(0);
