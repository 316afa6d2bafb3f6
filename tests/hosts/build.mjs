// Builds the host pages of the browser tests for production, into `target/hosts` of the repository.

import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import * as vue from '@vue/compiler-sfc';
import esbuild from 'esbuild';
import * as svelte from 'svelte/compiler';
import { compile as tailwind } from 'tailwindcss';

const HERE = dirname(fileURLToPath(import.meta.url));
// Absolute: esbuild resolves a relative path against its own folder, `node:fs` against the current one.
const OUT = join(HERE, '../../target/hosts');

const HOSTS = {
  'react/host.jsx': ['index.html'],
  'vue/host.js': ['index.html'],
  'svelte/host.js': ['index.html'],
  'turbo/host.js': ['index.html', 'second.html'],
};

/** Compiles Vue's single-file components. digest-widget is not one. */
const vueFiles = {
  name: 'vue',
  setup(build) {
    build.onLoad({ filter: /\.vue$/ }, async ({ path }) => {
      const { descriptor, errors } = vue.parse(await readFile(path, 'utf8'), { filename: path });
      if (errors.length) throw errors[0];
      const compilerOptions = { isCustomElement: (name) => name === 'digest-widget' };
      const options = { id: 'host', inlineTemplate: true, templateOptions: { compilerOptions } };
      return { contents: vue.compileScript(descriptor, options).content, loader: 'js' };
    });
  },
};

/** Compiles Svelte's components. */
const svelteFiles = {
  name: 'svelte',
  setup(build) {
    build.onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { js } = svelte.compile(await readFile(path, 'utf8'), { filename: path, generate: 'client' });
      return { contents: js.code, loader: 'js' };
    });
  },
};

async function buildHost(entry, pages) {
  const folder = join(OUT, dirname(entry));
  await esbuild.build({
    absWorkingDir: HERE,
    entryPoints: [entry],
    outfile: join(folder, 'host.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    conditions: ['svelte', 'production', 'browser'],
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    plugins: [vueFiles, svelteFiles],
    logLevel: 'warning',
  });
  for (const page of pages) await copyFile(join(HERE, dirname(entry), page), join(folder, page));
}

/** The style sheets that reset every page they are on. */
async function writeResets() {
  const file = (name) => fileURLToPath(import.meta.resolve(name));
  await copyFile(file('bootstrap/dist/css/bootstrap.min.css'), join(OUT, 'bootstrap.css'));
  const loadStylesheet = async (name, base) => {
    const path = file(name);
    return { path, base, content: await readFile(path, 'utf8') };
  };
  const source = '@import "tailwindcss/theme.css" layer(theme); @import "tailwindcss/preflight.css" layer(base);';
  const { build } = await tailwind(source, { base: HERE, loadStylesheet });
  await writeFile(join(OUT, 'tailwind.css'), build([]));
}

await mkdir(OUT, { recursive: true });
await Promise.all(Object.entries(HOSTS).map(([entry, pages]) => buildHost(entry, pages)));
await writeResets();
// Copied as they are. The last three change the browser's own functions.
const SCRIPTS = {
  'pym.js': 'pym.js/dist/pym.v1.js',
  'zone.js': 'zone.js/bundles/zone.umd.min.js',
  'core-js.js': 'core-js-bundle/minified.js',
  'ses.js': 'ses/dist/ses.umd.min.js',
};
for (const [name, file] of Object.entries(SCRIPTS)) await copyFile(join(HERE, 'node_modules', file), join(OUT, name));
