export { chooseSubscriptions, unreadSubscriptions, type ChosenSubscriptions } from './choose.ts';
export { forEachSubscription } from './for-each.ts';
export { hasConditions, namedCluster, type ScopeConditions, type ScopeRequest, type ScopeRoot } from './request.ts';
export { resolveScope, type ResolvedScope, type ScopeDeps } from './resolve.ts';
