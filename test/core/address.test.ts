import { expect, test } from 'vitest';
import { addressOf } from '../../src/core/address.ts';

test.each([
  ['https://user:pw@corp.example.com:8443/a/b?c#d', 'a URL', 'corp.example.com'],
  ['https://aks-demo', 'a URL', 'aks-demo'],
  ['aks-demo:443', 'a host with a port', 'aks-demo'],
  ['aks-demo:443/healthz', 'a host with a port', 'aks-demo'],
  ['aks-demo/', 'a path', 'aks-demo'],
  ['corp.example.com/dns', 'a path', 'corp.example.com'],
])('%s is %s of %s', (word, what, host) => {
  expect(addressOf(word)).toEqual({ what, host });
});

test.each(['aks-demo', 'corp.example.com', '.', '', '/', 'a:b', '_sip._tcp.x'])('%j is accepted as it is', (word) => {
  expect(addressOf(word)).toBeUndefined();
});
