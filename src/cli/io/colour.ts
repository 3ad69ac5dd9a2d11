import { parseBoolean } from '../../core/boolean.ts';

export interface ColourChoice {
  readonly isTTY: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** --no-color, or the Azure CLI's core.no_color. */
  readonly noColor: boolean;
}

/**
 * Disabling takes precedence, then forcing; otherwise the terminal decides. Sources: no-color.org, force-color.org,
 * Azure CLI's `core.no_color`.
 */
export function wantsColour({ isTTY, env, noColor }: ColourChoice): boolean {
  if (noColor || parseBoolean(env['AZURE_CORE_NO_COLOR']) === true) return false;
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced.toLowerCase() !== 'false';
  return isTTY && env['TERM'] !== 'dumb';
}

const codes = { red: 31, green: 32, yellow: 33, blue: 34, cyan: 36, grey: 90, bold: 1, dim: 2 } as const;
export type Style = keyof typeof codes;

export function paint(text: string, style: Style, colour: boolean): string {
  if (!colour || text === '') return text;
  const end = style === 'bold' || style === 'dim' ? 22 : 39;
  return `\u001b[${String(codes[style])}m${text}\u001b[${String(end)}m`;
}
