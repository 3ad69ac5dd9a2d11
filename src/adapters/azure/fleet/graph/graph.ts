import { asNumber, own, type JsonObject } from '../../../../core/json.ts';
import { isAzureError } from '../../../../model/azure-error.ts';
import { apiVersions } from '../../../../model/api-versions.ts';
import { entriesOf, linkAt, stringAt, type ArmAnswer } from '../../arm/answer.ts';
import type { ArmClient } from '../../arm/client.ts';
import { withRetry, type RetryDeps } from '../../arm/retry.ts';
import { GraphQuota } from './quota.ts';

/** Source: Resource Graph docs: the largest page. */
const pageSize = 1000;

export interface GraphAsk {
  readonly query: string;
  /** Not empty; one sign-in, that of the first, reaches them all. */
  readonly subscriptions: readonly string[];
  readonly skipToken?: string | undefined;
}

export interface GraphPage {
  readonly rows: readonly JsonObject[];
  readonly total: number | undefined;
  readonly skipToken: string | undefined;
  /** There are more rows, but they cannot be retrieved. */
  readonly truncated: boolean;
  /** More subscriptions than a query supports: some were omitted. */
  readonly limitHit: boolean;
}

const path = '/providers/Microsoft.ResourceGraph/resources';

/** Azure Resource Graph, within its quota. Source: Azure Resource Graph REST API, resources. */
export class Graph {
  readonly #client: ArmClient;
  readonly #deps: RetryDeps;
  readonly #quota: GraphQuota;
  #carriesProfiles = false;

  constructor(client: ArmClient, deps: RetryDeps) {
    this.#client = client;
    this.#deps = deps;
    this.#quota = new GraphQuota(deps.clock);
  }

  /**
   * Whether a row has shown a LocalDNS profile. Microsoft does not document whether rows contain it, and a row without
   * one looks like a pool without one: until the first is seen, a missing profile proves nothing.
   */
  get carriesProfiles(): boolean {
    return this.#carriesProfiles;
  }

  sawProfile(): void {
    this.#carriesProfiles = true;
  }

  /**
   * One page. After throttling or a transient failure it is requested again, a limited number of times. Rejects with
   * AzureError.
   */
  async ask(ask: GraphAsk, signal: AbortSignal): Promise<GraphPage> {
    const [through = ''] = ask.subscriptions;
    const { query, subscriptions, skipToken } = ask;
    const options = {
      resultFormat: 'objectArray',
      $top: pageSize,
      ...(skipToken === undefined ? {} : { $skipToken: skipToken }),
    };
    return withRetry({ method: 'POST', path }, this.#deps, signal, async () =>
      readPage(await this.#send(through, { subscriptions, query, options }, signal)),
    );
  }

  async #send(through: string, body: JsonObject, signal: AbortSignal): Promise<ArmAnswer> {
    await this.#quota.take(signal);
    try {
      const answer = await this.#client.readOnce(through, {
        method: 'POST',
        to: { path, apiVersion: apiVersions.resourceGraph },
        body,
        signal,
      });
      this.#quota.heed(answer.headers);
      return answer;
    } catch (error) {
      // The other series would be throttled too.
      if (isAzureError(error, 'throttled') && error.retryAfterSeconds !== undefined)
        this.#quota.block(error.retryAfterSeconds);
      throw error;
    }
  }
}

function readPage(answer: ArmAnswer): GraphPage {
  const skipToken = linkAt(answer, '$skipToken');
  return {
    rows: entriesOf(answer, 'data'),
    total: asNumber(own(answer.body, 'totalRecords')),
    skipToken,
    // A string, not a boolean. Source: Resource Graph REST API, resultTruncated.
    truncated: skipToken === undefined && stringAt(answer, 'resultTruncated')?.toLowerCase() === 'true',
    limitHit: answer.headers['x-ms-tenant-subscription-limit-hit']?.toLowerCase() === 'true',
  };
}
