import { defineCommand } from '../../framework/definition.ts';
import { documentOptions } from '../../options/output.ts';

export const configSchema = defineCommand({
  path: ['config', 'schema'],
  summary: 'Print the JSON Schema of localdnsconfig.json, for editors',
  description:
    'JSON Schema 2020-12 with descriptions, defaults and allowed values. Reference it as "$schema" in the file to get completion and validation in your editor.',
  options: documentOptions,
  examples: [
    { title: 'Save it next to the file', command: 'aks-localdns config schema --out localdnsconfig.schema.json' },
  ],
  effect: 'none',
  permissions: [],
  run: async (context, args) => {
    const { documentOut } = await import('../../profile/document-out.ts');
    const { profileSchema } = await import('../../../domain/localdns/schema/index.ts');
    return documentOut(context, args, [], async () => {
      const schema = profileSchema();
      return { value: schema, document: `${JSON.stringify(schema, null, 2)}\n` };
    });
  },
});
