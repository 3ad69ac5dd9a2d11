import path from 'node:path';
import { asArray, asNumber, asString, own, parseJson } from '../../core/json.ts';
import type { CacheFiles, Clock } from '../../core/ports.ts';
import type { VmSize } from '../../model/ports.ts';

const schemaVersion = 1;
const keepMs = 7 * 24 * 3_600_000;
/** A region lists about 1,000 sizes of 80 bytes each. */
const maxBytes = 2_097_152;

/** Caches the VM sizes of regions on disk. A file that cannot be read, parsed or written is never fatal. */
export class SkuCache {
  readonly #files: CacheFiles;
  readonly #clock: Clock;
  readonly #dir: string;
  readonly #cloud: string;

  constructor(files: CacheFiles, clock: Clock, dir: string, cloud: string) {
    this.#files = files;
    this.#clock = clock;
    this.#dir = dir;
    this.#cloud = cloud;
  }

  async read(region: string): Promise<readonly VmSize[] | undefined> {
    const file = this.#path(region);
    try {
      const bytes = await this.#files.read(file, maxBytes);
      if (bytes === undefined) return undefined;
      const sizes = this.#parse(new TextDecoder().decode(bytes), region);
      if (sizes === undefined) await this.#files.remove(file);
      return sizes;
    } catch {
      await this.#drop(file);
      return undefined;
    }
  }

  async write(region: string, sizes: readonly VmSize[]): Promise<void> {
    const content = {
      schemaVersion,
      cloud: this.#cloud,
      region,
      fetchedAt: new Date(this.#clock.now()).toISOString(),
      sizes,
    };
    const text = JSON.stringify(content);
    if (text.length > maxBytes) return;
    try {
      await this.#files.write(this.#path(region), text);
    } catch {
      // If the cache directory cannot be written, the only cost is one request next time.
    }
  }

  #path(region: string): string {
    const safe = (text: string): string => text.toLowerCase().replace(/[^a-z0-9-]+/g, '-');
    return path.join(this.#dir, `vm-sizes-${safe(this.#cloud)}-${safe(region)}.json`);
  }

  /** Undefined if it is damaged, has another version or location, or is too old. */
  #parse(text: string, region: string): readonly VmSize[] | undefined {
    const content = parseJson(text);
    if (
      own(content, 'schemaVersion') !== schemaVersion ||
      own(content, 'cloud') !== this.#cloud ||
      own(content, 'region') !== region
    )
      return undefined;
    const age = this.#clock.now() - Date.parse(asString(own(content, 'fetchedAt')) ?? '');
    if (!(age >= 0 && age < keepMs)) return undefined;
    const entries = asArray(own(content, 'sizes'));
    const sizes = entries.flatMap((entry) => {
      const name = asString(own(entry, 'name'));
      const vCpus = asNumber(own(entry, 'vCpus'));
      return name === undefined || vCpus === undefined ? [] : [{ name, vCpus, family: asString(own(entry, 'family')) }];
    });
    return sizes.length === 0 || sizes.length !== entries.length ? undefined : sizes;
  }

  async #drop(file: string): Promise<void> {
    try {
      await this.#files.remove(file);
    } catch {
      // It will be overwritten.
    }
  }
}
