export { defaultCoreDnsServiceIp, listeners } from './addresses.ts';
export {
  generationOf,
  renderCorefile,
  templateGenerations,
  type CorefileTemplate,
  type TemplateGeneration,
} from './corefile.ts';
export { effectiveCorefile } from './upstreams.ts';
