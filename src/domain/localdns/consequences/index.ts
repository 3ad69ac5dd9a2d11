export { comparison, type ComparedProfile, type Consequence } from './consequences.ts';
