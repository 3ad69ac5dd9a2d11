import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { asArray, asNumber, asString, at, own, parseJson, type JsonValue } from '../../src/core/json.ts';
import { documentedDefault } from '../../src/domain/localdns/index.ts';
import { explainLookup, type AnswerKind } from '../../src/domain/localdns/resolve/index.ts';
import { cachedTtl } from '../../src/domain/localdns/resolve/ttl.ts';

const file = fileURLToPath(new URL('../../../shared/reference/corefile/ttl-cases.json', import.meta.url));
const present = existsSync(file);
const skipped = present ? '' : ` (skipped: there is no reference data at ${file})`;
const data: JsonValue | undefined = present ? parseJson(readFileSync(file, 'utf8')) : undefined;

function row(entry: JsonValue): {
  upstreamTtl: number;
  cacheDuration: number;
  ttlGiven: number | undefined;
  cachedFor: number | undefined;
} {
  return {
    upstreamTtl: asNumber(own(entry, 'upstreamTtl')) ?? Number.NaN,
    cacheDuration: asNumber(own(entry, 'cacheDuration')) ?? Number.NaN,
    ttlGiven: asNumber(own(entry, 'ttlGiven')),
    cachedFor: asNumber(own(entry, 'cachedFor')),
  };
}

/** The kind of answer for each line of `notCached`, by its first word. */
const notCached: Readonly<Record<string, AnswerKind>> = {
  SERVFAIL: 'failure',
  REFUSED: 'other-code',
  NXDOMAIN: 'negative-without-soa',
  truncated: 'truncated',
  answers: 'negative-without-soa',
};

describe.skipIf(!present)(`the TTL cases${skipped}`, () => {
  const rows = asArray(own(data, 'positive')).map((entry) => row(entry));

  test.each(rows)(
    '$upstreamTtl from upstream with cacheDuration $cacheDuration is kept and given for $cachedFor',
    ({ upstreamTtl, cacheDuration, ttlGiven, cachedFor }) => {
      const seconds = cachedTtl({ upstreamTtl, cacheDuration });
      expect({ ttlGiven: seconds, cachedFor: seconds }).toEqual({ ttlGiven, cachedFor });
      expect(cachedTtl({ upstreamTtl, cacheDuration, answer: 'negative' })).toBe(seconds);
    },
  );

  test('a long cache duration has an effect from 1.14.4 on, as in the note', () => {
    const notes = asArray(own(data, 'positive')).map((entry) => asString(own(entry, 'note')) ?? '');
    expect(notes.filter((note) => note.includes('7200 from 1.14.4'))).toHaveLength(1);
    expect(cachedTtl({ upstreamTtl: 86_400, cacheDuration: 7200, coreDnsVersion: '1.14.4' })).toBe(7200);
  });

  test.each(asArray(own(data, 'notCached')).map((line) => asString(line) ?? ''))('not cached: %s', (line) => {
    const answer = notCached[line.split(' ')[0] ?? ''];
    expect(answer).toBeDefined();
    expect(cachedTtl({ upstreamTtl: 300, cacheDuration: 3600, answer })).toBe(0);
  });

  test('an answer without any record is cached for 5 s', () => {
    expect(cachedTtl({ upstreamTtl: 300, cacheDuration: 3600, answer: 'empty' })).toBe(5);
  });

  test.each([
    ['Immediate', 3900, 3900],
    ['Verify', 300, 3900],
    ['Disable', 300, 300],
  ] as const)(
    'the stale example: with %s the oldest answer is as old as its timeline says',
    (serveStale, upstreamHealthy, upstreamDown) => {
      const example = own(data, 'staleExample');
      const upstreamTtl = asNumber(at(example, 'upstreamTtl')) ?? 0;
      const profile = documentedDefault();
      const root = {
        ...profile.vnetDNSOverrides['.'],
        serveStale,
        cacheDurationInSeconds: upstreamTtl,
      } as (typeof profile.vnetDNSOverrides)[string];
      const explained = explainLookup(
        { ...profile, vnetDNSOverrides: { ...profile.vnetDNSOverrides, '.': root } },
        { name: 'example.com.', dnsPolicy: 'Default' },
      );
      const [candidate] = explained.candidates;
      expect(candidate?.answeredBy === 'upstream' ? candidate.cache.stale.worstAgeSeconds : undefined).toEqual({
        upstreamHealthy,
        upstreamDown,
      });
      expect(asString(own(asArray(own(example, 'timeline')).at(-1), 'secondsSinceStored'))).toBe('>=3900');
    },
  );
});
