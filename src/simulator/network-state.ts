import type { JsonObject } from '../core/json.ts';

/** A virtual network that somebody made; those that AKS makes in node resource groups follow from their clusters. */
export interface VirtualNetwork {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  readonly prefixes: readonly string[];
  /** Empty: Azure's own DNS. */
  readonly dnsServers: readonly string[];
  /** By lower-case name. */
  readonly subnets: Map<string, Subnet>;
}

export interface Subnet {
  readonly name: string;
  readonly prefixes: readonly string[];
  /** The id of its network security group. */
  readonly securityGroup: string | undefined;
  /** IP configurations of other things than node pools. */
  readonly others: number;
}

export interface SecurityGroup {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  /** The `properties` of each rule, by name. */
  readonly rules: Readonly<Record<string, JsonObject>>;
}

/** Of one region of one subscription. */
export interface RegionQuota {
  readonly cores: QuotaLine;
  readonly lowPriority: QuotaLine;
  /** By family; those that are missing are unused, with the limit of `cores`. */
  readonly families: ReadonlyMap<string, QuotaLine>;
}

export interface QuotaLine {
  readonly used: number;
  readonly limit: number;
}
