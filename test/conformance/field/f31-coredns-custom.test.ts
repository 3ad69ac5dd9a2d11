import { expect, test } from 'vitest';
import { parseYaml } from '../../../src/core/yaml.ts';
import { parseFacts } from '../../../src/domain/localdns/lint/index.ts';
import { fieldBytes, fieldMissing } from './files.ts';

test.skipIf(fieldMissing !== undefined)(
  `f31: a coredns-custom ConfigMap is read as facts ${fieldMissing ?? ''}`,
  () => {
    expect(parseFacts(fieldBytes('f31-coredns-custom.yaml'), '--facts', parseYaml)).toEqual({
      coreDnsCustomDomains: ['corp.contoso.com', 'db.internal'],
    });
  },
);
