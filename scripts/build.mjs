// Builds dist/: one bundle, split so that each command loads only what it needs and `--help` loads almost nothing.
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { thirdPartyNotices } from './bill.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));

/**
 * yargs does not declare that its modules have no side effects. Importing only its parser would otherwise bundle the
 * rest too, which spends 50 ms in `new Intl.Segmenter()` at each start.
 */
const yargsWithoutSideEffects = {
  name: 'yargs-without-side-effects',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /./ }, async ({ path: wanted, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === 'resolving' || !importer.split(path.sep).join('/').includes('/node_modules/yargs/'))
        return undefined;
      const found = await resolve(wanted, { importer, resolveDir, kind, pluginData: 'resolving' });
      return { ...found, sideEffects: false };
    });
  },
};

/**
 * From Node 22 on, an ES import of node:http reads each of its exports, including WebSocket, which loads all of undici:
 * 50 ms of CPU. A require reads only what is used.
 */
const httpWithoutUndici = {
  name: 'http-without-undici',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:node:)?http$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'node:http', namespace: 'required' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'required' }, ({ path: wanted }) => ({
      contents: `module.exports = require(${JSON.stringify(wanted)});`,
    }));
  },
};

/** Bundled CommonJS libraries call require for Node's own modules. */
const requireForAll =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

const options = {
  absWorkingDir: root,
  entryPoints: { main: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  // A shell script for a container is embedded as text.
  loader: { '.sh': 'text' },
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  minifyIdentifiers: true,
  keepNames: true,
  legalComments: 'linked',
  // Its main field is UMD, whose inner requires a bundler cannot follow.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  plugins: [yargsWithoutSideEffects, httpWithoutUndici],
  metafile: true,
  // The SDK checks for each request whether its body is a form. It never is here, and naming FormData loads undici.
  define: { __VERSION__: JSON.stringify(version), FormData: 'undefined' },
  banner: { js: requireForAll },
  logLevel: 'warning',
};

/** The files of src/ and of packages that load at the start of every command, except those that nothing else needs. */
function sharedAtStart({ outputs }) {
  const closure = new Set();
  const add = (output) => {
    if (closure.has(output)) return;
    closure.add(output);
    for (const { path: next, kind, external } of outputs[output].imports)
      if (kind === 'import-statement' && external !== true) add(next);
  };
  add('dist/main.js');
  closure.delete('dist/main.js');
  return [...closure]
    .flatMap((output) => Object.entries(outputs[output].inputs))
    .flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : []));
}

/** Below this size in bytes, a file takes longer to find and open than to read. */
const small = 4096;

/**
 * Small files that several lazily loaded files share, and that need only such files and the start: combining them into
 * one file saves each command five to ten files.
 */
function smallAndShared({ inputs, outputs }, atStart) {
  const candidates = new Set(
    Object.values(outputs)
      .filter(({ entryPoint, bytes }) => entryPoint === undefined && bytes < small)
      .flatMap((output) => Object.keys(output.inputs))
      .filter((file) => file.startsWith('src/')),
  );
  const known = new Set([...atStart, ...candidates, 'src/cli/main.ts']);
  const needs = (file) =>
    inputs[file].imports.filter(({ kind, external }) => kind === 'import-statement' && external !== true);
  for (let before = -1; before !== candidates.size;) {
    before = candidates.size;
    for (const file of candidates)
      if (needs(file).some(({ path: next }) => !known.has(next))) {
        candidates.delete(file);
        known.delete(file);
      }
  }
  return [...candidates];
}

/** Makes our lazily loaded files import what has loaded before them, or must load with them. */
function importing(files, entries) {
  const imports = files.map((file) => `import ${JSON.stringify(path.join(root, file))};`).join('');
  const late = new Set(
    entries
      .filter((file) => file.startsWith('src/') && file !== 'src/cli/main.ts')
      .map((file) => path.join(root, file)),
  );
  return {
    name: 'import-what-has-loaded',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path: file }) =>
        late.has(file) ? { contents: `${await readFile(file, 'utf8')}\n${imports}`, loader: 'ts' } : undefined,
      );
    },
  };
}

// esbuild writes a file for each combination of commands that share code, and a start would load all of them. If every
// lazily loaded file imports what each start loads anyway, there is one combination and one file, which makes the start
// a third faster.
const { metafile } = await build({ ...options, write: false });
const entries = Object.values(metafile.outputs).flatMap(({ entryPoint }) => entryPoint ?? []);
const atStart = sharedAtStart(metafile);
const together = [...atStart, ...smallAndShared(metafile, atStart)];
const result = await build({ ...options, plugins: [...options.plugins, importing(together, entries)] });
// Creating a require takes time, and each start would create one for every file that it loads; few files call it.
for (const file of Object.keys(result.metafile.outputs).filter((name) => name.endsWith('.js'))) {
  const text = await readFile(path.join(root, file), 'utf8');
  const body = text.replace(requireForAll, '').trimStart();
  if (!/\brequire\b/.test(body)) await writeFile(path.join(root, file), body);
}
const notices = 'THIRD-PARTY-NOTICES.txt';
await writeFile(path.join(root, 'dist', notices), thirdPartyNotices(result.metafile, root));
await mkdir(path.join(root, '.cache'), { recursive: true });
await writeFile(path.join(root, '.cache', 'metafile.json'), JSON.stringify(result.metafile));
// Files of an earlier build are removed last, so that a failed build removes nothing.
const built = new Set([notices, ...Object.keys(result.metafile.outputs).map((file) => path.basename(file))]);
for (const file of await readdir(path.join(root, 'dist')))
  if (!built.has(file)) await rm(path.join(root, 'dist', file), { recursive: true });
