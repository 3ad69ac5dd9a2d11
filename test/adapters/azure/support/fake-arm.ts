import { onTestFinished } from 'vitest';
import type { HttpHandler, HttpRequest, HttpResponse } from '../../../../src/core/http.ts';
import type { JsonObject } from '../../../../src/core/json.ts';

export type Answer = HttpResponse | ((request: HttpRequest) => HttpResponse | Promise<HttpResponse>);

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

export function page(status: number, title: string): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'text/html' },
    body: `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
  };
}

/**
 * Scripted ARM: for each `METHOD /path` the answers in order, the last of which repeats. A request that no line
 * expects fails the test.
 */
export class FakeArm {
  readonly requests: HttpRequest[] = [];
  readonly #script: Map<string, Answer[]>;
  readonly #unexpected: string[] = [];

  constructor(script: Readonly<Record<string, Answer | readonly Answer[]>>) {
    this.#script = new Map(
      Object.entries(script).map(([line, answers]) => [
        line.toLowerCase(),
        Array.isArray(answers) ? [...(answers as readonly Answer[])] : [answers as Answer],
      ]),
    );
    onTestFinished(() => {
      if (this.#unexpected.length > 0) throw new Error(`No line of the script expects: ${this.#unexpected.join(', ')}`);
    });
  }

  readonly handle: HttpHandler = async (request) => {
    this.requests.push(request);
    const line = `${request.method} ${new URL(request.url).pathname}`;
    const answers = this.#script.get(line.toLowerCase());
    const answer = answers !== undefined && answers.length > 1 ? answers.shift() : answers?.[0];
    if (answer === undefined) {
      this.#unexpected.push(line);
      return json(404, { error: { code: 'UnexpectedRequest', message: line } });
    }
    return typeof answer === 'function' ? answer(request) : answer;
  };

  get lines(): readonly string[] {
    return this.requests.map((request) => `${request.method} ${new URL(request.url).pathname}`);
  }

  count(method: string): number {
    return this.requests.filter((request) => request.method === method).length;
  }

  body(index: number): JsonObject {
    return JSON.parse(this.requests[index]?.body ?? '{}') as JsonObject;
  }
}
