export { scaledClock } from './server/scaled-clock.ts';
export { serveSimulator, type ServedSimulator } from './server/serve.ts';
export { sample } from './sample/sample.ts';
export { scenarios } from './scenarios/catalogue.ts';
export { createSimulator, type RequestLogEntry, type Simulator, type SimulatorOptions } from './simulator.ts';
