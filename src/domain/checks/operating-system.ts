import { poolVersion, type PoolFacts } from './facts.ts';
import { parseNodeImage } from './node-image.ts';
import { atLeast, parseVersion } from '../../model/kubernetes-version.ts';
import { shown } from './verdict-parts.ts';

/** The operating system of a pool's nodes; `observed` is the text it was derived from. */
export type OperatingSystem = { readonly observed: string } & (
  | { readonly kind: 'ubuntu'; readonly release: number; readonly orLater: boolean }
  | { readonly kind: 'azure-linux'; readonly release: number }
  | { readonly kind: 'flatcar' }
  | { readonly kind: 'unknown'; readonly why: string }
);

function fromImage(name: string): OperatingSystem {
  const observed = shown(name);
  const { family, release } = parseNodeImage(name);
  if (family === 'flatcar') return { observed, kind: 'flatcar' };
  if (family === 'ubuntu' && release !== undefined) return { observed, kind: 'ubuntu', release, orLater: false };
  if ((family === 'azure-linux' || family === 'mariner') && release !== undefined && release <= 3) {
    return { observed, kind: 'azure-linux', release };
  }
  return {
    observed,
    kind: 'unknown',
    why: `It is unknown whether node images such as ${observed} support LocalDNS.`,
  };
}

/** Source: AKS docs, upgrade-os-version: the release of the general SKUs by Kubernetes version. */
function fromGeneralSku(sku: 'ubuntu' | 'azurelinux', observed: string, facts: PoolFacts): OperatingSystem {
  const text = poolVersion(facts);
  const version = text === undefined ? undefined : parseVersion(text);
  if (version === undefined) {
    return {
      observed,
      kind: 'unknown',
      why: `The release of ${observed} depends on the Kubernetes version, which is unknown.`,
    };
  }
  if (sku === 'azurelinux') {
    if (atLeast(version, 1, 32)) return { observed, kind: 'azure-linux', release: 3 };
    if (!atLeast(version, 1, 31)) return { observed, kind: 'azure-linux', release: 2 };
    return {
      observed,
      kind: 'unknown',
      why: `On Kubernetes 1.31, ${observed} may be version 2 or 3, and Azure does not report the node image.`,
    };
  }
  if (facts.pool.fips)
    return {
      observed,
      kind: 'unknown',
      why: 'A FIPS pool may run Ubuntu 20.04, and Azure does not report the node image.',
    };
  return { observed, kind: 'ubuntu', release: atLeast(version, 1, 25) ? 2204 : 1804, orLater: atLeast(version, 1, 25) };
}

function fromSku(sku: string, facts: PoolFacts): OperatingSystem {
  const observed = shown(sku);
  const word = sku.toLowerCase();
  const ubuntu = /^ubuntu(\d{4})$/.exec(word);
  if (ubuntu !== null) return { observed, kind: 'ubuntu', release: Number(ubuntu[1]), orLater: false };
  if (word === 'ubuntu') return fromGeneralSku('ubuntu', observed, facts);
  if (word === 'azurelinux' || word === 'cblmariner' || word === 'mariner')
    return fromGeneralSku('azurelinux', observed, facts);
  if (word === 'azurelinux3') return { observed, kind: 'azure-linux', release: 3 };
  if (word === 'flatcar') return { observed, kind: 'flatcar' };
  return { observed, kind: 'unknown', why: `It is unknown whether the OS SKU ${observed} supports LocalDNS.` };
}

/** The node image takes precedence over the OS SKU; a new Linux pool without either gets Ubuntu. */
export function operatingSystem(facts: PoolFacts): OperatingSystem {
  const { nodeImageVersion, osSku } = facts.pool;
  if (nodeImageVersion !== undefined && nodeImageVersion !== '') return fromImage(nodeImageVersion);
  if (osSku !== undefined && osSku !== '') return fromSku(osSku, facts);
  if (facts.isNew) return fromSku('Ubuntu', facts);
  return {
    observed: 'not set',
    kind: 'unknown',
    why: 'Azure reports neither the node image nor the OS SKU of the pool.',
  };
}
