import { type Classifier, signal } from '../classifier.ts'

/** Redis and its kin keep the version by the name of the compiler's atomics, and in the id of the build: version, host or word, seconds. */
const redisSignals = [
  signal('-builtin\0', '\0{v}\0[a-z0-9]{1,12}-builtin\0', 48),
  signal('buildkitsandbox-', '{v}buildkitsandbox-\\d{9,}', 24),
]

/** Databases, caches, brokers. */
export const databases: Classifier[] = [
  {
    product: 'redis',
    cpe: ['redis:redis', 'redislabs:redis'],
    names: ['redis-server', 'redis-sentinel', 'redis-check-rdb', 'redis-check-aof'],
    signals: redisSignals,
    also: ['redis_version:'],
  },
  {
    product: 'valkey',
    cpe: ['lfprojects:valkey'],
    names: ['valkey-server', 'valkey-sentinel', 'valkey-check-rdb', 'valkey-check-aof'],
    signals: redisSignals,
    also: ['valkey_version:'],
  },
  {
    product: 'memcached',
    cpe: ['memcached:memcached'],
    names: ['memcached'],
    signals: [signal('memcached ', '\0memcached {v}[\\n\0]', 1)],
  },
  {
    product: 'postgresql',
    cpe: ['postgresql:postgresql'],
    names: ['postgres', 'psql', 'pg_dump', 'pg_restore'],
    signals: [signal('(PostgreSQL) ', '\\(PostgreSQL\\) {v}'), signal('PostgreSQL ', '\0PostgreSQL {v} ', 1)],
  },
  {
    product: 'mariadb',
    cpe: ['mariadb:mariadb'],
    names: [
      'mariadb',
      'mariadb-admin',
      'mariadb-backup',
      'mariadb-binlog',
      'mariadb-check',
      'mariadb-dump',
      'mariadb-upgrade',
      'mariadbd',
      'mysql',
      'mysqladmin',
      'mysqldump',
      'mysqld',
    ],
    signals: [signal('-MariaDB', '\0{v}-MariaDB', 24)],
  },
  {
    product: 'mysql',
    cpe: ['oracle:mysql', 'mysql:mysql'],
    names: ['mysqld', 'mysql', 'mysqldump', 'mysqladmin', 'libmysqlclient'],
    signals: [
      signal('MySQL Community Server', '\0{v}\0MySQL Community Server', 24),
      signal('/mysql-', '/mysql-(?:community-|commercial-)?{v}/'),
    ],
  },
]
