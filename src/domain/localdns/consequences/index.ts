export { comparison, consequences, type ComparedProfile, type Consequence } from './consequences.ts';
