import { defineCommand } from '../../framework/definition.ts';

export const configSchema = defineCommand({
  path: ['config', 'schema'],
  summary: 'Print the JSON Schema of localdnsconfig.json, for editors',
  description:
    'JSON Schema 2020-12 with descriptions, defaults and allowed values. Name it in the file as "$schema", and an editor completes and checks.',
  options: {},
  examples: [{ title: 'Save it beside the file', command: 'aks-localdns config schema > localdnsconfig.schema.json' }],
  effect: 'none',
  permissions: [],
  run: async () => {
    const { profileSchema } = await import('../../../domain/localdns/schema/index.ts');
    const schema = profileSchema();
    return { value: schema, document: `${JSON.stringify(schema, null, 2)}\n` };
  },
});
