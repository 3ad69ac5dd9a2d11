import type { OverrideMap } from '../../model/profile.ts';
import type { DnsQuestion, StubQuery } from '../../model/rehearsal.ts';

/** The upstream queries, by listener and question. */
export class QueryLog {
  readonly #all: readonly StubQuery[];
  readonly #byQuestion = new Map<string, StubQuery[]>();
  readonly #bySerial = new Map<number, StubQuery>();
  #read = 0;
  #silent = false;

  /** `all` grows while the upstreams run. */
  constructor(all: readonly StubQuery[]) {
    this.#all = all;
  }

  of(map: OverrideMap, { name, type }: DnsQuestion): readonly StubQuery[] {
    this.#catchUp();
    return this.#byQuestion.get(`${map} ${type} ${name}`) ?? [];
  }

  bySerial(serial: number | null): StubQuery | undefined {
    this.#catchUp();
    return serial === null ? undefined : this.#bySerial.get(serial);
  }

  /** Whether an upstream ever left a query unanswered. CoreDNS may skip it from then on. */
  get anySilent(): boolean {
    this.#catchUp();
    return this.#silent;
  }

  #catchUp(): void {
    for (; this.#read < this.#all.length; this.#read += 1) {
      const query = this.#all[this.#read];
      if (query === undefined) return;
      const key = `${query.upstream.map} ${query.type} ${query.name}`;
      const known = this.#byQuestion.get(key);
      if (known === undefined) this.#byQuestion.set(key, [query]);
      else known.push(query);
      this.#bySerial.set(query.serial, query);
      if (query.reply === undefined) this.#silent = true;
    }
  }
}
