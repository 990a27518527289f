import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { variables } from '../settings.js';
import { storeKind } from './storeKind.js';

describe('storeKind', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function kindOf(status: number, name: string): Promise<string> {
    server = createServer((_, response) => {
      response.writeHead(status, { server: name, location: 'https://elsewhere.example' });
      response.end();
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return storeKind(variables.parse({ S3_ENDPOINT: `http://127.0.0.1:${port}` }));
  }

  it.each([
    [200, 'MinIO', 'minio'],
    [503, 'MinIO', 'minio'],
    [200, 'nginx', 'minio'],
    [403, 'AmazonS3', 's3'],
    [404, 'Ceph Object Gateway', 's3'],
    [301, 'AmazonS3', 's3'],
  ])('of a store that answers %d as %s', async (status, name, kind) => {
    expect(await kindOf(status, name)).toBe(kind);
  });

  it('is what the setting says', async () => {
    expect(await storeKind(variables.parse({ OBJECT_STORE: 's3', S3_ENDPOINT: 'http://127.0.0.1:1' }))).toBe('s3');
  });
});
