import { createHmac } from 'node:crypto';
import type { Operation, World } from '../world.ts';

/** Ticks of .NET: 100 ns since the year 1. */
function ticks(milliseconds: number): string {
  return String(BigInt(milliseconds) * 10_000n + 621_355_968_000_000_000n);
}

function mac(world: World, text: string, bytes: number): string {
  let out = Buffer.alloc(0);
  for (let round = 0; out.length < bytes; round += 1) {
    out = Buffer.concat([
      out,
      createHmac('sha256', world.signingKey)
        .update(`${String(round)}:${text}`)
        .digest(),
    ]);
  }
  return out.subarray(0, bytes).toString('base64url');
}

/**
 * The query of an operation's URL: time, certificate, signature and content hash, about 3 KB of it. The hash binds the
 * caller. Source: recorded Azure-AsyncOperation headers, which are 3.3 to 3.9 KB long, at an api-version that the
 * service chooses.
 */
export function signedQuery(world: World, operation: Operation): string {
  const t = ticks(operation.start);
  const certificate = `MII${mac(world, 'certificate', 1900)}`;
  const s = mac(world, `${operation.id}:${t}`, 256);
  const h = mac(world, `${operation.id}:${operation.caller}`, 32);
  return `api-version=2025-03-01&t=${t}&c=${certificate}&s=${s}&h=${h}`;
}

/** Whether the query is the one that was handed out, and asked by the same caller. */
export function isSigned(
  world: World,
  operation: Operation,
  query: ReadonlyMap<string, string>,
  caller: string,
): boolean {
  if (operation.caller !== caller) return false;
  // The old form carried no signature. Source: recorded polls of 2022 at api-version 2016-03-30.
  if (['2016-03-30', '2017-08-31'].includes(query.get('api-version') ?? '')) return true;
  const expected = new Map(new URLSearchParams(signedQuery(world, operation)));
  return ['t', 'c', 's', 'h'].every((key) => query.get(key) === expected.get(key));
}
