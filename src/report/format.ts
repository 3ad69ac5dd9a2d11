import type { CheckStatus } from '../model/check.ts';
import type { PrerequisiteReport } from '../model/report.ts';

/** What a piece of text is, for whoever colours it. */
export type StyleKind = CheckStatus | 'heading' | 'command' | 'muted';
export type Style = (kind: StyleKind, text: string) => string;

export interface RenderOptions {
  /** Columns of the terminal; lines are as long as they are where absent. */
  readonly width?: number | undefined;
  readonly style?: Style | undefined;
}

/** A whole document, with its final newline. */
export type Renderer = (report: PrerequisiteReport, options?: RenderOptions) => string;
