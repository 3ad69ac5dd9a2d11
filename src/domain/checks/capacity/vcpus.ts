import { count as counted, oneLine, shellLine } from '../../../core/text.ts';
import type { Verdict } from '../../../model/check.ts';
import type { Usage } from '../../../model/inventory.ts';
import type { ScopeCheck } from '../check.ts';
import type { ClusterFacts, PoolFacts } from '../facts.ts';
import { known, notKnown, type Known } from '../../../model/known.ts';
import { rowOf, type JudgedRow, type RowOptions } from '../row.ts';
import { shown, unknown } from '../verdict-parts.ts';
import { familyVcpus, regionalVcpus } from './checks.ts';
import { Demand, needed, waves } from './demand.ts';
import { assumption, surgeNodes } from './surge-nodes.ts';
import { subscriptionResourceId } from '../../../model/ids.ts';

const required = 'quota for the surge nodes of all pools at once';

/** The vCPUs of the largest node that a pool may add, in total and by family. */
interface PerNode {
  readonly most: number;
  readonly families: ReadonlyMap<string, number>;
  readonly withoutFamily: boolean;
}

/** If the value is unknown, `why` is a clause. */
function perNode({ pool, vmSizes }: PoolFacts): Known<PerNode> {
  if (pool.vmSizes.length === 0) return notKnown('Azure does not report the VM size of some pools');
  if (!vmSizes.known) return notKnown(vmSizes.why.replace(/\.$/, ''));
  const families = new Map<string, number>();
  let [most, withoutFamily] = [0, false];
  for (const name of pool.vmSizes) {
    const size = vmSizes.value.get(name.toLowerCase());
    if (size === undefined) return notKnown(`the region does not list ${shown(name)}`);
    most = Math.max(most, size.vCpus);
    if (size.family === undefined) withoutFamily = true;
    else families.set(size.family, Math.max(families.get(size.family) ?? 0, size.vCpus));
  }
  return known({ most, families, withoutFamily });
}

/**
 * Used if the region lists no sizes: a node of Standard_M416ms_v2. Source: Azure docs, sizes for virtual machines, Mv2
 * series.
 */
const largestNode = 416;

/** The vCPUs of the largest node that the region offers. */
function maxVcpusPerNode({ vmSizes }: PoolFacts): number {
  const listed = vmSizes.known ? [...vmSizes.value.values()].map(({ vCpus }) => vCpus) : [];
  return listed.length === 0 ? largestNode : Math.max(...listed);
}

interface Place {
  readonly subscriptionId: string;
  readonly location: string;
}

/** What the pools of a subscription in a region need: of the quota `cores`, and of each family. */
export class RegionDemand {
  readonly #place: Place;
  #usages: Known<readonly Usage[]>;
  readonly #cores = new Demand();
  readonly #families = new Map<string, { readonly name: string; readonly demand: Demand }>();
  /** Pools whose VM family is unknown. */
  readonly #noFamily = new Demand();

  constructor(place: Place, usages: Known<readonly Usage[]>) {
    this.#place = place;
    this.#usages = usages;
  }

  add(cluster: ClusterFacts, pools: readonly PoolFacts[]): void {
    if (cluster.usages?.known === true) this.#usages = cluster.usages;
    for (const pool of pools) this.#addPool(pool);
  }

