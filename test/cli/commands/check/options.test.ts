import { expect, test } from 'vitest';
import { check, options } from '../../../../src/cli/commands/check.ts';
import { scopePermissions } from '../../../../src/cli/commands/scope/options.ts';
import { forecastVersion } from '../../../../src/domain/checks/index.ts';

test('--forecast without a version asks about the one that the rules speak of', () => {
  expect(options.forecast.valueless).toBe(forecastVersion);
});

test('the permissions of a check are those of its scope too', () => {
  expect(check.permissions).toEqual(expect.arrayContaining([...scopePermissions]));
});
