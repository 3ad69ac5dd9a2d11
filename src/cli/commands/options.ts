import { rulesets } from '../../model/check.ts';
import type { Options } from '../framework/definition.ts';

/** Options that several commands share, with az's names and meanings where az has them. */

export const oneSubscription = {
  subscription: {
    type: 'string',
    summary: "Name or ID of the subscription; the Azure CLI's active one where it is not given",
    placeholder: 'SUBSCRIPTION',
  },
} as const satisfies Options;

export const clusterOptions = {
  'resource-group': {
    type: 'string',
    short: 'g',
    required: true,
    fallback: 'defaults.group',
    summary: 'Name of the resource group',
    placeholder: 'GROUP',
  },
  'cluster-name': { type: 'string', required: true, summary: 'Name of the managed cluster', placeholder: 'CLUSTER' },
  ...oneSubscription,
} as const satisfies Options;

export const poolOptions = {
  ...clusterOptions,
  name: {
    type: 'string',
    short: 'n',
    aliases: ['nodepool-name'],
    required: true,
    summary: 'Name of the node pool',
    placeholder: 'POOL',
  },
} as const satisfies Options;

export const yesOption = {
  yes: { type: 'boolean', short: 'y', summary: 'Do not ask: go on. Needed where there is no terminal' },
} as const satisfies Options;

export const waitOptions = {
  'no-wait': { type: 'boolean', summary: 'Return once Azure has accepted the request' },
  timeout: {
    type: 'string',
    placeholder: 'DURATION',
    summary: 'Stop waiting after this time (90s, 20m, 2h) with exit code 13; the operation in Azure goes on',
  },
} as const satisfies Options;

export const judgeOptions = {
  ruleset: {
    type: 'string',
    choices: rulesets,
    default: 'preview',
    summary: 'preview is the guide of 2025 in full; ga is the service since November 2025. Also AKS_LOCALDNS_RULESET',
  },
  ignore: {
    type: 'string',
    repeatable: true,
    placeholder: 'ID',
    summary: 'Checks that count for nothing; the result names what was ignored',
  },
} as const satisfies Options;

export const configOption = {
  'localdns-config': {
    type: 'string',
    placeholder: 'FILE',
    summary: 'Path to a localdnsconfig.json, or - for standard input',
  },
} as const satisfies Options;

export const upgradeSettingOptions = {
  'max-surge': {
    type: 'string',
    placeholder: 'N|N%',
    summary: 'Extra nodes while nodes are replaced, a number or a percentage; the pool keeps it',
  },
  'max-unavailable': {
    type: 'string',
    placeholder: 'N|N%',
    summary: 'Nodes that may be away at the same time, a number or a percentage; the pool keeps it',
  },
  'drain-timeout': {
    type: 'integer',
    min: 1,
    max: 1440,
    placeholder: 'MINUTES',
    summary: 'Minutes to wait for pods to leave a node; the pool keeps it',
  },
} as const satisfies Options;

export const otherOperationOption = {
  'wait-for-operation': {
    type: 'string',
    placeholder: 'DURATION',
    valueless: '60m',
    summary: 'Where another operation is in progress, wait this long for it to end, then look again',
  },
} as const satisfies Options;

/** What every command that changes a pool offers between looking and acting. */
export const writeOptions = {
  ...judgeOptions,
  'dry-run': { type: 'boolean', summary: 'Show what would happen and stop; nothing is sent' },
  'show-request': { type: 'boolean', summary: 'With --dry-run: add the exact request body to the result' },
  force: {
    type: 'boolean',
    summary: 'Send the request even where the pool already has the profile; its nodes may be reimaged',
  },
  ...otherOperationOption,
  ...yesOption,
  ...waitOptions,
} as const satisfies Options;
