import { expect, test } from 'vitest';
import { check } from '../../../src/cli/commands/check.ts';
import { checkOptions } from '../../../src/cli/options/check.ts';
import { scopePermissions } from '../../../src/cli/options/registration.ts';
import { thresholdOn } from '../../../src/domain/checks/forecast/thresholds.ts';

test('--forecast without a version uses the version of the rules', () => {
  const { major, minor } = thresholdOn()?.version ?? {};
  expect(checkOptions.forecast.valueless).toBe(`${String(major)}.${String(minor)}`);
});

test('the permissions of a check include those of its scope', () => {
  expect(check.permissions).toEqual(expect.arrayContaining([...scopePermissions]));
});
