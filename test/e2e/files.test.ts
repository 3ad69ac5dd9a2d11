import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  constants,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { prerequisites, reportFormats } from '../../src/report/index.ts';
import { fleet } from '../report/support/fleet.ts';
import { cluster, userpool, value, withAzure, type Child, type Rig } from '../support/e2e.ts';

const report = reportFormats.json(prerequisites(fleet({ clusters: 3 }).report));
const profile = '{"mode": "Required"}\n';
const isRoot = process.getuid?.() === 0;

function pipe(azure: Rig, name: string): string {
  const file = path.join(azure.directory, name);
  expect(spawnSync('mkfifo', [file]).status).toBe(0);
  return file;
}

/** Our own device: as root, a mistake would destroy the device of the machine. */
function device(azure: Rig, name: string): string | undefined {
  const made = spawnSync('mknod', [path.join(azure.directory, name), 'c', '1', '7']);
  return made.status === 0 ? name : isRoot ? undefined : '/dev/full';
}

/** Command lines that write a given file, by command and option. */
const writing: Readonly<Record<string, (file: string) => readonly string[]>> = {
  'config init --out': (file) => ['config', 'init', '--force', '--out', file],
  'report convert --out': (file) => ['report', 'convert', 'report.json', '--to', 'md', '--force', '--out', file],
  'check --report': (file) => ['check', ...cluster, '--force', '--report', `html=${file}`],
  'check --save-facts': (file) => ['check', ...cluster, '--force', '--save-facts', file],
  'simulator start --write-env': (file) => ['simulator', 'start', '--force', '--write-env', file],
  'simulator start --write-kubeconfig': (file) => ['simulator', 'start', '--force', '--write-kubeconfig', file],
  'simulator start --request-log': (file) => ['simulator', 'start', '--force', '--request-log', file],
};

describe('a file that cannot be written is a one-line error before any request to Azure', () => {
  test.concurrent.each(Object.entries(writing))('%s', async (_, words) =>
    withAzure({}, async (azure) => {
      azure.file('report.json', report);
      azure.file('plain', 'x');
      mkdirSync(path.join(azure.directory, 'folder'));
      for (const [name, target] of Object.entries({ circle: 'circle', link: 'pipe', devices: '/dev' }))
        symlinkSync(target, path.join(azure.directory, name));
      pipe(azure, 'pipe');
      const full = device(azure, 'full');
      const refused: readonly (readonly [string, string])[] = [
        ['folder', 'it is a directory'],
        ['folder/', 'it is a directory'],
        ['pipe', 'it is a pipe'],
        ['link', 'it is a pipe'],
        ['plain/x', 'part of its path is not a directory'],
        ['circle', 'its symbolic links form a loop'],
        ['n'.repeat(256), 'the name is too long'],
        ['/proc/nope/x.json', 'files cannot be created there'],
        ['devices/aks-localdns', 'files cannot be created there'],
        ...(full === undefined
          ? []
          : [[full, full === 'full' ? 'it is a device' : 'files cannot be created there'] as const]),
      ];
      const before = readdirSync(azure.directory);
      const ran = await Promise.all(refused.map(async ([file]) => azure.run(words(file))));
      for (const [index, [file, why]] of refused.entries()) {
        const [line = '', ...hints] = ran[index]?.stderr.trimEnd().split('\n') ?? [];
        expect([file, ran[index]?.code, ran[index]?.stdout, line]).toEqual([
          file,
          1,
          '',
          `ERROR: ${file} could not be written: ${why}.`,
        ]);
        expect(hints.length).toBeLessThan(2);
      }
      expect(azure.seen).toEqual([]);
      expect(readdirSync(azure.directory)).toEqual(before);
      if (full === 'full') expect(lstatSync(path.join(azure.directory, 'full')).isCharacterDevice()).toBe(true);
    })(),
  );

  test.concurrent(
    'a file without write permission, even for root',
    withAzure({}, async (azure) => {
      azure.file('report.json', report);
      azure.file('closed/there.md', '# LocalDNS prerequisites\n');
      azure.file('locked.json', profile);
      chmodSync(path.join(azure.directory, 'closed'), 0o555);
      chmodSync(path.join(azure.directory, 'locked.json'), 0o444);
      for (const directory of [path.dirname(azure.directory), azure.directory]) chmodSync(directory, 0o777);
      const nobody = isRoot ? 'setpriv --reuid 65534 --regid 65534 --clear-groups ' : '';
      for (const file of ['closed/new.md', 'closed/there.md', 'locked.json']) {
        const line = `${nobody}aks-localdns report convert report.json --to md --force --out ${file}`;
        const ran = await azure.shell(line);
        expect([ran.code, ran.stderr]).toEqual([1, `ERROR: ${file} could not be written: permission denied.\n`]);
      }
      chmodSync(path.join(azure.directory, 'closed'), 0o755);
    }),
  );

  test.concurrent(
    'standard output as the file of an option that writes beside the result',
    withAzure({}, async (azure) => {
      for (const out of ['-', '/dev/stdout']) {
        for (const words of [
          ['check', ...cluster, '--report', `html=${out}`],
          ['check', ...cluster, '--save-facts', out],
          ['simulator', 'start', '--write-env', out],
        ])
          expect(await azure.run(words)).toMatchObject({ code: 2, stdout: '' });
        const printed = await azure.run(['config', 'init', '--out', out]);
        expect([printed.code, value(printed), printed.stderr]).toEqual([
          0,
          expect.objectContaining({ mode: 'Required' }),
          '',
        ]);
      }
      expect(azure.seen).toEqual([]);
    }),
  );
});

