import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The program of this checkout. */
export const ownProgram = path.join(root, 'bin', 'aks-localdns.js');

/** The program under test; AKS_LOCALDNS_TEST_PROGRAM sets another, such as that of the packed tarball. */
export const program = process.env['AKS_LOCALDNS_TEST_PROGRAM'] ?? ownProgram;
