import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { ConnectionLost, type HttpHandler, type HttpRequest } from '../../src/core/http.ts';
import { isJsonObject, parseJson, type JsonObject } from '../../src/core/json.ts';

const folder = new URL('../../../shared/reference/azure-cli/recordings/', import.meta.url);

/** One exchange between the Azure CLI and ARM, as recorded. */
export interface Interaction {
  readonly command: string;
  readonly method: string;
  readonly url: string;
  readonly requestBody: JsonObject | null;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: unknown;
}

export const recordingsAreThere = existsSync(folder);

export function recordingNames(): readonly string[] {
  return recordingsAreThere
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.jsonl'))
        .sort()
    : [];
}

/** `rename`: texts to replace in the recording, such as the name of another feature. */
export function readRecording(file: string, rename: Readonly<Record<string, string>> = {}): readonly Interaction[] {
  let text = readFileSync(new URL(file, folder), 'utf8');
  for (const [from, to] of Object.entries(rename)) text = text.replaceAll(from, to);
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const value = parseJson(line);
      if (!isJsonObject(value)) throw new Error(`${file} holds a line that is no object.`);
      return value as unknown as Interaction;
    });
}

/** The key of a request: method and path, without the query. */
export function requestKey(method: string, url: string): string {
  return `${method} ${new URL(url).pathname.toLowerCase()}`;
}

export interface Played {
  readonly handle: HttpHandler;
  readonly requests: readonly HttpRequest[];
  /** Requests without an answer in the recording. */
  readonly unexpected: readonly string[];
}

/**
 * Answers each request with its recorded answers in order, and then repeats the last one. `extra`: answers in addition
 * to the recording.
 */
export function play(interactions: readonly Interaction[], extra: Readonly<Record<string, JsonObject>> = {}): Played {
  const answers = new Map<string, Interaction[]>();
  for (const interaction of interactions) {
    const key = requestKey(interaction.method, interaction.url);
    answers.set(key, [...(answers.get(key) ?? []), interaction]);
  }
  const requests: HttpRequest[] = [];
  const unexpected: string[] = [];
  return {
    requests,
    unexpected,
    handle: async (request) => {
      requests.push(request);
      const key = requestKey(request.method, request.url);
      const queue = answers.get(key);
      const answer = queue === undefined ? undefined : queue.length > 1 ? queue.shift() : queue[0];
      if (answer !== undefined) {
        const body = answer.responseBody === '' ? '' : JSON.stringify(answer.responseBody);
        return { status: answer.status, headers: answer.responseHeaders, body };
      }
      const added = Object.entries(extra).find(([known]) => known.toLowerCase() === key.toLowerCase());
      if (added !== undefined)
        return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(added[1]) };
      unexpected.push(key);
      throw new ConnectionLost(`Nothing was recorded for ${key}.`, 'ENOTFOUND');
    },
  };
}
