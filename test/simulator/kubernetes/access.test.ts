import { describe, expect, test } from 'vitest';
import { at } from '../../../src/core/json.ts';
import { api } from './api.ts';

/** A field of a protobuf message: a text or a message. Each byte is a character, as the server hands bodies on. */
function field(number: number, content: string): string {
  const length = content.length;
  const size = length < 0x80 ? [length] : [(length & 0x7f) | 0x80, length >> 7];
  return String.fromCharCode(number * 8 + 2, ...size) + content;
}

/** A SelfSubjectAccessReview as kubectl 1.34 sends it. */
function review(verb: string, resource: string, subresource: string, namespace = 'default'): string {
  const attributes = [namespace, verb, '', '*', resource, subresource, ''].map((text, index) => field(index + 1, text));
  const spec = field(1, attributes.join(''));
  const metadata = field(1, ['', '', '', '', ''].map((text, index) => field(index + 1, text)).join(''));
  const type = field(1, 'authorization.k8s.io/v1') + field(2, 'SelfSubjectAccessReview');
  return `k8s\0${field(1, type)}${field(2, metadata + field(2, spec))}${field(3, '')}${field(4, '')}`;
}

const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const protobuf = { 'content-type': 'application/vnd.kubernetes.protobuf' };

describe('an access review in protobuf', () => {
  test('is answered as the same one in JSON', async () => {
    const demo = api({ scenario: 'no-nodes-proxy' });
    const allowed = async (
      verb: string,
      resource: string,
      subresource: string,
      namespace?: string,
    ): Promise<unknown> => {
      const { status, body } = await demo.send('POST', path, review(verb, resource, subresource, namespace), protobuf);
      expect(status).toBe(201);
      return [at(body, 'spec', 'resourceAttributes', 'namespace'), at(body, 'status', 'allowed')];
    };
    expect(await allowed('get', 'nodes', 'proxy')).toEqual(['default', false]);
    expect(await allowed('get', 'nodes', '')).toEqual(['default', true]);
    const long = 'n'.repeat(200);
    expect(await allowed('create', 'pods', 'exec', long)).toEqual([long, true]);
  });

  test('that is cut short or changed never causes a server error', async () => {
    const demo = api();
    const whole = review('get', 'pods', 'log');
    for (let length = 0; length < whole.length; length += 1) {
      const cut = await demo.send('POST', path, whole.slice(0, length), protobuf);
      const changed = await demo.send(
        'POST',
        path,
        `${whole.slice(0, length)}\xff${whole.slice(length + 1)}`,
        protobuf,
      );
      for (const { status } of [cut, changed]) expect([201, 400]).toContain(status);
    }
    expect((await demo.send('POST', path, 'nonsense', protobuf)).status).toBe(400);
  });
});
