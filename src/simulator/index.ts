export type { TokenOptions } from './arm/token.ts';
export { scaledClock } from './doors/scaled-clock.ts';
export { serveSimulator, type ServedSimulator, type ServeOptions } from './doors/serve.ts';
export {
  forecastOrder,
  type FindingCounts,
  type FleetTruth,
  type ForecastTruth,
  type PoolTruth,
  type TruthEligibility,
} from './fleet-truth.ts';
export type { RequestLogEntry, Simulator, SimulatorOptions } from './options.ts';
export { sample } from './sample/sample.ts';
export { scenarios } from './scenarios/catalogue.ts';
export type { ScenarioRecord } from './scenarios/scenario.ts';
export { createSimulator } from './simulator.ts';
export type { CommandOutcome } from './world.ts';
