/** Families of VM sizes: one line each, from which the SKU list is made. Figures follow Azure's published sizes. */
export interface Series {
  readonly family: string;
  /** `#` is the number of vCPUs. */
  readonly name: string;
  readonly vcpus: readonly number[];
  /** GiB for each vCPU. */
  readonly memory: number;
  /** GiB of local disk for each vCPU: a temporary disk, or from v6 on NVMe disks. */
  readonly disk?: number;
  readonly arm?: boolean;
  readonly restricted?: 'Location' | 'Zone';
  /** GiB of the sizes that do not follow, by their vCPUs. */
  readonly memoryOf?: Readonly<Record<number, number>>;
  readonly diskOf?: Readonly<Record<number, number>>;
}

const to64 = [2, 4, 8, 16, 32, 48, 64];
const to96 = [...to64, 96];
const to128 = [...to96, 128];
const e64 = [2, 4, 8, 16, 20, 32, 48, 64];
const e96 = [...e64, 96];
const e128 = [...e96, 128];
const arm32 = [2, 4, 8, 16, 20, 32];
const sgx = [1, 2, 4, 8, 16, 24, 32, 48];
/** The largest of many E series. */
const e96Memory = { memoryOf: { 96: 672 } } as const;

export const series: readonly Series[] = [
  { family: 'standardBSFamily', name: 'B#ms', vcpus: [2, 4, 8, 12, 16, 20], memory: 4, disk: 8 },
  { family: 'standardBsv2Family', name: 'B#s_v2', vcpus: [2, 4, 8, 16, 32], memory: 4 },

  { family: 'standardDv3Family', name: 'D#_v3', vcpus: to64, memory: 4, disk: 25 },
  { family: 'standardDSv3Family', name: 'D#s_v3', vcpus: to64, memory: 4, disk: 8 },
  { family: 'standardDSv4Family', name: 'D#s_v4', vcpus: to64, memory: 4 },
  { family: 'standardDDSv4Family', name: 'D#ds_v4', vcpus: to64, memory: 4, disk: 37.5 },
  { family: 'standardDASv4Family', name: 'D#as_v4', vcpus: to96, memory: 4, disk: 8, restricted: 'Location' },
  { family: 'standardDv5Family', name: 'D#_v5', vcpus: to96, memory: 4 },
  { family: 'standardDDv5Family', name: 'D#d_v5', vcpus: to96, memory: 4, disk: 37.5 },
  { family: 'standardDSv5Family', name: 'D#s_v5', vcpus: to96, memory: 4 },
  { family: 'standardDDSv5Family', name: 'D#ds_v5', vcpus: to96, memory: 4, disk: 37.5 },
  { family: 'standardDLSv5Family', name: 'D#ls_v5', vcpus: to96, memory: 2 },
  { family: 'standardDLDSv5Family', name: 'D#lds_v5', vcpus: to96, memory: 2, disk: 37.5 },
  { family: 'standardDASv5Family', name: 'D#as_v5', vcpus: to96, memory: 4 },
  { family: 'standardDADSv5Family', name: 'D#ads_v5', vcpus: to96, memory: 4, disk: 37.5 },
  { family: 'standardDPSv5Family', name: 'D#ps_v5', vcpus: to64, memory: 4, memoryOf: { 64: 208 }, arm: true },
  {
    family: 'standardDPDSv5Family',
    name: 'D#pds_v5',
    vcpus: to64,
    memory: 4,
    memoryOf: { 64: 208 },
    disk: 37.5,
    arm: true,
    restricted: 'Zone',
  },
  { family: 'standardDPLSv5Family', name: 'D#pls_v5', vcpus: to64, memory: 2, arm: true },
  { family: 'standardDPLDSv5Family', name: 'D#plds_v5', vcpus: to64, memory: 2, disk: 37.5, arm: true },
  { family: 'StandardDsv6Family', name: 'D#s_v6', vcpus: to128, memory: 4 },
  { family: 'StandardDdsv6Family', name: 'D#ds_v6', vcpus: to128, memory: 4, disk: 55 },
  { family: 'standardDav6Family', name: 'D#as_v6', vcpus: to96, memory: 4 },
  { family: 'standardDadv6Family', name: 'D#ads_v6', vcpus: to96, memory: 4, disk: 55 },
  { family: 'StandardDpsv6Family', name: 'D#ps_v6', vcpus: to96, memory: 4, arm: true },
  { family: 'StandardDpdsv6Family', name: 'D#pds_v6', vcpus: to96, memory: 4, disk: 55, arm: true },

  { family: 'standardESv3Family', name: 'E#s_v3', vcpus: e64, memory: 8, memoryOf: { 64: 432 }, disk: 16 },
  { family: 'standardEASv4Family', name: 'E#as_v4', vcpus: e96, memory: 8, ...e96Memory, disk: 16 },
  { family: 'standardEDv5Family', name: 'E#d_v5', vcpus: e96, memory: 8, ...e96Memory, disk: 37.5 },
  { family: 'standardESv5Family', name: 'E#s_v5', vcpus: e96, memory: 8, ...e96Memory },
  { family: 'standardEDSv5Family', name: 'E#ds_v5', vcpus: e96, memory: 8, ...e96Memory, disk: 37.5 },
  { family: 'standardEASv5Family', name: 'E#as_v5', vcpus: e96, memory: 8, ...e96Memory },
  { family: 'standardEADSv5Family', name: 'E#ads_v5', vcpus: e96, memory: 8, ...e96Memory, disk: 37.5 },
  { family: 'standardEPSv5Family', name: 'E#ps_v5', vcpus: arm32, memory: 8, memoryOf: { 32: 208 }, arm: true },
  {
    family: 'standardEPDSv5Family',
    name: 'E#pds_v5',
    vcpus: arm32,
    memory: 8,
    memoryOf: { 32: 208 },
    disk: 37.5,
    arm: true,
  },
  { family: 'StandardEsv6Family', name: 'E#s_v6', vcpus: e128, memory: 8 },
  { family: 'StandardEdsv6Family', name: 'E#ds_v6', vcpus: e128, memory: 8, disk: 55 },
  { family: 'standardEav6Family', name: 'E#as_v6', vcpus: e96, memory: 8, ...e96Memory },
  { family: 'standardEadv6Family', name: 'E#ads_v6', vcpus: e96, memory: 8, ...e96Memory, disk: 55 },
  { family: 'StandardEpsv6Family', name: 'E#ps_v6', vcpus: to96, memory: 8, ...e96Memory, arm: true },

  { family: 'standardFSv2Family', name: 'F#s_v2', vcpus: [...to64, 72], memory: 2, disk: 8 },
  { family: 'standardFasv6Family', name: 'F#as_v6', vcpus: to64, memory: 4 },
  { family: 'standardFalsv6Family', name: 'F#als_v6', vcpus: to64, memory: 2 },

  { family: 'standardDCASv5Family', name: 'DC#as_v5', vcpus: to96, memory: 4 },
  { family: 'standardDCADSv5Family', name: 'DC#ads_v5', vcpus: to96, memory: 4, disk: 37.5 },
  { family: 'standardECASv5Family', name: 'EC#as_v5', vcpus: e96, memory: 8, ...e96Memory },
  { family: 'standardECADSv5Family', name: 'EC#ads_v5', vcpus: e96, memory: 8, ...e96Memory, disk: 37.5 },
  { family: 'standardDCSv3Family', name: 'DC#s_v3', vcpus: sgx, memory: 8 },
  { family: 'standardDCDSv3Family', name: 'DC#ds_v3', vcpus: sgx, memory: 8, disk: 75 },

  { family: 'standardLSv3Family', name: 'L#s_v3', vcpus: [8, 16, 32, 48, 64, 80], memory: 8, disk: 10 },
  {
    family: 'Standard NCASv3_T4 Family',
    name: 'NC#as_T4_v3',
    vcpus: [4, 8, 16, 64],
    memory: 7,
    memoryOf: { 16: 110, 64: 440 },
    disk: 44,
    diskOf: { 16: 352 },
  },
  {
    family: 'StandardNCADSA100v4Family',
    name: 'NC#ads_A100_v4',
    vcpus: [24, 48, 96],
    memory: 0,
    memoryOf: { 24: 220, 48: 440, 96: 880 },
    diskOf: { 24: 64, 48: 128, 96: 256 },
    restricted: 'Location',
  },
  {
    family: 'StandardNVADSA10v5Family',
    name: 'NV#ads_A10_v5',
    vcpus: [6, 12, 18, 36, 72],
    memory: 0,
    memoryOf: { 6: 55, 12: 110, 18: 220, 36: 440, 72: 880 },
    diskOf: { 6: 180, 12: 360, 18: 720, 36: 1440, 72: 2880 },
  },
];

