// The element's options as its Custom Elements Manifest describes them, for the form.

/**
 * Fetches the attributes of <digest-widget>. `values` lists the allowed values, or is empty if any text is
 * allowed; `fallback` is the default.
 */
export async function fetchOptions() {
  const response = await fetch('custom-elements.json');
  if (!response.ok) throw new Error(`custom-elements.json answered ${response.status}`);
  const { modules } = await response.json();
  const declarations = modules.flatMap((module) => module.declarations ?? []);
  const { attributes } = declarations.find(({ tagName }) => tagName === 'digest-widget');
  return attributes.map(({ name, description = '', type, default: fallback = '' }) => ({
    name,
    description,
    values: parseValues(type?.text ?? 'string'),
    fallback: unquote(fallback),
  }));
}

/** Parses a type such as `'auto' | 'light'` or `1 | 2`; a type with `string` allows any text. */
function parseValues(type) {
  const members = type.split('|').map((member) => member.trim());
  const closed = members.every((member) => /^('.*'|".*"|\d+)$/.test(member));
  return closed ? members.map(unquote) : [];
}

function unquote(text) {
  return text.replace(/^(['"])(.*)\1$/, '$2');
}
