/** A value that the env file of a stack may set; `fallback` holds where it does not. */
export interface Variable {
  readonly variable: string;
  readonly fallback: string;
}

/** A value that the env file has to set; `otherwise` is what compose says where it does not. */
export interface RequiredVariable {
  readonly variable: string;
  readonly otherwise: string;
}

export type Value = string | Variable | RequiredVariable;

/** A port that the host can reach: on `address`, which is loopback unless the env file says otherwise. */
export interface PublishedPort {
  readonly address: Value;
  readonly host: Variable;
  readonly container: number;
}

/** A named volume, or with a leading `/`, `.` or a variable a folder of the host. */
export interface Mount {
  readonly source: Value;
  readonly target: string;
  readonly readOnly?: boolean;
}

/** What a service waits for before it starts: that another was started, is healthy, or ended well. */
export type Awaited = 'started' | 'healthy' | 'completed';

/** A command that ends well where the service is healthy. */
export interface HealthCheck {
  readonly command: readonly string[];
  readonly everySeconds: number;
  /** Seconds after its start in which a failure does not count. */
  readonly startSeconds: number;
}

/** One service of a stack, in plain data. */
export interface Service {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, Value>>;
  readonly networks: readonly string[];
  /** Names of secrets; each becomes the file /run/secrets/<name>. */
  readonly secrets: readonly string[];
  readonly ports: readonly PublishedPort[];
  readonly mounts: readonly Mount[];
  /** Folders in memory, each with its size in MiB: the only places beside the mounts that can be written. */
  readonly temporary: Readonly<Record<string, number>>;
  /** The most memory it may take, such as `512m`. */
  readonly memory: Variable;
  readonly after: Readonly<Record<string, Awaited>>;
  /** A daemon is started again when it ends, a task is not. */
  readonly kind: 'daemon' | 'task';
  /** It starts only where this compose profile is chosen. */
  readonly profile?: string;
  /** How many containers of it. */
  readonly replicas?: Variable;
  /** Seconds that it gets to end by itself. Default: 30 */
  readonly stopSeconds?: number;
  /** For an image that is not ours: it runs as the user of ours, not as the one that the image names. */
  readonly user?: true;
  /** For an image that has no health check. */
  readonly healthCheck?: HealthCheck;
}

/** Networks and volumes of the stack that runs under the name `project`. */
export interface Joined {
  readonly project: Variable;
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
}

/** All of a compose file. */
export interface Stack {
  readonly services: readonly Service[];
  readonly networks: readonly string[];
  /** Those of the networks that lead nowhere else. */
  readonly closed?: readonly string[];
  readonly volumes: readonly string[];
  /** What another stack, in a file of its own, makes and this one joins. */
  readonly joined?: Joined;
  /** The folder that holds a file for each secret. */
  readonly secretsFolder: Value;
}
