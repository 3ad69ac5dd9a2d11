/** The formats that are recognized besides localdnsconfig.json, as names for messages. */
export type ForeignForm =
  | 'Terraform (HCL)'
  | 'Bicep'
  | 'an AKSNodeClass'
  | 'a Kubernetes manifest'
  | 'an Azure resource in JSON';

const kinds: readonly (readonly [ForeignForm, RegExp])[] = [
  ['Bicep', /^[ \t]*(?:resource[ \t]+\w+[ \t]+'|param[ \t]+\w+[ \t]|targetScope[ \t]*=|@\w+\()/m],
  [
    'Terraform (HCL)',
    /^[ \t]*(?:(?:resource|data|module|variable|provider|output)[ \t]+"|(?:terraform|locals)[ \t]*\{)/m,
  ],
  ['an AKSNodeClass', /^[ \t]*"?kind"?[ \t]*:[ \t]*"?AKSNodeClass/m],
  ['a Kubernetes manifest', /^[ \t]*"?apiVersion"?[ \t]*:[ \t]*"?[\w.-]+\/v\d/m],
  ['an Azure resource in JSON', /"(?:properties|resources|agentPoolProfiles|localDnsProfile)"\s*:/],
];

/** Recognizes the format from the text; undefined for a profile and for anything else. */
export function foreignForm(text: string): ForeignForm | undefined {
  const start = text.slice(0, 65_536);
  return kinds.find(([, pattern]) => pattern.test(start))?.[0];
}
