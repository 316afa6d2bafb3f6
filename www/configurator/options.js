// The widget's options, as its Custom Elements Manifest describes them: the one table that the
// README, the types and this form share.

/**
 * The attributes of <digest-widget>: `values` lists what each may be, or is empty where it may be
 * any text; `fallback` is what it is where it is absent.
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
    values: valuesOf(type?.text ?? 'string'),
    fallback: unquoted(fallback),
  }));
}

/** `'auto' | 'light'` and `1 | 2` are values to choose from; a type with `string` in it takes any. */
function valuesOf(type) {
  const members = type.split('|').map((member) => member.trim());
  const closed = members.every((member) => /^('.*'|".*"|\d+)$/.test(member));
  return closed ? members.map(unquoted) : [];
}

function unquoted(text) {
  return text.replace(/^(['"])(.*)\1$/, '$2');
}
