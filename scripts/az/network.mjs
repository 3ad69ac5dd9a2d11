import { cluster, pool, subscriptions } from './clusters.mjs';

const group = `${subscriptions[0].id}/resourceGroups/rg-net/providers/Microsoft.Network`;
const nsg = `${group}/networkSecurityGroups/nsg-nodes`;
const subnet = `${group}/virtualNetworks/vnet-shop/subnets/nodes`;
const rule = {
  access: 'Deny',
  direction: 'Outbound',
  protocol: 'Tcp',
  priority: 200,
  sourceAddressPrefix: '*',
  sourcePortRange: '*',
  destinationAddressPrefix: '*',
  destinationPortRange: '53',
};

const ofNetwork = '-g rg-net --vnet-name vnet-shop';
const ofGroup = '-g rg-net --nsg-name nsg-nodes';
const allow = '--direction Outbound --access Allow --protocol Tcp --destination-port-ranges 53';

export const network = {
  title: 'az network',
  speed: 3600,
  load: [
    ...subscriptions,
    cluster('aks-36', '1.36.4', [pool('sys', '1.36.4', { mode: 'System', vnetSubnetID: subnet })]),
    {
      id: nsg,
      location: 'westeurope',
      properties: { securityRules: [{ name: 'DenyDnsOverTcp', properties: rule }] },
    },
    {
      id: `${group}/virtualNetworks/vnet-shop`,
      location: 'westeurope',
      properties: {
        addressSpace: { addressPrefixes: ['10.1.0.0/16'] },
        dhcpOptions: { dnsServers: ['10.1.0.4', '10.1.0.5'] },
        subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/24', networkSecurityGroup: { id: nsg } } }],
      },
    },
  ],
  steps: [
    { line: 'network vnet list -o table', says: ['vnet-shop', 'rg-net'], outcome: 'the networks of the subscription' },
    {
      line: 'network vnet show -g rg-net -n vnet-shop --query dhcpOptions.dnsServers',
      says: ['10.1.0.4', '10.1.0.5'],
      outcome: 'its own DNS servers',
    },
    {
      line: 'network vnet show -g rg-net -n none',
      exit: 3,
      says: '(ResourceNotFound)',
      outcome: '404 `ResourceNotFound`',
    },
    { line: `network vnet subnet list ${ofNetwork} -o table`, says: 'nodes', outcome: 'the subnets' },
    {
      line: `network vnet subnet show ${ofNetwork} -n nodes --query [addressPrefix,length(ipConfigurations)]`,
      says: ['10.1.0.0/24', '2'],
      outcome: 'prefix, and an address for each of two nodes',
    },
    { line: 'network nsg list -o table', says: 'nsg-nodes', outcome: 'the security groups' },
    {
      line: 'network nsg show -g rg-net -n nsg-nodes --query length(defaultSecurityRules)',
      says: '6',
      outcome: 'six default rules',
    },
    {
      line: `network nsg rule list ${ofGroup} --include-default -o table`,
      says: ['DenyDnsOverTcp', 'DenyAllOutBound'],
      outcome: 'its rule and the default ones',
    },
    {
      line: `network nsg rule create ${ofGroup} -n AllowDnsOverTcp --priority 200 ${allow}`,
      exit: 1,
      says: '(SecurityRuleConflict)',
      outcome: '400 `SecurityRuleConflict`: the priority is taken',
    },
    {
      line: `network nsg rule create ${ofGroup} -n AllowDnsOverTcp --priority 99 ${allow}`,
      exit: 1,
      says: '(SecurityRuleInvalidPriority)',
      outcome: '400 `SecurityRuleInvalidPriority`',
    },
    {
      line: `network nsg rule create ${ofGroup} -n AllowDnsOverTcp --priority 199 ${allow} --destination-address-prefixes 10.1.0.4 10.1.0.5`,
      says: ['AllowDnsOverTcp', '10.1.0.5'],
      outcome: 'the fix of `dns-tcp-53`: created',
    },
    {
      line: `network nsg rule update ${ofGroup} -n AllowDnsOverTcp --priority 198 --query priority`,
      says: '198',
      outcome: 'changed',
    },
    { line: `network nsg rule delete ${ofGroup} -n AllowDnsOverTcp`, outcome: 'deleted' },
    {
      line: `network nsg rule show ${ofGroup} -n AllowDnsOverTcp`,
      exit: 3,
      says: '(NotFound)',
      outcome: '404 `NotFound`',
    },
  ],
};
