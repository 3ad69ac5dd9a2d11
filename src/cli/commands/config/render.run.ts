import { effectiveCorefile, renderCorefile } from '../../../domain/localdns/render/index.ts';
import type { Run } from '../../framework/definition.ts';
import { effectiveFile } from './profile-source.ts';
import type { options } from './render.ts';

export const run: Run<typeof options> = async (context, args) => {
  const profile = await effectiveFile(context, args._[0]);
  const rendered = renderCorefile(profile, {
    template: args.template,
    hostsPlugin: args.hostsPlugin,
    coreDnsServiceIp: args.corednsServiceIp,
  });
  const document = args.effective || args.vnetDns.length > 0 ? effectiveCorefile(rendered, args.vnetDns) : rendered;
  return { value: { corefile: document }, document };
};
