import { asArray, asString, own, type JsonObject } from '../../core/json.ts';

/** Families of VM sizes: one line each, from which the SKU list is made. Figures follow Azure's published sizes. */
interface Series {
  readonly family: string;
  /** `#` is the number of vCPUs. */
  readonly name: string;
  readonly vcpus: readonly number[];
  readonly memoryPerVcpu: number;
  readonly premium?: boolean;
  readonly arm?: boolean;
  /** GiB of temporary disk for each vCPU; 0 for none. */
  readonly tempPerVcpu: number;
  readonly restricted?: 'Location' | 'Zone';
}

export interface VmSizeRecord {
  readonly name: string;
  readonly family: string;
  readonly vcpus: number;
  /** Less than `vcpus` for a constrained size. */
  readonly vcpusAvailable: number;
  readonly memoryGb: number;
  readonly premium: boolean;
  readonly architecture: 'x64' | 'Arm64';
  readonly tempGb: number;
  readonly restricted: 'Location' | 'Zone' | undefined;
  readonly parent: string | undefined;
}

const to64 = [2, 4, 8, 16, 32, 48, 64];
const to96 = [...to64, 96];
const to128 = [...to96, 128];
const withTwenty = [2, 4, 8, 16, 20, 32, 48, 64, 96];

/** Series of v4 to v6 with premium disks: `[family, name, vCPUs, GiB a vCPU, GiB of temporary disk a vCPU]`. */
const today: readonly (readonly [string, string, readonly number[], number, number, 'Arm64'?])[] = [
  ['standardDASv5Family', 'D#as_v5', to96, 4, 0],
  ['standardDASv4Family', 'D#as_v4', to96, 4, 8],
  ['standardDPSv5Family', 'D#ps_v5', to64, 4, 0, 'Arm64'],
  ['standardDPLSv5Family', 'D#pls_v5', to64, 2, 0, 'Arm64'],
  ['StandardDpsv6Family', 'D#ps_v6', to96, 4, 0, 'Arm64'],
  ['StandardDpdsv6Family', 'D#pds_v6', to96, 4, 55, 'Arm64'],
  ['StandardDsv6Family', 'D#s_v6', to128, 4, 0],
  ['standardDadv6Family', 'D#ads_v6', to96, 4, 55],
  ['standardDLSv5Family', 'D#ls_v5', to96, 2, 0],
  ['standardDLDSv5Family', 'D#lds_v5', to96, 2, 37],
  ['standardESv5Family', 'E#s_v5', withTwenty, 8, 0],
  ['standardEASv5Family', 'E#as_v5', withTwenty, 8, 0],
  ['standardEASv4Family', 'E#as_v4', withTwenty, 8, 16],
  ['standardEPSv5Family', 'E#ps_v5', [2, 4, 8, 16, 20, 32], 8, 0, 'Arm64'],
  ['standardEPDSv5Family', 'E#pds_v5', [2, 4, 8, 16, 20, 32], 8, 37, 'Arm64'],
  ['StandardEsv6Family', 'E#s_v6', [2, 4, 8, 16, 20, 32, 48, 64, 96, 128], 8, 0],
  ['StandardEdsv6Family', 'E#ds_v6', [2, 4, 8, 16, 20, 32, 48, 64, 96, 128], 8, 55],
  ['standardEav6Family', 'E#as_v6', withTwenty, 8, 0],
  ['standardEadv6Family', 'E#ads_v6', withTwenty, 8, 55],
  ['StandardEpsv6Family', 'E#ps_v6', to96, 8, 0, 'Arm64'],
  ['standardFasv6Family', 'F#as_v6', to64, 4, 0],
  ['standardFalsv6Family', 'F#als_v6', to64, 2, 0],
  ['standardDCASv5Family', 'DC#as_v5', to96, 4, 0],
  ['standardDCADSv5Family', 'DC#ads_v5', to96, 4, 37],
  ['standardECASv5Family', 'EC#as_v5', withTwenty, 8, 0],
  ['standardECADSv5Family', 'EC#ads_v5', withTwenty, 8, 37],
  ['standardDCSv3Family', 'DC#s_v3', [1, 2, 4, 8, 16, 24, 32, 48], 8, 0],
  ['standardDCDSv3Family', 'DC#ds_v3', [1, 2, 4, 8, 16, 24, 32, 48], 8, 75],
];

