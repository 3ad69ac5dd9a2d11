/** The Azure CLI's booleans in its config file and environment: 1/yes/true/on and 0/no/false/off, whatever the case. */
export function parseBoolean(text: string | undefined): boolean | undefined {
  const word = text?.trim().toLowerCase() ?? '';
  if (['1', 'yes', 'true', 'on'].includes(word)) return true;
  return ['0', 'no', 'false', 'off'].includes(word) ? false : undefined;
}
