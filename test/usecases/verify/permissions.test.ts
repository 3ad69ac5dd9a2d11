import { expect, test } from 'vitest';
import { parseYaml } from '../../../src/core/yaml.ts';
import { printedRole } from '../../../src/usecases/verify/index.ts';

test('the printed role allows what is required, and names the rest as a comment', () => {
  const text = printedRole('default').split('---\n')[0] ?? '';
  expect(parseYaml(text, 'role')).toEqual({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'aks-localdns-verify' },
    rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['list'] }],
  });
  const uncommented = text.replaceAll(/^ {2}# (?!Optional)/gm, '  ').replaceAll(/^ {2}# Optional.*\n/gm, '');
  expect(parseYaml(uncommented, 'role')).toMatchObject({
    rules: [
      { resources: ['nodes'], verbs: ['list'] },
      { resources: ['nodes/proxy'], verbs: ['get'] },
    ],
  });
});
