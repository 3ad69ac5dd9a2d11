#!/usr/bin/env node
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`ERROR: aks-localdns needs Node 20.19 or newer; this is Node ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  // Libraries of the SDK read these and then write past our output, signed URLs and the query strings of sign-ins too.
  for (const name of ['DEBUG', 'AZURE_LOG_LEVEL', 'TYPESPEC_RUNTIME_LOG_LEVEL']) delete process.env[name];
  // From Node 22.1 on: compiled code is kept between runs.
  module.enableCompileCache?.();
  const { runProcess } = await import('../dist/main.js');
  await runProcess();
}
