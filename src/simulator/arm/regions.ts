/** The regions of the simulated cloud: name and display name. */
export const regions = [
  ['westeurope', 'West Europe'],
  ['northeurope', 'North Europe'],
  ['eastus', 'East US'],
  ['eastus2', 'East US 2'],
  ['westus2', 'West US 2'],
  ['southeastasia', 'Southeast Asia'],
  ['swedencentral', 'Sweden Central'],
  ['germanywestcentral', 'Germany West Central'],
  ['francecentral', 'France Central'],
  ['uksouth', 'UK South'],
  ['australiaeast', 'Australia East'],
  ['japaneast', 'Japan East'],
] as const;
