import type { Place } from '../model/ids.ts';
import type { Report, SubscriptionSummary } from '../model/report.ts';

/** A piece of a cell, as data: each format writes it in its own way. Texts are plain, and escaped there. */
export type Piece =
  | string
  | number
  | { readonly code: string }
  | { readonly small: string }
  | { readonly muted: string }
  /** How many of those that the row counts. */
  | { readonly of: number }
  /** A command or a sentence; `label` where it is none of the column's own. */
  | { readonly fix: string; readonly label?: string }
  /** `anchor`: a place within the page that others link to. */
  | { readonly text: string; readonly link: string; readonly anchor: string }
  | { readonly badge: string; readonly tone: string }
  | { readonly reading: SubscriptionSummary['reading'] };

export type Cell = Piece | readonly Piece[];

export function isSequence(cell: Cell): cell is readonly Piece[] {
  return Array.isArray(cell);
}

export interface Column {
  readonly header: string;
  /** `wide`: whole sentences or commands, not squeezed to a word a line. */
  readonly kind: 'text' | 'number' | 'wide';
}

export function column(header: string, kind: Column['kind'] = 'text'): Column {
  return { header, kind };
}

/** A table of its own, for formats that have room for it. */
export interface Section {
  readonly id: string;
  readonly heading: string;
  readonly caption: string;
  /** What a row is: `group`. */
  readonly noun: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** The same for a terminal: how many subjects, and what that means. */
  readonly lines?: readonly (readonly [name: string, amount: number, meaning: string])[];
  /** Whether the numbers are properties for machines too. */
  readonly counted?: boolean;
}

/** What a state is like, worst first: formats have a colour for each. */
export const tones = ['blocked', 'unknown', 'eligible', 'enabled', 'skipped'] as const;

export type Tone = (typeof tones)[number];

export interface State {
  readonly name: string;
  readonly meaning: string;
  readonly tone: Tone;
}

/** One of the things that a report is about: a node pool. */
export interface Subject {
  readonly at: Place & { readonly resourceId: string; readonly location?: string; readonly group?: string };
  /** The name of a state. */
  readonly state: string;
  /** Ids of the rows that decide the state. */
  readonly causes: readonly string[];
  /** A few facts for a line of text. */
  readonly remark: string;
  /** What else is to be said of it: for people, as one property, and a line to copy. */
  readonly outlook?:
    | { readonly text: string; readonly property: string; readonly pin?: string | undefined }
    | undefined;
  /** Cells of the columns, behind name, state and causes. */
  readonly cells: (columns: 'page' | 'file') => readonly Cell[];
  /** For the columns of a spreadsheet. */
  readonly fields: () => Readonly<Record<string, string | number | undefined>>;
}

/** What a report is about: things in states, which its rows decide. */
export interface Subjects {
  readonly noun: string;
  /** Where the noun is too long: `pool`. */
  readonly short: string;
  /** What the state is called, `Eligibility`; and what the rows do that decide it, `Blocked by`. */
  readonly state: string;
  readonly cause: string;
  readonly states: readonly State[];
  readonly items: readonly Subject[];
  /** Of `Subject.cells`: few for a page of text, all for a file with a filter. */
  readonly columns: Readonly<Record<'page' | 'file', readonly Column[]>>;
  /** What `Subject.at.group` is a value of. */
  readonly groupBy?: string | undefined;
}

/** What every format takes: a report, and what its kind has to say beside the rows. */
export interface ReportView {
  readonly report: Report;
  /** `LocalDNS prerequisites` */
  readonly title: string;
  /** What made it: `aks-localdns check`. */
  readonly command: string;
  /** The command that tells more of a row, without its id. */
  readonly explain?: string;
  /** What the rows that fail have in common, as a heading and in a sentence. */
  readonly failures: { readonly heading: string; readonly noun: string };
  /** By what it was judged: `Rule set`, `preview`. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What to know before any number of the report is believed. */
  readonly banners: readonly { readonly heading: string; readonly text: string }[];
  /** How much it is about: `12 node pools`, `3 clusters`. */
  readonly extent: readonly { readonly amount: number; readonly noun: string }[];
  /** Further properties for machines. */
  readonly properties: readonly (readonly [name: string, value: string | number | undefined])[];
  readonly subjects?: Subjects;
  readonly sections: () => readonly Section[];
  /** The columns of a spreadsheet that only this kind fills, as its first line names them: `Nodes,Location`. */
  readonly columns: string;
}

/** A report of rows alone, and what its kind says otherwise. */
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
