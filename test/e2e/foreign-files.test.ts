import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportForms } from '../../src/domain/localdns/export/index.ts';
import { documentedDefault, profileForRequest } from '../../src/domain/localdns/index.ts';
import { cluster, userpool, value, withAzure, type Rig } from '../support/e2e.ts';

const good = `${JSON.stringify(profileForRequest(documentedDefault()), null, 2)}\n`;

const named = {
  bicep: 'Bicep',
  terraform: 'Terraform (HCL)',
  arm: 'an Azure resource in JSON',
  aso: 'a Kubernetes manifest',
  aksnodeclass: 'an AKSNodeClass',
} as const;

async function foreign(azure: Rig, form: (typeof exportForms)[number]): Promise<void> {
  azure.file('in.json', good);
  expect((await azure.run(['config', 'export', 'in.json', '--to', form, '--out', 'pool file'])).code).toBe(0);
}

describe('a file that is not a localdnsconfig.json', () => {
  test.concurrent.each(exportForms)(
    'but of the form %s is recognized, with the command that converts it',
    async (form) => {
      await withAzure({}, async (azure) => {
        await foreign(azure, form);
        const update = ['nodepool', 'update', ...userpool, '--yes', '--localdns-config'];
        const refused = await azure.run([...update, 'pool file']);
        expect([refused.code, refused.stdout]).toEqual([10, '']);
        expect(refused.stderr).toContain(
          `pool file looks like ${named[form]}, not a localdnsconfig.json; nothing was sent.`,
        );
        const line = /To extract the profile: (.+)/.exec(refused.stderr)?.[1] ?? '';
        const taken = await azure.shell(line);
        expect(taken.code, `${line}\n${taken.stderr}`).toBe(0);
        expect(readFileSync(path.join(azure.directory, 'localdnsconfig.json'), 'utf8')).toBe(good);
        expect(azure.puts).toEqual([]);
        expect((await azure.run([...update, 'localdnsconfig.json'])).code).toBe(0);
      })();
    },
  );

  test.concurrent(
    'is recognized by nodepool add, by check, by offline commands, and on standard input',
    withAzure({}, async (azure) => {
      await foreign(azure, 'terraform');
      const says = 'pool file looks like Terraform (HCL), not a localdnsconfig.json';
      const line = "aks-localdns config import 'pool file' --out localdnsconfig.json";
      for (const command of [
        ['nodepool', 'add', ...cluster, '-n', 'new', '-s', 'Standard_D4ds_v5', '--localdns-config', 'pool file'],
        ['config', 'validate', 'pool file'],
        ['config', 'lint', 'pool file'],
        ['config', 'render', 'pool file'],
        ['config', 'explain', 'www.bing.com', 'pool file'],
        ['config', 'diff', 'pool file', 'default'],
        ['config', 'export', 'pool file', '--to', 'bicep'],
      ]) {
        const { code, stderr } = await azure.run(command);
        expect(code, command.join(' ')).toBe(10);
        expect(stderr).toContain(says);
        expect(stderr).toContain(line);
      }
      const check = await azure.run(['check', ...userpool, '--localdns-config', 'pool file', '-o', 'json']);
      expect(value(check)).toMatchObject({
        rows: expect.arrayContaining([
          expect.objectContaining({ id: 'config-valid', status: 'fail', reason: `${says}.`, fix: line }),
        ]) as unknown,
      });
      const input = readFileSync(path.join(azure.directory, 'pool file'), 'utf8');
      const piped = await azure.run(['nodepool', 'update', ...userpool, '--localdns-config', '-', '--yes'], { input });
      expect(piped.stderr).toContain('aks-localdns config import - --out localdnsconfig.json');
      azure.file('localdnsconfig.json', input);
      const same = await azure.run(['config', 'validate', 'localdnsconfig.json']);
      expect(same.stderr).toMatch(/config import localdnsconfig\.json$/m);
    }),
  );
});
