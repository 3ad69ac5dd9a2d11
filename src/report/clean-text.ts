import { oneLine } from '../core/text.ts';

/** A fast test that most texts pass: ASCII words separated by single spaces. */
const already = /^[!-~]+(?: [!-~]+)*$/;

/** Text on one line, valid in every encoding, without control and bidirectional characters. */
export function clean(text: string): string {
  return already.test(text) ? text : oneLine(text).toWellFormed();
}

/** Whether a fix is a command rather than a sentence. */
export function isCommand(fix: string): boolean {
  return /^(?:az|aks-localdns|kubectl) /.test(fix);
}

/** A safe link: https, and no character that a format could misread. */
export function safeLink(link: string): string | undefined {
  return /^https:\/\/[\w.-]+(?:\/[\w./#-]*)?$/.test(link) ? link : undefined;
}
