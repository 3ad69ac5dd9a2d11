import { expect, test } from 'vitest';
import { documentedDefault, effectiveProfile } from '../../src/domain/localdns/index.ts';
import { consequences } from '../../src/domain/localdns/consequences/consequences.ts';
import { profileDiffText } from '../../src/report/profile-diff.ts';

const before = documentedDefault();

test('each change has its old and new value, with its consequence below', () => {
  const after = effectiveProfile(
    {
      ...before,
      kubeDNSOverrides: {
        ...before.kubeDNSOverrides,
        '.': { ...before.kubeDNSOverrides['.'], serveStale: 'Verify' },
        'corp.test': {},
      },
    },
    undefined,
  );
  const text = profileDiffText(consequences(before, after));
  expect(text).toMatch(/^kubeDNSOverrides\["\."\]\.serveStale: Immediate -> Verify\n {4}\S/);
  expect(text).toMatch(/\nkubeDNSOverrides\["corp\.test"\]: zone added\n {4}queryLogging Error, protocol PreferUDP/);
  expect(text.split('\n').every((line) => line.length <= 80)).toBe(true);
  expect(profileDiffText(consequences(after, before))).toContain('kubeDNSOverrides["corp.test"]: zone removed');
});

test('identical profiles give "No differences", and control characters are escaped', () => {
  expect(profileDiffText([])).toBe('No differences.\n');
  expect(
    profileDiffText([{ path: 'a\u001b[31m', before: 'x\n', after: 'y', consequence: 'z\u0007', reimages: true }]),
  ).not.toMatch(/[\u001b\u0007]/);
});