  #addPool(pool: PoolFacts): void {
    const surge = surgeNodes(pool);
    if (surge.known && surge.value === 0) return;
    const each = surge.known ? perNode(pool) : surge;
    if (!surge.known || !each.known) {
      const why = each.known ? '' : each.why;
      this.#cores.addUnclear(why, surge.known ? surge.value * maxVcpusPerNode(pool) : undefined);
      this.#noFamily.addUnclear(why);
      return;
    }
    const { most, families, withoutFamily } = each.value;
    this.#cores.add(surge.value * most, most);
    for (const [name, vCpus] of families) {
      const key = name.toLowerCase();
      const family = this.#families.get(key) ?? { name, demand: new Demand() };
      this.#families.set(key, family);
      family.demand.add(surge.value * vCpus, vCpus);
    }
    if (withoutFamily) this.#noFamily.addUnclear('Azure does not report the family of some sizes');
  }

  regional(options: RowOptions): readonly JudgedRow[] {
    return [this.#row(regionalVcpus, 'cores', '', this.#cores, 'of the region', options)];
  }

  families(options: RowOptions): readonly JudgedRow[] {
    const rows = [...this.#families.values()].map(({ name, demand }) =>
      this.#row(familyVcpus, name, `/${shown(name)}`, demand, `of ${shown(name)}`, options),
    );
    const { unclear } = this.#noFamily;
    if (unclear === undefined && rows.length > 0) return rows;
    const { subscriptionId, location } = this.#place;
    const place = { target: `${subscriptionId}/${location}`, resourceId: this.#resourceId() };
    const verdict: Verdict =
      unclear === undefined
        ? { status: 'pass', observed: 'needs no more vCPUs', required, reason: 'No pool here needs surge nodes.' }
        : unknown(
            required,
            `The quota that the surge nodes of ${counted(unclear.pools, 'pool')} need is unknown: ${unclear.why}.`,
          );
    return [...rows, rowOf(familyVcpus, place, verdict, options)];
  }

  #resourceId(): string {
    return `${subscriptionResourceId(this.#place.subscriptionId)}/providers/Microsoft.Compute/locations/${this.#place.location}`;
  }

  #row(
    check: ScopeCheck,
    usage: string,
    suffix: string,
    demand: Demand,
    ofWhat: string,
    options: RowOptions,
  ): JudgedRow {
    const { subscriptionId, location } = this.#place;
    const resourceId = suffix === '' ? this.#resourceId() : `${this.#resourceId()}/usages${suffix}`;
    return rowOf(
      check,
      { target: `${subscriptionId}/${location}${suffix}`, resourceId },
      this.#verdict(usage, demand, ofWhat),
      options,
    );
  }

  #verdict(usage: string, demand: Demand, ofWhat: string): Verdict {
    const { amount, unclear } = demand;
    if (amount === 0 && unclear === undefined)
      return { status: 'pass', observed: 'needs no more vCPUs', required, reason: 'No pool here needs surge nodes.' };
    const needs = needed(demand, 'vCPU', 'vCPUs');
    if (!this.#usages.known) return unknown(required, this.#usages.why, undefined, needs);
    const quota = this.#usages.value.find(({ name }) => name.toLowerCase() === usage.toLowerCase());
    if (quota === undefined)
      return unknown(
        required,
        `Azure lists no quota named ${shown(usage)} in ${this.#place.location}.`,
        undefined,
        needs,
      );
    const left = Math.max(0, quota.limit - quota.current);
    const observed = `${needs === undefined ? '' : `${needs}; `}${String(left)} of ${String(quota.limit)} left`;
    if (amount > left) {
      const reason = `If all pools are reimaged at once, they need ${unclear === undefined ? '' : 'at least '}${String(amount)} more vCPUs ${ofWhat}, but only ${String(left)} ${left === 1 ? 'is' : 'are'} left; ${assumption}.`;
      return {
        status: 'warn',
        observed,
        required,
        reason,
        fix: `${waves(demand.fitting(left))}. Or request more: ${this.#quotaRequest(usage, quota.current + amount)}`,
      };
    }
    if (unclear !== undefined) return this.#unclearVerdict(unclear, left - amount, observed);
    return {
      status: 'pass',
      observed,
      required,
      reason: `There is enough quota left for the surge nodes of all pools at once; ${assumption}.`,
    };
  }

  /** Unknown needs do not matter if there is room even for the largest nodes. */
  #unclearVerdict({ pools, why, most }: NonNullable<Demand['unclear']>, left: number, observed: string): Verdict {
    const unknownNeeds = `The needs of the surge nodes of ${counted(pools, 'pool')} are unknown: ${why}`;
    if (most > left) return unknown(required, `${unknownNeeds}.`, undefined, observed);
    const reason = `There is enough quota left for the surge nodes of all pools at once; ${assumption}. ${unknownNeeds}; with the largest available nodes, they need at most ${counted(most, 'more vCPU')}.`;
    return { status: 'pass', observed, required, reason };
  }

  /** Source: Azure CLI, quota extension. */
  #quotaRequest(usage: string, limit: number): string {
    const words = [
      'az',
      'quota',
      'update',
      '--resource-name',
      usage,
      '--scope',
      this.#resourceId(),
      '--limit-object',
      `value=${String(limit)}`,
      '--resource-type',
      'dedicated',
    ];
    return shellLine(words.map((word) => oneLine(word)));
  }
}
