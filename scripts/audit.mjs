// Known vulnerabilities of the published package: npm's audit of all installed packages, reduced to those in the
// bundle. The published package has no dependencies, so an audit of its installation would find nothing.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { billOfMaterials } from './bill.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const bill = billOfMaterials(JSON.parse(readFileSync(path.join(root, '.cache', 'metafile.json'), 'utf8')), root);

if (process.argv.includes('--bill')) {
  for (const item of bill)
    process.stdout.write(`${item.name}@${item.version}\t${item.license}\t${String(item.bytes)}\t${item.folder}\n`);
} else {
  const { stdout } = spawnSync('npm', ['audit', '--json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1_048_576,
    shell: process.platform === 'win32',
  });
  const { vulnerabilities, message } = JSON.parse(stdout);
  if (vulnerabilities === undefined) throw new Error(`npm audit returned no result: ${message ?? 'unknown reason'}`);
  const bundled = new Set(bill.map((item) => item.folder));
  const found = Object.values(vulnerabilities).filter((item) => item.nodes.some((folder) => bundled.has(folder)));
  for (const item of found) {
    const causes = item.via.map((via) => (typeof via === 'string' ? via : `${via.title} ${via.url}`)).join('; ');
    process.stdout.write(`${item.name} ${item.range}: ${item.severity}: ${causes}\n`);
  }
  process.stdout.write(`${String(bill.length)} bundled packages, ${String(found.length)} with known vulnerabilities\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
