import type { ProfileRule } from './rule.ts';

/** Rules that are checked while the file is read. */
export const readingRules = {
  R001: {
    id: 'R001',
    severity: 'fail',
    trigger: 'The file is larger than 1 MiB',
    reason: 'a profile with a hundred zones in both maps is smaller than 100 KiB, so this is probably another file',
    source: 'RFC 8259, section 9: a parser may set limits on size',
  },
  R002: {
    id: 'R002',
    severity: 'fail',
    trigger: 'The file is not valid UTF-8 or UTF-16',
    reason: 'only UTF-8 and UTF-16 are supported, because guessing another encoding could change names',
    source: 'Azure CLI, read_file_content: utf-8-sig, utf-8, utf-16',
  },
  R003: {
    id: 'R003',
    severity: 'fail',
    trigger: 'The file is not valid JSON; comments and trailing commas are not allowed',
    reason: 'the file must be strict JSON, because other tools that read it expect that too',
    source: 'RFC 8259',
  },
  R004: {
    id: 'R004',
    severity: 'fail',
    trigger: 'The file is not a JSON object',
    reason: 'a profile is an object such as {"mode": "Required"}',
    source: 'Azure CLI, get_localdns_profile: "Please provide a valid JSON file."',
  },
  R005: {
    id: 'R005',
    severity: 'fail',
    trigger: 'The file is nested deeper than a profile',
    reason: 'a profile is four levels deep',
    source: 'RFC 8259, section 9: a parser may set limits on depth',
  },
  R006: {
    id: 'R006',
    severity: 'fail',
    trigger: 'A key is repeated in one object, or a map or setting appears in two spellings',
    reason: 'only one of the two values would be sent, and the other would be silently lost',
    source: 'RFC 8259, section 4: names should be unique; Azure CLI: the later spelling of a map wins',
  },
  R007: {
    id: 'R007',
    severity: 'fail',
    trigger: 'A value has the wrong type, or is null',
    reason: 'Azure accepts no other type here; to use the default, remove the key',
    source:
      'Azure CLI, process_dns_overrides: "Expected a dictionary for DNS overrides"; Azure REST API, LocalDNSOverride',
  },
  R008: {
    id: 'R008',
    severity: 'warn',
    trigger: 'A key has a spelling that the Azure CLI accepts, but not the documented one',
    reason: 'it is read as the documented key, but other tools and the API reject or ignore it',
    source: 'Azure CLI, get_localdns_profile: maps in any case, settings in camelCase or snake_case',
    fix: 'the documented spelling of the key',
  },
  R009: {
    id: 'R009',
    severity: 'fail',
    trigger: 'The profile is inside "localDNSProfile" or "properties"',
    reason:
      'the file must contain the profile itself, as in the Azure CLI and the AKS documentation since the first ' +
      'preview',
    source: 'AKS documentation, early preview draft of LocalDNS: a file {"localDNSProfile": {…}}',
    fix: 'the profile itself, if the file contains nothing else',
  },
  R010: {
    id: 'R010',
    severity: 'warn',
    trigger: 'The read-only "state" is in the file',
    reason: 'Azure sets it, so it is ignored and never sent',
    source: 'Azure REST API, LocalDNSProfile: state is readOnly',
    fix: 'removes it from the file',
  },
  L001: {
    id: 'L001',
    severity: 'fail',
    trigger: '"mode" is missing, or is not Preferred, Required or Disabled',
    reason: 'the service allows only Preferred, Required and Disabled, in this spelling',
    source: 'Azure CLI live tests: "value Invalid is not allowed. Only Preferred, Required and Disabled are allowed."',
    fix: 'the correct case of a valid mode',
  },
  L002: {
    id: 'L002',
    severity: 'fail',
    trigger: 'An unknown key in the profile or in a zone',
    reason: 'the Azure CLI silently drops unknown keys, so a typo would become a default',
    source: 'Azure CLI, process_dns_overrides; AKS documentation, localdns-custom',
  },
  L003: {
    id: 'L003',
    severity: 'fail',
    trigger: 'An invalid value of a setting',
    reason: 'the API accepts only these values, in this spelling',
    source: 'Azure REST API, LocalDNSOverride; AgentBaker: an unknown value produces no line',
    fix: "'Disable' for serveStale 'Disabled', and the correct case of a valid value",
  },
} as const satisfies Readonly<Record<string, ProfileRule>>;

export type ReadingRuleId = keyof typeof readingRules;
