import type { Clock } from '../../../../core/ports.ts';
import { resetsAfter } from '../../arm/answer.ts';

/**
 * Source: Resource Graph docs, guidance for throttled requests: 15 queries every 5 seconds for each user, including
 * pages.
 */
const queries = 15;
const windowMs = 5000;

/** The query quota, shared by all series of the process. Takers wait for their turn. */
export class GraphQuota {
  readonly #clock: Clock;
  #sent: readonly number[] = [];
  #blockedUntil = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async take(signal: AbortSignal): Promise<void> {
    for (;;) {
      const now = this.#clock.now();
      this.#sent = this.#sent.filter((time) => time > now - windowMs);
      const [oldest] = this.#sent;
      const turn = oldest !== undefined && this.#sent.length >= queries ? oldest + windowMs : now;
      const wait = Math.max(turn, this.#blockedUntil) - now;
      if (wait <= 0) break;
      await this.#clock.sleep(wait, signal);
    }
    this.#sent = [...this.#sent, this.#clock.now()];
  }

  /** Other programs of the same user also use the quota, so the remaining quota in the answer counts. */
  heed(headers: Readonly<Record<string, string>>): void {
    const remaining = headers['x-ms-user-quota-remaining'];
    if (remaining !== undefined && Number(remaining) <= 0) this.block(resetsAfter(headers) ?? windowMs / 1000);
  }

  block(seconds: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, this.#clock.now() + seconds * 1000);
  }
}
