import type { World } from '../world.ts';
import { fillSample } from './sample.ts';

export function fillFleet(world: World, clusters: number): void {
  void clusters;
  fillSample(world);
}
