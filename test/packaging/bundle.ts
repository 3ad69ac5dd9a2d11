import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The build's description of dist/: esbuild's metafile, read by other code than the build's own bill of materials. */

export const root = fileURLToPath(new URL('../../', import.meta.url));

interface Import {
  readonly path: string;
  readonly kind: string;
  readonly external?: boolean;
}

interface Output {
  readonly entryPoint?: string;
  readonly imports: readonly Import[];
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
}

export interface Metafile {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, Output>>;
}

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

export function readMetafile(): Metafile {
  return JSON.parse(readFileSync(path.join(root, '.cache/metafile.json'), 'utf8')) as Metafile;
}

/** `node_modules/a/node_modules/@b/c/x.js` is in the folder `node_modules/a/node_modules/@b/c`. */
export function packageFolder(file: string): string | undefined {
  const parts = file.split('/');
  const at = parts.lastIndexOf('node_modules');
  if (at === -1) return undefined;
  return parts.slice(0, at + (parts[at + 1]?.startsWith('@') === true ? 3 : 2)).join('/');
}

function packageName(file: string): string | undefined {
  return packageFolder(file)?.replace(/^.*node_modules\//, '');
}

/** Files with at least one byte in the output. */
function filesIn(output: Output | undefined): readonly string[] {
  return Object.entries(output?.inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file);
}

export function bundledFiles(metafile: Metafile): readonly string[] {
  return [...new Set(Object.values(metafile.outputs).flatMap((output) => filesIn(output)))];
}

export function bundledPackages(metafile: Metafile): readonly BundledPackage[] {
  const folders = new Set(
    bundledFiles(metafile)
      .map((file) => packageFolder(file))
      .filter((folder) => folder !== undefined),
  );
  return [...folders].map(
    (folder) => JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as BundledPackage,
  );
}

function packageNames(files: readonly string[]): readonly string[] {
  return [...new Set(files.map((file) => packageName(file)).filter((name) => name !== undefined))].sort();
}

/** An output and everything that it imports statically, directly or not. */
export function staticClosure(metafile: Metafile, output: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(output)) return seen;
  seen.add(output);
  for (const { path: next, kind, external } of metafile.outputs[output]?.imports ?? []) {
    if (kind === 'import-statement' && external !== true) staticClosure(metafile, next, seen);
  }
  return seen;
}

export function filesOfOutputs(metafile: Metafile, outputs: Iterable<string>): readonly string[] {
  return [...outputs].flatMap((output) => filesIn(metafile.outputs[output]));
}

export function packagesOfOutputs(metafile: Metafile, outputs: Iterable<string>): readonly string[] {
  return packageNames(filesOfOutputs(metafile, outputs));
}
