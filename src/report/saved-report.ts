import { CliError } from '../core/errors.ts';
import { isJsonObject, own, parseJson } from '../core/json.ts';
import { clip, oneLine } from '../core/text.ts';
import { checkStatuses } from '../model/check.ts';
import type { PrerequisiteReport } from '../model/report.ts';
import { problemOf } from './json-schema.ts';
import { reportSchema } from './report-schema.ts';
import { listedCounts } from './totals.ts';

/** A report of 30,000 pools is about 60 MB. */
export const maxReportBytes = 512 * 1_048_576;

const howToMake = 'Write one with aks-localdns check … --report json=report.json.';

function notAReport(name: string, why: string): CliError {
  return new CliError({
    code: 'report-not-valid',
    message: `${name} is not a prerequisite report: ${why}.`,
    hints: [howToMake],
  });
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new CliError({
      code: 'report-not-valid',
      message: `${name} is not a prerequisite report: it is not UTF-8 text.`,
      hints: [howToMake],
      cause: error,
    });
  }
}

function checkVersion(value: unknown, name: string): void {
  const version = own(value, 'schemaVersion');
  if (typeof version !== 'string') throw notAReport(name, 'it has no schemaVersion');
  if (/^1\.\d+$/.test(version)) return;
  throw new CliError({
    code: 'report-version',
    message: `${name} has schemaVersion ${clip(oneLine(version), 40)}; this version of aks-localdns reads 1.x.`,
    hints: ['Use the version of aks-localdns that wrote it, or a newer one.'],
  });
}

/** Rejects a report whose counts contradict its rows. */
function checkCounts(report: PrerequisiteReport, name: string): void {
  const listed = listedCounts(report);
  const wrong = checkStatuses.find((status) => {
    const hidden = report.detail === 'findings' && (status === 'pass' || status === 'skip');
    return hidden ? listed[status] > report.counts[status] : listed[status] !== report.counts[status];
  });
  if (wrong !== undefined)
    throw notAReport(
      name,
      `its counts state ${String(report.counts[wrong])} rows with status ${wrong}, but it lists ${String(listed[wrong])}`,
    );
}

/**
 * Parses a saved report. Keeps members that a later 1.x version added.
 * @param name of the file, for messages, ready to print
 * @throws CliError `report-not-valid`, or `report-version` if its version is not supported
 */
export function parseReport(bytes: Uint8Array, name: string): PrerequisiteReport {
  const value = parseJson(decode(bytes, name));
  if (!isJsonObject(value)) throw notAReport(name, value === undefined ? 'it is not JSON' : 'it is not a JSON object');
  checkVersion(value, name);
  const problem = problemOf(value, reportSchema);
  if (problem !== undefined) throw notAReport(name, clip(problem, 200));
  const report = value as unknown as PrerequisiteReport;
  checkCounts(report, name);
  return report;
}
