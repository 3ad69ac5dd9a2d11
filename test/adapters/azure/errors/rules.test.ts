import { describe, expect, test } from 'vitest';
import { assert, boolean, constantFrom, integer, property, string } from 'fast-check';
import { errorRules } from '../../../../src/adapters/azure/errors/rules.ts';
import { answeredError, findOperationError, findRule } from '../../../../src/adapters/azure/errors/classify.ts';
import { parseDetail, parseError } from '../../../../src/adapters/azure/errors/parse.ts';
import { at, parseJson } from '../../../../src/core/json.ts';

const control = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/;

/** The rest is an error like any other. */
const exits: Readonly<Record<string, string>> = {
  'not-signed-in': 'not-permitted',
  'not-permitted': 'not-permitted',
  policy: 'not-permitted',
  locked: 'not-permitted',
  'not-found': 'not-found',
  'operation-in-progress': 'locked',
};

describe('the error catalogue', () => {
  test('has unique ids', () => {
    expect(new Set(errorRules.map((rule) => rule.id)).size).toBe(errorRules.length);
  });

  test.each(errorRules.map((rule) => [rule.id, rule] as const))(
    '%s is matched by its own example, and by no earlier rule',
    (id, rule) => {
      const parsed = parseError(rule.example.body);
      expect(parsed.recognised).toBe(true);
      expect(findRule(rule.example.status, parsed)?.id).toBe(id);
      expect(rule.source).not.toBe('');
      const error =
        rule.example.status === undefined
          ? findOperationError(parseDetail(at(parseJson(rule.example.body), 'error')), 'failed')
          : answeredError({ status: rule.example.status, text: rule.example.body });
      expect(error.class).toBe(rule.class);
      expect(error.hints).toEqual(rule.hints);
      expect(error.exit).toBe(exits[rule.class] ?? 'error');
      expect(error.message).not.toBe('');
    },
  );

  test.each([
    ['Microsoft.ContainerService/register/action', /role Contributor or Owner on the subscription/],
    ['Microsoft.Features/providers/features/register/action', /role Contributor or Owner on the subscription/],
    ['Microsoft.Features/providers/features/unregister/action', /role Contributor or Owner on the subscription/],
    [
      'Microsoft.Features/featureProviders/subscriptionFeatureRegistrations/write',
      /role Contributor or Owner on the subscription/,
    ],
    ['Microsoft.Features/providers/features/read', /role Reader at the scope/],
    ['Microsoft.Resources/subscriptions/providers/read', /role Reader at the scope/],
    ['Microsoft.Compute/skus/read', /role Reader at the scope/],
    [
      'Microsoft.ContainerService/managedClusters/agentPools/write',
      /role Azure Kubernetes Service Contributor Role, or Azure Kubernetes Service Agent Pool Manager Role\./,
    ],
    ['Microsoft.ContainerService/managedClusters/agentPools/abort/action', /Agent Pool Manager Role\./],
    [
      'Microsoft.ContainerService/managedClusters/read',
      /role Reader, or .*Agent Pool Manager Role does not include it/,
    ],
    [
      'Microsoft.ContainerService/locations/operations/read',
      /role Reader, or .*Agent Pool Manager Role does not include it/,
    ],
    ['Microsoft.Something/else/write', /az role assignment list/],
  ])('names roles that hold %s', (action, hint) => {
    const message = `The client 'o' with object id 'o' does not have authorization to perform action '${action}' over scope '/subscriptions/S' or the scope is invalid.`;
    expect(
      answeredError({ status: 403, text: JSON.stringify({ error: { code: 'AuthorizationFailed', message } }) }),
    ).toMatchObject({
      class: 'not-permitted',
      exit: 'not-permitted',
      hints: [expect.stringMatching(hint) as string, expect.stringContaining('az login') as string],
    });
  });

  test.each([
    ["'/subscriptions/0b/resourceGroups/rg (one)'", 'az lock list --subscription 0b'],
    ["'/subscriptions/0b/resourceGroups/rg(one)'", "az lock list -g 'rg(one)' --subscription 0b"],
    ["'/subscriptions/0b/resourcegroups/rg-1/providers/A.B/c/d'", 'az lock list -g rg-1 --subscription 0b'],
    ["'/subscriptions/0b,/subscriptions/0b/resourceGroups/rg'", 'az lock list --subscription 0b'],
    ["'/subscriptions/0b'", 'az lock list --subscription 0b'],
    ["'/subscriptions/0b/resourceGroups/$(x)'", 'az lock list --subscription 0b'],
    ["'$(x)'", 'az lock list -g RESOURCE_GROUP'],
  ])('names the line that lists the lock on %s', (scopes, line) => {
    const message = `The scope '/subscriptions/0b/x' cannot perform write operation because following scope(s) are locked: ${scopes}. Please remove the lock and try again.`;
    const text = JSON.stringify({ error: { code: 'ScopeLocked', message } });
    expect(answeredError({ status: 409, text }).hints).toEqual([expect.stringMatching(/: az lock list/)]);
    expect(answeredError({ status: 409, text }).hints[0]?.split(': ').pop()).toBe(line);
  });

  test('treats every 5xx without a specific rule as transient', () => {
    expect(answeredError({ status: 507, text: '' }).class).toBe('transient');
  });
});

