// Pagefind, whose index is in many files that it downloads as needed.

/** Returns a function that searches the entries, `[headline, detail]`. */
export async function load() {
  const pagefind = await import('/pagefind/pagefind.js');
  await pagefind.init();
  // Its own interface shows five at a time; each is a download.
  return async (query) => {
    const { results } = await pagefind.search(query);
    const shown = await Promise.all(results.slice(0, 5).map((result) => result.data()));
    return { count: results.length, results: shown };
  };
}
