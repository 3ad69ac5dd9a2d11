import type { Secret } from '../core/secret.ts';
import type { AzureError } from './azure-error.ts';

/** A long-running ARM operation that Azure has accepted. */
export interface OperationHandle {
  /** The ID within the status URL; safe to show. */
  readonly id: string;
  /** Signed and bound to the caller: used verbatim, never shown or logged. */
  readonly url: Secret;
}

export interface OperationError {
  readonly code: string;
  readonly message: string;
  readonly details: readonly OperationError[];
}

/**
 * One reading of an operation. Terminal is exactly succeeded, failed, canceled; any other word from Azure is `running`.
 */
export interface OperationStatus {
  readonly state: 'running' | 'succeeded' | 'failed' | 'canceled';
  /** Azure's own word or free text (`InProgress`, `CreatingAgentPool: 0/1 nodes completed`, `Updating`). */
  readonly text: string;
  /** The source of the reading: the signed status URL, the cluster, or only the pool. */
  readonly source: 'operation' | 'cluster' | 'pool';
  readonly error: OperationError | undefined;
  /** The same error classified, with what to do; set on a terminal reading other than `succeeded`. */
  readonly failure?: AzureError | undefined;
}
