import { profileSchema } from '../../../domain/localdns/schema/index.ts';
import type { CommandResult } from '../../framework/definition.ts';

export async function run(): Promise<CommandResult> {
  const schema = profileSchema();
  return { value: schema, document: `${JSON.stringify(schema, null, 2)}\n` };
}
