import type { OverrideMap } from './profile.ts';

/** What a rehearsal needs: a real CoreDNS on loopback ports, upstreams of ours behind it, and a client that asks. */

export type Transport = 'udp' | 'tcp';

/** Only loopback: nothing of a rehearsal leaves the machine. */
export const loopback = '127.0.0.1';

export interface DnsQuestion {
  /** In lower case, with its final dot. */
  readonly name: string;
  readonly type: string;
}

/** The place of one upstream of one block: each has a port of its own, so that who asks it is known. */
export interface StubUpstream {
  readonly map: OverrideMap;
  readonly zone: string;
  /** The address that the node would ask. */
  readonly address: string;
}

export interface StubReply {
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED';
  /** `answer`: records of the type that was asked for, or an SOA record where we have none of that type. */
  readonly content: 'answer' | 'soa' | 'nothing';
  readonly ttl: number;
  /** Over UDP: nothing but the flag that there is more. */
  readonly truncated?: boolean | undefined;
  readonly afterMilliseconds?: number | undefined;
}

/** What a stub was asked; `reply` is undefined where it stayed silent. */
export interface StubQuery extends DnsQuestion {
  readonly upstream: StubUpstream;
  readonly transport: Transport;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Of this one reply: its records carry it, so that every answer shows where and when it came from. */
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
  /** All that was asked since the start, in order, but for CoreDNS's own probes. */
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
  /** The smallest of all records, or null where there are none. */
  readonly ttl: number | null;
  /** Of the stub's reply that the records come from. */
  readonly serial: number | null;
  readonly nsid: string | null;
}

export interface DnsClient {
  /** Null: no answer in time. Rejects with InterruptedError once `signal` aborts. */
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
  /** What it printed: errors, queries. */
  output(): string;
  /** Resolves once the process is gone and its ports are free. */
  stop(): Promise<void>;
}

export interface CoreDnsRunner {
  /**
   * The program by its path, or on PATH.
   * @throws CliError `coredns-not-found`
   */
  find(path: string | undefined): Promise<string>;
  /**
   * Chooses free ports, starts the program with the Corefile for them, and resolves once it answers.
   * @throws CliError `coredns-refused` with its own words where it does not start
   */
  start(program: string, corefile: (ports: ListenerPorts) => string, signal?: AbortSignal): Promise<RunningCoreDns>;
}
