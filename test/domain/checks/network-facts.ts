import type { SecurityRule } from '../../../src/model/inventory.ts';
import { known, notKnown } from '../../../src/model/known.ts';
import { poolWith } from './facts.ts';

const network = '/subscriptions/s/resourceGroups/rg-net/providers/Microsoft.Network';
export const subnetId = `${network}/virtualNetworks/vnet/subnets/snet`;
const groupId = `${network}/networkSecurityGroups/nsg`;

/** A pool in a subnet; `undefined`: not read. No rules: no security group. */
export function inNetwork(
  dnsServers: readonly string[] | undefined,
  rules?: readonly SecurityRule[] | 'not read',
  read = true,
) {
  const why = notKnown('no right.');
  const subnet = {
    id: subnetId,
    prefixes: ['10.0.0.0/18'],
    used: 0,
    networkSecurityGroupId: rules === undefined ? undefined : groupId.toUpperCase(),
  };
  return {
    pool: poolWith({ vnetSubnetID: subnetId.replace('rg-net', 'RG-net') }),
    network: {
      subnets: new Map([[subnetId.toLowerCase(), read ? known(subnet) : why]]),
      dns: {
        virtualNetworks: new Map([
          [
            `${network}/virtualNetworks/vnet`.toLowerCase(),
            dnsServers === undefined ? why : known({ id: 'x', dnsServers }),
          ],
        ]),
        securityRules: new Map([
          [groupId.toLowerCase(), rules === undefined || rules === 'not read' ? why : known(rules)],
        ]),
      },
    },
  };
}

export const servers = ['10.250.0.4', '10.250.0.5'];

/** Denies what is to be let out. */
export const outbound: SecurityRule = {
  name: 'DenyDns',
  direction: 'Outbound',
  access: 'Deny',
  priority: 200,
  protocol: 'Tcp',
  destinations: ['*'],
  ports: ['53'],
};
