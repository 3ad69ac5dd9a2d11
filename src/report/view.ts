import type { Place } from '../model/ids.ts';
import type { Report, SubscriptionSummary } from '../model/report.ts';

/** Part of a cell as data. Each format renders it in its own way and escapes the texts. */
export type Piece =
  | string
  | number
  | { readonly code: string }
  | { readonly small: string }
  | { readonly muted: string }
  /** A subset of the number in the row: `(3 of them)`. */
  | { readonly of: number }
  /** A command or a sentence, with a label if the header of the column is not enough. */
  | { readonly fix: string; readonly label?: string }
  /** `anchor` is the ID that other parts of the page link to. */
  | { readonly text: string; readonly link: string; readonly anchor: string }
  | { readonly badge: string; readonly tone: string }
  | { readonly reading: SubscriptionSummary['reading'] };

export type Cell = Piece | readonly Piece[];

export function isSequence(cell: Cell): cell is readonly Piece[] {
  return Array.isArray(cell);
}

export interface Column {
  readonly header: string;
  /** `wide` is for whole sentences or commands, which need room. */
  readonly kind: 'text' | 'number' | 'wide';
}

export function column(header: string, kind: Column['kind'] = 'text'): Column {
  return { header, kind };
}

/** A separate table, for formats that have room for it. */
export interface Section {
  readonly id: string;
  readonly heading: string;
  readonly caption: string;
  /** What a row is about: `group`. */
  readonly noun: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** The rows for a terminal: the number of subjects, and what it means. */
  readonly lines?: readonly (readonly [name: string, amount: number, meaning: string])[];
  /** Whether machine formats also list the numbers as properties. */
  readonly counted?: boolean;
}

/** The tones of a state, worst first. */
export const tones = ['blocked', 'unknown', 'eligible', 'enabled', 'skipped'] as const;

export type Tone = (typeof tones)[number];

export interface State {
  readonly name: string;
  readonly meaning: string;
  readonly tone: Tone;
}

/** A subject of a report, such as a node pool. */
export interface Subject {
  readonly at: Place & { readonly resourceId: string; readonly location?: string; readonly group?: string };
  /** The name of a state. */
  readonly state: string;
  /** IDs of the checks that decide the state. */
  readonly causes: readonly string[];
  /** A few facts for a line of text. */
  readonly remark: string;
  /** The forecast: as text, as a property for machines, and a command that pins the current state. */
  readonly outlook?:
    | { readonly text: string; readonly property: string; readonly pin?: string | undefined }
    | undefined;
  /** The cells after name, state and causes. */
  readonly cells: (columns: 'page' | 'file') => readonly Cell[];
  /** The values of `ReportView.columns`. */
  readonly fields: () => Readonly<Record<string, string | number | undefined>>;
}

/** The subjects of a report, each in a state that the rows decide. */
export interface Subjects {
  readonly noun: string;
  /** A shorter noun: `pool`. */
  readonly short: string;
  /** The headers of state and causes: `Eligibility`, `Blocked by`. */
  readonly state: string;
  readonly cause: string;
  readonly states: readonly State[];
  readonly items: readonly Subject[];
  /** The columns of `Subject.cells`: few for a text page, all for a file with a filter. */
  readonly columns: Readonly<Record<'page' | 'file', readonly Column[]>>;
  /** The name of `Subject.at.group`, such as a tag. */
  readonly groupBy?: string | undefined;
}

/** The input of every format: a report, and what its kind adds to the rows. */
export interface ReportView {
  readonly report: Report;
  /** `LocalDNS prerequisites` */
  readonly title: string;
  /** The command that makes the report: `aks-localdns check`. */
  readonly command: string;
  /** The command that explains a row, without the row's ID. */
  readonly explain?: string;
  /** The name of failed rows, as a heading and in a sentence. */
  readonly failures: { readonly heading: string; readonly noun: string };
  /** How the report was judged: `Rule set`, `preview`. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What to know before relying on any number of the report. */
  readonly banners: readonly { readonly heading: string; readonly text: string }[];
  /** The size of the scope: `12 node pools`, `3 clusters`. */
  readonly extent: readonly { readonly amount: number; readonly noun: string }[];
  /** Further properties for machines. */
  readonly properties: readonly (readonly [name: string, value: string | number | undefined])[];
  readonly subjects?: Subjects;
  readonly sections: () => readonly Section[];
  /** The CSV columns that only this kind has, as in the header line: `Nodes,Location`. */
  readonly columns: string;
}

/** A view with defaults for a report of rows alone. */
export function viewOf(report: Report, kind: Pick<ReportView, 'title' | 'command'> & Partial<ReportView>): ReportView {
  return {
    failures: { heading: 'Failures', noun: 'the failures' },
    facts: [],
    banners: [],
    extent: [],
    properties: [],
    sections: () => [],
    columns: 'Target',
    ...kind,
    report,
  };
}

/** The states in the order in which formats show them. */
export function inOrder(states: readonly State[], order: readonly Tone[]): readonly State[] {
  return [...states].sort((left, right) => order.indexOf(left.tone) - order.indexOf(right.tone));
}
