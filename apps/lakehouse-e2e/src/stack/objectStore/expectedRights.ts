export const buckets = ['landing', 'bronze', 'silver', 'gold', 'quarantine', 'staging', 'ops', 'logs'] as const;
export type Bucket = (typeof buckets)[number];

export const actors = ['pipeline', 'metastore', 'reader', 'backup', 'history', 'airflow', 'anybody'] as const;
export type Actor = (typeof actors)[number];

/** `nobody` is what only the root user may do. */
export type Right = 'list' | 'read' | 'write' | 'delete' | 'folder' | 'setup' | 'nobody';

/** Who may do what, said once more and by hand: l list, r read, w write, d delete, f folders alone, s see how a bucket is set up. */
const table = `
            landing  bronze  silver  gold  quarantine  staging  ops   logs
  pipeline  lrwd     lrwd    lrwd    lrwd  lrwd        lrwd     lrwd  lrwd
  metastore -        lf      lf      lf    lf          lf       lf    -
  reader    -        -       -       lr    -           -        lr    -
  backup    lrs      lrs     lrs     lrs   lrs         lrs      lrs   lrs
  history   -        -       -       -     -           -        -     lr
  airflow   -        -       -       -     -           -        lr    lrw
  anybody   -        -       -       -     -           -        -     -
`;

const letters: Readonly<Record<string, readonly Right[]>> = {
  '-': [],
  d: ['delete'],
  f: ['folder'],
  l: ['list'],
  r: ['read'],
  s: ['setup'],
  w: ['write'],
};

/** What `actor` may do in `bucket`. */
export function expectedRights(actor: Actor, bucket: Bucket): ReadonlySet<Right> {
  const [heads = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const cell = rows.find(([name]) => name === actor)?.[heads.indexOf(bucket) + 1];
  if (cell === undefined) throw new Error(`The table says nothing of ${actor} and ${bucket}.`);
  return new Set(Array.from(cell).flatMap((letter) => letters[letter] ?? []));
}
