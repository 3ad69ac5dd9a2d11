export { profileSchema } from './schema.ts';
