import { alerts } from '../../src/domain/monitoring/alerts.ts';
import { table } from './table.ts';

/** The placeholder for a label in the table. */
const placeholders: Readonly<Record<string, string>> = {
  instance: 'a node',
  zone: 'ZONE',
  zones: 'ZONE',
  to: 'ADDRESS',
  ip: 'ADDRESS',
  status: 'STATUS',
};

/** The alerts with their severity and delay, for the page on monitoring. */
export function alertTable(): string {
  return table(
    ['Alert', 'Severity', 'After', 'Meaning'],
    alerts(['192.0.2.53']).map(({ name, severity, forMinutes, summary }) => [
      `\`${name}\``,
      severity,
      forMinutes === 0 ? 'immediately' : `${String(forMinutes)} min`,
      summary.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => placeholders[label] ?? label),
    ]),
  );
}
