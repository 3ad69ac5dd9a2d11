import { paint, type Style } from './colour.ts';
import type { Terminal } from './output.ts';

/** Red blocks, yellow needs attention, commands are cyan. */
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

/** The layout of a report for the terminal or file that receives it. */
export function reportLayout({ columns, colour, ascii = false }: Terminal): ReportLayout {
  return { width: columns, ascii, style: (kind, text) => paint(text, styles[kind], colour) };
}
