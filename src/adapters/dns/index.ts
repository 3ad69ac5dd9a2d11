export { dnsClient } from './client.ts';
export { coreDnsRunner } from './core-dns.ts';
export { stubUpstreams } from './stubs.ts';
