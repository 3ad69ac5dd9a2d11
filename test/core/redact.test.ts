import { describe, expect, test } from 'vitest';
import { redact, safeText } from '../../src/core/redact.ts';
import { secretTexts } from '../support/secret-texts.ts';

describe('a secret', () => {
  test.each(secretTexts)('$kind is removed, and the text around it is kept', ({ text, secret, left }) => {
    expect(text).toContain(secret);
    expect(redact(`before ${text} after`)).toBe(`before ${left} after`);
    expect(safeText(`${text}\n`)).toBe(left.replace(/\s+/g, ' '));
  });

  test.each(secretTexts)('$kind is also removed if the text is cut off after it', ({ text, secret }) => {
    const cut = text.slice(0, text.indexOf(secret) + secret.length);
    expect(redact(cut)).not.toContain(secret);
  });

  test.each(secretTexts)('$kind is also removed in JSON within JSON', ({ text, secret }) => {
    const nested = JSON.stringify({ error: JSON.stringify({ message: text }) });
    expect(redact(nested)).not.toContain(JSON.stringify(secret).slice(1, -1));
  });
});

describe('what only looks like a secret', () => {
  test.each([
    'see https://aka.ms/x and eye',
    'Bearer authentication failed; the bearer token is not valid.',
    'Bearer authorization_uri="https://login.microsoftonline.com/t", error="invalid_token"',
    'AADSTS7000215: Invalid client secret provided. Ensure it is the client secret value, not the client secret ID.',
    'Invalid token: AADSTS700082',
    'The access token has expired: sign in again.',
    'SIG: the image gallery; design: none; sigma=3',
    'Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root',
    'a secret: my-secret, and the password is wrong',
    'http://127.0.0.1:8080/a@b',
    'aks-localdns nodepool enable -g rg --cluster-name aks -n p --subscription c0ffee00-1000-4000-8000-000000000001',
    'ada@contoso.com, tenant 7c0ffee0-0000-4000-8000-00000000da7a',
    '/subscriptions/c0ffee00-1000-4000-8000-000000000001/resourceGroups/rg',
    '',
  ])('is kept: %s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('text from outside', () => {
  test('is one printable line of bounded length', () => {
    expect(safeText(' a\n\tb\u001b[31m ')).toBe('a b\\u001b[31m');
    expect(safeText('x'.repeat(3000))).toHaveLength(2000);
    expect(safeText('abcdef', 4)).toBe('abc…');
  });

  test.each([
    'http://'.repeat(30_000),
    '-'.repeat(200_000),
    'token='.repeat(30_000),
    'password '.repeat(30_000),
    'a://b:c'.repeat(30_000),
    '-----BEGIN PRIVATE KEY-----'.repeat(10_000),
    `password="${'\\'.repeat(200_000)}`,
    `Bearer ${'a'.repeat(200_000)}`,
    `eyJ${'.'.repeat(200_000)}`,
    'client_secret'.repeat(20_000),
  ])('is searched quickly, whatever it contains (%#)', (text) => {
    const started = performance.now();
    redact(text);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
