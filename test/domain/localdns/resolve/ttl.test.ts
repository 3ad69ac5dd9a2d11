import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerKinds, cachedTtl } from '../../../../src/domain/localdns/resolve/ttl.ts';

describe('cachedTtl', () => {
  test.each([
    ['1.12.1', 3600],
    ['1.14.3', 3600],
    ['v1.14.3-11', 3600],
    ['1.14.4', 7200],
    ['1.15.0', 7200],
    ['2.0.0', 7200],
    ['unknown', 3600],
    [undefined, 3600],
  ])('CoreDNS %s caches a TTL of a day for %d s if 7200 is set', (coreDnsVersion, seconds) => {
    expect(cachedTtl({ upstreamTtl: 86_400, cacheDuration: 7200, coreDnsVersion })).toBe(seconds);
  });

  test('is 0, or between the minimum and the cache duration', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.constantFrom(...answerKinds),
        (upstreamTtl, cacheDuration, answer) => {
          const ttl = cachedTtl({ upstreamTtl, cacheDuration, answer });
          expect(ttl === 0 || (ttl >= Math.min(5, cacheDuration) && ttl <= cacheDuration)).toBe(true);
        },
      ),
    );
  });
});
