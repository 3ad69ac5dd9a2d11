import type { Answer } from 'dns-packet';

/** The serial number of a stub's reply, encoded in its records and decoded from them again. */

/** The number of addresses in 10.0.0.0/8. */
export const serialLimit = 1 << 24;

const names = 'rehearsal.invalid';

function bytes(serial: number): readonly number[] {
  return [(serial >> 16) & 255, (serial >> 8) & 255, serial & 255];
}

function nameOf(serial: number): string {
  return `s${String(serial)}.${names}`;
}

/** For the types that a stub has records of. */
const makers: Readonly<Record<string, (common: { name: string; ttl: number }, serial: number) => Answer>> = {
  A: (common, serial) => ({ ...common, type: 'A', data: `10.${bytes(serial).join('.')}` }),
  AAAA: (common, serial) => ({
    ...common,
    type: 'AAAA',
    data: `fd00::${bytes(serial)
      .map((byte) => byte.toString(16))
      .join(':')}`,
  }),
  TXT: (common, serial) => ({ ...common, type: 'TXT', data: nameOf(serial) }),
  CNAME: (common, serial) => ({ ...common, type: 'CNAME', data: nameOf(serial) }),
  PTR: (common, serial) => ({ ...common, type: 'PTR', data: nameOf(serial) }),
  MX: (common, serial) => ({ ...common, type: 'MX', data: { preference: 10, exchange: nameOf(serial) } }),
  SRV: (common, serial) => ({
    ...common,
    type: 'SRV',
    data: { port: 53, target: nameOf(serial), priority: 1, weight: 1 },
  }),
};

export function answerRecord(type: string, name: string, ttl: number, serial: number): Answer | undefined {
  return Object.hasOwn(makers, type) ? makers[type]?.({ name, ttl }, serial) : undefined;
}

/** MINIMUM differs from the record's own TTL, to detect a server that uses the wrong one. */
export function soaRecord(ttl: number, serial: number): Answer {
  return {
    type: 'SOA',
    name: '.',
    ttl,
    data: {
      mname: names,
      rname: `nobody.${names}`,
      serial,
      refresh: 7200,
      retry: 900,
      expire: 1_209_600,
      minimum: ttl + 7,
    },
  };
}

function fromName(name: string): number | undefined {
  const found = /^s(\d+)\.rehearsal\.invalid$/.exec(name)?.[1];
  return found === undefined ? undefined : Number(found);
}

function fromBytes(parts: readonly number[]): number | undefined {
  const [high, middle, low] = parts;
  return high === undefined || middle === undefined || low === undefined
    ? undefined
    : (high << 16) | (middle << 8) | low;
}

/** The groups after `fd00::`; fewer than three if the first ones are zero. */
function fromAddress(address: string): number | undefined {
  const groups =
    /^fd00::(.*)$/
      .exec(address)?.[1]
      ?.split(':')
      .filter((group) => group !== '') ?? [];
  return address.startsWith('fd00::')
    ? fromBytes([0, 0, 0, ...groups.map((group) => Number.parseInt(group, 16))].slice(-3))
    : undefined;
}

function textOf(data: unknown): string {
  return (Array.isArray(data) ? data : [data])
    .map((part: unknown) => (part instanceof Uint8Array ? Buffer.from(part).toString('utf8') : String(part)))
    .join('');
}

/** The codec's own types include far more record types than the stubs answer. */
export function serialOf(record: Answer): number | undefined {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- every other type has no serial
  switch (record.type) {
    case 'A':
      return record.data.startsWith('10.') ? fromBytes(record.data.split('.').slice(1).map(Number)) : undefined;
    case 'AAAA':
      return fromAddress(record.data);
    case 'CNAME':
    case 'PTR':
      return fromName(record.data);
    case 'TXT':
      return fromName(textOf(record.data));
    case 'MX':
      return fromName(record.data.exchange);
    case 'SRV':
      return fromName(record.data.target);
    case 'SOA':
      return record.data.mname === names ? record.data.serial : undefined;
    default:
      return undefined;
  }
}
