/** the import table, and the one owner of each outside package, as data. */

export interface Folder {
  /** A folder or file below src. The longest match is the folder of a file. */
  readonly folder: string;
  /** What it may import of ours, besides itself. A folder in `types` may be imported for its types only. */
  readonly imports: readonly string[];
  readonly types?: readonly string[];
  /** Imported by a dynamic `import()` only, so that it loads when it is needed. */
  readonly lazy?: readonly string[];
}

const useCaseBase = ['core', 'model', 'domain'];

/** For what commands share; a command loads it when it runs. */
const cliBase = [...useCaseBase, 'usecases', 'report', 'cli/framework', 'cli/io', 'cli/options', 'cli/named-files.ts'];

/** The state of the simulated Azure, which the rest of it uses. */
const simulatorBase = ['core', 'simulator/world.ts', 'simulator/random.ts'];

/** What a command may load when it runs. */
const atRun = [
  'domain',
  'usecases',
  'report',
  'adapters',
  'simulator',
  'cli/check',
  'cli/judging',
  'cli/kubernetes',
  'cli/named-files.ts',
  'cli/nodepool',
  'cli/profile',
  'cli/registration',
  'cli/report',
  'cli/simulator',
];

export const folders: readonly Folder[] = [
  { folder: 'core', imports: [] },
  { folder: 'model', imports: ['core'] },
  { folder: 'domain/localdns', imports: ['core', 'model'] },
  { folder: 'domain/workloads', imports: ['core', 'model'] },
  { folder: 'domain/checks', imports: ['core', 'model', 'domain/localdns'] },
  { folder: 'domain/change', imports: ['core', 'model', 'domain/localdns'] },
  { folder: 'domain/proof', imports: ['core', 'model'] },
  { folder: 'domain/monitoring', imports: ['core', 'model'] },
  { folder: 'usecases/scope', imports: useCaseBase },
  { folder: 'usecases/registration', imports: [...useCaseBase, 'usecases/scope'] },
  { folder: 'usecases/check', imports: [...useCaseBase, 'usecases/scope'] },
  { folder: 'usecases/nodepool', imports: useCaseBase },
  { folder: 'usecases/verify', imports: useCaseBase },
  { folder: 'usecases/monitor', imports: useCaseBase },
  { folder: 'usecases/rehearse', imports: useCaseBase },
  { folder: 'usecases/diagnose', imports: [...useCaseBase, 'usecases/check', 'usecases/verify', 'usecases/monitor'] },
  {
    folder: 'usecases/rollout',
    imports: [...useCaseBase, 'usecases/scope', 'usecases/check', 'usecases/nodepool', 'usecases/verify'],
  },
  { folder: 'report', imports: ['core', 'model'], types: ['domain', 'usecases'] },
  { folder: 'adapters/azure', imports: ['core', 'model'] },
  { folder: 'adapters/kubernetes', imports: ['core', 'model'] },
  { folder: 'adapters/dns', imports: ['core', 'model'] },
  { folder: 'adapters/system', imports: ['core', 'model'] },
  { folder: 'simulator/arm', imports: simulatorBase },
  { folder: 'simulator/graph', imports: [...simulatorBase, 'simulator/arm'] },
  { folder: 'simulator/kubernetes', imports: [...simulatorBase, 'simulator/arm'] },
  { folder: 'simulator/sample', imports: [...simulatorBase, 'simulator/arm'] },
  {
    folder: 'simulator/scenarios',
    imports: [...simulatorBase, 'simulator/arm', 'simulator/graph', 'simulator/kubernetes'],
  },
  { folder: 'simulator', imports: ['core'] },
  { folder: 'cli/io', imports: ['core', 'model'] },
  { folder: 'cli/prompts', imports: ['core', 'model'] },
  { folder: 'cli/framework', imports: ['core', 'model', 'cli/io', 'cli/prompts'] },
  {
    folder: 'cli/options',
    imports: ['core', 'model', 'cli/framework', 'cli/io', 'report/format.ts'],
    types: ['usecases'],
  },
  { folder: 'cli/named-files.ts', imports: ['core', 'adapters/system'] },
  { folder: 'cli/registration', imports: cliBase },
  { folder: 'cli/profile', imports: cliBase },
  { folder: 'cli/report', imports: cliBase },
  { folder: 'cli/simulator', imports: ['core', 'cli/framework', 'adapters/system', 'simulator'] },
  { folder: 'cli/judging', imports: cliBase },
  {
    folder: 'cli/kubernetes',
    imports: [...cliBase, 'cli/report', 'adapters/kubernetes', 'adapters/system'],
  },
  { folder: 'cli/nodepool', imports: [...cliBase, 'cli/judging', 'cli/profile'] },
  { folder: 'cli/check', imports: [...cliBase, 'cli/judging', 'cli/profile'] },
  {
    folder: 'cli/commands',
    imports: ['core', 'model', 'cli/framework', 'cli/io', 'cli/options', 'report/format.ts'],
    types: atRun,
    lazy: atRun,
  },
  {
    folder: 'cli',
    imports: ['core', 'model', 'adapters/system'],
    types: ['adapters', 'simulator'],
    lazy: ['adapters', 'simulator'],
  },
];

