import type { Fault } from '../arm/faults.ts';
import type { World } from '../world.ts';

/** A way in which Azure can behave, as data: settings at the start, and faults that requests meet. */
export interface ScenarioRecord {
  /** kebab-case, unique. */
  readonly name: string;
  readonly summary: string;
  /** How the behaviour and its texts are known. */
  readonly source: string;
  readonly prepare?: (world: World) => void;
  readonly faults?: readonly Fault[];
}
