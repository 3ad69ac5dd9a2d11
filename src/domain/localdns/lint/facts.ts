import { UsageError } from '../../../core/errors.ts';
import { isJsonObject, parseJson, type JsonValue } from '../../../core/json.ts';
import { list, oneLine } from '../../../core/text.ts';
import { decode } from '../encoding.ts';
import { maxFileBytes } from '../profile-document.ts';
import { similar, quoted } from '../text.ts';
import { coreDnsCustomMap, customDomains } from './coredns-custom.ts';

/** The known facts about the cluster that a profile is for. Rules that need an absent fact have no findings. */
export interface LintFacts {
  /** `1.33` or `1.33.2`. */
  readonly kubernetesVersion?: string;
  /** The DNS servers of the virtual network; an empty list for Azure's own. */
  readonly vnetDnsServers?: readonly string[];
  readonly nodeCount?: number;
  /** The month in which the node image was built: `2026-08`. */
  readonly nodeImageDate?: string;
  /** The domains with rules in the ConfigMap coredns-custom. */
  readonly coreDnsCustomDomains?: readonly string[];
  /** `cluster.local` on almost every cluster. */
  readonly clusterDomain?: string;
}

interface FactKind {
  /** The required form, as the end of a sentence "… must be …". */
  readonly form: string;
  readonly fits: (value: JsonValue) => boolean;
}

const maxListed = 1000;

function textThat(pattern: RegExp): (value: JsonValue) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value);
}

function listOf(fits: (value: JsonValue) => boolean): (value: JsonValue) => boolean {
  return (value) =>
    Array.isArray(value) && value.length <= maxListed && (value as readonly JsonValue[]).every((item) => fits(item));
}

const domain = textThat(/^(?:\.|(?:[A-Za-z0-9_-]{1,63}\.){0,126}[A-Za-z0-9_-]{1,63}\.?)$/);
const version = /^v?(\d{1,4})\.(\d{1,4})(?:\.\d{1,4})?(?:[-+][\w.+-]{0,32})?$/;

const kinds: Readonly<Record<keyof LintFacts, FactKind>> = {
  kubernetesVersion: { form: 'a version such as "1.33"', fits: textThat(version) },
  vnetDnsServers: {
    form: 'a list of IP addresses',
    fits: listOf(textThat(/^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)$/)),
  },
  nodeCount: {
    form: 'a whole number',
    fits: (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0,
  },
  nodeImageDate: { form: 'a month such as "2026-08"', fits: textThat(/^20\d\d-(?:0[1-9]|1[0-2])$/) },
  coreDnsCustomDomains: { form: 'a list of domain names', fits: listOf(domain) },
  clusterDomain: { form: 'a domain name', fits: domain },
};

const names = Object.keys(kinds) as (keyof LintFacts)[];

/** Parses a YAML document. @throws UsageError */
export type ReadYaml = (text: string, name: string) => JsonValue;

/**
 * Reads facts from a file, as strictly as a profile, because a misspelled fact would silently be unknown. The ConfigMap
 * coredns-custom is accepted as it is, also as YAML if `readYaml` is given. `option` is the option that named the file.
 * @throws UsageError that names all problems.
 */
export function parseFacts(bytes: Uint8Array, option = '--facts', readYaml?: ReadYaml): LintFacts {
  const decoded = bytes.byteLength > maxFileBytes ? { wrong: 'The file is larger than 1 MiB' } : decode(bytes);
  if (!('text' in decoded)) throw wrong(option, [`${decoded.wrong}.`]);
  const value = parseJson(decoded.text);
  const configMap = coreDnsCustomMap(
    value ?? (/^kind:/m.test(decoded.text) ? readYaml?.(decoded.text, option) : undefined),
  );
  if (configMap !== undefined) return { coreDnsCustomDomains: customDomains(configMap) };
  if (!isJsonObject(value))
    throw wrong(option, [value === undefined ? 'The file is not JSON.' : 'The file is not a JSON object.']);
  const problems = Object.entries(value).flatMap(([key, fact]) => problemsOf(key, fact));
  if (problems.length > 0) throw wrong(option, problems);
  // All keys and values were checked above.
  return Object.fromEntries(Object.entries(value)) as LintFacts;
}

function problemsOf(key: string, fact: JsonValue | undefined): readonly string[] {
  const name = names.find((candidate) => candidate === key);
  if (name === undefined) {
    const near = similar(key, names);
    return [
      near === undefined ? `Unknown fact ${quoted(key)}.` : `Unknown fact ${quoted(key)}; did you mean '${near}'?`,
    ];
  }
  return kinds[name].fits(fact ?? null) ? [] : [`${name} must be ${kinds[name].form}.`];
}

function wrong(option: string, problems: readonly string[]): UsageError {
  return new UsageError(`${option}: ${oneLine(problems.slice(0, 5).join(' '))}`, [`Known facts: ${list(names)}.`]);
}

/** Whether a Kubernetes version is older than the given one; false if it cannot be parsed. */
export function isOlderThan(kubernetesVersion: string, major: number, minor: number): boolean {
  const found = version.exec(kubernetesVersion);
  if (found === null) return false;
  const [, foundMajor, foundMinor] = found.map(Number);
  return (foundMajor ?? 0) < major || (foundMajor === major && (foundMinor ?? 0) < minor);
}
