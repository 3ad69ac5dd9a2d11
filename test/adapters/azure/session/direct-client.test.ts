import { expect, test } from 'vitest';
import { isOfThisMachine } from '../../../../src/adapters/azure/session/direct-client.ts';

test.each([
  ['http://127.0.0.1:41234/msi/token', true],
  ['http://localhost:40342/metadata/identity/oauth2/token', true],
  ['http://[::1]:8080/', true],
  ['http://169.254.169.254/metadata/identity/oauth2/token', true],
  ['https://login.microsoftonline.com/organizations/oauth2/v2.0/token', false],
  ['http://169.254.169.254.example.com/', false],
  ['http://localhost.example.com/', false],
  ['nonsense', false],
])('%s is on this machine: %s', (url, expected) => {
  expect(isOfThisMachine(url)).toBe(expected);
});
