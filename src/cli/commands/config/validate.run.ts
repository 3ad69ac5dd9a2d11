import { UsageError } from '../../../core/errors.ts';
import { oneLine } from '../../../core/text.ts';
import { validateProfile } from '../../../domain/localdns/lint/index.ts';
import type { Run } from '../../framework/definition.ts';
import { judgeFiles } from './judge-files.ts';
import type { options } from './validate.ts';

export const run: Run<typeof options> = async (context, args) => {
  const version = args.kubernetesVersion;
  if (version !== undefined && !/^v?\d{1,4}\.\d{1,4}(\.\d{1,4})?$/.test(version)) {
    throw new UsageError(`--kubernetes-version: '${oneLine(version)}' is not a version such as 1.33.`);
  }
  return judgeFiles(context, args, async (bytes) => validateProfile(bytes, args.for ?? 'update', version));
};
