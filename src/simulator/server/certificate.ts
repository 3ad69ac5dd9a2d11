import { generate } from 'selfsigned';
import { serverNames } from '../arm/kubernetes-endpoint.ts';

export interface Certificates {
  readonly caPem: string;
  readonly keyPem: string;
  readonly certPem: string;
}

let made: Promise<Certificates> | undefined;

/** A CA for this process, made once, and a certificate for loopback that it signed. Nothing is written to disk. */
export async function certificates(): Promise<Certificates> {
  made ??= makeCertificates();
  return made;
}

async function makeCertificates(): Promise<Certificates> {
  const base = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;
  const ca = await generate([{ name: 'commonName', value: 'aks-localdns simulator CA' }], {
    ...base,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...base,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 2, value: `*.${serverNames}` },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { caPem: ca.cert, keyPem: leaf.private, certPem: leaf.cert };
}