const series: readonly Series[] = [
  {
    family: 'standardBSFamily',
    name: 'B#ms',
    vcpus: [2, 4, 8, 12, 16, 20],
    memoryPerVcpu: 4,
    premium: true,
    tempPerVcpu: 8,
  },
  {
    family: 'standardBsv2Family',
    name: 'B#s_v2',
    vcpus: [2, 4, 8, 16, 32],
    memoryPerVcpu: 4,
    premium: true,
    tempPerVcpu: 0,
  },
  { family: 'standardDv2Family', name: 'D#_v3', vcpus: [2, 4, 8, 16, 32, 48, 64], memoryPerVcpu: 4, tempPerVcpu: 25 },
  {
    family: 'standardDSv3Family',
    name: 'D#s_v3',
    vcpus: [2, 4, 8, 16, 32, 48, 64],
    memoryPerVcpu: 4,
    premium: true,
    tempPerVcpu: 8,
  },
  {
    family: 'standardDDSv4Family',
    name: 'D#ds_v4',
    vcpus: [2, 4, 8, 16, 32, 48, 64],
    memoryPerVcpu: 4,
    premium: true,
    tempPerVcpu: 37,
  },
  {
    family: 'standardDSv4Family',
    name: 'D#s_v4',
    vcpus: [2, 4, 8, 16, 32, 48, 64],
    memoryPerVcpu: 4,
    premium: true,
    tempPerVcpu: 0,
  },
  {
    family: 'standardDADSv4Family',
    name: 'D#ads_v4',
    vcpus: [2, 4, 8, 16, 32, 48, 64],
    memoryPerVcpu: 4,
    premium: true,
    tempPerVcpu: 37,
    restricted: 'Location',
  },
  {
    family: 'standardDDSv5Family',
    name: 'D#ds_v5',
    vcpus: [2, 4, 8, 16, 32, 48, 64, 96],
    memoryPerVcpu: 4,
    premium: true,
    tempPerVcpu: 37,
  },
  {
    family: 'standardDSv5Family',
    name: 'D#s_v5',
    vcpus: [2, 4, 8, 16, 32, 48, 64, 96],
    memoryPerVcpu: 4,
    premium: true,
    tempPerVcpu: 0,
  },
  {
    family: 'standardDADSv5Family',
    name: 'D#ads_v5',
    vcpus: [2, 4, 8, 16, 32, 48, 64, 96],
    memoryPerVcpu: 4,
    premium: true,
    tempPerVcpu: 37,
  },
  {
    family: 'standardDPDSv5Family',
    name: 'D#pds_v5',
    vcpus: [2, 4, 8, 16, 32, 48, 64],
    memoryPerVcpu: 4,
    premium: true,
    arm: true,
    tempPerVcpu: 37,
    restricted: 'Zone',
  },
  {
    family: 'StandardDdsv6Family',
    name: 'D#ds_v6',
    vcpus: [2, 4, 8, 16, 32, 48, 64, 96, 128],
    memoryPerVcpu: 4,
    premium: true,
    tempPerVcpu: 55,
  },
  {
    family: 'standardDav6Family',
    name: 'D#as_v6',
    vcpus: [2, 4, 8, 16, 32, 48, 64, 96],
    memoryPerVcpu: 4,
    premium: true,
    tempPerVcpu: 0,
  },
  {
    family: 'standardESv3Family',
    name: 'E#s_v3',
    vcpus: [2, 4, 8, 16, 20, 32, 48, 64],
    memoryPerVcpu: 8,
    premium: true,
    tempPerVcpu: 16,
  },
  {
    family: 'standardEDSv5Family',
    name: 'E#ds_v5',
    vcpus: [2, 4, 8, 16, 20, 32, 48, 64, 96],
    memoryPerVcpu: 8,
    premium: true,
    tempPerVcpu: 37,
  },
  {
    family: 'standardEADSv5Family',
    name: 'E#ads_v5',
    vcpus: [2, 4, 8, 16, 20, 32, 48, 64, 96],
    memoryPerVcpu: 8,
    premium: true,
    tempPerVcpu: 37,
  },
  ...today.map(([family, name, vcpus, memoryPerVcpu, tempPerVcpu, arm]): Series => ({
    family,
    name,
    vcpus,
    memoryPerVcpu,
    premium: true,
    arm: arm === 'Arm64',
    tempPerVcpu,
  })),
  {
    family: 'standardFSv2Family',
    name: 'F#s_v2',
    vcpus: [2, 4, 8, 16, 32, 48, 64, 72],
    memoryPerVcpu: 2,
    premium: true,
    tempPerVcpu: 8,
  },
  {
    family: 'standardLSv3Family',
    name: 'L#s_v3',
    vcpus: [8, 16, 32, 48, 64, 80],
    memoryPerVcpu: 8,
    premium: true,
    tempPerVcpu: 10,
  },
  {
    family: 'Standard NCASv3_T4 Family',
    name: 'NC#as_T4_v3',
    vcpus: [4, 8, 16, 64],
    memoryPerVcpu: 7,
    premium: true,
    tempPerVcpu: 44,
  },
  {
    family: 'StandardNCADSA100v4Family',
    name: 'NC#ads_A100_v4',
    vcpus: [24, 48, 96],
    memoryPerVcpu: 9,
    premium: true,
    tempPerVcpu: 40,
    restricted: 'Location',
  },
  {
    family: 'StandardNVADSA10v5Family',
    name: 'NV#ads_A10_v5',
    vcpus: [6, 12, 18, 36, 72],
    memoryPerVcpu: 9,
    premium: true,
    tempPerVcpu: 30,
  },
];

/**
 * Sizes whose names do not say their vCPUs: older series, and constrained sizes. `[name, family, vCPUs, usable vCPUs,
 * GiB, parent]`.
 */
