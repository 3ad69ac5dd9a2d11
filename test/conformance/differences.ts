/** The intended differences from the Azure CLI, each with its reason. The conformance tests allow only these. */
export interface Difference {
  /** The part of the conformance data. */
  readonly area: string;
  /** The case in it: for files, `NAME on add` or `NAME on update`. */
  readonly what: string;
  readonly azDoes: string;
  readonly weDo: string;
  readonly reason: string;
}

const unknownKey = {
  area: 'localdnsconfig',
  azDoes: 'accepts the file, and silently drops the unknown keys',
  weDo: 'reject the file, with the position of each unknown key and a suggestion',
  reason: 'a misspelled setting would silently become a default, and a whole node pool would be reimaged for it',
} as const;

const serviceFillsIn = {
  area: 'recordings',
  azDoes: 'sends the default of its own model, regardless of the input',
  weDo: 'send only what was requested; the rest is up to the service',
  reason: 'a default in the request looks like a choice of the user, and does not follow later defaults of the service',
} as const;

const noCommand = {
  area: 'recordings',
  azDoes: 'has a command for it',
  weDo: 'have no such command; the simulator answers it as recorded',
  reason: 'it is not part of setting up LocalDNS on a node pool',
} as const;

export const differences: readonly Difference[] = [
  { ...unknownKey, what: 'localdnsconfig_with_extra_property.json on add' },
  { ...unknownKey, what: 'localdnsconfig_with_extra_property.json on update' },
  { ...unknownKey, what: 'localdnsconfig_with_extra_property_in_dnsOverrides.json on add' },
  { ...unknownKey, what: 'localdnsconfig_with_extra_property_in_dnsOverrides.json on update' },
  {
    area: 'recordings',
    what: 'header If-Match',
    azDoes: 'sends an eTag only if one is given',
    weDo: 'send the eTag that was read, and If-None-Match: * for a new pool',
    reason: 'Azure then rejects the request if the pool was changed meanwhile, instead of overwriting the change',
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
    azDoes: 'reads only the pool',
    weDo: 'read the cluster, the feature, the provider and the VM sizes as well',
    reason: 'prerequisites are checked before nodes are reimaged',
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
    weDo: 'register with POST …/features/{name}/register, as in the guide',
    reason: 'both result in the same registration',
  },
];