/** Outside package (`*` ends a scope) to the folders that may import it. */
export const packageOwners: Readonly<Record<string, string>> = {
  '@azure/*': 'adapters/azure',
  yargs: 'cli/framework',
  ora: 'cli/io',
  '@inquirer/*': 'cli/prompts',
  '@jmespath-community/jmespath': 'cli/io',
  'cli-table3': 'cli/io',
  'jsonc-parser': 'domain/localdns',
  'dns-packet': 'adapters/dns',
  selfsigned: 'simulator',
  yaml: 'core',
  'p-limit': 'core',
  'fastest-levenshtein': 'core',
  ini: 'cli/settings.ts',
};

/** Where `process` and `console` may be named. */
const worldly = ['cli/main.ts', 'cli/context.ts', 'adapters/system'];

export interface ImportStatement {
  readonly from: string;
  readonly specifier: string;
  readonly kind: 'value' | 'type' | 'lazy';
}

const patterns: readonly { readonly kind: ImportStatement['kind']; readonly pattern: RegExp }[] = [
  { kind: 'type', pattern: /^\s*(?:import|export)\s+type\s[^;'"]*?from\s+['"]([^'"]+)['"]/gm },
  { kind: 'value', pattern: /^\s*(?:import|export)\s+(?!type\s)[^;'"(]*?from\s+['"]([^'"]+)['"]/gm },
  { kind: 'value', pattern: /^\s*import\s+['"]([^'"]+)['"]/gm },
  { kind: 'lazy', pattern: /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g },
];

/** Files by path below src (`cli/main.ts`) with their text, to their imports. */
export function importsOf(files: ReadonlyMap<string, string>): readonly ImportStatement[] {
  return [...files].flatMap(([from, text]) =>
    patterns.flatMap(({ kind, pattern }) =>
      [...text.matchAll(pattern)].map((match) => ({ from, specifier: match[1] ?? '', kind })),
    ),
  );
}

function resolve(from: string, specifier: string): string {
  return new URL(specifier, `file:///${from}`).pathname.slice(1);
}

function inside(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}

function folderOf(file: string): Folder | undefined {
  return folders.filter(({ folder }) => inside(file, folder)).sort((a, b) => b.folder.length - a.folder.length)[0];
}

function forbidden(statement: ImportStatement): string | undefined {
  const { from, specifier, kind } = statement;
  const folder = folderOf(from);
  if (folder === undefined) return `${from} is in no folder of the import rules`;
  const target = resolve(from, specifier);
  const allowed = [
    folder.folder,
    ...folder.imports,
    ...(kind === 'type' ? (folder.types ?? []) : []),
    ...(kind === 'lazy' ? (folder.lazy ?? []) : []),
  ];
  return allowed.some((folder) => inside(target, folder)) ? undefined : `${from} may not import ${target} (${kind})`;
}

function misplacedPackage({ from, specifier }: ImportStatement): string | undefined {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const owner = packageOwners[name] ?? packageOwners[`${name.split('/')[0] ?? ''}/*`];
  if (owner === undefined) return `${from} imports the package ${name}, which has no owner`;
  return inside(from, owner) ? undefined : `${from} imports ${name}, which belongs to ${owner}`;
}

/** Violations of the table and of package ownership, a sentence each. */
export function violations(files: ReadonlyMap<string, string>): readonly string[] {
  return importsOf(files).flatMap((statement) => {
    if (statement.specifier.startsWith('node:')) return [];
    const problem = statement.specifier.startsWith('.') ? forbidden(statement) : misplacedPackage(statement);
    return problem === undefined ? [] : [problem];
  });
}

/** In these, every import counts, because the files of a circle can only be understood together. */
const strict = ['cli', 'simulator'];

/**
 * One circle of imports, as the path of its files; undefined if there is none. Types and lazy imports count in the
 * strict folders alone.
 */
export function cycle(files: ReadonlyMap<string, string>): readonly string[] | undefined {
  const edges = new Map<string, string[]>();
  for (const { from, specifier, kind } of importsOf(files)) {
    const counts = kind === 'value' || strict.some((folder) => inside(from, folder));
    if (counts && specifier.startsWith('.')) edges.set(from, [...(edges.get(from) ?? []), resolve(from, specifier)]);
  }
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of edges.get(file) ?? []) {
      const found = visit(next, [...path, file]);
      if (found !== undefined) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of files.keys()) {
    const found = visit(file, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The folders that a folder may import, whatever the kind of import. */
export function foldersBelow({ folder, imports, types = [], lazy = [] }: Folder): readonly string[] {
  const named = [...imports, ...types, ...lazy];
  return folders
    .map((other) => other.folder)
    .filter((other) => other !== folder && named.some((name) => inside(other, name)));
}

/** Files that name `process` or `console` outside their folders. */
export function worldlyElsewhere(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files]
    .filter(([file]) => !worldly.some((folder) => inside(file, folder)))
    .filter(([, text]) =>
      /(?<![\w.'-])(?:process|console)\.\w|from 'node:process'/.test(
        text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'|`[^`]*`/g, (match) =>
          match.includes('node:process') ? match : "''",
        ),
      ),
    )
    .map(([file]) => file);
}