const odd: readonly (readonly [string, string, number, number, number, string | undefined])[] = [
  ['A0', 'standardA0_A7Family', 1, 1, 0.75, undefined],
  ['A2_v2', 'standardAv2Family', 2, 2, 4, undefined],
  ['A4_v2', 'standardAv2Family', 4, 4, 8, undefined],
  ['B1s', 'standardBSFamily', 1, 1, 1, undefined],
  ['D2_v2', 'standardDv2Family', 2, 2, 7, undefined],
  ['D3_v2', 'standardDv2Family', 4, 4, 14, undefined],
  ['D13_v2', 'standardDv2Family', 8, 8, 56, undefined],
  ['DS2_v2', 'standardDSv2Family', 2, 2, 7, undefined],
  ['DS3_v2', 'standardDSv2Family', 4, 4, 14, undefined],
  ['DS4_v2', 'standardDSv2Family', 8, 8, 28, undefined],
  ['DS13_v2', 'standardDSv2Family', 8, 8, 56, undefined],
  ['DS13-2_v2', 'standardDSv2Family', 8, 2, 56, 'DS13_v2'],
  ['DS15_v2', 'standardDSv2Family', 20, 20, 140, undefined],
  ['E4-2ds_v5', 'standardEDSv5Family', 4, 2, 32, 'E4ds_v5'],
  ['E8-4ds_v5', 'standardEDSv5Family', 8, 4, 64, 'E8ds_v5'],
  ['M8ms', 'standardMSFamily', 8, 8, 218.75, undefined],
  ['M8-2ms', 'standardMSFamily', 8, 2, 218.75, 'M8ms'],
  ['M8-4ms', 'standardMSFamily', 8, 4, 218.75, 'M8ms'],
  ['ND96asr_v4', 'standardNDASv4_A100Family', 96, 96, 900, undefined],
  ['ND96isr_H100_v5', 'standardNDSH100v5Family', 96, 96, 1900, undefined],
  ['ND96isr_H200_v5', 'standardNDISRH200V5Family', 96, 96, 1850, undefined],
  ['NC40ads_H100_v5', 'StandardNCadsH100v5Family', 40, 40, 320, undefined],
  ['NC80adis_H100_v5', 'StandardNCadsH100v5Family', 80, 80, 640, undefined],
  ['NC6s_v3', 'standardNCSv3Family', 6, 6, 112, undefined],
];

function sizesOf(one: Series): readonly VmSizeRecord[] {
  return one.vcpus.map((vcpus) => ({
    name: `Standard_${one.name.replace('#', String(vcpus))}`,
    family: one.family,
    vcpus,
    vcpusAvailable: vcpus,
    memoryGb: vcpus * one.memoryPerVcpu,
    premium: one.premium === true,
    architecture: one.arm === true ? 'Arm64' : 'x64',
    tempGb: vcpus * one.tempPerVcpu,
    restricted: one.restricted,
    parent: undefined,
  }));
}

/**
 * What every region lists. Sizes that Azure has retired, such as Standard_DS3, are missing from it, though pools still
 * run them.
 */
export const vmSizes: readonly VmSizeRecord[] = [
  ...series.flatMap((one) => sizesOf(one)),
  ...odd.map(([name, family, vcpus, vcpusAvailable, memoryGb, parent]): VmSizeRecord => ({
    name: `Standard_${name}`,
    family,
    vcpus,
    vcpusAvailable,
    memoryGb,
    premium: name.includes('s'),
    architecture: 'x64',
    tempGb: vcpus * 8,
    restricted: undefined,
    parent: parent === undefined ? undefined : `Standard_${parent}`,
  })),
];

const byName = new Map(vmSizes.map((size) => [size.name.toLowerCase(), size]));

/** A size by its name: one of the SKUs that were loaded, or one of the simulator's own. */
export function vmSize(name: string, skus: readonly JsonObject[] = []): VmSizeRecord | undefined {
  const sku = skus.find((each) => asString(own(each, 'name'))?.toLowerCase() === name.toLowerCase());
  return sku === undefined ? byName.get(name.toLowerCase()) : sizeOfSku(sku);
}

/** A VM size as `az vm list-skus` and ARM list it. */
function sizeOfSku(sku: JsonObject): VmSizeRecord {
  const values = new Map(
    asArray(own(sku, 'capabilities')).map((each) => [asString(own(each, 'name')), asString(own(each, 'value')) ?? '']),
  );
  const vcpus = Number(values.get('vCPUs') ?? 0);
  return {
    name: asString(own(sku, 'name')) ?? '',
    family: asString(own(sku, 'family')) ?? '',
    vcpus,
    vcpusAvailable: Number(values.get('vCPUsAvailable') ?? vcpus),
    memoryGb: Number(values.get('MemoryGB') ?? 0),
    premium: values.get('PremiumIO') === 'True',
    architecture: values.get('CpuArchitectureType') === 'Arm64' ? 'Arm64' : 'x64',
    tempGb: Math.floor(Number(values.get('MaxResourceVolumeMB') ?? 0) / 1024),
    restricted: undefined,
    parent: values.get('ParentSize'),
  };
}
