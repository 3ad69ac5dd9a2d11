import { asNumber, asString, at } from '../../../core/json.ts';
import { count as counted, oneLine } from '../../../core/text.ts';
import type { Verdict } from '../../../model/check.ts';
import type { Subnet } from '../../../model/inventory.ts';
import type { PoolFacts } from '../facts.ts';
import { notKnown, type Known } from '../../../model/known.ts';
import { blockOf, sizeOf } from '../network/addresses.ts';
import { rowOf, type JudgedRow, type RowOptions } from '../row.ts';
import { shown, unknown } from '../verdict-parts.ts';
import { subnetAddresses } from './checks.ts';
import { Demand, needed, waves } from './demand.ts';
import { assumption, surgeNodes } from './surge-nodes.ts';
import { parseResourceId } from '../../../model/ids.ts';

const required = 'free addresses for the surge nodes of all pools at once';

/** Source: Azure docs, Virtual Network FAQ: the first four addresses and the last one of every prefix. */
const reserved = 5;
/**
 * Source: AKS docs, Azure CNI pod subnet: dynamic allocation gives a node 16 addresses at a time, static allocation
 * blocks of 16.
 */
const batch = 16;
/** Source: AKS docs, quotas: default pods per node, Azure CNI without overlay. */
const defaultMaxPods = 30;

/** The addresses that a surge node needs in a subnet; if `perNode` is undefined, `why` has the reason. */
export interface SubnetNeed {
  readonly subnetId: string;
  readonly perNode: number | undefined;
  readonly why: string;
}

/** Source: AKS docs, IP address planning. */
function onNodeSubnet({ pool, cluster }: PoolFacts): { readonly perNode: number | undefined; readonly why: string } {
  if (!cluster.known)
    return { perNode: undefined, why: `the network plugin is unknown: ${cluster.why.replace(/\.$/, '')}` };
  const plugin = cluster.value.networkPlugin?.toLowerCase();
  const mode = asString(at(cluster.value.resource, 'properties', 'networkProfile', 'networkPluginMode'))?.toLowerCase();
  if (plugin === 'azure' && mode !== 'overlay')
    return { perNode: 1 + (asNumber(pool.properties['maxPods']) ?? defaultMaxPods), why: '' };
  if (plugin === 'azure' || plugin === 'kubenet' || plugin === 'none') return { perNode: 1, why: '' };
  return {
    perNode: undefined,
    why:
      plugin === undefined
        ? 'Azure does not report the network plugin of some clusters'
        : `it is unknown how many addresses the network plugin ${shown(plugin)} needs`,
  };
}

/** The addresses that a pool needs, by subnet; empty if AKS created its network. */
export function subnetNeeds(facts: PoolFacts): readonly SubnetNeed[] {
  const { properties } = facts.pool;
  const nodes = asString(properties['vnetSubnetID']);
  const pods = asString(properties['podSubnetID']);
  const own = nodes === undefined || nodes === '' ? [] : [nodes];
  if (pods === undefined || pods === '') return own.map((subnetId) => ({ subnetId, ...onNodeSubnet(facts) }));
  const perNode = Math.ceil((asNumber(properties['maxPods']) ?? defaultMaxPods) / batch) * batch;
  return [...own.map((subnetId) => ({ subnetId, perNode: 1, why: '' })), { subnetId: pods, perNode, why: '' }];
}

/** Undefined if there is no IPv4 prefix. IPv6 prefixes never run out. */
function freeAddresses({ prefixes, used }: Subnet): number | undefined {
  const blocks = prefixes.map((prefix) => blockOf(prefix)).filter((block) => block !== undefined);
  if (blocks.length === 0) return undefined;
  return Math.max(0, blocks.reduce((sum, block) => sum + Math.max(0, sizeOf(block) - reserved), 0) - used);
}

/** What all pools in a subnet need together. */
export class SubnetDemand {
  #id: string;
  #subnet: Known<Subnet>;
  readonly #demand = new Demand();

  constructor(id: string, subnet: Known<Subnet> | undefined) {
    this.#id = id;
    this.#subnet = subnet ?? notKnown('The subnet was not read.');
  }

  add(facts: PoolFacts, { subnetId, perNode, why }: SubnetNeed, subnet: Known<Subnet> | undefined): void {
    // Pools may spell the ID differently; the same spelling is shown in any order of the pools.
    if (subnetId < this.#id) this.#id = subnetId;
    if (subnet?.known === true) this.#subnet = subnet;
    const surge = surgeNodes(facts);
    if (!surge.known) this.#demand.addUnclear(surge.why);
    else if (surge.value > 0) {
      if (perNode === undefined) this.#demand.addUnclear(why);
      else this.#demand.add(surge.value * perNode, perNode);
    }
  }

  row(options: RowOptions): JudgedRow {
    const resourceId = oneLine(this.#id);
    const id = parseResourceId(resourceId);
    const target =
      id?.type === 'microsoft.network/virtualnetworks/subnets'
        ? [id.subscriptionId, id.resourceGroup, ...id.names].join('/')
        : resourceId;
    return rowOf(subnetAddresses, { target, resourceId }, this.#verdict(), options);
  }

  #fix(free: number): string {
    const fitting = this.#demand.fitting(free);
    return `${waves(fitting)}.${fitting.smallest > 0 ? '' : ' Or add pools in a larger subnet and move the workloads there.'}`;
  }

  #verdict(): Verdict {
    const { amount, unclear } = this.#demand;
    if (amount === 0 && unclear === undefined)
      return {
        status: 'pass',
        observed: 'needs no more addresses',
        required,
        reason: 'No pool here needs surge nodes.',
      };
    const atLeast = unclear === undefined ? '' : 'at least ';
    const needs = needed(this.#demand, 'address', 'addresses');
    if (!this.#subnet.known) return unknown(required, this.#subnet.why, undefined, needs);
    const free = freeAddresses(this.#subnet.value);
    if (free === undefined) return unknown(required, 'Azure reports no IPv4 prefix for the subnet.', undefined, needs);
    const observed = `${needs === undefined ? '' : `${needs}; `}${String(free)} free`;
    if (amount > free) {
      const reason = `If all pools are reimaged at once, they need ${atLeast}${counted(amount, 'more address', 'more addresses')} in the subnet, but only ${String(free)} ${free === 1 ? 'is' : 'are'} free; ${assumption}.`;
      return { status: 'warn', observed, required, reason, fix: this.#fix(free) };
    }
    if (unclear !== undefined)
      return unknown(
        required,
        `The needs of the surge nodes of ${counted(unclear.pools, 'pool')} are unknown: ${unclear.why}.`,
        undefined,
        observed,
      );
    return {
      status: 'pass',
      observed,
      required,
      reason: `There are enough free addresses for the surge nodes of all pools at once; ${assumption}.`,
    };
  }
}
