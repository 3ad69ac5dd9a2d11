import { oneLine } from '../../core/text.ts';
import { AzureError } from '../../model/azure-error.ts';
import { known, notKnown, type Known } from '../../model/known.ts';

/** The value of a fact that no requested check needs. */
export const notAsked: Known<never> = notKnown('Not requested.');

/** A read that fails leaves its fact unknown and the check goes on; only an interrupt and a missing sign-in end it. */
export async function attemptRead<T>(what: string, right: string, read: () => Promise<T>): Promise<Known<T>> {
  try {
    return known(await read());
  } catch (error) {
    if (!(error instanceof AzureError) || error.class === 'not-signed-in') throw error;
    const why =
      error.class === 'not-permitted'
        ? `the permission ${right} is missing`
        : oneLine(error.message).replace(/\.$/, '');
    return notKnown(`${what} could not be read: ${why}.`);
  }
}
