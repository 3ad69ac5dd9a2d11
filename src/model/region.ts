/** `East US 2` and `eastus2` are the same region. */
export function regionOf(location: string): string {
  return location.toLowerCase().replace(/[^a-z0-9]/g, '');
}
