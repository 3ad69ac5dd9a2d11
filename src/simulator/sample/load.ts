import type { JsonValue } from '../../core/json.ts';
import type { World } from '../world.ts';

export function fillFrom(world: World, data: JsonValue): void {
  void world;
  void data;
}
