import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';

/*
 * X.509 certificates with Ed25519 keys that come from a text: the same text gives the same certificate, as everything
 * here comes from the seed. They guard nothing.
 */

export interface CertifiedKey {
  readonly name: string;
  readonly key: KeyObject;
  readonly keyPem: string;
  readonly certificatePem: string;
}

interface Subject {
  readonly commonName: string;
  readonly organization?: string;
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, Math.floor(length / 256), length % 256];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const ed25519 = sequence(oid('2b6570'));
const commonName = oid('550403');
const organizationName = oid('55040a');
const basicConstraints = oid('551d13');
const isTrue = der(0x01, Buffer.from([0xff]));

function nameOf({ commonName: name, organization }: Subject): Buffer {
  const part = (type: Buffer, text: string): Buffer => der(0x31, sequence(type, der(0x0c, Buffer.from(text))));
  return sequence(
    ...(organization === undefined ? [] : [part(organizationName, organization)]),
    part(commonName, name),
  );
}

/** The clusters here live from 2020 to 2049. */
const validity = sequence(der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z')));

function pem(kind: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${kind}-----\n${lines.join('\n')}\n-----END ${kind}-----\n`;
}

function keyFrom(text: string): KeyObject {
  const secret = createHash('sha256').update(text).digest();
  const head = Buffer.from('302e020100300506032b657004220420', 'hex');
  return createPrivateKey({ key: Buffer.concat([head, secret]), format: 'der', type: 'pkcs8' });
}

/** @param issuer the CA; without one, the certificate is a CA's own */
export function certify(seed: string, subject: Subject, issuer?: CertifiedKey): CertifiedKey {
  const text = `${seed}/${subject.organization ?? ''}/${subject.commonName}`;
  const key = keyFrom(text);
  const serial = createHash('sha256').update(`serial/${text}`).digest().subarray(0, 16);
  const constraints = sequence(
    basicConstraints,
    isTrue,
    der(0x04, issuer === undefined ? sequence(isTrue) : sequence()),
  );
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([0x01]), serial])),
    ed25519,
    nameOf({ commonName: issuer?.name ?? subject.commonName }),
    validity,
    nameOf(subject),
    createPublicKey(key).export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(constraints)),
  );
  const signature = sign(null, content, issuer?.key ?? key);
  return {
    name: subject.commonName,
    key,
    keyPem: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
    certificatePem: pem(
      'CERTIFICATE',
      sequence(content, ed25519, der(0x03, Buffer.concat([Buffer.from([0]), signature]))),
    ),
  };
}
