import type { JsonObject } from '../../../core/json.ts';
import { AzureError, type AnswerIds } from '../../../model/azure-error.ts';
import { connectionRule } from '../errors/connection.ts';
import { safeText } from '../../../core/redact.ts';
import type { Sessions } from '../session/sessions.ts';
import { entriesOf, errorOf, idsOf, linkAt, type ArmAnswer } from './answer.ts';
import { exchange, type ExchangeDeps, type RawRequest } from './exchange.ts';
import { withRetry } from './retry.ts';
import { pathOf } from './urls.ts';

export interface ArmRequest {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** A path with encoded parts, or an absolute URL returned by ARM: used verbatim, and only for ARM's own origin. */
  readonly to:
    | { readonly path: string; readonly apiVersion: string; readonly query?: Readonly<Record<string, string>> }
    | { readonly url: string; readonly from?: AnswerIds };
  readonly body?: JsonObject | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Is sent after an interrupt too, to remove what this program has made. */
  readonly evenIfInterrupted?: boolean | undefined;
}

export interface ListRequest extends ArmRequest {
  /** Whether an entry has its required members; defaults to any object. */
  readonly whole?: (entry: JsonObject) => boolean;
}

interface ListPage {
  readonly entries: readonly JsonObject[];
  readonly link: string | undefined;
  readonly from: AnswerIds;
}

/** `lost`: the request was sent, but no trustworthy answer came. */
export type WriteAnswer =
  | { readonly kind: 'answered'; readonly answer: ArmAnswer }
  | { readonly kind: 'lost'; readonly reason: string };

const maxPages = 1000;

export class ArmClient {
  readonly origin: string;
  readonly #sessions: Sessions;
  readonly #deps: ExchangeDeps;
  readonly #signal: AbortSignal;

  constructor(origin: string, sessions: Sessions, deps: ExchangeDeps, signal: AbortSignal) {
    this.origin = origin;
    this.#sessions = sessions;
    this.#deps = deps;
    this.#signal = signal;
  }