describe('an existing file', () => {
  test.concurrent(
    'is replaced only if the program wrote it, and keeps its mode and symbolic link',
    withAzure({}, async (azure) => {
      azure.file('report.json', report);
      const at = (name: string): string => path.join(azure.directory, name);
      const words: readonly (readonly [string, number, readonly string[]])[] = [
        ['page', 0, ['report', 'convert', 'report.json', '--to', 'html', '--out', 'page']],
        ['form', 10, ['check', ...cluster, '--report', 'json=form']],
        ['facts', 10, ['check', ...cluster, '--save-facts', 'facts']],
      ];
      for (const [file, code, line] of words) {
        symlinkSync(`${file}.real`, at(file));
        expect((await azure.run(line)).code).toBe(code);
        chmodSync(at(file), 0o660);
        const first = readFileSync(at(file), 'utf8');
        expect((await azure.run(line)).code).toBe(code);
        expect(lstatSync(at(file)).isSymbolicLink()).toBe(true);
        expect(statSync(at(file)).mode & 0o777).toBe(0o660);
        azure.file(file, '# Precious\n');
        const refused = await azure.run(line);
        expect([refused.code, refused.stdout, refused.stderr]).toEqual([
          1,
          '',
          `ERROR: ${file} already exists and does not look like a file that this command wrote: it was not changed.\nTo replace it, use --force.\n`,
        ]);
        expect(readFileSync(at(file), 'utf8')).toBe('# Precious\n');
        expect((await azure.run([...line, '--force'])).code).toBe(code);
        expect(readFileSync(at(file), 'utf8').slice(0, 40)).toBe(first.slice(0, 40));
      }
    }),
  );

  test.concurrent(
    'keeps its mode and symbolic link when lint fixes it',
    withAzure({}, async (azure) => {
      azure.file('real.json', '{"mode": "required"}\n');
      chmodSync(path.join(azure.directory, 'real.json'), 0o640);
      symlinkSync('real.json', path.join(azure.directory, 'link.json'));
      const ran = await azure.run(['config', 'lint', 'link.json', '--fix']);
      expect(ran.stderr).toContain('1 fix');
      expect(readFileSync(path.join(azure.directory, 'real.json'), 'utf8')).toBe('{"mode": "Required"}\n');
      expect(statSync(path.join(azure.directory, 'real.json')).mode & 0o777).toBe(0o640);
      expect(lstatSync(path.join(azure.directory, 'link.json')).isSymbolicLink()).toBe(true);
    }),
  );
});