describe('an Azure error', () => {
  test('is read from the bare shape with subcode and target', () => {
    const text =
      '{"code":"InvalidParameter","details":null,"message":"zone missing","subcode":"S","target":"localDNSProfile.vnetDNSOverrides"}';
    expect(answeredError({ status: 400, text, requestId: 'r', correlationId: 'c' })).toMatchObject({
      class: 'invalid',
      azureCode: 'InvalidParameter',
      subcode: 'S',
      target: 'localDNSProfile.vnetDNSOverrides',
      message: 'zone missing',
      requestId: 'r',
      correlationId: 'c',
      status: 400,
    });
  });

  test('names the policy that a denial lists', () => {
    const rule = errorRules.find((candidate) => candidate.id === 'policy');
    expect(answeredError({ status: 403, text: rule?.example.body ?? '' }).message).toContain('No changes on Fridays');
  });

  test('reports an answer that is a page or empty', () => {
    expect(
      answeredError({ status: 502, text: '<html><head><title>502 Bad Gateway</title></head><body>x</body></html>' }),
    ).toMatchObject({ class: 'unexpected', status: 502 });
    expect(answeredError({ status: 502, text: '<html><title>502 Bad Gateway</title></html>' }).message).toContain(
      '502 Bad Gateway',
    );
    expect(answeredError({ status: 503, text: '' })).toMatchObject({ class: 'transient', azureCode: 'HTTP 503' });
    expect(answeredError({ status: 403, text: '' })).toMatchObject({ class: 'not-permitted', exit: 'not-permitted' });
  });

  test('never carries control characters, whatever Azure writes', () => {
    assert(
      property(
        string({ unit: 'binary' }),
        string({ unit: 'binary' }),
        constantFrom(400, 403, 404, 409, 412, 429, 500, 503),
        boolean(),
        (code, message, status, wrap) => {
          const body = {
            code,
            message: `\u001b[31m${message}\u0007`,
            target: message,
            subcode: message,
            details: [{ code, message }],
          };
          const error = answeredError({ status, text: JSON.stringify(wrap ? { error: body } : body) });
          for (const text of [error.message, error.azureCode, error.subcode ?? '', error.target ?? ''])
            expect(text).not.toMatch(control);
        },
      ),
    );
    assert(
      property(string({ unit: 'binary' }), integer({ min: 300, max: 599 }), (text, status) => {
        expect(answeredError({ status, text }).message).not.toMatch(control);
      }),
    );
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(
          findOperationError(parseDetail({ code: text, message: text, details: [{ message: text }] }), 'failed')
            .message,
        ).not.toMatch(control);
      }),
    );
  });

  test('never carries a token or a signed query', () => {
    const token = `eyJ${'a'.repeat(30)}.eyJ${'b'.repeat(30)}.${'c'.repeat(30)}`;
    const message = `poll https://management.azure.com/operations/1?t=1&c=CERT&s=SIGN&h=HASH with Bearer ${token} or ${token}; client_secret=hunter2`;
    const error = answeredError({ status: 400, text: JSON.stringify({ code: 'X', message }) });
    expect(error.message).not.toMatch(/SIGN|CERT|hunter2|eyJ/);
    expect(error.message).toContain('https://management.azure.com/operations/1');
  });
});

describe('the error of an operation', () => {
  test.each([
    [216, /did not start/],
    [217, /Corefile/],
    [218, /slice/],
    [219, /CoreDNS binary/],
  ])('with exit status %i in a nested detail means LocalDNS on the node', (exit, meaning) => {
    const error = findOperationError(
      parseDetail({
        code: 'ReconcileVMSSAgentPoolFailed',
        message: 'Failed.',
        details: [
          { code: 'VMExtensionProvisioningError', message: `command terminated with exit status=${String(exit)}` },
        ],
      }),
      'failed',
    );
    expect(error).toMatchObject({
      class: 'node-bootstrap',
      azureCode: 'ReconcileVMSSAgentPoolFailed',
      status: undefined,
    });
    expect(error.hints.join(' ')).toMatch(meaning);
    expect(error.message).toContain(`exit status=${String(exit)}`);
  });

  test('describes an error without a reason', () => {
    expect(findOperationError({ code: '', message: '', details: [] }, 'failed')).toMatchObject({
      class: 'unknown',
      azureCode: 'Failed',
    });
    expect(findOperationError({ code: '', message: '', details: [] }, 'canceled')).toMatchObject({
      class: 'overridden',
      azureCode: 'Canceled',
    });
  });
});
