import { warnsAlways, type PoolCheck } from '../check.ts';
import { imageIssues, knownImages, knownImageText } from '../known-images.ts';
import { parseNodeImage } from '../node-image.ts';
import { ownCommand, shown } from '../verdict-parts.ts';

const required = 'a node image without known LocalDNS issues';

export const knownBadImage: PoolCheck = {
  id: 'known-bad-image',
  title: 'The node image has no known LocalDNS issues',
  problem: 'Node image with a known LocalDNS issue',
  level: 'pool',
  severity: warnsAlways,
  since: '2025-10',
  source: {
    document: 'AKS issues on LocalDNS and node images',
    link: 'https://github.com/Azure/AKS/issues/5930',
  },
  stops: 'turning-on',
  explanation: `Known LocalDNS issues of node images, by the month in the image name: ${knownImages.map((known) => `${knownImageText(known)}, as of ${known.asOf}`).join('; ')}. The DNS servers of a network are read only with \`--network\`.`,
  howToFix:
    'Upgrade the node image before you turn LocalDNS on: `aks-localdns nodepool upgrade --node-image-only`. If the ' +
    'newest available image is still affected, wait for the next one.',
  judge(facts) {
    const name = facts.pool.nodeImageVersion ?? '';
    const image = parseNodeImage(name);
    if (image.month === undefined) return undefined;
    const found = imageIssues(facts, image);
    const observed = shown(name);
    if (found.length === 0)
      return { status: 'pass', observed, required, reason: 'The node image has no known LocalDNS issues.' };
    return {
      status: 'warn',
      observed,
      required,
      reason: `Node images ${found.map(({ known, holds }) => knownImageText(known, holds)).join('; ')}.`,
      fix: ownCommand(['nodepool', 'upgrade'], facts.pool.ref, ['--node-image-only']),
    };
  },
};
