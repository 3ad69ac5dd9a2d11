import { expect, test } from 'vitest';
import { check } from '../../../src/cli/commands/check.ts';
import { checkOptions } from '../../../src/cli/options/check.ts';
import { scopePermissions } from '../../../src/cli/options/registration.ts';
import { thresholdOn } from '../../../src/domain/checks/forecast/thresholds.ts';

test('--forecast without a version asks about the one that the rules speak of', () => {
  const { major, minor } = thresholdOn()?.version ?? {};
  expect(checkOptions.forecast.valueless).toBe(`${String(major)}.${String(minor)}`);
});

test('the permissions of a check are those of its scope too', () => {
  expect(check.permissions).toEqual(expect.arrayContaining([...scopePermissions]));
});
