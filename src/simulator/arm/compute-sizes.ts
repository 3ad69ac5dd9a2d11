import { asArray, asString, own, type JsonObject } from '../../core/json.ts';
import { odd, series, type Series } from './compute-size-data.ts';

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
  /** Of the NVMe disks that sizes of v6 have in place of a temporary disk. */
  readonly nvmeGb: number;
  readonly restricted: 'Location' | 'Zone' | undefined;
  readonly parent: string | undefined;
}

/** Premium disks go with an `s` in the name. */
const isPremium = (name: string): boolean => /s/i.test(name);

function sizesOf(one: Series): readonly VmSizeRecord[] {
  return one.vcpus.map((vcpus) => {
    const disk = one.diskOf?.[vcpus] ?? vcpus * (one.disk ?? 0);
    const isNvme = one.name.endsWith('_v6');
    return {
      name: `Standard_${one.name.replace('#', String(vcpus))}`,
      family: one.family,
      vcpus,
      vcpusAvailable: vcpus,
      memoryGb: one.memoryOf?.[vcpus] ?? vcpus * one.memory,
      premium: isPremium(one.name),
      architecture: one.arm === true ? 'Arm64' : 'x64',
      tempGb: isNvme ? 0 : disk,
      nvmeGb: isNvme ? disk : 0,
      restricted: one.restricted,
      parent: undefined,
    };
  });
}

/**
 * What every region lists. Sizes that Azure has retired, such as Standard_DS3, are missing from it, though pools still
 * run them.
 */
export const vmSizes: readonly VmSizeRecord[] = [
  ...series.flatMap((one) => sizesOf(one)),
  ...odd.map(([name, family, vcpus, vcpusAvailable, memoryGb, tempGb, parent]): VmSizeRecord => ({
    name: `Standard_${name}`,
    family,
    vcpus,
    vcpusAvailable,
    memoryGb,
    premium: isPremium(name),
    architecture: 'x64',
    tempGb,
    nvmeGb: 0,
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
export function sizeOfSku(sku: JsonObject): VmSizeRecord {
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
    nvmeGb: Math.floor(Number(values.get('NvmeDiskSizeInMiB') ?? 0) / 1024),
    restricted: undefined,
    parent: values.get('ParentSize'),
  };
}
