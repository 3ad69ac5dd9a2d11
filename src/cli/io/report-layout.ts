import type { RenderOptions, StyleKind } from '../../report/format.ts';
import type { Terminal } from '../context.ts';
import { paint, type Style } from './colour.ts';

/** Red stands in the way; yellow wants a look; what can be copied is cyan. */
const styles: Readonly<Record<StyleKind, Style>> = {
  fail: 'red',
  unknown: 'yellow',
  warn: 'yellow',
  skip: 'grey',
  pass: 'green',
  heading: 'bold',
  command: 'cyan',
  muted: 'grey',
};

/** How a report for people is laid out where the result goes. */
export function reportLayout({ columns, colour }: Terminal): RenderOptions {
  return { width: columns, style: (kind, text) => paint(text, styles[kind], colour) };
}
