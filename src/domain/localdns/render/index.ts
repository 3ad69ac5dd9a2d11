export { azureDnsAddress, defaultCoreDnsServiceIp, healthCheckZone, listeners, type Listener } from './addresses.ts';
export {
  generationOf,
  renderCorefile,
  templateGenerations,
  type CorefileTemplate,
  type RenderOptions,
  type TemplateGeneration,
} from './corefile.ts';
export { destinationOf, effectiveCorefile, type Destination } from './upstreams.ts';
