/** A message's fields by number: nested messages and texts as bytes (one character each). */
type Message = ReadonlyMap<number, string>;

function varint(bytes: string, start: number): readonly [value: number, next: number] | undefined {
  let value = 0;
  for (let index = start; index < Math.min(bytes.length, start + 5); index += 1) {
    const byte = bytes.charCodeAt(index);
    value += (byte & 0x7f) * 2 ** (7 * (index - start));
    if (byte < 0x80) return [value, index + 1];
  }
  return undefined;
}

/** The last field of each number; undefined if this is no message. Numbers are skipped. */
function message(bytes: string): Message | undefined {
  const fields = new Map<number, string>();
  let position = 0;
  while (position < bytes.length) {
    const tag = varint(bytes, position);
    const value = tag === undefined ? undefined : varint(bytes, tag[1]);
    if (tag === undefined || value === undefined) return undefined;
    const kind = tag[0] % 8;
    if (kind !== 0 && kind !== 2) return undefined;
    position = kind === 0 ? value[1] : value[1] + value[0];
    if (kind === 2) fields.set(Math.floor(tag[0] / 8), bytes.slice(value[1], position));
  }
  return fields;
}

function utf8(bytes: string | undefined): string {
  return Buffer.from(bytes ?? '', 'latin1').toString('utf8');
}

/** Source: apimachinery, runtime.Unknown: four bytes, then type (1: apiVersion 1, kind 2) and the raw object (2). */
const magic = 'k8s\0';

/** What a SelfSubjectAccessReview asks for. */
export interface Review {
  readonly namespace: string;
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  readonly name: string;
  /** A path that is no resource; the other fields but the verb are empty then. */
  readonly path: string;
}

/**
 * A SelfSubjectAccessReview as current kubectls send it: in protobuf, each byte a character of the text.
 * Source: k8s.io/api/authorization/v1/generated.proto.
 */
export function reviewFromProtobuf(body: string): Review | undefined {
  if (!body.startsWith(magic)) return undefined;
  const review = message(message(body.slice(magic.length))?.get(2) ?? '');
  const spec = message(review?.get(2) ?? '');
  const resource = message(spec?.get(1) ?? '');
  const path = message(spec?.get(2) ?? '');
  if (spec === undefined || resource === undefined || path === undefined) return undefined;
  return {
    namespace: utf8(resource.get(1)),
    verb: utf8(resource.get(2) ?? path.get(2)),
    group: utf8(resource.get(3)),
    resource: utf8(resource.get(5)),
    subresource: utf8(resource.get(6)),
    name: utf8(resource.get(7)),
    path: utf8(path.get(1)),
  };
}
