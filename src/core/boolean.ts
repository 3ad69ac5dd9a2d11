/**
 * Booleans as the Azure CLI's config file and environment write them: 1/yes/true/on and 0/no/false/off, in any case.
 */
export function parseBoolean(text: string | undefined): boolean | undefined {
  const word = text?.trim().toLowerCase() ?? '';
  if (['1', 'yes', 'true', 'on'].includes(word)) return true;
  return ['0', 'no', 'false', 'off'].includes(word) ? false : undefined;
}
