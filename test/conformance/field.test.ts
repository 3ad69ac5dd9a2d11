import { describe, expect, test } from 'vitest';
import { fieldFiles, fieldMissing } from './field/files.ts';
import { inputRows } from './field/input-rows.ts';
import { profileRows } from './field/profile-rows.ts';
import { verdictRows } from './field/verdict-rows.ts';

const rows = [...verdictRows, ...profileRows, ...inputRows].sort((left, right) => left.id.localeCompare(right.id));

describe.skipIf(fieldMissing !== undefined)(`the cases from the field ${fieldMissing ?? ''}`, () => {
  test.each(rows)('$id: $shows', async ({ prove }) => {
    expect.hasAssertions();
    await prove();
  });

  test('has a row for each of its files', () => {
    expect([...new Set(rows.flatMap(({ files }) => files))].sort()).toEqual(fieldFiles());
  });
});
