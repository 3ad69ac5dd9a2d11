/**
 * The number of nodes that `maxSurge` or `maxUnavailable` mean, percentages rounded up; `undefined` if the setting is
 * invalid. Source: AKS API, AgentPoolUpgradeSettings.
 */
export function atOnce(setting: string, nodes: number): number | undefined {
  const match = /^(\d{1,6})(%?)$/.exec(setting.trim());
  if (match === null) return undefined;
  const amount = Number(match[1]);
  return match[2] === '%' ? Math.ceil((nodes * amount) / 100) : amount;
}
