/** A service's host name in the networks of the stack, and the port at which it listens there. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Every port of the platform. */
export const endpoints = {
  objectStore: { host: 'minio', port: 9000 },
  objectStoreConsole: { host: 'minio', port: 9001 },
  postgres: { host: 'postgres', port: 5432 },
  metastore: { host: 'hive-metastore', port: 9083 },
  sparkMaster: { host: 'spark-master', port: 7077 },
  sparkMasterPage: { host: 'spark-master', port: 8080 },
  thrift: { host: 'query-server', port: 10000 },
  connect: { host: 'query-server', port: 15002 },
  queryServerPage: { host: 'query-server', port: 4040 },
  historyPage: { host: 'history-server', port: 18080 },
  airflow: { host: 'airflow-api-server', port: 8080 },
  dqops: { host: 'dqops', port: 8888 },
  incidentReceiver: { host: 'incident-receiver', port: 8091 },
  superset: { host: 'superset', port: 8088 },
  demoSources: { host: 'demo-sources', port: 8090 },
} as const satisfies Record<string, Endpoint>;

/** `host:port` */
export function addressOf({ host, port }: Endpoint): string {
  return `${host}:${port}`;
}

/** `http://host:port` */
export function urlOf(endpoint: Endpoint): string {
  return `http://${addressOf(endpoint)}`;
}
