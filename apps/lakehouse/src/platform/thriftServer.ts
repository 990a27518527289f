import { queryUsers } from '@lakehouse/connections';
import { publishedAddress, publishedPorts, valueOf } from '@lakehouse/stack';
import { type ThriftServer } from '../thrift/queryOverThrift.js';
import { type Installation } from './installation.js';
import { readSecret } from './secrets.js';
import { readEnvFile } from './settings.js';

/** How the command line reaches the query server of an installation, from this machine. */
export async function thriftServer(installation: Installation): Promise<ThriftServer> {
  const variables = await readEnvFile(installation.envFile);
  const address = valueOf(publishedAddress, variables);
  const { name, secret } = queryUsers.operator;
  return {
    // A server that listens on every address is reached on this machine by loopback.
    host: address === '0.0.0.0' ? '127.0.0.1' : address,
    port: Number(valueOf(publishedPorts.thrift, variables)),
    username: name,
    password: await readSecret(installation, secret),
  };
}
