import { paint, type Style } from './colour.ts';
import type { Terminal } from './output.ts';

/** Red stands in the way; yellow wants a look; what can be copied is cyan. */
const styles = {
  fail: 'red',
  unknown: 'yellow',
  warn: 'yellow',
  skip: 'grey',
  pass: 'green',
  heading: 'bold',
  command: 'cyan',
  muted: 'grey',
} as const satisfies Readonly<Record<string, Style>>;

export interface ReportLayout {
  readonly width: number;
  readonly ascii: boolean;
  readonly style: (kind: keyof typeof styles, text: string) => string;
}

/** How a report for people is laid out where the result goes. */
export function reportLayout({ columns, colour, ascii = false }: Terminal): ReportLayout {
  return { width: columns, ascii, style: (kind, text) => paint(text, styles[kind], colour) };
}