/**
 * Sizes whose names do not say their vCPUs: older series, constrained sizes, and those with one or two members. `[name,
 * family, vCPUs, usable vCPUs, GiB, GiB of temporary disk, parent]`.
 */
export const odd: readonly (readonly [string, string, number, number, number, number, string | undefined])[] = [
  ['A0', 'standardA0_A7Family', 1, 1, 0.75, 20, undefined],
  ['A2_v2', 'standardAv2Family', 2, 2, 4, 20, undefined],
  ['A4_v2', 'standardAv2Family', 4, 4, 8, 40, undefined],
  ['B1s', 'standardBSFamily', 1, 1, 1, 4, undefined],
  ['D2_v2', 'standardDv2Family', 2, 2, 7, 100, undefined],
  ['D3_v2', 'standardDv2Family', 4, 4, 14, 200, undefined],
  ['D13_v2', 'standardDv2Family', 8, 8, 56, 400, undefined],
  ['DS2_v2', 'standardDSv2Family', 2, 2, 7, 14, undefined],
  ['DS3_v2', 'standardDSv2Family', 4, 4, 14, 28, undefined],
  ['DS4_v2', 'standardDSv2Family', 8, 8, 28, 56, undefined],
  ['DS13_v2', 'standardDSv2Family', 8, 8, 56, 112, undefined],
  ['DS13-2_v2', 'standardDSv2Family', 8, 2, 56, 112, 'DS13_v2'],
  ['DS15_v2', 'standardDSv2Family', 20, 20, 140, 280, undefined],
  ['E4-2ds_v5', 'standardEDSv5Family', 4, 2, 32, 150, 'E4ds_v5'],
  ['E8-4ds_v5', 'standardEDSv5Family', 8, 4, 64, 300, 'E8ds_v5'],
  ['M8ms', 'standardMSFamily', 8, 8, 218.75, 256, undefined],
  ['M8-2ms', 'standardMSFamily', 8, 2, 218.75, 256, 'M8ms'],
  ['M8-4ms', 'standardMSFamily', 8, 4, 218.75, 256, 'M8ms'],
  ['ND96asr_v4', 'standardNDASv4_A100Family', 96, 96, 900, 6000, undefined],
  ['ND96isr_H100_v5', 'standardNDSH100v5Family', 96, 96, 1900, 1000, undefined],
  ['ND96isr_H200_v5', 'standardNDISRH200V5Family', 96, 96, 1850, 1000, undefined],
  ['NC40ads_H100_v5', 'StandardNCadsH100v5Family', 40, 40, 320, 128, undefined],
  ['NC80adis_H100_v5', 'StandardNCadsH100v5Family', 80, 80, 640, 256, undefined],
  ['NC6s_v3', 'standardNCSv3Family', 6, 6, 112, 736, undefined],
];
