import { newerSettingsSince } from '../../model/api-versions.ts';
import {
  newerSettings,
  type LocalDnsHealthCheck,
  type LocalDnsOverride,
  type NewerSetting,
} from '../../model/profile.ts';
import type { NewerDraft, Place } from './draft.ts';
import type { JsonNode, Member } from './parse.ts';
import { membersOf, typeName } from './parse.ts';
import type { Reading } from './read-zone.ts';
import { goDuration, healthCheckNames, healthCheckSpellings } from './settings.ts';
import { meant, memberPath, quoted } from './text.ts';
import { nameProblem, reservedCharacter } from './zone-names.ts';

/** Reads the settings of one zone that only newer api-versions have; each is told, since not everything sends it. */
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
      what: `${name} is known from api-version ${newerSettingsSince} on`,
      why: 'it is sent where the cloud has that version, and the change is refused before anything is sent where it does not; the Azure CLI drops it in silence',
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
          const instead = meant(key, healthCheckNames);
          return {
            place: at,
            what: `healthCheck has no ${quoted(key)}`,
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
      else this.#wrongType(name, 'a text', value, at.path);
    }
    return check;
  }

  #spelling(key: string, name: string, earlier: string | undefined, place: Place): void {
    const { findings } = this.#reading;
    if (key !== name)
      findings.report('R008', {
        place,
        what: `${quoted(key)} is documented as ${quoted(name)}`,
        why: 'a draft of the API had that name',
        instead: name,
      });
    // The same spelling twice is a duplicate key, which is reported for the file as a whole.
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
      report(`${quoted(word)} is no duration`, /^\d+$/.test(word) ? `${word}s` : '1s');
    if (name === 'duration') return word;
    const reserved = reservedCharacter(word);
    const problem = reserved ?? nameProblem(word);
    // CoreDNS itself takes more names than a service does.
    const why = reserved === undefined ? 'it is held to what a zone may be called' : undefined;
    if (problem !== undefined) report(`The domain ${quoted(word)} ${problem.what}`, problem.instead, why);
    return word;
  }

  #wrongType(name: string, wanted: string, node: JsonNode, path: string): void {
    const what = `${name} must be ${wanted}, and is ${typeName(node)}`;
    this.#reading.findings.report('R007', { place: { offset: node.offset, path }, what });
  }
}