  /**
   * A request that is safe to repeat. `convert` extracts the requested part of the answer and throws if it is missing,
   * so that an incomplete answer is requested again. Rejects with AzureError unless the answer is a success.
   */
  async read<T>(
    subscriptionId: string | undefined,
    request: ArmRequest,
    convert: (answer: ArmAnswer) => T,
  ): Promise<T> {
    const url = this.#url(request);
    return withRetry({ method: request.method, path: pathOf(url) }, this.#deps, this.#signalOf(request), async () =>
      convert(await this.#good(subscriptionId, url, request)),
    );
  }

  /** A read without retries, for callers that have their own schedule. */
  async readOnce(subscriptionId: string, request: ArmRequest): Promise<ArmAnswer> {
    return this.#good(subscriptionId, this.#url(request), request);
  }

  /**
   * A request that changes something. It is retried only after 429, which was not processed. Rejects with AzureError if
   * Azure rejected it or it cannot have been sent; any other outcome without a trustworthy answer is `lost`.
   */
  async write(subscriptionId: string, request: ArmRequest): Promise<WriteAnswer> {
    const url = this.#url(request);
    const path = pathOf(url);
    try {
      const answer = await withRetry(
        { method: request.method, path, may: (error) => error.class === 'throttled' && error.status === 429 },
        this.#deps,
        this.#signalOf(request),
        async () => this.#good(subscriptionId, url, request),
      );
      return { kind: 'answered', answer };
    } catch (error) {
      if (!(error instanceof AzureError)) throw error;
      if (!isLost(error)) throw error;
      return { kind: 'lost', reason: error.message };
    }
  }

  /** All entries of a paged list, in order. */
  async list(subscriptionId: string | undefined, request: ListRequest): Promise<readonly JsonObject[]> {
    const entries: JsonObject[] = [];
    for await (const page of this.pages(subscriptionId, request)) entries.push(...page);
    return entries;
  }

  /**
   * A paged list, one page at a time on demand. An empty last page may be missing. `before` is awaited before each
   * request.
   */
  async *pages(
    subscriptionId: string | undefined,
    request: ListRequest,
    before?: () => Promise<void>,
  ): AsyncGenerator<readonly JsonObject[], void> {
    const visited = new Set<string>();
    let next: ArmRequest | undefined = request;
    while (next !== undefined) {
      await before?.();
      const { entries, link, from }: ListPage = await this.read(subscriptionId, next, (answer) => ({
        entries: entriesOf(answer, 'value', request.whole),
        link: linkAt(answer, 'nextLink'),
        from: idsOf(answer),
      }));
      yield entries;
      if (link === undefined) return;
      if (visited.has(link) || visited.size >= maxPages) throw endless(this.#url(request), from);
      visited.add(link);
      next = { method: 'GET', to: { url: link, from }, signal: request.signal };
    }
  }

  #signalOf(request: ArmRequest): AbortSignal {
    const own = request.evenIfInterrupted === true ? [] : [this.#signal];
    return AbortSignal.any([...own, ...(request.signal === undefined ? [] : [request.signal])]);
  }

  #url(request: ArmRequest): string {
    const { to } = request;
    if ('url' in to) return this.#ours(to.url, to.from);
    const query = Object.entries({ ...to.query, 'api-version': to.apiVersion });
    return `${this.origin}${to.path}?${query.map(([key, value]) => `${encodeURIComponent(key).replaceAll('%24', '$')}=${encodeURIComponent(value)}`).join('&')}`;
  }

  /** A token is sent along, so it must be ARM's own origin. */
  #ours(url: string, from?: AnswerIds): string {
    if (URL.canParse(url) && new URL(url).origin === this.origin) return url;
    const host = URL.canParse(url) ? new URL(url).host : 'an invalid URL';
    throw new AzureError({
      class: 'unexpected',
      azureCode: 'ForeignOrigin',
      message: `A response from Azure points to ${safeText(host)} instead of ${new URL(this.origin).host}. The link was not followed, because a token would be sent along.`,
      hints: ['Check the cloud: az cloud show. A proxy may have changed the response.'],
      requestId: from?.requestId,
      correlationId: from?.correlationId,
    });
  }

  async #good(subscriptionId: string | undefined, url: string, request: ArmRequest): Promise<ArmAnswer> {
    const answer = await this.#signedIn(
      subscriptionId,
      { method: request.method, url, body: request.body, headers: request.headers },
      this.#signalOf(request),
    );
    const error = errorOf(answer);
    if (error !== undefined) throw error;
    return answer;
  }

  /** If a token is rejected, it is replaced once: nothing was processed. The pipeline handles claims challenges. */
  async #signedIn(subscriptionId: string | undefined, request: RawRequest, signal: AbortSignal): Promise<ArmAnswer> {
    const session = this.#sessions.of(subscriptionId);
    const answer = await exchange(session.client, request, this.#deps, signal);
    if (answer.status !== 401 || /original caller/i.test(answer.text)) return answer;
    const elsewhere = this.#sessions.otherTenant(subscriptionId, answer);
    if (elsewhere === undefined) session.tokens.forget();
    return exchange((elsewhere ?? session).client, request, this.#deps, signal);
  }
}

function endless(url: string, { requestId, correlationId }: AnswerIds): AzureError {
  return new AzureError({
    class: 'unexpected',
    azureCode: 'EndlessList',
    message: `The list ${pathOf(url)} has too many pages.`,
    hints: ['Try again later.'],
    requestId,
    correlationId,
  });
}

/** Whether it is unknown if a write was processed. */
function isLost(error: AzureError): boolean {
  if (error.class === 'connection') return !connectionRule(error.azureCode).neverLeft;
  const status = error.status;
  // What came was no answer to go by.
  if (error.class === 'unexpected' && status === undefined) return true;
  if (status === undefined || status === 429) return false;
  return status >= 500 || status === 408 || status < 400;
}
