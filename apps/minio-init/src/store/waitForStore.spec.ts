import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { variables } from '../settings.js';
import { waitForStore } from './waitForStore.js';

const root = { accessKeyId: 'root', secretAccessKey: 'correct horse' };

describe('waitForStore', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  /** A store that gives these answers, one a request; the last one for ever. */
  async function storeOf(...answers: readonly { readonly status: number; readonly code?: string }[]): Promise<string> {
    let asked = 0;
    server = createServer((_, response) => {
      const { status, code } = answers[Math.min(asked++, answers.length - 1)] ?? { status: 500 };
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(
        code === undefined
          ? '<ListAllMyBucketsResult></ListAllMyBucketsResult>'
          : `<Error><Code>${code}</Code><Message>It is so.</Message></Error>`,
      );
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function wait(endpoint: string, seconds: number): Promise<void> {
    const settings = variables.parse({ S3_ENDPOINT: endpoint, OBJECT_STORE_WAIT_SECONDS: String(seconds) });
    return waitForStore(settings, root, () => undefined);
  }

  it('waits until the store is ready', async () => {
    await expect(wait(await storeOf({ status: 503, code: 'SlowDown' }, { status: 200 }), 30)).resolves.toBeUndefined();
  });

  it('is content with a store that does not list its buckets to anybody', async () => {
    await expect(wait(await storeOf({ status: 403, code: 'AccessDenied' }), 0)).resolves.toBeUndefined();
  });

  it('gives up in the end', async () => {
    const endpoint = await storeOf({ status: 503, code: 'ServiceUnavailable' });

    await expect(wait(endpoint, 0)).rejects.toMatchObject({ code: 'LH4103', subject: endpoint });
  });

  it('gives up where nothing listens', async () => {
    const endpoint = await storeOf({ status: 200 });
    await new Promise((resolve) => server?.close(resolve));

    await expect(wait(endpoint, 0)).rejects.toMatchObject({
      code: 'LH4103',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it.each(['SignatureDoesNotMatch', 'InvalidAccessKeyId'])('does not wait after %s', async (code) => {
    await expect(wait(await storeOf({ status: 403, code }), 60)).rejects.toMatchObject({ code: 'LH4104' });
  });

  it('does not wait for what is no store', async () => {
    await expect(wait(await storeOf({ status: 400, code: 'InvalidArgument' }), 60)).rejects.toMatchObject({
      code: 'LH4103',
      message: expect.stringContaining('does not answer as an object store'),
    });
  });
});
