import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { answeredError, findOperationError } from '../../../../src/adapters/azure/errors/classify.ts';
import { parseDetail } from '../../../../src/adapters/azure/errors/parse.ts';
import { asArray, asNumber, at, own, parseJson } from '../../../../src/core/json.ts';

const file = new URL('../../../../../shared/reference/azure-cli/conflict-and-failure-samples.json', import.meta.url);
const cases = existsSync(file) ? asArray(own(parseJson(readFileSync(file, 'utf8')), 'cases')) : [];

describe.skipIf(cases.length === 0)(
  'the conflicts and failures that people have seen (skipped without the reference data)',
  () => {
    const conflicts = cases.filter((entry) => asNumber(own(entry, 'http')) === 409);
    test.each(conflicts.map((entry, index) => [index, entry] as const))(
      '409 number %i is another operation in progress',
      (_, entry) => {
        const body = own(entry, 'body') ?? { code: own(entry, 'code'), message: own(entry, 'message'), details: null };
        expect(answeredError({ status: 409, text: JSON.stringify(body) }).class).toBe('operation-in-progress');
      },
    );

    test('a preempted operation is another operation in progress, whatever its status', () => {
      const entry = cases.find((candidate) => own(candidate, 'code') === 'AKSOperationPreempted');
      const body = { code: own(entry, 'code'), message: own(entry, 'message') };
      expect(answeredError({ status: 400, text: JSON.stringify(body) }).class).toBe('operation-in-progress');
      expect(findOperationError(parseDetail(body), 'failed').class).toBe('operation-in-progress');
    });

    test('an internal error of the control plane is transient', () => {
      const entry = cases.find((candidate) => at(candidate, 'body', 'status') === 'Failed');
      expect(findOperationError(parseDetail(at(entry, 'body', 'error')), 'failed').class).toBe('transient');
    });
  },
);
