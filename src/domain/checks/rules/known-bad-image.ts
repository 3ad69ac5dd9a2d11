import { warnsAlways, type PoolCheck } from '../check.ts';
import { knownAgainst, knownImages, knownImageText } from '../known-images.ts';
import { parseNodeImage } from '../node-image.ts';
import { ours, shown } from '../verdict-parts.ts';

const required = 'a node image of which nothing bad is known';

export const knownBadImage: PoolCheck = {
  id: 'known-bad-image',
  title: 'Nothing bad is known of the node image',
  problem: 'Node image with a known fault',
  level: 'pool',
  severity: warnsAlways,
  since: '2025-10',
  source: {
    document: 'AKS issues on LocalDNS and node images',
    link: 'https://github.com/Azure/AKS/issues/5930',
  },
  stops: 'turning-on',
  explanation: `Faults of node images that carry LocalDNS, by the month in their names. Known so far: ${knownImages.map((known) => `${knownImageText(known)}, as of ${known.asOf}`).join('; ')}. The DNS servers of a network are only read with \`--network\`.`,
  howToFix:
    'Upgrade the node image before LocalDNS is turned on: `aks-localdns nodepool upgrade --node-image-only`. Where the newest image that Azure offers is older, wait for the next.',
  judge(facts) {
    const name = facts.pool.nodeImageVersion ?? '';
    const image = parseNodeImage(name);
    if (image.month === undefined) return undefined;
    const found = knownAgainst(facts, image);
    const observed = shown(name);
    if (found.length === 0)
      return { status: 'pass', observed, required, reason: 'Nothing bad is known of the node image.' };
    return {
      status: 'warn',
      observed,
      required,
      reason: `Node images ${found.map(({ known, holds }) => knownImageText(known, holds)).join('; ')}.`,
      fix: ours(['nodepool', 'upgrade'], facts.pool.ref, ['--node-image-only']),
    };
  },
};
