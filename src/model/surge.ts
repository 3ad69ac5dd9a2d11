/**
 * How many nodes `maxSurge` or `maxUnavailable` mean, a percentage rounded up; `undefined` where the setting cannot be
 * read. Source: AKS API, AgentPoolUpgradeSettings.
 */
export function atOnce(setting: string, nodes: number): number | undefined {
  const match = /^(\d{1,6})(%?)$/.exec(setting.trim());
  if (match === null) return undefined;
  const amount = Number(match[1]);
  return match[2] === '%' ? Math.ceil((nodes * amount) / 100) : amount;
}
