import type { CheckStatus } from '../model/check.ts';
import type { ReportView } from './view.ts';

/** The report formats. Separate from their renderers, so that help does not load these. */
export const reportFormatNames = ['table', 'json', 'md', 'html', 'junit', 'csv', 'github-summary'] as const;

/** Matches the start of a report in any format. Such a file may be replaced by another report. */
export const reportBeginning =
  /^(?:# )?LocalDNS (?:prerequisites|verification|deep check)|^\{\s*"schemaVersion"|^Record,Status,|<title>LocalDNS |<testsuites name="LocalDNS /;

export type ReportFormat = (typeof reportFormatNames)[number];

/** The kind of a piece of text, which decides its colour. */
export type StyleKind = CheckStatus | 'heading' | 'command' | 'muted';
export type Style = (kind: StyleKind, text: string) => string;

export interface RenderOptions {
  /** Columns of the terminal. Lines are not wrapped if absent. */
  readonly width?: number | undefined;
  readonly style?: Style | undefined;
  /** Draw trees with ASCII characters only. */
  readonly ascii?: boolean | undefined;
}

/** Renders a whole document, with a final newline. */
export type Renderer = (view: ReportView, options?: RenderOptions) => string;
