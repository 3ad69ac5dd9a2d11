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
  test('has only a mode if only a mode was given', () => {
    expect(profileForRequest({ mode: 'Required' })).toEqual({ mode: 'Required' });
  });

  test('fills missing settings with the defaults of the service, not of the SDK, and contains only the given maps', () => {
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

  test('forwards custom zones of the kube map to the cluster', () => {
    expect(
      profileForRequest({ mode: 'Required', kubeDNSOverrides: { 'example.com': {} } })['kubeDNSOverrides'],
    ).toEqual({
      'example.com': { ...common, protocol: 'PreferUDP', forwardDestination: 'ClusterCoreDNS' },
    });
  });
});

describe('the effective profile', () => {
  const stored = profileFromStored({
    mode: 'Required',
    state: 'Enabled',
    kubeDNSOverrides: { '.': { serveStale: 'Verify' }, 'cluster.local': {} },
  });

  test('is the documented default if nothing is stored and only a mode is sent', () => {
    expect(effectiveProfile({ mode: 'Required' }, undefined)).toEqual(documentedDefault());
  });

  test('keeps a stored map that is not sent, and has the new mode', () => {
    const effective = effectiveProfile({ mode: 'Disabled' }, stored);
    expect(effective.mode).toBe('Disabled');
    expect(effective.kubeDNSOverrides['.']?.serveStale).toBe('Verify');
    expect(effective.vnetDNSOverrides).toEqual(documentedDefault().vnetDNSOverrides);
  });

  test('completely replaces a map that is sent', () => {
    const effective = effectiveProfile(
      { mode: 'Required', kubeDNSOverrides: { '.': {}, 'cluster.local': {} } },
      stored,
    );
    expect(effective).toEqual(documentedDefault());
  });

  test('can change only the mode', () => {
    expect(withMode(stored, 'Disabled')).toEqual({ ...stored, mode: 'Disabled' });
  });
});

describe('a profile returned by Azure', () => {
  test('is read without its state and unknown members', () => {
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

  test('keeps unknown values of a newer service, and has the API default for a missing mode', () => {
    expect(profileFromStored({ mode: 'Automatic' }).mode).toBe('Automatic');
    expect(profileFromStored({}).mode).toBe('Preferred');
  });
});
