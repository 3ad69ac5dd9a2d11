import { newerSettingsSince } from '../../model/api-versions.ts';
import {
  newerSettings,
  type LocalDnsHealthCheck,
  type LocalDnsOverride,
  type NewerSetting,
} from '../../model/profile.ts';
import type { NewerDraft, Place } from './draft.ts';
import type { JsonNode, Member } from './json-tree.ts';
import { membersOf, typeName } from './json-tree.ts';
import type { Reading } from './zone-reader.ts';
import { goDuration, healthCheckNames, healthCheckSpellings } from './settings.ts';
import { similar, memberPath, quoted } from './text.ts';
import { nameProblem, reservedCharacter } from './zone-names.ts';

/**
 * Reads the settings of a zone that only newer API versions support; each gets a warning, because not every tool sends
 * it.
 */
export class NewerSettings implements NewerDraft {
  readonly #reading: Reading;
  readonly #zone: Place;
  readonly places = new Map<NewerSetting, Place>();
  value: Pick<LocalDnsOverride, NewerSetting> = {};

  constructor(reading: Reading, zone: Place) {
    this.#reading = reading;
    this.#zone = zone;
  }

  /** Whether the member is such a setting. */
  take({ key, keyOffset, value }: Member): boolean {
    const name = newerSettings.find((candidate) => candidate === key);
    if (name === undefined) return false;
    const place: Place = { offset: keyOffset, path: memberPath(this.#zone.path, key) };
    this.places.set(name, place);
    this.#reading.findings.report('L002', {
      place,
      severity: 'warn',
      what: `${name} needs API version ${newerSettingsSince} or later`,
      why: 'if the cloud does not have that version, the change is rejected before anything is sent; the Azure CLI silently drops the setting',
    });
    if (value !== undefined) this.#read(name, value, place.path);
    return true;
  }

  #read(name: NewerSetting, node: JsonNode, path: string): void {
    if (name === 'healthCheck') {
      if (node.type === 'object') this.value = { ...this.value, healthCheck: this.#healthCheck(node, path) };
      else this.#wrongType(name, 'an object', node, path);
    } else if (node.type === 'boolean') this.value = { ...this.value, [name]: node.value === true };
    else this.#wrongType(name, 'true or false', node, path);
  }

  #healthCheck(node: JsonNode, path: string): LocalDnsHealthCheck {
    const check: Record<string, string | boolean> = {};
    const spelled = new Map<string, string>();
    for (const { key, keyOffset, value } of membersOf(node)) {
      const at: Place = { offset: keyOffset, path: memberPath(path, key) };
      const name = healthCheckSpellings.get(key);
      if (name === undefined) {
        this.#reading.findings.report('L002', () => {
          const instead = similar(key, healthCheckNames);
          return {
            place: at,
            what: `Unknown key ${quoted(key)} in healthCheck`,
            ...(instead === undefined ? {} : { instead }),
          };
        });
        continue;
      }
      this.#spelling(key, name, spelled.get(name), at);
      spelled.set(name, key);
      if (value === undefined) continue;
      if (name === 'noRecursion') {
        if (value.type === 'boolean') check[name] = value.value === true;
        else this.#wrongType(name, 'true or false', value, at.path);
      } else if (value.type === 'string') check[name] = this.#word(name, value, at.path);
      else this.#wrongType(name, 'a string', value, at.path);
    }
    return check;
  }

  #spelling(key: string, name: string, earlier: string | undefined, place: Place): void {
    const { findings } = this.#reading;
    if (key !== name)
      findings.report('R008', {
        place,
        what: `${quoted(key)} is documented as ${quoted(name)}`,
        why: 'a draft of the API used that name',
        instead: name,
      });
    // The same spelling twice is a duplicate key, which is reported for the whole file.
    if (earlier !== undefined && earlier !== key)
      findings.report('R006', {
        place,
        what: `${quoted(key)} and ${quoted(earlier)} are the same setting`,
        instead: name,
      });
  }

  #word(name: 'duration' | 'domain', node: JsonNode, path: string): string {
    const word = String(node.value);
    const place: Place = { offset: node.offset, path };
    const report = (what: string, instead?: string, why = 'CoreDNS on the node would not start with it'): void => {
      this.#reading.findings.report('L003', {
        place,
        what,
        why,
        ...(instead === undefined ? {} : { instead }),
      });
    };
    if (name === 'duration' && !goDuration.test(word))
      report(`${quoted(word)} is not a valid duration`, /^\d+$/.test(word) ? `${word}s` : '1s');
    if (name === 'duration') return word;
    const reserved = reservedCharacter(word);
    const problem = reserved ?? nameProblem(word);
    // CoreDNS accepts more names than are allowed here.
    const why = reserved === undefined ? 'the same rules apply as for zone names' : undefined;
    if (problem !== undefined) report(`The domain ${quoted(word)} ${problem.what}`, problem.instead, why);
    return word;
  }

  #wrongType(name: string, expected: string, node: JsonNode, path: string): void {
    const what = `${name} must be ${expected}, but is ${typeName(node)}`;
    this.#reading.findings.report('R007', { place: { offset: node.offset, path }, what });
  }
}
