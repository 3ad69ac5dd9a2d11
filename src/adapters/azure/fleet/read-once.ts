import { AzureError, type AzureErrorClass } from '../../../model/azure-error.ts';

/** Errors that a retry would not change. */
const permanentErrors: readonly AzureErrorClass[] = ['not-found', 'not-permitted', 'invalid'];

/**
 * Reads the value of a key once per process, however often it is requested; after a transient failure it is read again.
 */
export function readOnce<T>(
  keyOf: (...parts: readonly string[]) => string,
  read: (...parts: readonly string[]) => Promise<T>,
): (...parts: readonly string[]) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return async (...parts) => {
    const key = keyOf(...parts);
    const reading = running.get(key) ?? read(...parts);
    running.set(key, reading);
    try {
      return await reading;
    } catch (error) {
      if (!(error instanceof AzureError && permanentErrors.includes(error.class)) && running.get(key) === reading)
        running.delete(key);
      throw error;
    }
  };
}
