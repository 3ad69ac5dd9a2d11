import { checkList } from '../../../domain/checks/index.ts';
import type { CommandResult } from '../../framework/definition.ts';

export async function run(): Promise<CommandResult> {
  return {
    value: checkList().map(({ id, level, severity, title, since, until }) => ({
      id,
      level,
      preview: severity.preview,
      ga: severity.ga,
      title,
      since,
      ...(until === undefined ? {} : { until }),
    })),
  };
}
