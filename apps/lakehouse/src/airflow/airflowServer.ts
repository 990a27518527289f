import { airflowUser } from '@lakehouse/connections';
import { publishedAddress, publishedPorts, valueOf } from '@lakehouse/stack';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { type Installation } from '../platform/installation.js';
import { requireInstallation } from '../platform/requireInstallation.js';
import { readSecret } from '../platform/secrets.js';
import { readEnvFile } from '../platform/settings.js';
import { type AirflowServer } from './airflowClient.js';

/**
 * How the command line reaches Airflow, from this machine.
 *
 * Throws Failure LH3106 where there is no platform, LH3114 where it was brought up without Airflow.
 */
export async function airflowServer(installation: Installation): Promise<AirflowServer> {
  requireInstallation(installation);
  const variables = await readEnvFile(installation.envFile);
  if ((variables['LAKEHOUSE_WITHOUT'] ?? '').split(',').includes('airflow')) {
    throw new Failure(
      'LH3114',
      'airflow',
      'This platform was brought up without Airflow.',
      './lakehouse up --with airflow brings it back.',
      exitCode.usage,
    );
  }
  const address = valueOf(publishedAddress, variables);
  // A server that listens on every address is reached on this machine by loopback.
  const host = address === '0.0.0.0' ? '127.0.0.1' : address;
  return {
    url: `http://${host}:${valueOf(publishedPorts.airflow, variables)}`,
    username: airflowUser.name,
    password: await readSecret(installation, airflowUser.secret),
  };
}
