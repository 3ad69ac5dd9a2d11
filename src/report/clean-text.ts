import { oneLine } from '../core/text.ts';

/** Most texts, of which there are many: words of ASCII with a blank between them. */
const already = /^[!-~]+(?: [!-~]+)*$/;

/** One line of text that is in every encoding, with no control or bidirectional character. */
export function clean(text: string): string {
  return already.test(text) ? text : oneLine(text).toWellFormed();
}

/** Whether a fix is a line to type, or a sentence. */
export function isCommand(fix: string): boolean {
  return /^(?:az|aks-localdns|kubectl) /.test(fix);
}

/** A link that may be followed: https, and nothing in it that a format could stumble over. */
export function safeLink(link: string): string | undefined {
  return /^https:\/\/[\w.-]+(?:\/[\w./#-]*)?$/.test(link) ? link : undefined;
}
