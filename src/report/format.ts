import type { CheckStatus } from '../model/check.ts';
import type { ReportView } from './view.ts';

/** The forms of a report. Apart from what makes them, so that options can name them and help loads none of it. */
export const reportFormatNames = ['table', 'json', 'md', 'html', 'junit', 'csv', 'github-summary'] as const;

/** How a report begins in each of them: a file that does may be replaced by another report. */
export const reportBeginning =
  /^(?:# )?LocalDNS (?:prerequisites|verification)|^\{\s*"schemaVersion"|^Record,Status,|<title>LocalDNS |<testsuites name="LocalDNS /;

export type ReportFormat = (typeof reportFormatNames)[number];

/** What a piece of text is, for whoever colours it. */
export type StyleKind = CheckStatus | 'heading' | 'command' | 'muted';
export type Style = (kind: StyleKind, text: string) => string;

export interface RenderOptions {
  /** Columns of the terminal; lines are as long as they are where absent. */
  readonly width?: number | undefined;
  readonly style?: Style | undefined;
  /** Draw trees with ASCII alone. */
  readonly ascii?: boolean | undefined;
}

/** A whole document, with its final newline. */
export type Renderer = (view: ReportView, options?: RenderOptions) => string;
