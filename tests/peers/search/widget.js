// The widget's own search. It draws its results, which takes the place of `showResults`.

import start, { ArchiveView } from '/digest-archive.js';

/** Returns a function that searches the entries, `[headline, detail]`. */
export async function load(entries) {
  await start({ module_or_path: '/digest-archive_bg.wasm' });
  const view = new ArchiveView(makeArchive(entries));
  view.add_details(entries.map(([, detail]) => detail));
  return (query) => {
    const { count, nodes } = view.search(query, '');
    return { count, results: nodes };
  };
}

/** Makes an archive of issues with ten headlines each, two in a month. */
function makeArchive(entries) {
  const issues = [];
  for (let start = 0; start < entries.length; start += 10) {
    const day = new Date(Date.UTC(2026, 0, 1) - (start / 10) * 15 * 864e5).toISOString().slice(0, 10);
    const headlines = entries.slice(start, start + 10).map(([text], index) => ({ id: `h${index}`, text }));
    issues.push({ name: day, volume: day, date: day, lang: 'en', page: `https://cdn.example/issues/${day}/`, headlines });
  }
  return { issues };
}
