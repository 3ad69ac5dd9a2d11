export { schemaLimits } from './limits.ts';
export { profileSchema } from './schema.ts';
