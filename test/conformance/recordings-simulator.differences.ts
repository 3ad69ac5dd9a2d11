/**
 * Where the simulator answers otherwise than a recording, on purpose. Each entry is used by at least one recording, or
 * the test fails.
 */
export interface Difference {
  /** A recording's file name, or `*`. */
  readonly file: string;
  /** A path in the body (`properties.eTag`), or a header (`header:location`). */
  readonly path: string;
  readonly reason: string;
}

export const differences: readonly Difference[] = [
  {
    file: 'upgrade-node-image-only-nodepool.jsonl',
    path: 'properties.eTag',
    reason:
      'The body is of 2022, before eTags; the maintainers of the recording rewrote the api-version of its URL to one that has them.',
  },
  {
    file: 'feature-registration-create.jsonl',
    path: 'properties.subscriptionId',
    reason: 'The recording hides the subscription in its URL but not in its body.',
  },
  {
    file: 'feature-registration-create.jsonl',
    path: 'properties.releaseDate',
    reason: 'A date of the feature itself; the simulator has one for all features.',
  },
  {
    file: 'nodepool-add-with-localdns-config.jsonl',
    path: 'properties.nodeImageVersion',
    reason: 'The newest node image of the simulator is newer than that of the recording.',
  },
  {
    file: 'run-command.jsonl',
    path: 'header:content-type',
    reason:
      'The recorded answer of 2022 says application/json without a charset; newer ones, and the simulator, name it.',
  },
];
