/** Where this program differs from what the Azure CLI does, on purpose: each with its reason. The conformance tests allow these and no others. */
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

export const differences: readonly Difference[] = [
  { ...unknownKey, what: 'localdnsconfig_with_extra_property.json on add' },
  { ...unknownKey, what: 'localdnsconfig_with_extra_property.json on update' },
  { ...unknownKey, what: 'localdnsconfig_with_extra_property_in_dnsOverrides.json on add' },
  { ...unknownKey, what: 'localdnsconfig_with_extra_property_in_dnsOverrides.json on update' },
];
