import { AzureError, type AzureErrorClass } from '../../../model/azure-error.ts';

/** Answers that asking again would not change. */
const final: readonly AzureErrorClass[] = ['not-found', 'not-permitted', 'invalid'];

/**
 * Reads what a key stands for once in the process, however many ask; what failed for a reason that passes is read
 * again.
 */
export function once<T>(
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
      if (!(error instanceof AzureError && final.includes(error.class)) && running.get(key) === reading)
        running.delete(key);
      throw error;
    }
  };
}
