import { asString, type JsonObject } from '../../../core/json.ts';
import { clip, oneLine } from '../../../core/text.ts';
import { isAzureError, type AzureError } from '../../../model/azure-error.ts';
import { clusterId, sameId, subscriptionOf, subscriptionResourceId, type ClusterRef } from '../../../model/ids.ts';
import type { ScopeTrouble } from '../../../model/inventory.ts';
import type { Subscription } from '../../../model/registration.ts';

function nameOf({ id, name }: Subscription): string {
  const shown = oneLine(name);
  return shown === '' || shown.toLowerCase() === id.toLowerCase() ? id : `${shown} (${id})`;
}

export function ofSubscription(
  kind: ScopeTrouble['kind'],
  subscription: Subscription,
  why: (name: string) => string,
): ScopeTrouble {
  return {
    kind,
    subscriptionId: subscription.id,
    resourceId: subscriptionResourceId(subscription.id),
    why: why(nameOf(subscription)),
  };
}

export function ofCluster(kind: ScopeTrouble['kind'], ref: ClusterRef, why: (name: string) => string): ScopeTrouble {
  return {
    kind,
    subscriptionId: ref.subscriptionId,
    resourceId: clusterId(ref),
    why: why(`${ref.cluster} in ${ref.resourceGroup}`),
  };
}

export function disabled(subscription: Subscription): ScopeTrouble {
  const state = oneLine(subscription.state ?? 'Disabled');
  return ofSubscription(
    'subscription-disabled',
    subscription,
    (name) => `The subscription ${name} is ${state}: nothing in it can be changed, and its clusters are not read.`,
  );
}

export function invisible(subscription: Subscription): ScopeTrouble {
  return ofSubscription(
    'subscription-not-readable',
    subscription,
    (name) =>
      `Resource Graph shows nothing of the subscription ${name}: it is not there, or this account may not read it.`,
  );
}

export function unconfirmed(subscription: Subscription): ScopeTrouble {
  return ofSubscription(
    'subscription-not-readable',
    subscription,
    (name) =>
      `Resource Graph shows no cluster of the subscription ${name}, and does not tell whether this account may see any. Read it with --source arm.`,
  );
}

export function truncated(subscription: Subscription): ScopeTrouble {
  return ofSubscription(
    'truncated',
    subscription,
    (name) =>
      `Resource Graph cut its answer off, and clusters of the subscription ${name} may be missing. Read it with --source arm.`,
  );
}

export function pageFailed(subscription: Subscription, error: AzureError): ScopeTrouble {
  return {
    ...ofSubscription(
      'page-failed',
      subscription,
      (name) => `The clusters of the subscription ${name} could not all be read: ${error.message}`,
    ),
    exit: error.exit,
  };
}

/** What an error that answers for a whole subscription means. */
export function subscriptionTrouble(subscription: Subscription, error: AzureError): ScopeTrouble {
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
        (name) => `The clusters of the subscription ${name} cannot be read: ${error.message}`,
      ),
      exit: error.exit,
    };
  }
  return pageFailed(subscription, error);
}

export function gone(ref: ClusterRef): ScopeTrouble {
  return {
    ...ofCluster('cluster-gone', ref, (name) => `The cluster ${name} is not there, or not any more.`),
    exit: 'not-found',
  };
}

/** A cluster of a list that does not tell its pools. */
export function withoutPools(ref: ClusterRef): ScopeTrouble {
  return {
    ...ofCluster(
      'cluster-not-readable',
      ref,
      (name) => `The cluster ${name} could not be read: Azure answered without its node pools.`,
    ),
    exit: 'error',
  };
}

/** What an error that answers for one cluster means. */
export function clusterTrouble(ref: ClusterRef, error: AzureError): ScopeTrouble {
  if (error.class === 'not-found') return gone(ref);
  return {
    ...ofCluster('cluster-not-readable', ref, (name) => `The cluster ${name} could not be read: ${error.message}`),
    exit: error.exit,
  };
}

/**
 * A cluster whose id cannot be one: it is told, and nothing is sent to where the id leads. `asked`: the subscriptions
 * that the answer is of.
 */
export function oddId(resource: JsonObject, asked: readonly Pick<Subscription, 'id'>[]): ScopeTrouble {
  const id = clip(oneLine(asString(resource['id']) ?? ''), 300);
  const given = subscriptionOf(id);
  // Of several, none is blamed by guess.
  const subscription = asked.find((each) => sameId(each.id, given)) ?? (asked.length === 1 ? asked[0] : undefined);
  return {
    kind: 'cluster-not-readable',
    subscriptionId: subscription?.id ?? '',
    resourceId: id,
    why: `Azure names a cluster by an id that cannot be one: '${id}'.`,
  };
}
