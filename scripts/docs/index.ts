export { filled, type BlockTools } from './blocks.ts';
export { pages } from './pages.ts';
export { tables } from './tables.ts';
