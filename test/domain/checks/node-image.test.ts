import { expect, test } from 'vitest';
import { parseNodeImage } from '../../../src/domain/checks/node-image.ts';

test.each([
  ['AKSUbuntu-1804-2020.03.05', 'ubuntu', 1804, 202_003, false],
  ['AKSUbuntu-2004gen2fipscontainerd-202507.02.0', 'ubuntu', 2004, 202_507, true],
  ['AKSUbuntu-2204gen2TLcontainerd-202510.19.1', 'ubuntu', 2204, 202_510, false],
  ['AKSUbuntu-2404gen2containerd-202510.19.1', 'ubuntu', 2404, 202_510, false],
  ['AKSAzureLinux-V3gen2-202606.08.1', 'azure-linux', 3, 202_606, false],
  ['AKSAzureLinux-V3gen2fips-202606.08.1', 'azure-linux', 3, 202_606, true],
  ['AKSCBLMariner-V2katagen2-202406.25.0', 'mariner', 2, 202_406, false],
  ['AKSAzureContainerLinux-202606.01.0', 'other', undefined, 202_606, false],
  ['AKSFlatcar-flatcargen2-202508.06.0', 'flatcar', undefined, 202_508, false],
  ['AKSWindows-2022-containerd-20348.3207.250214', 'windows', undefined, undefined, false],
  ['AKSUbuntu-22041-202513.01.0', 'other', undefined, undefined, false],
  ['', 'other', undefined, undefined, false],
])('the image name %s says family, release, month and FIPS', (name, family, release, month, fips) => {
  expect(parseNodeImage(name)).toEqual({ family, release, month, fips });
});
