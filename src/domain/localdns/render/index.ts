export { azureDnsAddress, defaultCoreDnsServiceIp, healthCheckZone, listeners, type Listener } from './addresses.ts';
export { corefileTemplates, renderCorefile, type CorefileTemplate, type RenderOptions } from './corefile.ts';
export { destinationOf, effectiveCorefile, type Destination } from './upstreams.ts';
