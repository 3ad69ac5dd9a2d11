/** What a file is, if it is not a localdnsconfig.json, as people call it. */
export type ForeignForm =
  | 'Terraform (HCL)'
  | 'Bicep'
  | 'an AKSNodeClass'
  | 'a Kubernetes manifest'
  | 'a resource of Azure in JSON';

const kinds: readonly (readonly [ForeignForm, RegExp])[] = [
  ['Bicep', /^[ \t]*(?:resource[ \t]+\w+[ \t]+'|param[ \t]+\w+[ \t]|targetScope[ \t]*=|@\w+\()/m],
  [
    'Terraform (HCL)',
    /^[ \t]*(?:(?:resource|data|module|variable|provider|output)[ \t]+"|(?:terraform|locals)[ \t]*\{)/m,
  ],
  ['an AKSNodeClass', /^[ \t]*"?kind"?[ \t]*:[ \t]*"?AKSNodeClass/m],
  ['a Kubernetes manifest', /^[ \t]*"?apiVersion"?[ \t]*:[ \t]*"?[\w.-]+\/v\d/m],
  ['a resource of Azure in JSON', /"(?:properties|resources|agentPoolProfiles|localDnsProfile)"\s*:/],
];

/** By a look at the text; undefined for a profile, and for what is none of these. */
export function foreignForm(text: string): ForeignForm | undefined {
  const start = text.slice(0, 65_536);
  return kinds.find(([, pattern]) => pattern.test(start))?.[0];
}
