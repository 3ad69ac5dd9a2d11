import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SecurityRule } from '../../../../src/model/inventory.ts';
import { outboundTcp, type Outbound } from '../../../../src/domain/checks/network/outbound.ts';

const own = '10.250.0.4';
const google = '8.8.8.8';
const rule = (
  access: string,
  priority: number,
  protocol: string,
  ports: readonly string[],
  destinations: readonly string[],
  more: Partial<SecurityRule> = {},
): SecurityRule => ({
  name: `${access}${String(priority)}`,
  direction: 'Outbound',
  access,
  priority,
  protocol,
  ports,
  destinations,
  ...more,
});
const denyAll = rule('Deny', 4000, '*', ['*'], ['*']);
const access = (rules: readonly SecurityRule[], server = own, prefixes: readonly string[] = ['10.0.0.0/18']) =>
  outboundTcp(rules, server, 53, prefixes).access;

interface Case {
  readonly when: string;
  readonly rules: readonly SecurityRule[];
  readonly server?: string;
  readonly access: Outbound['access'];
}

const cases: readonly Case[] = [
  { when: 'there is no rule: the defaults allow it', rules: [], access: 'allow' },
  { when: 'there is no rule, for a server on the internet', rules: [], server: google, access: 'allow' },
  { when: 'TCP port 53 is denied for all', rules: [rule('Deny', 200, 'Tcp', ['53'], ['*'])], access: 'deny' },
  {
    when: 'UDP is allowed and everything else denied',
    rules: [rule('Allow', 100, 'Udp', ['53'], ['VirtualNetwork']), denyAll],
    access: 'deny',
  },
  {
    when: 'the same with other capitals, a block and a range',
    rules: [
      rule('Allow', 100, 'UDP', ['53'], ['10.250.0.0/24']),
      rule('Deny', 300, '*', ['1-1024', '5353'], ['10.0.0.0/8']),
    ],
    access: 'deny',
  },
  {
    when: 'both servers are allowed before everything is denied',
    rules: [denyAll, rule('Allow', 100, '*', ['53'], [own, '10.250.0.5'])],
    access: 'allow',
  },
  {
    when: 'another server is allowed before everything is denied',
    rules: [rule('Allow', 100, '*', ['53'], ['10.250.0.5']), denyAll],
    access: 'deny',
  },
  {
    when: 'only inbound is denied',
    rules: [rule('Deny', 200, '*', ['53'], ['*'], { direction: 'Inbound' })],
    access: 'allow',
  },
  {
    when: 'other servers and other ports are denied',
    rules: [rule('Deny', 150, '*', ['53'], ['192.168.0.0/16']), rule('Deny', 160, 'Tcp', ['80', '8080-8090'], ['*'])],
    access: 'allow',
  },
  {
    when: 'a lower priority number allows what a higher one denies',
    rules: [rule('Deny', 300, 'Tcp', ['53'], ['*']), rule('Allow', 200, 'Tcp', ['50-60'], ['*'])],
    access: 'allow',
  },
  {
    when: 'a lower priority number denies what a higher one allows',
    rules: [rule('Allow', 300, 'Tcp', ['53'], ['*']), rule('Deny', 200, 'Tcp', ['0-65535'], ['0.0.0.0/0'])],
    access: 'deny',
  },
  {
    when: 'the network is allowed before everything is denied',
    rules: [rule('Allow', 100, 'tcp', ['53'], ['virtualnetwork']), denyAll],
    access: 'allow',
  },
  {
    when: 'the network is allowed before everything is denied, for a server on the internet',
    rules: [rule('Allow', 100, 'Tcp', ['53'], ['VirtualNetwork']), denyAll],
    server: google,
    access: 'deny',
  },
  { when: 'the internet is denied', rules: [rule('Deny', 100, '*', ['*'], ['Internet'])], access: 'allow' },
  {
    when: 'the internet is denied, for a server there',
    rules: [rule('Deny', 100, '*', ['*'], ['Internet'])],
    server: google,
    access: 'deny',
  },
  {
    when: 'only Azure is allowed: a private server is not part of it',
    rules: [rule('Allow', 100, '*', ['*'], ['AzureCloud']), denyAll],
    access: 'deny',
  },
  {
    when: 'only Azure is allowed: a public server may be part of it',
    rules: [rule('Allow', 100, '*', ['*'], ['AzureCloud.westeurope']), denyAll],
    server: google,
    access: 'unknown',
  },
  {
    when: 'a tag that may include the server is denied, as is everything',
    rules: [rule('Deny', 100, '*', ['*'], ['Storage']), denyAll],
    server: google,
    access: 'deny',
  },
  {
    when: 'application security groups may include the server',
    rules: [rule('Allow', 100, '*', ['53'], []), denyAll],
    access: 'unknown',
  },
  {
    when: 'a port has an unrecognized form',
    rules: [rule('Deny', 100, 'Tcp', ['dns'], ['*'])],
    access: 'unknown',
  },
  {
    when: 'an access value is unrecognized',
    rules: [rule('Audit', 100, 'Tcp', ['53'], ['*'])],
    access: 'unknown',
  },
  { when: 'IPv6 is denied', rules: [rule('Deny', 100, '*', ['*'], ['::/0'])], access: 'allow' },
  {
    when: 'IPv6 is denied, for an IPv6 server',
    rules: [rule('Deny', 100, '*', ['*'], ['::/0'])],
    server: 'fd00::4',
    access: 'deny',
  },
  {
    when: 'a block of IPv6 is denied, for an IPv6 server',
    rules: [rule('Deny', 100, '*', ['*'], ['fd00::/8'])],
    server: 'fd00::4',
    access: 'unknown',
  },
  {
    when: 'it is denied for other subnets',
    rules: [rule('Deny', 100, '*', ['*'], ['*'], { sources: ['10.0.64.0/18'] })],
    access: 'allow',
  },
  {
    when: 'it is denied for the whole network',
    rules: [rule('Deny', 100, '*', ['*'], ['*'], { sources: ['10.0.0.0/8'] })],
    access: 'deny',
  },
  {
    when: 'it is denied for the network by its tag',
    rules: [rule('Deny', 100, '*', ['*'], ['*'], { sources: ['VirtualNetwork'] })],
    access: 'deny',
  },
  {
    when: 'it is denied for a part of the subnet',
    rules: [rule('Deny', 100, '*', ['*'], ['*'], { sources: ['10.0.0.0/24'] })],
    access: 'unknown',
  },
  {
    when: 'it is denied for application security groups, which may include the nodes',
    rules: [rule('Deny', 100, '*', ['53'], ['*'], { sources: [] })],
    access: 'unknown',
  },
  {
    when: 'it is denied for application security groups and for everything',
    rules: [rule('Deny', 100, '*', ['53'], ['*'], { sources: [] }), denyAll],
    access: 'deny',
  },
  {
    when: 'it is denied for traffic from the internet',
    rules: [rule('Deny', 100, '*', ['*'], ['*'], { sources: ['Internet'] })],
    access: 'allow',
  },
];

