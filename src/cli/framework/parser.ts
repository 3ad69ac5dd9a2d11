/** On its own, so that a bundle takes the parser and leaves the rest of yargs. */
export { Parser } from 'yargs/helpers';
