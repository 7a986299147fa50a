import type { Package } from '../../base/model/package.ts'

/**
 * Maintainers and vendors whose packages are installed through the distribution's tools but are not the distribution's: it has no advisories for them,
 * and its silence must not hide what others know. Matched anywhere in the Maintainer or Vendor field, in lower case. Wording is narrow on purpose:
 * a distribution's own maintainer taken for a third party would lose advisories.
 */
const thirdParties = [
  '@docker.com',
  'docker, inc',
  'docker <support',
  'nodesource',
  'hashicorp',
  '@github.com',
  'github, inc',
  '@gitlab.com',
  'gitlab, inc',
  'gitlab b.v.',
  'microsoft',
  '@google.com',
  'google llc',
  'mongodb',
  '@elastic.co',
  'elasticsearch b.v.',
  'grafana labs',
  '@grafana.com',
  '@confluent.io',
  'confluent inc',
  'nginx, inc',
  'nginx packaging',
  'pgdg',
  '@postgresql.org',
  'percona',
  'mysql release engineering',
  'oracle and/or its affiliates',
  'mariadb developers',
  'mariadb foundation',
  '@redis.com',
  'redis ltd',
  '@datadoghq.com',
  'datadog packages',
  'new relic',
  'influxdata',
  'yarn developers',
  'kubernetes authors',
  '@cloudflare.com',
  'tailscale',
  '@nvidia.com',
  'nvidia corporation',
  'amazon corretto',
  'azul systems',
  'eclipse adoptium',
  'adoptium package maintainer',
  'bellsoft',
  '@jenkins-ci.org',
  'varnish software',
  'haproxy technologies',
  'remi collet',
  'treasure data',
  'erlang solutions',
]

/** Addresses of the distributions themselves and of their mailing lists. */
const distributions = [
  'debian.org',
  'ubuntu.com',
  'canonical.com',
  'alpinelinux.org',
  'fedoraproject.org',
  'suse.com',
  'suse.de',
]

/** Whether an OS package comes from somebody else than the distribution, by who says he maintains it. */
export function isThirdParty({ maintainer }: Pick<Package, 'maintainer'>): boolean {
  if (maintainer === undefined) return false
  const text = maintainer.toLowerCase()
  if (distributions.some(domain => text.includes(domain))) return false
  return thirdParties.some(party => text.includes(party))
}
