import { expect, test } from 'vitest';
import { parseYaml } from '../../../src/core/yaml.ts';
import { foreignForm, importProfile } from '../../../src/domain/localdns/import/index.ts';
import { fieldBytes, fieldMissing } from './files.ts';

test.skipIf(fieldMissing !== undefined)(
  `f30: an AKSNodeClass is known as one, and imported ${fieldMissing ?? ''}`,
  () => {
    const text = new TextDecoder().decode(fieldBytes('f30-aksnodeclass.yaml'));
    expect(foreignForm(text)).toBe('an AKSNodeClass');
    expect(importProfile(text, { name: 'f30', readYaml: parseYaml })).toEqual({
      mode: 'Required',
      vnetDNSOverrides: { '.': { forwardDestination: 'VnetDNS', cacheDurationInSeconds: 30 } },
    });
  },
);
