import { CliError } from '../../../core/errors.ts';
import { asArray, asString, own } from '../../../core/json.ts';
import { AzureError } from '../../../model/azure-error.ts';
import { apiVersions, oldestContainerService } from '../../../model/api-versions.ts';
import { entriesOf } from './answer.ts';
import type { ArmClient } from './client.ts';
import { armPath, subscriptionPath } from './urls.ts';

const stable = /^\d{4}-\d{2}-\d{2}$/;

/** The highest stable version that we support among those that a cloud advertises. */
function usableVersion(advertised: readonly string[]): string | undefined {
  return advertised
    .filter((version) => stable.test(version))
    .filter((version) => version >= oldestContainerService && version <= apiVersions.containerService)
    .sort()
    .at(-1);
}

const codes = ['InvalidApiVersionParameter', 'NoRegisteredProviderFound', 'InvalidResourceType'];

/** Whether Azure says that it does not support our api-version, and which versions it supports. */
function versionUnknown(error: unknown): error is AzureError {
  return (
    error instanceof AzureError && codes.includes(error.azureCode) && /supported (api-)?versions/i.test(error.message)
  );
}

/**
 * The api-version of Microsoft.ContainerService: ours, or, if a subscription's cloud does not support it, the highest
 * stable one that the cloud advertises. A request with an unknown version is rejected before it is processed.
 */
export class ContainerServiceVersions {
  readonly #client: ArmClient;
  readonly #found = new Map<string, Promise<string>>();

  constructor(client: ArmClient) {
    this.#client = client;
  }

  async with<T>(subscriptionId: string, send: (apiVersion: string) => Promise<T>): Promise<T> {
    const known = this.#found.get(subscriptionId);
    if (known !== undefined) return send(await known);
    try {
      return await send(apiVersions.containerService);
    } catch (error) {
      if (!versionUnknown(error)) throw error;
      return send(await this.#find(subscriptionId, error));
    }
  }

  /** Uses the lowest stable version from `least` on for all further requests. @throws CliError `api-version-missing` */
  async useFrom(subscriptionId: string, least: string, what: string): Promise<void> {
    const used = await this.#found.get(subscriptionId);
    if (used !== undefined && used >= least) return;
    const versions = (await this.#advertised(subscriptionId)).filter((version) => stable.test(version)).sort();
    const version = versions.find((candidate) => candidate >= least);
    if (version === undefined)
      throw new CliError({
        code: 'api-version-missing',
        message: `${what} require api-version ${least} of Microsoft.ContainerService or later, but the newest version in this cloud is ${versions.at(-1) ?? 'none'}; nothing was sent.`,
        hints: ['Remove these settings from the profile until the cloud supports that version.'],
      });
    this.#found.set(subscriptionId, Promise.resolve(version));
  }

  async #find(subscriptionId: string, refused: AzureError): Promise<string> {
    const running = this.#found.get(subscriptionId) ?? this.#ask(subscriptionId, refused);
    this.#found.set(subscriptionId, running);
    try {
      return await running;
    } catch (error) {
      this.#found.delete(subscriptionId);
      throw error;
    }
  }

  async #advertised(subscriptionId: string): Promise<readonly string[]> {
    const path = `${subscriptionPath(subscriptionId)}${armPath('providers', 'Microsoft.ContainerService')}`;
    const types = await this.#client.read(
      subscriptionId,
      { method: 'GET', to: { path, apiVersion: apiVersions.providers } },
      (answer) => entriesOf(answer, 'resourceTypes'),
    );
    const advertised = types
      .filter((type) => /^managedClusters(\/agentPools)?$/i.test(asString(own(type, 'resourceType')) ?? ''))
      .map((type) =>
        asArray(own(type, 'apiVersions')).filter((version): version is string => typeof version === 'string'),
      );
    return (advertised[0] ?? []).filter((version) => advertised.every((versions) => versions.includes(version)));
  }

  async #ask(subscriptionId: string, refused: AzureError): Promise<string> {
    const version = usableVersion(await this.#advertised(subscriptionId));
    if (version !== undefined) return version;
    throw new AzureError({
      class: 'invalid',
      azureCode: refused.azureCode,
      status: refused.status,
      message: `This cloud does not offer an AKS API version that supports LocalDNS (${oldestContainerService} to ${apiVersions.containerService}).`,
      hints: ['LocalDNS is not available in this cloud yet, or the endpoint is not Azure. Check it: az cloud show'],
      requestId: refused.requestId,
      correlationId: refused.correlationId,
      cause: refused,
    });
  }
}
