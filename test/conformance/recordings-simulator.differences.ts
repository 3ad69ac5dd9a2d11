/** The intended differences between the simulator and the recordings. The test fails if no recording uses an entry. */
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
      'The body is from 2022, before eTags; the maintainers of the recording changed the API version in its URL to one that has them.',
  },
  {
    file: 'feature-registration-create.jsonl',
    path: 'properties.subscriptionId',
    reason: 'The recording hides the subscription in its URL but not in its body.',
  },
  {
    file: 'feature-registration-create.jsonl',
    path: 'properties.releaseDate',
    reason: 'The date of the feature; the simulator has the same date for all features.',
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
      'The recorded answer from 2022 has application/json without a charset; newer ones and the simulator have one.',
  },
];
