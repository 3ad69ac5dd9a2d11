/*
 * The lines of az and kubectl that the program prints as fixes. The simulator does not speak all of them yet, so their
 * shape is checked: verb and options. To have a verb executed, set `runs`.
 */

interface AzVerb {
  /** Options beside the group, the names and the subscription. */
  readonly options: readonly string[];
  /** Whether the simulator carries it out when the real az asks it to. */
  readonly runs: boolean;
}

const verb = (options: readonly string[], runs = false): AzVerb => ({ options, runs });

/** Source: the reference of az, groups aks, aks nodepool and network. */
export const azVerbs: Readonly<Record<string, AzVerb>> = {
  'az aks list': verb(['-o']),
  'az aks start': verb([]),
  'az aks update': verb([]),
  'az aks wait': verb(['--updated']),
  'az aks get-upgrades': verb(['-o']),
  'az aks upgrade': verb(['--kubernetes-version']),
  'az aks nodepool list': verb(['-o']),
  'az aks nodepool start': verb([]),
  'az aks nodepool scale': verb(['--node-count']),
  'az aks nodepool update': verb([
    '--max-surge',
    '--max-unavailable',
    '--os-sku',
    '--update-cluster-autoscaler',
    '--min-count',
    '--max-count',
  ]),
  'az aks nodepool upgrade': verb(['--kubernetes-version']),
  'az aks nodepool manual-scale update': verb(['--current-vm-sizes', '--vm-sizes', '--node-count']),
};

/** Verbs that say where input comes from, and are no fixes. */
const sources: Readonly<Record<string, AzVerb>> = {
  'az aks show': verb(['-o']),
  'az graph query': verb(['-q', '-o']),
  'az vm list-skus': verb(['-l', '--resource-type', '-o']),
};

const common = new Set(['-g', '-n', '--cluster-name', '--subscription']);

/** The words of a line as a POSIX shell reads them, without expansions. */
export function shellWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|\\.|[^\s'\\])+/g)].map(([word]) =>
    word.replace(/'([^']*)'/g, '$1').replace(/\\(.)/g, '$1'),
  );
}

/** What is wrong with a line of az; undefined where its shape is right. */
export function azProblem(line: string): string | undefined {
  const words = shellWords(line);
  const first = words.findIndex((word) => word.startsWith('-'));
  const name = words.slice(0, first).join(' ');
  const known = azVerbs[name] ?? sources[name];
  if (known === undefined) return `az has no verb that is known here: ${name}`;
  const options = words.filter((word) => /^--?[a-z]/.test(word));
  const odd = options.find((word) => !common.has(word) && !known.options.includes(word));
  if (odd !== undefined) return `${name} has no option ${odd}`;
  if (new Set(options).size !== options.length) return 'an option is given twice';
  return words.includes('#') ? 'a comment swallows what is appended' : undefined;
}
