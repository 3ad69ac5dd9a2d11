export { chooseSubscriptions, unreadSubscriptions, type ChosenSubscriptions } from './choose-subscriptions.ts';
export { describeConditions, describeSubscriptions } from './description.ts';
export { forEachSubscription } from './for-each-subscription.ts';
export { hasConditions, namedCluster, type ScopeRequest, type ScopeRoot } from './scope-request.ts';
export { resolveScope, type ResolvedScope, type ScopeDeps } from './resolve-scope.ts';
