import type { Package } from '../../base/model/package.ts'

/**
 * Organisations that publish packages to be installed through the distribution's tools: it has no advisories for those, and its silence must not hide what others
 * know. The name before the address begins with one of these, whole words: `GitHub`, `Microsoft Edge for Linux Team <…>`.
 */
const organisations = [
  'adoptium',
  'amazon corretto',
  'azul systems',
  'bellsoft',
  'chrome linux team',
  'cloudflare',
  'confluent',
  'cudatools',
  'datadog packages',
  'docker',
  'eclipse adoptium',
  'elasticsearch',
  'elastic',
  'erlang solutions',
  'github',
  'gitlab',
  'google',
  'grafana labs',
  'haproxy technologies',
  'hashicorp',
  'influxdata',
  'jenkins',
  'kubernetes authors',
  'mariadb developers',
  'mariadb foundation',
  'microsoft',
  'mongodb',
  'mysql release engineering',
  'new relic',
  'nginx packaging',
  'nginx, inc',
  'nodesource',
  'nvidia',
  'oracle and/or its affiliates',
  'percona',
  'redis labs',
  'redis ltd',
  'remi collet',
  'tailscale',
  'treasure data',
  'varnish software',
  'yarn developers',
]

/** Domains from which come only the organisation's own packages, whoever signs them. Employers of distributions' maintainers (Google, NVIDIA, GitHub …) are not among them. */
const domains = [
  'adoptium.net',
  'azul.com',
  'bell-sw.com',
  'confluent.io',
  'datadoghq.com',
  'docker.com',
  'elastic.co',
  'gitlab.com',
  'grafana.com',
  'haproxy.com',
  'hashicorp.com',
  'influxdb.com',
  'influxdata.com',
  'jenkins-ci.org',
  'kubernetes.io',
  'mongodb.com',
  'newrelic.com',
  'nodesource.com',
  'percona.com',
  'postgresql.org',
  'redis.com',
  'tailscale.com',
  'treasuredata.com',
  'varnish-software.com',
]

/** Addresses of the distributions themselves and of their mailing lists. */
const distributions = [
  'debian.org',
  'debian.net',
  'ubuntu.com',
  'canonical.com',
  'alpinelinux.org',
  'fedoraproject.org',
  'suse.com',
  'suse.de',
]

const named = new RegExp(`^(?:${organisations.join('|')})(?![\\w-])`)

/**
 * Whether an OS package comes from somebody else than the distribution, by who says he maintains it: an organisation's name, or an address of a domain of its own.
 * A person is none, wherever he is employed. Narrow on purpose: a distribution's own maintainer taken for a third party would lose advisories.
 */
export function isThirdParty({ maintainer }: Pick<Package, 'maintainer'>): boolean {
  if (maintainer === undefined) return false
  const text = maintainer.slice(0, 1000).trim().toLowerCase()
  const [, name = '', address = ''] = /^"?([^<"]*)"?\s*<?([^<>\s]*)>?/.exec(text) ?? []
  const domain = /@([\w.-]+)/.exec(address || name)?.[1] ?? ''
  const within = (list: string[]) => list.some(one => domain === one || domain.endsWith(`.${one}`))
  return !within(distributions) && (named.test(name.trim()) || within(domains))
}
