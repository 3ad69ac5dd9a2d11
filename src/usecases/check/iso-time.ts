import type { Clock } from '../../core/ports.ts';

/** `2026-11-25T09:31:00Z` */
export function isoTime(clock: Pick<Clock, 'now'>): string {
  return new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
}

export function isIsoTime(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text)) return false;
  const time = Date.parse(text);
  // Date.parse accepts nonexistent days such as February 30.
  return !Number.isNaN(time) && isoTime({ now: () => time }) === text;
}
