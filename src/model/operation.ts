import type { Secret } from '../core/secret.ts';
import type { AzureError } from './azure-error.ts';

/** A long-running ARM operation that Azure accepted. */
export interface OperationHandle {
  /** The id within the status URL; safe to show. */
  readonly id: string;
  /** Signed, and bound to the caller: used verbatim, never shown, never logged. */
  readonly url: Secret;
}

export interface OperationError {
  readonly code: string;
  readonly message: string;
  readonly details: readonly OperationError[];
}

/**
 * One reading of an operation. Terminal is exactly succeeded, failed, canceled; any other word of Azure's is `running`.
 */
export interface OperationStatus {
  readonly state: 'running' | 'succeeded' | 'failed' | 'canceled';
  /** Azure's own word or free text (`InProgress`, `CreatingAgentPool: 0/1 nodes completed`, `Updating`). */
  readonly text: string;
  /** Where it was read: the signed status URL, the cluster, or the pool alone. */
  readonly source: 'operation' | 'cluster' | 'pool';
  readonly error: OperationError | undefined;
  /** The same error classified, with what to do; on a terminal reading that is not `succeeded`. */
  readonly failure?: AzureError | undefined;
}
