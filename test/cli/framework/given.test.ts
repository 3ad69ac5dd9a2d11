import { expect, test } from 'vitest';
import { givenOptions } from '../../../src/cli/framework/given.ts';

test('the options that were given are typed again with their values, and no others', () => {
  const options = {
    name: { type: 'string', summary: 's' },
    'node-count': { type: 'integer', summary: 's' },
    labels: { type: 'string', repeatable: true, summary: 's' },
    zones: { type: 'string', repeatable: true, summary: 's' },
    'spot-max-price': { type: 'string', summary: 's' },
    'enable-fips-image': { type: 'boolean', summary: 's' },
    'dry-run': { type: 'boolean', summary: 's' },
    mode: { type: 'string', summary: 's' },
  } as const;
  const args = {
    name: 'p',
    nodeCount: 0,
    labels: ['a=b', 'c=d e'],
    zones: [],
    spotMaxPrice: '-1',
    enableFipsImage: true,
    dryRun: false,
    mode: undefined,
  };
  expect(givenOptions(options, args, ['name'])).toEqual([
    ['--node-count', '0'],
    ['--labels', 'a=b', 'c=d e'],
    ['--spot-max-price=-1'],
    ['--enable-fips-image'],
  ]);
});
