// Builds dist/: one bundle, split, so that each command loads what it needs and `--help` next to nothing.
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { thirdPartyNotices } from './bill.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));

/**
 * yargs does not declare that its modules do nothing by being loaded. Where its parser alone is imported, the rest of it would come along
 * otherwise, and with it 50 ms of `new Intl.Segmenter()` at each start.
 */
const yargsWithoutSideEffects = {
  name: 'yargs-without-side-effects',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /./ }, async ({ path: wanted, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === 'resolving' || !importer.split(path.sep).join('/').includes('/node_modules/yargs/')) return undefined;
      const found = await resolve(wanted, { importer, resolveDir, kind, pluginData: 'resolving' });
      return { ...found, sideEffects: false };
    });
  },
};

/**
 * From Node 22 on, an ES import of node:http reads each of its exports, WebSocket among them, and that loads all of undici: 50 ms of CPU.
 * A require reads what is used.
 */
const httpWithoutUndici = {
  name: 'http-without-undici',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:node:)?http$/ }, ({ kind }) => (kind === 'import-statement' ? { path: 'node:http', namespace: 'required' } : undefined));
    onLoad({ filter: /./, namespace: 'required' }, ({ path: wanted }) => ({ contents: `module.exports = require(${JSON.stringify(wanted)});` }));
  },
};

const result = await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: true,
  legalComments: 'linked',
  // Its main field is UMD, whose inner requires no bundler can follow.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  plugins: [yargsWithoutSideEffects, httpWithoutUndici],
  metafile: true,
  // The SDK asks of each request whether its body is a form. Ours never is, and the name alone loads undici.
  define: { __VERSION__: JSON.stringify(version), FormData: 'undefined' },
  // Bundled CommonJS libraries call require for Node's own modules.
  banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
  logLevel: 'warning',
});
const notices = 'THIRD-PARTY-NOTICES.txt';
await writeFile(path.join(root, 'dist', notices), thirdPartyNotices(result.metafile, root));
await mkdir(path.join(root, '.cache'), { recursive: true });
await writeFile(path.join(root, '.cache', 'metafile.json'), JSON.stringify(result.metafile));
// What an earlier build left goes last, so that a build that fails takes nothing away.
const built = new Set([notices, ...Object.keys(result.metafile.outputs).map((file) => path.basename(file))]);
for (const file of await readdir(path.join(root, 'dist'))) if (!built.has(file)) await rm(path.join(root, 'dist', file), { recursive: true });
