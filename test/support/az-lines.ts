/*
 * The verbs and options of the az commands that the program prints as fixes. test/e2e/az-fixes.test.ts runs each against
 * the simulator; scripts/real-az.mjs runs the verbs with the real az.
 */

/** Options besides the group, the names and the subscription. Source: the reference of az 2.91. */
export const azVerbs: Readonly<Record<string, readonly string[]>> = {
  'az aks list': ['-o'],
  'az aks start': [],
  'az aks update': ['--migrate-vmas-to-vms'],
  'az aks wait': ['--updated'],
  'az aks operation-abort': [],
  'az aks get-upgrades': ['-o'],
  'az aks upgrade': ['--kubernetes-version'],
  'az aks nodepool list': ['-o'],
  'az aks nodepool start': [],
  'az aks nodepool scale': ['--node-count'],
  'az aks nodepool update': [
    '--max-surge',
    '--max-unavailable',
    '--os-sku',
    '--update-cluster-autoscaler',
    '--min-count',
    '--max-count',
  ],
  'az aks nodepool upgrade': ['--kubernetes-version'],
  'az aks nodepool manual-scale update': ['--current-vm-sizes', '--vm-sizes', '--node-count'],
  'az lock list': [],
  'az network nsg rule create': [
    '--nsg-name',
    '--direction',
    '--access',
    '--protocol',
    '--priority',
    '--destination-port-ranges',
    '--destination-address-prefixes',
  ],
};

/** Verbs that name the source of an input and are not fixes. */
const sources: Readonly<Record<string, readonly string[]>> = {
  'az aks show': ['-o'],
  'az graph query': ['-q', '-o'],
  'az vm list-skus': ['-l', '--resource-type', '-o'],
};

const common = new Set(['-g', '-n', '--cluster-name', '--subscription']);

/** The arguments in a line as a POSIX shell splits them, without expansions. */
export function shellWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|\\.|[^\s'\\])+/g)].map(([word]) =>
    word.replace(/'([^']*)'/g, '$1').replace(/\\(.)/g, '$1'),
  );
}

/** The problem with an az command; undefined if its form is right. */
export function azProblem(line: string): string | undefined {
  const words = shellWords(line);
  const first = words.findIndex((word) => word.startsWith('-'));
  const name = words.slice(0, first).join(' ');
  const known = azVerbs[name] ?? sources[name];
  if (known === undefined) return `az has no verb that is known here: ${name}`;
  const options = words.filter((word) => /^--?[a-z]/.test(word));
  const odd = options.find((word) => !common.has(word) && !known.includes(word));
  if (odd !== undefined) return `${name} has no option ${odd}`;
  if (new Set(options).size !== options.length) return 'an option is given twice';
  return words.includes('#') ? 'a comment swallows what is appended' : undefined;
}
