// The bill of materials of the bundle: the packages in dist/, as esbuild reports them.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

/**
 * The packages in a bundle, sorted by name and version.
 * @param metafile of esbuild; a file that was read but dropped (0 bytes) does not count.
 */
export function billOfMaterials(metafile, root) {
  const packages = new Map();
  for (const output of Object.values(metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
      const found = folder.exec(file)?.[0];
      if (found === undefined || bytesInOutput === 0) continue;
      const known = packages.get(found);
      if (known !== undefined) {
        known.bytes += bytesInOutput;
        continue;
      }
      const { name, version, license, author, homepage, repository } = JSON.parse(
        readFileSync(path.join(root, found, 'package.json'), 'utf8'),
      );
      const source = typeof repository === 'string' ? repository : (repository?.url ?? homepage);
      packages.set(found, {
        name,
        version,
        license,
        author: typeof author === 'string' ? author : author?.name,
        source,
        folder: found,
        bytes: bytesInOutput,
      });
    }
  }
  return [...packages.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** Copies of a package at the same version in several folders are one package. */
function distinct(bill) {
  return [...new Map(bill.map((item) => [`${item.name}@${item.version}`, item])).values()];
}

function licenceText(root, item) {
  const file = readdirSync(path.join(root, item.folder)).find((name) =>
    /^(?:licen[cs]e|copying)(?:[.-]|$)/i.test(name),
  );
  if (file === undefined)
    return `Licence: ${item.license}.${item.author === undefined ? '' : ` Author: ${item.author}.`}`;
  return readFileSync(path.join(root, item.folder, file), 'utf8').trim();
}

/** The notices that the licences of bundled packages require; MPL-2.0 3.2 also requires the place of the source. */
export function thirdPartyNotices(metafile, root) {
  const sections = distinct(billOfMaterials(metafile, root)).map((item) => {
    const lines = [
      `${item.name} ${item.version} (${item.license})`,
      ...(item.source === undefined ? [] : [`Source, unmodified: ${item.source}`]),
    ];
    return `${'-'.repeat(72)}\n${lines.join('\n')}\n\n${licenceText(root, item)}\n`;
  });
  return `aks-localdns contains the following packages in a bundled, minified form.\n\n${sections.join('\n')}`;
}
