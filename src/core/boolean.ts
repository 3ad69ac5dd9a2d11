/** The Azure CLI's booleans in its config file and environment: 1/yes/true/on and 0/no/false/off, whatever the case. */
export function parseBoolean(text: string | undefined): boolean | undefined {
  switch (text?.trim().toLowerCase()) {
    case '1':
    case 'yes':
    case 'true':
    case 'on':
      return true;
    case '0':
    case 'no':
    case 'false':
    case 'off':
      return false;
    default:
      return undefined;
  }
}
