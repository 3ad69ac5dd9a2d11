import { asString, type JsonObject } from '../../../core/json.ts';
import { clip, oneLine } from '../../../core/text.ts';
import { isAzureError, type AzureError } from '../../../model/azure-error.ts';
import { clusterId, sameId, subscriptionOf, subscriptionResourceId, type ClusterRef } from '../../../model/ids.ts';
import type { ScopeProblem } from '../../../model/inventory.ts';
import type { Subscription } from '../../../model/registration.ts';

function nameOf({ id, name }: Subscription): string {
  const shown = oneLine(name);
  return shown === '' || shown.toLowerCase() === id.toLowerCase() ? id : `${shown} (${id})`;
}

function ofSubscription(
  kind: ScopeProblem['kind'],
  subscription: Subscription,
  why: (name: string) => string,
): ScopeProblem {
  return {
    kind,
    subscriptionId: subscription.id,
    resourceId: subscriptionResourceId(subscription.id),
    why: why(nameOf(subscription)),
  };
}

function ofCluster(kind: ScopeProblem['kind'], ref: ClusterRef, why: (name: string) => string): ScopeProblem {
  return {
    kind,
    subscriptionId: ref.subscriptionId,
    resourceId: clusterId(ref),
    why: why(`${ref.cluster} in ${ref.resourceGroup}`),
  };
}

export function disabled(subscription: Subscription): ScopeProblem {
  const state = oneLine(subscription.state ?? 'Disabled');
  return ofSubscription(
    'subscription-disabled',
    subscription,
    (name) => `The subscription ${name} is ${state} and cannot be changed. Its clusters were not read.`,
  );
}

export function invisible(subscription: Subscription): ScopeProblem {
  return ofSubscription(
    'subscription-not-readable',
    subscription,
    (name) =>
      `The subscription ${name} was not found in Resource Graph. It does not exist, or this account has no permission to read it.`,
  );
}

export function unconfirmed(subscription: Subscription): ScopeProblem {
  return ofSubscription(
    'subscription-not-readable',
    subscription,
    (name) =>
      `Resource Graph returned no clusters for the subscription ${name} and does not say whether this account has permission to read them. Read it with --source arm.`,
  );
}

export function truncated(subscription: Subscription): ScopeProblem {
  return ofSubscription(
    'truncated',
    subscription,
    (name) =>
      `Resource Graph truncated its response, so clusters of the subscription ${name} may be missing. Read it with --source arm.`,
  );
}

export function pageFailed(subscription: Subscription, error: AzureError): ScopeProblem {
  return {
    ...ofSubscription(
      'page-failed',
      subscription,
      (name) => `Some clusters of the subscription ${name} could not be read: ${error.message}`,
    ),
    exit: error.exit,
  };
}

/** Converts an error that concerns a whole subscription. */
export function subscriptionProblem(subscription: Subscription, error: AzureError): ScopeProblem {
  if (error.class === 'subscription-disabled') {
    return ofSubscription(
      'subscription-disabled',
      subscription,
      (name) => `The subscription ${name} is disabled: ${error.message}`,
    );
  }
  if (isAzureError(error, 'not-permitted', 'not-signed-in', 'not-found', 'policy')) {
    return {
      ...ofSubscription(
        'subscription-not-readable',
        subscription,
        (name) => `The clusters of the subscription ${name} could not be read: ${error.message}`,
      ),
      exit: error.exit,
    };
  }
  return pageFailed(subscription, error);
}

export function gone(ref: ClusterRef): ScopeProblem {
  return {
    ...ofCluster('cluster-gone', ref, (name) => `The cluster ${name} does not exist.`),
    exit: 'not-found',
  };
}

/** A cluster in a list that lacks its pools. */
export function withoutPools(ref: ClusterRef): ScopeProblem {
  return {
    ...ofCluster(
      'cluster-not-readable',
      ref,
      (name) => `The cluster ${name} could not be read: the response from Azure does not contain its node pools.`,
    ),
    exit: 'error',
  };
}

/** Converts an error that concerns one cluster. */
export function clusterProblem(ref: ClusterRef, error: AzureError): ScopeProblem {
  if (error.class === 'not-found') return gone(ref);
  return {
    ...ofCluster('cluster-not-readable', ref, (name) => `The cluster ${name} could not be read: ${error.message}`),
    exit: error.exit,
  };
}

/**
 * A cluster whose ID is malformed: it is reported, and nothing is sent to the address in the ID. `asked` holds the
 * subscriptions that the response is for.
 */
export function malformedId(resource: JsonObject, asked: readonly Pick<Subscription, 'id'>[]): ScopeProblem {
  const id = clip(oneLine(asString(resource['id']) ?? ''), 300);
  const given = subscriptionOf(id);
  // If there are several, do not guess which one.
  const subscription = asked.find((each) => sameId(each.id, given)) ?? (asked.length === 1 ? asked[0] : undefined);
  return {
    kind: 'cluster-not-readable',
    subscriptionId: subscription?.id ?? '',
    resourceId: id,
    why: `Azure returned a cluster with an invalid ID: '${id}'.`,
  };
}
