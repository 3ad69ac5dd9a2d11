import { UsageError } from '../../../core/errors.ts';
import { exportProfile } from '../../../domain/localdns/export/index.ts';
import { checkName } from '../../../model/ids.ts';
import type { Run } from '../../framework/definition.ts';
import type { options } from './export.ts';
import { validProfile } from './profile-source.ts';

export const run: Run<typeof options> = async (context, args) => {
  const [file] = args._;
  if (file === undefined) throw new UsageError('the following arguments are required: FILE');
  const names = {
    ...(args.clusterName === undefined ? {} : { cluster: checkName('cluster', args.clusterName, '--cluster-name') }),
    ...(args.name === undefined ? {} : { pool: checkName('pool', args.name, '--name/-n') }),
  };
  const document = exportProfile(await validProfile(context, file), args.to, names);
  return { value: { document }, document };
};
