export type { RequestLogEntry, Simulator, SimulatorOptions } from './options.ts';
export { sample } from './sample/sample.ts';
export { scenarios } from './scenarios/catalogue.ts';
export type { ScenarioRecord } from './scenarios/scenario.ts';
export { createSimulator } from './simulator.ts';
