import { defineCommand, type Options } from '../../framework/definition.ts';
import { fileArgument, nodeOptions } from '../../options/config.ts';
import { documentOptions } from '../../options/output.ts';

const options = {
  ...nodeOptions,
  ...documentOptions,
  effective: { type: 'boolean', summary: 'Show it after the node has inserted the DNS servers of the VNet' },
} as const satisfies Options;

export const configRender = defineCommand({
  path: ['config', 'render'],
  summary: 'Print the Corefile that the nodes will get',
  description:
    "The output matches the node agent's template byte for byte. An invalid file is not rendered (exit code 10).",
  positionals: [fileArgument],
  options,
  examples: [
    { title: 'As rendered', command: 'aks-localdns config render localdnsconfig.json' },
    {
      title: 'As CoreDNS loads it',
      command: 'aks-localdns config render localdnsconfig.json --effective --vnet-dns 10.1.0.4 10.1.0.5',
    },
  ],
  effect: 'none',
  permissions: [],
  run: async (context, args) => {
    const { effectiveCorefile, renderCorefile } = await import('../../../domain/localdns/render/index.ts');
    const { effectiveFile } = await import('../../profile/file.ts');
    const { documentOut } = await import('../../profile/document-out.ts');
    const [file] = args._;
    return documentOut(context, args, [{ option: 'FILE', file }], async () => {
      const profile = await effectiveFile(context, file);
      const rendered = renderCorefile(profile, {
        template: args.template,
        hostsPlugin: args.hostsPlugin,
        coreDnsServiceIp: args.corednsServiceIp,
      });
      const document = args.effective || args.vnetDns.length > 0 ? effectiveCorefile(rendered, args.vnetDns) : rendered;
      return { value: { corefile: document }, document };
    });
  },
});
