import type { OverrideMap } from './profile.ts';

/** What a rehearsal needs: a real CoreDNS on loopback ports, stub upstreams behind it, and a DNS client. */

export type Transport = 'udp' | 'tcp';

/** Loopback only: no traffic of a rehearsal leaves the machine. */
export const loopback = '127.0.0.1';

export interface DnsQuestion {
  /** In lower case, with its final dot. */
  readonly name: string;
  readonly type: string;
}

/** Identifies one upstream of one block. Each has its own port, so the block that sent a query is known. */
export interface StubUpstream {
  readonly map: OverrideMap;
  readonly zone: string;
  /** The address that the node would query. */
  readonly address: string;
}

export interface StubReply {
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED';
  /** `answer`: records of the requested type, or an SOA record if the stub has none of that type. */
  readonly content: 'answer' | 'soa' | 'nothing';
  readonly ttl: number;
  /** Over UDP: an empty reply with the truncated flag. */
  readonly truncated?: boolean | undefined;
  readonly afterMilliseconds?: number | undefined;
}

/** A query that a stub received; `reply` is undefined if it did not answer. */
export interface StubQuery extends DnsQuestion {
  readonly upstream: StubUpstream;
  readonly transport: Transport;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The number of this reply: its records carry it, so every answer shows where and when it came from. */
  readonly serial: number;
  readonly reply: StubReply | undefined;
}

export type StubBehaviour = (
  question: DnsQuestion,
  upstream: StubUpstream,
  transport: Transport,
) => StubReply | undefined;

export interface RunningStubs {
  /** The port of an upstream that was given at the start. */
  port(upstream: StubUpstream): number;
  /** Every query since the start, in order, except CoreDNS's own probes. */
  readonly queries: readonly StubQuery[];
  stop(): Promise<void>;
}

export interface StubUpstreams {
  start(upstreams: readonly StubUpstream[], behaviour: StubBehaviour): Promise<RunningStubs>;
}

export interface DnsAnswer {
  readonly rcode: string;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  /** Records in the answer section. */
  readonly records: number;
  readonly soa: boolean;
  /** The smallest TTL of all records, or null if there are none. */
  readonly ttl: number | null;
  /** The serial of the stub's reply that the records come from. */
  readonly serial: number | null;
  readonly nsid: string | null;
}

export interface DnsClient {
  /** Null if no answer arrived in time. Rejects with InterruptedError once `signal` aborts. */
  ask(
    port: number,
    question: DnsQuestion & { readonly transport: Transport },
    options: { readonly timeoutMilliseconds: number; readonly signal?: AbortSignal | undefined },
  ): Promise<DnsAnswer | null>;
}

export type ListenerPorts = Readonly<Record<OverrideMap, number>>;

export interface RunningCoreDns {
  readonly version: string;
  readonly ports: ListenerPorts;
  /** Its output: errors and queries. */
  output(): string;
  /** Resolves once the process is gone and its ports are free. */
  stop(): Promise<void>;
}

export interface CoreDnsRunner {
  /**
   * Finds the program by its path, or on PATH.
   * @throws CliError `coredns-not-found`
   */
  find(path: string | undefined): Promise<string>;
  /**
   * Chooses free ports, starts the program with the Corefile for them, and resolves once it answers.
   * @throws CliError `coredns-refused` with CoreDNS's own message if it does not start
   */
  start(program: string, corefile: (ports: ListenerPorts) => string, signal?: AbortSignal): Promise<RunningCoreDns>;
}
