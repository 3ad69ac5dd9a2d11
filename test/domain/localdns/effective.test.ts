import { describe, expect, test } from 'vitest';
import {
  documentedDefault,
  effectiveProfile,
  profileForRequest,
  profileFromStored,
  withMode,
} from '../../../src/domain/localdns/index.ts';

const common = {
  queryLogging: 'Error',
  forwardPolicy: 'Sequential',
  maxConcurrent: 1000,
  cacheDurationInSeconds: 3600,
  serveStaleDurationInSeconds: 3600,
  serveStale: 'Immediate',
};

describe('the documented default', () => {
  test('is that of the guide', () => {
    const root = { ...common, protocol: 'PreferUDP' };
    const cluster = { ...common, protocol: 'ForceTCP', forwardDestination: 'ClusterCoreDNS' };
    expect(documentedDefault()).toEqual({
      mode: 'Required',
      vnetDNSOverrides: { '.': { ...root, forwardDestination: 'VnetDNS' }, 'cluster.local': cluster },
      kubeDNSOverrides: { '.': { ...root, forwardDestination: 'ClusterCoreDNS' }, 'cluster.local': cluster },
    });
    expect(documentedDefault('Disabled').mode).toBe('Disabled');
  });
});

describe('the request', () => {
  test('is a mode alone where a mode alone was given', () => {
    expect(profileForRequest({ mode: 'Required' })).toEqual({ mode: 'Required' });
  });

  test("fills what is left out with the service's defaults, never the SDK's, and sends only the maps that were given", () => {
    const body = profileForRequest({
      mode: 'Required',
      vnetDNSOverrides: {
        '.': {},
        'cluster.local': {},
        'example.com': { queryLogging: 'Log' },
        'svc.cluster.local': {},
      },
    });
    expect(body).toEqual({
      mode: 'Required',
      vnetDNSOverrides: {
        '.': { ...common, protocol: 'PreferUDP', forwardDestination: 'VnetDNS' },
        'cluster.local': { ...common, protocol: 'ForceTCP', forwardDestination: 'ClusterCoreDNS' },
        'example.com': { ...common, queryLogging: 'Log', protocol: 'PreferUDP', forwardDestination: 'VnetDNS' },
        'svc.cluster.local': { ...common, protocol: 'PreferUDP', forwardDestination: 'ClusterCoreDNS' },
      },
    });
  });

  test('sends custom zones of the kube map to the cluster', () => {
    expect(
      profileForRequest({ mode: 'Required', kubeDNSOverrides: { 'example.com': {} } })['kubeDNSOverrides'],
    ).toEqual({
      'example.com': { ...common, protocol: 'PreferUDP', forwardDestination: 'ClusterCoreDNS' },
    });
  });
});

describe('what Azure will have', () => {
  const stored = profileFromStored({
    mode: 'Required',
    state: 'Enabled',
    kubeDNSOverrides: { '.': { serveStale: 'Verify' }, 'cluster.local': {} },
  });

  test('is the documented default where nothing is stored and a mode alone is sent', () => {
    expect(effectiveProfile({ mode: 'Required' }, undefined)).toEqual(documentedDefault());
  });

  test('keeps the stored map that is not sent, and the new mode', () => {
    const effective = effectiveProfile({ mode: 'Disabled' }, stored);
    expect(effective.mode).toBe('Disabled');
    expect(effective.kubeDNSOverrides['.']?.serveStale).toBe('Verify');
    expect(effective.vnetDNSOverrides).toEqual(documentedDefault().vnetDNSOverrides);
  });

  test('replaces whole the map that is sent', () => {
    const effective = effectiveProfile(
      { mode: 'Required', kubeDNSOverrides: { '.': {}, 'cluster.local': {} } },
      stored,
    );
    expect(effective).toEqual(documentedDefault());
  });

  test('changes the mode and nothing else on request', () => {
    expect(withMode(stored, 'Disabled')).toEqual({ ...stored, mode: 'Disabled' });
  });
});

describe('what Azure returned', () => {
  test('loses its state and what nobody knows, and keeps the rest', () => {
    expect(
      profileFromStored({
        mode: 'Required',
        state: 'Enabled',
        future: 1,
        vnetDNSOverrides: {
          '.': {
            protocol: 'PreferUDP',
            maxConcurrent: 5,
            healthCheck: {},
            queryLogging: 3,
            cacheDurationInSeconds: '7',
          },
          odd: null,
        },
        kubeDNSOverrides: null,
      }),
    ).toEqual({ mode: 'Required', vnetDNSOverrides: { '.': { protocol: 'PreferUDP', maxConcurrent: 5 } } });
  });

  test("keeps a newer service's word, and reads a missing mode as the API's default", () => {
    expect(profileFromStored({ mode: 'Automatic' }).mode).toBe('Automatic');
    expect(profileFromStored({}).mode).toBe('Preferred');
  });
});