/** Command lines that read a given file, by command and option. */
const reading: Readonly<Record<string, (file: string) => readonly string[]>> = {
  'config validate': (file) => ['config', 'validate', file],
  'config lint --fix': (file) => ['config', 'lint', file, '--fix'],
  'config lint --facts': (file) => ['config', 'lint', 'good.json', '--facts', file],
  'config render': (file) => ['config', 'render', file],
  'config explain': (file) => ['config', 'explain', 'contoso.com', file],
  'config diff': (file) => ['config', 'diff', 'good.json', file],
  'config export': (file) => ['config', 'export', file, '--to', 'bicep'],
  'config rehearse --names': (file) => ['config', 'rehearse', 'good.json', '--names', `./${file}`],
  'check --from': (file) => ['check', '--from', file],
  'check --from-facts': (file) => ['check', '--from-facts', file],
  'check --ignore-file': (file) => ['check', ...cluster, '--ignore-file', file],
  'check --localdns-config': (file) => ['check', ...cluster, '--localdns-config', file],
  'nodepool update': (file) => ['nodepool', 'update', ...userpool, '--localdns-config', file],
  'report convert': (file) => ['report', 'convert', file, '--to', 'md'],
  'report diff': (file) => ['report', 'diff', 'report.json', file],
  'simulator start --load': (file) => ['simulator', 'start', '--load', file],
};

describe('a file that cannot be read is a one-line error', () => {
  test.concurrent.each(Object.entries(reading))('%s', async (_, words) =>
    withAzure({}, async (azure) => {
      azure.file('report.json', report);
      azure.file('good.json', profile);
      mkdirSync(path.join(azure.directory, 'folder'));
      symlinkSync('circle', path.join(azure.directory, 'circle'));
      const told: readonly (readonly [string, number, string])[] = [
        ['folder', 1, 'folder could not be read: it is a directory.'],
        ['circle', 1, 'circle could not be read: its symbolic links form a loop.'],
        ['none', 3, 'none does not exist.'],
        ['good.json/below', 3, 'good.json/below does not exist.'],
      ];
      const ran = await Promise.all(told.map(async ([file]) => azure.run(words(file))));
      for (const [index, [file, code, why]] of told.entries())
        expect([file, ran[index]?.code, ran[index]?.stdout, ran[index]?.stderr.replace('./', '')]).toEqual([
          file,
          code,
          '',
          `ERROR: ${why}\n`,
        ]);
      expect(azure.writes).toEqual([]);
    })(),
  );

  test.concurrent(
    'an endless or too large file',
    withAzure({}, async (azure) => {
      azure.file('report.json', report);
      azure.file('good.json', profile);
      symlinkSync('/dev/zero', path.join(azure.directory, 'endless'));
      // Commands that check a file report it as a finding.
      const codes: Readonly<Record<string, number>> = {
        'config validate': 10,
        'config lint --fix': 10,
        'check --ignore-file': 2,
      };
      for (const [name, words] of Object.entries(reading)) {
        if (name === 'simulator start --load') continue;
        const { code, stdout, stderr } = await azure.run(words('endless'));
        expect([name, code]).toEqual([name, codes[name] ?? 1]);
        expect(stdout + stderr, name).toMatch(/larger than|more than/);
        expect(stderr, name).not.toContain('at ');
      }
      expect(azure.writes).toEqual([]);
    }),
  );
});

/** Opens a pipe as soon as a program has opened it for reading. */
async function writerOf(file: string, child: Child): Promise<FileHandle> {
  let over = false;
  const end = child.ended.then(() => {
    over = true;
  });
  for (;;) {
    const writer = await open(file, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => undefined);
    if (writer !== undefined) return writer;
    if (over) throw new Error(`The program ended before it read:\n${(await child.ended).stderr}`);
    await Promise.race([end, pause(20)]);
  }
}

