import type { JsonObject } from '../core/json.ts';
import type { PrerequisiteReport } from '../model/report.ts';
import type { Renderer } from './format.ts';

/** The report as plain JSON data: the model itself. */
export function jsonValue(report: PrerequisiteReport): JsonObject {
  return report as unknown as JsonObject;
}

export const renderJson: Renderer = (report) => `${JSON.stringify(report, null, 2)}\n`;
