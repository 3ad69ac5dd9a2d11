import type { JsonValue } from '../../core/json.ts';
import { checkName } from '../../model/ids.ts';
import { reportFormats } from '../../report/index.ts';
import { exitFor, surveyCluster, surveyPool } from '../../usecases/survey/index.ts';
import type { Run } from '../framework/definition.ts';
import type { options } from './check.ts';
import { readProfileFile } from './profile-file.ts';
import { rulesetOf } from './ruleset.ts';
import { clusterTarget } from './target.ts';

export const run: Run<typeof options> = async (context, args) => {
  const ruleset = rulesetOf(context, args.ruleset);
  const pool = args.name === undefined ? undefined : checkName('pool', args.name, '--name/-n');
  const file = args.localdnsConfig === undefined ? undefined : await readProfileFile(context, args.localdnsConfig, 'update');
  const { azure, ref, subscription } = await clusterTarget(context.azure, args);
  const survey = { ruleset, only: args.only, ignore: args.ignore, config: file?.facts, subscriptionName: subscription.name };
  const report =
    pool === undefined
      ? await surveyCluster(azure, ref, survey)
      : (await surveyPool(azure, { ...ref, pool }, survey)).report;
  const layout = { width: context.terminal.columns };
  return {
    value: report as unknown as JsonValue,
    formats: { table: () => reportFormats.table(report, layout), md: () => reportFormats.md(report, layout) },
    exit: exitFor(report, args.failOn ?? 'fail'),
  };
};
