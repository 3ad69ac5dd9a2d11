import type { JsonObject } from '../../src/core/json.ts';

/** A complete configuration that differs from the documented default. */
export const customProfile: JsonObject = {
  mode: 'Required',
  vnetDNSOverrides: {
    '.': {
      queryLogging: 'Log',
      protocol: 'PreferUDP',
      forwardDestination: 'VnetDNS',
      forwardPolicy: 'Random',
      maxConcurrent: 500,
      cacheDurationInSeconds: 60,
      serveStaleDurationInSeconds: 120,
      serveStale: 'Verify',
    },
    'cluster.local': {
      queryLogging: 'Error',
      protocol: 'ForceTCP',
      forwardDestination: 'ClusterCoreDNS',
      forwardPolicy: 'Sequential',
      maxConcurrent: 1000,
      cacheDurationInSeconds: 3600,
      serveStaleDurationInSeconds: 3600,
      serveStale: 'Immediate',
    },
    'corp.example': {
      queryLogging: 'Error',
      protocol: 'PreferUDP',
      forwardDestination: 'VnetDNS',
      forwardPolicy: 'RoundRobin',
      maxConcurrent: 100,
      cacheDurationInSeconds: 30,
      serveStaleDurationInSeconds: 60,
      serveStale: 'Disable',
    },
  },
  kubeDNSOverrides: {
    '.': {
      queryLogging: 'Error',
      protocol: 'PreferUDP',
      forwardDestination: 'ClusterCoreDNS',
      forwardPolicy: 'Sequential',
      maxConcurrent: 1000,
      cacheDurationInSeconds: 3600,
      serveStaleDurationInSeconds: 3600,
      serveStale: 'Immediate',
    },
    'cluster.local': {
      queryLogging: 'Error',
      protocol: 'ForceTCP',
      forwardDestination: 'ClusterCoreDNS',
      forwardPolicy: 'Sequential',
      maxConcurrent: 1000,
      cacheDurationInSeconds: 3600,
      serveStaleDurationInSeconds: 3600,
      serveStale: 'Immediate',
    },
  },
};

export const customText = JSON.stringify(customProfile, null, 2);
