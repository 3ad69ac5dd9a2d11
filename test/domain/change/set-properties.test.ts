import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/core/errors.ts';
import { setProperties } from '../../../src/domain/change/set-properties.ts';

describe('settings of the form PATH=VALUE', () => {
  test.each([
    ['count=5', { count: 5 }],
    ['kubeletConfig.podMaxPids=200', { kubeletConfig: { cpuManagerPolicy: 'static', podMaxPids: 200 } }],
    ['nodeTaints=["a=b:NoSchedule"]', { nodeTaints: ['a=b:NoSchedule'] }],
    ['osSKU=AzureLinux', { osSKU: 'AzureLinux' }],
    ['a.b.c=true', { a: { b: { c: true } } }],
    ['spotMaxPrice=-1', { spotMaxPrice: -1 }],
    ['x=', { x: '' }],
    ['x=null', { x: null }],
    ['x=a=b', { x: 'a=b' }],
    ['x="3"', { x: '3' }],
  ])('%s', (setting, expected) => {
    expect(setProperties({ kubeletConfig: { cpuManagerPolicy: 'static' } }, [setting])).toMatchObject(expected);
  });

  test('are applied in order without changing the input', () => {
    const before = { a: { b: 1 } };
    expect(setProperties(before, ['a.b=2', 'a.b=3'])).toEqual({ a: { b: 3 } });
    expect(before).toEqual({ a: { b: 1 } });
  });

  test.each([
    'x',
    '=1',
    'a..b=1',
    '__proto__.x=1',
    'a.constructor.b=1',
    'prototype=1',
    'eTag=1',
    'nodeImageVersion=x',
    'provisioningState=Succeeded',
    'localDNSProfile.mode=Required',
    'properties.count=1',
    'kind.sub=1',
  ])('are rejected: %s', (setting) => {
    expect(() => setProperties({ kind: 'text' }, [setting])).toThrow(UsageError);
  });

  test('are safe for any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 30 }), { maxLength: 4 }), (settings) => {
        const refusals: unknown[] = [];
        try {
          setProperties({ a: {} }, settings);
        } catch (error) {
          refusals.push(error);
        }
        expect(refusals.every((error) => error instanceof UsageError)).toBe(true);
        expect(({} as { readonly x?: unknown }).x).toBeUndefined();
      }),
    );
  });
});
