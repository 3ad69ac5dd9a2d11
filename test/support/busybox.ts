import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../.cache/busybox', import.meta.url));

/** Debian's, whose nc has no -u. */
export const debianBusybox = '/bin/busybox';

/** The applets for the probe and a shell, besides nc as in the images of Microsoft and busybox. */
const settings = [
  'STATIC',
  'LONG_OPTS',
  'DESKTOP',
  'SHOW_USAGE',
  'FEATURE_VERBOSE_USAGE',
  'FEATURE_COMPRESS_USAGE',
  'FEATURE_IPV6',
  'ASH',
  'SH_IS_ASH',
  'ASH_ECHO',
  'ASH_PRINTF',
  'ASH_TEST',
  'SH_MATH_SUPPORT',
  'FEATURE_SH_MATH',
  'NC',
  'NC_SERVER',
  'NC_EXTRA',
  'NC_110_COMPAT',
  'NSLOOKUP',
  'FEATURE_NSLOOKUP_BIG',
  'WGET',
  'FEATURE_WGET_TIMEOUT',
  'CAT',
  'CUT',
  'DD',
  'GREP',
  'HEAD',
  'FEATURE_FANCY_HEAD',
  'OD',
  'PRINTF',
  'SED',
  'SLEEP',
  'TIMEOUT',
  'TR',
  'TRUE',
];

function must(file: string, args: readonly string[], cwd: string): void {
  const { status, stderr, error } = spawnSync(file, args, { cwd, encoding: 'utf8', input: '\n'.repeat(500) });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${error?.message ?? stderr.slice(-2000)}`);
}

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** The machine's own Debian mirrors, for source packages: in the newer form, and in the older. */
const debianSources = (): string =>
  textOf('/etc/apt/sources.list.d/debian.sources').replaceAll(/^Types:.*$/gm, 'Types: deb-src');
const debianSourceList = (): string =>
  textOf('/etc/apt/sources.list')
    .split('\n')
    .flatMap((line) => (line.startsWith('deb ') ? [line.replace('deb ', 'deb-src ')] : []))
    .join('\n');

/** Debian's source package, built with nc's -u. Source: busybox, networking/Config.in, NC_110_COMPAT. */
function build(program: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'aks-localdns-busybox-'));
  try {
    // Separate lists, so that the machine's package sources do not change.
    mkdirSync(path.join(folder, 'parts'));
    writeFileSync(path.join(folder, 'parts/debian.sources'), debianSources());
    writeFileSync(path.join(folder, 'sources.list'), debianSourceList());
    mkdirSync(path.join(folder, 'lists'));
    const own = [
      `Dir::Etc::sourcelist=${folder}/sources.list`,
      `Dir::Etc::sourceparts=${folder}/parts`,
      `Dir::State::lists=${folder}/lists`,
      'APT::Sandbox::User=root',
    ].flatMap((option) => ['-o', option]);
    must('apt-get', [...own, '-qq', 'update'], folder);
    must('apt-get', [...own, '-qq', 'source', '--download-only', 'busybox'], folder);
    must('sh', ['-c', 'tar xf busybox_*.orig.tar.bz2 && mv busybox-*/ source'], folder);
    const source = path.join(folder, 'source');
    must('make', ['allnoconfig'], source);
    const config = path.join(source, '.config');
    const rest = readFileSync(config, 'utf8')
      .split('\n')
      .filter((line) => !settings.some((name) => new RegExp(`\\bCONFIG_${name}\\b`).test(line)));
    writeFileSync(config, [...rest, ...settings.map((name) => `CONFIG_${name}=y`), ''].join('\n'));
    must('make', ['oldconfig'], source);
    must('make', ['-j2'], source);
    mkdirSync(cache, { recursive: true });
    const unfinished = `${program}.${String(process.pid)}`;
    must('cp', [path.join(source, 'busybox'), unfinished], folder);
    renameSync(unfinished, program);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The path of a busybox with `nc -u`, built on first use. */
export function busyboxWithUdp(): string {
  const program = path.join(cache, 'busybox');
  if (!existsSync(program)) build(program);
  return program;
}

/** Commands of the probe. */
const applets = [
  'sh',
  'cat',
  'cut',
  'dd',
  'grep',
  'head',
  'nc',
  'nslookup',
  'od',
  'printf',
  'sed',
  'sleep',
  'timeout',
  'tr',
  'true',
  'wget',
];

/** A root folder of a container with this busybox. */
export function rootFolder(busybox: string, folder: string): void {
  for (const name of ['bin', 'etc', 'proc', 'dev', 'tmp']) mkdirSync(path.join(folder, name), { recursive: true });
  must('cp', [busybox, path.join(folder, 'bin/busybox')], folder);
  const { stdout: libraries } = spawnSync('ldd', [busybox], { encoding: 'utf8' });
  for (const [library] of libraries.matchAll(/\/\S+\.so\S*/g)) must('cp', ['--parents', '-L', library, folder], folder);
  for (const applet of applets) must('ln', ['-sf', 'busybox', path.join(folder, 'bin', applet)], folder);
  must('mknod', ['-m', '666', path.join(folder, 'dev/null'), 'c', '1', '3'], folder);
}
