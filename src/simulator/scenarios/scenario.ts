import type { Fault } from '../arm/faults.ts';
import type { World } from '../world.ts';

/** A way in which Azure can behave, as data: what it is set to at the start, and what strikes which requests. */
export interface ScenarioRecord {
  /** kebab-case, unique. */
  readonly name: string;
  readonly summary: string;
  /** Where the behaviour and its texts are known from. */
  readonly source: string;
  readonly prepare?: (world: World) => void;
  readonly faults?: readonly Fault[];
}
