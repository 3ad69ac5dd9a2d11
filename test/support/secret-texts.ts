/** A text of each kind that may contain a secret, and the text without the secret. */
export const secretTexts: readonly {
  readonly kind: string;
  readonly text: string;
  readonly secret: string;
  readonly left: string;
}[] = [
  {
    kind: 'client_secret of a form',
    text: 'grant_type=x&client_secret=s3cr3t~Q8~value&scope=y',
    secret: 's3cr3t~Q8~value',
    left: 'grant_type=x&client_secret=[hidden]&scope=y',
  },
  {
    kind: 'AZURE_CLIENT_SECRET of an environment',
    text: 'AZURE_CLIENT_SECRET=s3cr3t~Q8 AZURE_TENANT_ID=t',
    secret: 's3cr3t~Q8',
    left: 'AZURE_CLIENT_SECRET=[hidden] AZURE_TENANT_ID=t',
  },
  {
    kind: 'client secret in JSON',
    text: '{"clientSecret": "s3cr3t \\" value", "tenant": "t"}',
    secret: 's3cr3t \\" value',
    left: '{"clientSecret": [hidden], "tenant": "t"}',
  },
  {
    kind: 'client assertion',
    text: 'client_assertion=abc.def&x=1',
    secret: 'abc.def',
    left: 'client_assertion=[hidden]&x=1',
  },
  {
    kind: 'signature of a link without its host',
    text: 'logs/a.txt?sv=2024&sig=aBc%2Bd%3D&se=1',
    secret: 'aBc%2Bd%3D',
    left: 'logs/a.txt?sv=2024&sig=[hidden]&se=1',
  },
  {
    kind: 'signed URL of a blob',
    text: 'https://store.blob.core.windows.net/logs/a.txt?sv=2024&sig=aBc%2Bd%3D',
    secret: 'aBc%2Bd%3D',
    left: 'https://store.blob.core.windows.net/logs/a.txt',
  },
  {
    kind: 'signed URL of an operation',
    text: 'GET https://management.azure.com/op?t=638&c=MIIC&s=SIGNATURE&h=hash',
    secret: 'SIGNATURE',
    left: 'GET https://management.azure.com/op',
  },
  {
    kind: 'password',
    text: 'Server=db;User=ada;Password=correct-horse;Timeout=3',
    secret: 'correct-horse',
    left: 'Server=db;User=ada;Password=[hidden];Timeout=3',
  },
  {
    kind: 'password in YAML',
    text: "password: 'correct horse'\nuser: ada",
    secret: 'correct horse',
    left: 'password: [hidden]\nuser: ada',
  },
  {
    kind: 'bearer token',
    text: 'authorization: Bearer abc.def-1',
    secret: 'abc.def-1',
    left: 'authorization: Bearer [token]',
  },
  {
    kind: 'basic credentials',
    text: 'Authorization: Basic YWRhOnNlY3JldA==',
    secret: 'YWRhOnNlY3JldA==',
    left: 'Authorization: Basic [hidden]',
  },
  {
    kind: 'JWT',
    text: 'got eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl here',
    secret: 'eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl',
    left: 'got [token] here',
  },
  {
    kind: 'refresh token',
    text: '{"refresh_token":"0.AXoA-x"}',
    secret: '0.AXoA-x',
    left: '{"refresh_token":[hidden]}',
  },
  {
    kind: 'refresh token of Entra ID without a word before it',
    text: 'the cache holds 0.AXoAn0tReal-abcdefghijklmnop.AgABAAEAAAD here',
    secret: '0.AXoAn0tReal-abcdefghijklmnop.AgABAAEAAAD',
    left: 'the cache holds [token] here',
  },
  {
    kind: 'key of a storage account',
    text: 'AccountName=a;AccountKey=Zm9vYmFy+/==;EndpointSuffix=core.windows.net',
    secret: 'Zm9vYmFy+/==',
    left: 'AccountName=a;AccountKey=[hidden];EndpointSuffix=core.windows.net',
  },
  {
    kind: 'key of a kubeconfig',
    text: 'client-certificate-data: LS0t\nclient-key-data: LS0tLS1CRUdJTiBSU0E=\nname: x',
    secret: 'LS0tLS1CRUdJTiBSU0E=',
    left: 'client-certificate-data: LS0t\nclient-key-data: [hidden]\nname: x',
  },
  {
    kind: 'token of a kubeconfig',
    text: 'user:\n  token: 0123456789abcdef0123456789abcdef',
    secret: '0123456789abcdef0123456789abcdef',
    left: 'user:\n  token: [hidden]',
  },
  {
    kind: 'token on a command line',
    text: 'Command failed: kubectl --token 0123456789abcdef get pods',
    secret: '0123456789abcdef',
    left: 'Command failed: kubectl --token [hidden] get pods',
  },
  {
    kind: 'private key',
    text: '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----',
    secret: 'MIIEpAIBAAKCAQEA',
    left: '[private key]',
  },
  {
    kind: 'password in a URL',
    text: 'postgres://ada:p@ss/w0rd@db.example.com:5432/rollout',
    secret: 'p@ss/w0rd',
    left: 'postgres://[hidden]@db.example.com:5432/rollout',
  },
  {
    kind: 'token in the place of a user',
    text: 'http://s3cr3ttoken@proxy:3128/',
    secret: 's3cr3ttoken@',
    left: 'http://[hidden]@proxy:3128/',
  },
  {
    kind: 'header of a managed identity',
    text: 'IDENTITY_HEADER=853b9a84-5bfa and MSI_SECRET=853b9a84-5bfb',
    secret: '853b9a84-5bf',
    left: 'IDENTITY_HEADER=[hidden] and MSI_SECRET=[hidden]',
  },
];