describe('an interrupt while reading ends the program immediately', () => {
  test.concurrent.each(Object.entries(reading).map(([name, words], index) => ({ name, words, index })))(
    'an idle pipe: $name',
    async ({ words, index }) =>
      withAzure({}, async (azure) => {
        azure.file('report.json', report);
        azure.file('good.json', profile);
        const silent = pipe(azure, 'silent');
        const child = azure.start(words('silent'));
        const writer = await writerOf(silent, child);
        const [signal, code] = index % 2 === 0 ? (['SIGINT', 130] as const) : (['SIGTERM', 143] as const);
        child.kill(signal);
        const ran = await child.ended;
        expect([ran.code, ran.signal, ran.stdout]).toEqual([code, null, '']);
        await writer.close();
        expect(azure.writes).toEqual([]);
      })(),
  );

  test.concurrent(
    'files of the Azure CLI and of certificates',
    withAzure({}, async (azure) => {
      const profileFile = path.join(azure.env['AZURE_CONFIG_DIR'] ?? '', 'azureProfile.json');
      for (const [file, env] of [
        [profileFile, {}],
        [path.join(azure.directory, 'ca.pem'), { AKS_LOCALDNS_CA_FILE: 'ca.pem' }],
      ] as const) {
        expect(spawnSync('mkfifo', [file]).status).toBe(0);
        const child = azure.start(['check', ...cluster], { env });
        const writer = await writerOf(file, child);
        child.kill('SIGTERM');
        expect((await child.ended).code).toBe(143);
        await writer.close();
        rmSync(file);
      }
      const folder = await azure.run(['check', ...cluster], { env: { AKS_LOCALDNS_CA_FILE: azure.directory } });
      expect([folder.code, folder.stderr]).toEqual([
        1,
        `ERROR: AKS_LOCALDNS_CA_FILE: ${azure.directory} could not be read: it is a directory.\n`,
      ]);
    }),
  );

  test.concurrent(
    'without an interrupt, a pipe is read to its end',
    withAzure({}, async (azure) => {
      const ran = await azure.shell(
        `mkfifo late; (sleep 1; echo '${profile.trim()}' > late) & aks-localdns config validate late && echo '${profile.trim()}' | aks-localdns config validate /dev/stdin`,
      );
      expect([ran.code, ran.stderr]).toEqual([0, '']);
    }),
  );
});

describe('a full disk', () => {
  const small = mkdtempSync(path.join(tmpdir(), 'aks-localdns-small-'));
  const mounted = isRoot && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', small]).status === 0;
  afterAll(() => {
    if (mounted) spawnSync('umount', ['-l', small]);
    rmSync(small, { recursive: true });
  });

  test('is a one-line error, and leaves no partial file', async (t) => {
    t.skip(!mounted, 'No small file system can be mounted here.');
    await withAzure({ clusters: 50, seed: 7 }, async (azure) => {
      const all = 'aks-localdns check --all-subscriptions --only-show-errors';
      const lines: readonly (readonly [string, string])[] = [
        [
          `${all} -o none --save-facts ${small}/facts`,
          `ERROR: ${small}/facts could not be written: no space left on the device.\n`,
        ],
        [
          `${all} -o none --report html=${small}/page`,
          `ERROR: --report: ${small}/page could not be written: no space left on the device.\n`,
        ],
        [
          `${all} -o json > ${small}/out`,
          'ERROR: Standard output could not be written: no space left on the device.\n',
        ],
      ];
      for (const [line, told] of lines) {
        const ran = await azure.shell(line);
        expect([line, ran.code, ran.stderr.split('\n').filter((each) => each.startsWith('ERROR'))]).toEqual([
          line,
          1,
          [told.trimEnd()],
        ]);
        expect(readdirSync(small).filter((name) => name !== 'out')).toEqual([]);
      }
    })();
  });

  test.concurrent(
    'or a file size limit never ends with 0 and a partial result, on standard output or in a file',
    withAzure({}, async (azure) => {
      const limited = (line: string) => azure.shell(`ulimit -f 1; ${line}`);
      const out = await limited('aks-localdns config init > out');
      expect([out.code, out.stderr]).toEqual([
        1,
        'ERROR: Standard output could not be written: it would exceed the maximum file size.\n',
      ]);
      const file = await limited('aks-localdns config init --out file');
      expect([file.code, file.stderr]).toEqual([
        1,
        'ERROR: file could not be written: it would exceed the maximum file size.\n',
      ]);
      expect(readdirSync(azure.directory)).toEqual(['out']);
    }),
  );

  test.concurrent(
    'as a device is a one-line error',
    withAzure({}, async (azure) => {
      for (const line of [`check ${cluster.join(' ')} -o json`, 'config schema', '--help', '--version']) {
        const ran = await azure.shell(`aks-localdns ${line} > /dev/full`);
        expect([line, ran.code, ran.stderr.trimEnd().split('\n').at(-1)]).toEqual([
          line,
          1,
          'ERROR: Standard output could not be written: no space left on the device.',
        ]);
      }
    }),
  );
});
