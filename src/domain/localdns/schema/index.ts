export { schemaLimits, type SchemaLimit } from './limits.ts';
export { profileSchema } from './schema.ts';
