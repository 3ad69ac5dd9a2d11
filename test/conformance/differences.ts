/**
 * Where this program differs from what the Azure CLI does, on purpose: each with its reason. The conformance tests
 * allow these and no others.
 */
export interface Difference {
  /** The part of the conformance data that it is about. */
  readonly area: string;
  /** The case in it: for files, `NAME on add` or `NAME on update`. */
  readonly what: string;
  readonly azDoes: string;
  readonly weDo: string;
  readonly reason: string;
}

const unknownKey = {
  area: 'localdnsconfig',
  azDoes: 'accepts the file, and drops the unknown keys in silence',
  weDo: 'refuse the file, with the place of each unknown key and the nearest right word',
  reason: 'a misspelled setting would become a default without a word, and a whole node pool would be reimaged for it',
} as const;

const serviceFillsIn = {
  area: 'recordings',
  azDoes: 'sends the default of its own model for it, whatever the user said',
  weDo: 'send what was asked for; what was not is left to the service',
  reason: "a default that is sent looks like somebody's choice, and outlives the service's own",
} as const;

const noCommand = {
  area: 'recordings',
  azDoes: 'has a command for it',
  weDo: 'have none; the simulator answers it as recorded',
  reason: 'it is no part of bringing LocalDNS to a node pool',
} as const;

export const differences: readonly Difference[] = [
  { ...unknownKey, what: 'localdnsconfig_with_extra_property.json on add' },
  { ...unknownKey, what: 'localdnsconfig_with_extra_property.json on update' },
  { ...unknownKey, what: 'localdnsconfig_with_extra_property_in_dnsOverrides.json on add' },
  { ...unknownKey, what: 'localdnsconfig_with_extra_property_in_dnsOverrides.json on update' },
  {
    area: 'recordings',
    what: 'header If-Match',
    azDoes: 'sends no eTag unless it is told one',
    weDo: 'send the eTag that was read, and If-None-Match: * for a new pool',
    reason: 'a change that somebody else made meanwhile is refused by Azure and not overwritten',
  },
  {
    area: 'recordings',
    what: 'header AKSHTTPCustomFeatures',
    azDoes: 'opts in to the preview feature for the one request, in its tests',
    weDo: 'send no such header',
    reason: 'the service needs none since November 2025; before that the feature is registered on the subscription',
  },
  {
    area: 'recordings',
    what: 'reads before a write',
    azDoes: 'reads the pool alone',
    weDo: 'read the cluster, the feature, the provider and the VM sizes as well',
    reason: 'prerequisites are judged before nodes are reimaged',
  },
  ...[
    'enableEncryptionAtHost',
    'enableFIPS',
    'enableUltraSSD',
    'nodeTaints',
    'scaleSetEvictionPolicy',
    'spotMaxPrice',
    'upgradeSettings',
  ].map((path) => ({
    ...serviceFillsIn,
    what: `add body ${path}`,
  })),
  { ...noCommand, what: 'recording maintenanceconfiguration.jsonl' },
  { ...noCommand, what: 'recording run-command.jsonl' },
  {
    ...noCommand,
    what: 'recording feature-registration-create.jsonl',
    weDo: 'register by POST …/features/{name}/register, which the guide names',
    reason: 'both are the same registration; one way is enough',
  },
];
