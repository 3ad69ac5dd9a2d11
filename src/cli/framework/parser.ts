/** In a separate file, so that a bundle includes the parser without the rest of yargs. */
export { Parser } from 'yargs/helpers';
