import type { ProfileRule } from './rule.ts';

/** What the reader notices while it reads; it names these by id. */
export const readingRules = {
  R001: {
    id: 'R001',
    severity: 'fail',
    trigger: 'The file is larger than 1 MiB',
    reason: 'a profile with a hundred zones in both maps has less than 100 KiB, so this is probably another file',
    source: 'RFC 8259, section 9: a parser may set limits on size',
  },
  R002: {
    id: 'R002',
    severity: 'fail',
    trigger: 'The file is not valid UTF-8 or UTF-16',
    reason: 'only UTF-8 and UTF-16 are read, so that no name is changed by a guess',
    source: 'Azure CLI, read_file_content: utf-8-sig, utf-8, utf-16',
  },
  R003: {
    id: 'R003',
    severity: 'fail',
    trigger: 'The file is not JSON; comments and trailing commas are not JSON either',
    reason: 'the file must be strict JSON, which every other tool that reads it expects too',
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
    trigger: 'The file nests deeper than any profile does',
    reason: 'a profile is four levels deep',
    source: 'RFC 8259, section 9: a parser may set limits on depth',
  },
  R006: {
    id: 'R006',
    severity: 'fail',
    trigger: 'A key stands twice in one object, or a map or setting in two spellings',
    reason: 'only one of the two values would be sent, and the other is lost in silence',
    source: 'RFC 8259, section 4: names should be unique; Azure CLI: the later spelling of a map wins',
  },
  R007: {
    id: 'R007',
    severity: 'fail',
    trigger: 'A value has the wrong type, or is null',
    reason: 'Azure takes no other type here; leave the key out to get its default',
    source:
      'Azure CLI, process_dns_overrides: "Expected a dictionary for DNS overrides"; Azure REST API, LocalDNSOverride',
  },
  R008: {
    id: 'R008',
    severity: 'warn',
    trigger: 'A key is spelled as the Azure CLI takes it, but not as it is documented',
    reason: 'it is read as the documented key, but other tools and the API itself refuse or ignore it',
    source: 'Azure CLI, get_localdns_profile: maps in any case, settings in camelCase or snake_case',
    fix: 'the documented spelling of the key',
  },
  R009: {
    id: 'R009',
    severity: 'fail',
    trigger: 'The profile stands inside "localDNSProfile" or "properties"',
    reason:
      'the file holds the profile itself, as the Azure CLI and the AKS documentation have it since the first preview',
    source: 'AKS documentation, early preview draft of LocalDNS: a file {"localDNSProfile": {…}}',
    fix: 'the profile alone, if the file holds nothing else',
  },
  R010: {
    id: 'R010',
    severity: 'warn',
    trigger: 'The read-only "state" is in the file',
    reason: 'Azure sets it, so it is ignored here and never sent',
    source: 'Azure REST API, LocalDNSProfile: state is readOnly',
    fix: 'the file without it',
  },
  L001: {
    id: 'L001',
    severity: 'fail',
    trigger: '"mode" is missing, or is not Preferred, Required or Disabled',
    reason: 'the service allows only Preferred, Required and Disabled, in this spelling',
    source: 'Azure CLI live tests: "value Invalid is not allowed. Only Preferred, Required and Disabled are allowed."',
    fix: 'the right case of a mode whose letters are right',
  },
  L002: {
    id: 'L002',
    severity: 'fail',
    trigger: 'A key that a profile or a zone does not have',
    reason: 'the Azure CLI drops unknown keys in silence, so a slip of the pen would become a default',
    source: 'Azure CLI, process_dns_overrides; AKS documentation, localdns-custom',
  },
  L003: {
    id: 'L003',
    severity: 'fail',
    trigger: 'A value that a setting does not have',
    reason: 'the API knows these words only, in this spelling',
    source: 'Azure REST API, LocalDNSOverride; AgentBaker: an unknown value renders no line',
    fix: "'Disable' for serveStale 'Disabled', and the right case of a word whose letters are right",
  },
} as const satisfies Readonly<Record<string, ProfileRule>>;

export type ReadingRuleId = keyof typeof readingRules;
