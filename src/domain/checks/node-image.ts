/**
 * The parts of a node image name. Source: names in the AKS release notes, such as
 * `AKSUbuntu-2204gen2fipscontainerd-202510.19.1`, `AKSAzureLinux-V3gen2-202606.08.1`,
 * `AKSWindows-2022-containerd-20348.3207.250214` and the older form `AKSUbuntu-1804-2020.03.05`.
 */
export interface NodeImage {
  readonly family: 'ubuntu' | 'azure-linux' | 'mariner' | 'flatcar' | 'windows' | 'other';
  /** 2204, 2404, …; 2, 3. */
  readonly release: number | undefined;
  /** Year and month, as 202510. */
  readonly month: number | undefined;
  readonly fips: boolean;
}

const families: readonly { readonly family: NodeImage['family']; readonly pattern: RegExp }[] = [
  { family: 'ubuntu', pattern: /^AKSUbuntu-(\d{4})(?!\d)/i },
  { family: 'azure-linux', pattern: /^AKSAzureLinux-V(\d{1,3})/i },
  { family: 'mariner', pattern: /^AKSCBLMariner-V(\d{1,3})/i },
  { family: 'flatcar', pattern: /^AKSFlatcar-/i },
  { family: 'windows', pattern: /^AKSWindows-/i },
];

function monthOf(name: string): number | undefined {
  const match = /-(20\d{2})(\d{2})\.\d{2}\.\d+$/.exec(name) ?? /-(20\d{2})\.(\d{2})\.\d{2}$/.exec(name);
  if (match === null) return undefined;
  const month = Number(match[2]);
  return month >= 1 && month <= 12 ? Number(match[1]) * 100 + month : undefined;
}

export function parseNodeImage(name: string): NodeImage {
  const rest = { month: monthOf(name), fips: /fips/i.test(name) };
  for (const { family, pattern } of families) {
    const match = pattern.exec(name);
    if (match !== null) return { family, release: match[1] === undefined ? undefined : Number(match[1]), ...rest };
  }
  return { family: 'other', release: undefined, ...rest };
}