describe('outbound TCP port 53', () => {
  test.each(cases)('$access if $when', ({ rules, server, access: expected }) => {
    expect(access(rules, server)).toBe(expected);
    expect(access([...rules].reverse(), server)).toBe(expected);
  });

  test('names the rule that decides', () => {
    expect(outboundTcp([rule('Deny', 200, 'Tcp', ['53'], ['*'], { name: 'NoDns' })], own, 53, [])).toEqual({
      access: 'deny',
      rule: 'NoDns',
      priority: 200,
    });
    expect(outboundTcp([], own, 53, []).rule).toBe('AllowVnetOutBound');
  });

  test('never throws, and is the same if Azure also lists its default rules', () => {
    const word = fc.oneof(
      fc.constantFrom(
        '*',
        'Tcp',
        'Udp',
        'Allow',
        'Deny',
        'Outbound',
        '53',
        '1-100',
        '10.0.0.0/8',
        'Internet',
        'VirtualNetwork',
        'Storage',
        own,
      ),
      fc.string(),
    );
    const anyRule = fc.record({
      name: word,
      direction: fc.constantFrom('Outbound', 'Inbound'),
      access: word,
      priority: fc.integer({ min: 100, max: 4096 }),
      protocol: word,
      destinations: fc.array(word, { maxLength: 3 }),
      ports: fc.array(word, { maxLength: 3 }),
      sources: fc.array(word, { maxLength: 2 }),
    });
    const listed = [
      rule('Allow', 65_000, '*', ['*'], ['VirtualNetwork']),
      rule('Allow', 65_001, '*', ['*'], ['Internet']),
      rule('Deny', 65_500, '*', ['*'], ['*']),
    ];
    fc.assert(
      fc.property(
        fc.uniqueArray(anyRule, { selector: ({ priority }) => priority, maxLength: 6 }),
        fc.constantFrom(own, google, 'fd00::4', 'x'),
        (rules, server) => {
          expect(['allow', 'deny', 'unknown']).toContain(access(rules, server));
          expect(access([...rules, ...listed], server)).toBe(access(rules, server));
        },
      ),
    );
  });
});
