import { PassThrough } from 'node:stream';
import { createAzure } from '../../src/adapters/azure/index.ts';
import { commands, groups } from '../../src/cli/commands/index.ts';
import type { ContextParts } from '../../src/cli/framework/main-io.ts';
import { createRegistry, type Registry } from '../../src/cli/framework/registry.ts';
import type { Context } from '../../src/cli/framework/context.ts';
import { inputsOf } from '../../src/cli/named-files.ts';
import type { Azure } from '../../src/model/ports.ts';
import { createSimulator, sample, type Simulator } from '../../src/simulator/index.ts';
import { runCli, type Outcome } from '../../test/support/cli.ts';
import { ManualClock } from '../../test/support/manual-clock.ts';
import type { MemoryFiles } from '../../test/support/memory-files.ts';

/** The fleet of all examples: that of `simulator start --clusters 60 --seed 7`. */
const fleetSize = { clusters: 60, seed: 7 } as const;

/** The date on which every example runs, so that the output does not change over time. */
const day = Date.parse('2026-11-25T08:00:00Z');

/** As the Azure CLI writes it, without the byte order mark. */
const profileText = JSON.stringify({
  subscriptions: [
    {
      id: sample.subscriptionId,
      name: sample.subscriptionName,
      state: 'Enabled',
      isDefault: true,
      tenantId: sample.tenantId,
      environmentName: 'AzureCloud',
      user: { name: 'ada@contoso.com', type: 'user' },
    },
  ],
});

/** The program with a simulated fleet, in this process, on a clock that advances only when something waits. */
export class Fleet {
  readonly #simulator: Simulator;
  readonly #files: MemoryFiles;
  readonly #version: string;
  readonly #clock = new ManualClock(day);
  readonly #registry: Registry = createRegistry(commands, groups);
  #ids = 0;

  constructor(scenarios: readonly string[], files: MemoryFiles, version: string) {
    this.#files = files;
    this.#version = version;
    this.#simulator = createSimulator({ clock: this.#clock, ...fleetSize, scenario: scenarios });
  }

  /** `words` without the program's name. */
  async run(words: readonly string[]): Promise<Outcome> {
    return runCli(words, { registry: this.#registry, clock: this.#clock, columns: 100, context: (parts) => this.#context(parts) });
  }

  #context(parts: ContextParts): Partial<Context> {
    let azure: Azure | undefined;
    return {
      version: this.#version,
      files: this.#files,
      ids: this.#uniques(),
      ...inputsOf(this.#files, parts.signal, () => new PassThrough().end()),
      azure: async () => {
        azure ??= this.#connect(parts);
        return Promise.resolve(azure);
      },
    };
  }

  #connect({ emit, signal, settings }: ContextParts): Azure {
    return createAzure({
      cloud: settings.cloud,
      azureConfigDir: settings.azureConfigDir,
      cacheDir: settings.cacheDir,
      profileText,
      signIn: undefined,
      env: {},
      clock: this.#clock,
      ids: this.#uniques(),
      emit,
      signal,
      files: this.#files,
      transport: this.#simulator.handle,
      credential: () => this.#simulator.issueToken(),
    });
  }

  #uniques(): Context['ids'] {
    return {
      uuid: () => `00000000-0000-4000-8000-${String((this.#ids += 1)).padStart(12, '0')}`,
      random: () => 0.5,
    };
  }
}
