/** What hands trained on Trivy, Grype, Syft and gitleaks type that is called otherwise here. Values are what to type instead. */

const manifests = 'jenner image --from-file FILE'
const history = 'jenner repo DIR --history --scanners secret'
const emptyCache = 'rm -r ~/.cache/jenner/layers'
const login = 'docker login'
const update = 'jenner db update'

const verbs: Record<string, string> = {
  scan: 'jenner image NAME',
  k8s: manifests,
  kubernetes: manifests,
  kube: manifests,
  vm: 'jenner rootfs DIR',
  dir: 'jenner fs DIR',
  directory: 'jenner fs DIR',
  folder: 'jenner fs DIR',
  project: 'jenner fs DIR',
  git: history,
  detect: history,
  protect: history,
  packages: 'jenner image NAME -f cyclonedx',
  purl: 'jenner sbom FILE',
  clean: emptyCache,
  login,
  registry: login,
  update,
}

const subVerbs: Record<string, string> = {
  check: 'jenner db status',
  list: 'jenner db status',
  providers: 'jenner db status',
  info: 'jenner db status',
  download: update,
  import: 'jenner db update --url FILE',
  delete: 'rm -r ~/.cache/jenner/db',
  clean: 'rm -r ~/.cache/jenner/db',
}

const flags: Record<string, string> = {
  '--only-notfixed': '--ignore-status fixed',
  '--ignore-states': '--ignore-status',
  '--ignored-licenses': '--license-allow',
  '--severity-cutoff': '--fail-on',
  '--download-db-only': update,
  '--download-java-db-only': update,
  '--clear-cache': emptyCache,
  '--reset': emptyCache,
  '--username': 'JENNER_REGISTRY_USER=…',
  '--password': 'JENNER_REGISTRY_PASSWORD=…',
  '--password-stdin': 'JENNER_REGISTRY_PASSWORD=…',
  '--registry-token': 'JENNER_REGISTRY_TOKEN=…',
  '--cacert': '--registry-ca',
  '--from': '--image-src',
  '--docker-host': 'DOCKER_HOST=…',
  '--generate-default-config': 'jenner settings',
  '--trace': '-d',
  '--verbose': '-d',
  '-v': '-d',
  '-vv': '-d',
  '--log-level': '-d',
  '--report-format': '--format',
  '--report-path': '--output',
  '--report-template': '--template',
  '--baseline-path': '--secret-baseline',
  '--gitleaks-ignore-path': '--ignorefile',
  '--source': 'jenner fs DIR',
  '--no-git': 'jenner fs DIR',
  '--max-target-megabytes': '--max-memory',
  '--select-catalogers': '--pkg-types',
  '--version': 'jenner --version',
}

/** What to type instead of a verb that other tools have, if there is something. */
export function insteadOfVerb(word: string, parent?: string): string | undefined {
  const table = parent === 'jenner db' ? subVerbs : parent === undefined ? verbs : {}
  return Object.hasOwn(table, word) ? table[word] : targetCommand(parent === undefined ? word : '')
}

/** What to type instead of a flag that other tools have, if there is something. */
export function insteadOfFlag(flag: string): string | undefined {
  return Object.hasOwn(flags, flag) ? flags[flag] : undefined
}

/** Grype and Syft take a target without a verb: `dir:.`, `redis:7`, `./image.tar`, `sbom:bom.json`. */
function targetCommand(word: string): string | undefined {
  if (/^pkg:/.test(word)) return 'jenner sbom FILE'
  if (/^sbom:/.test(word)) return `jenner sbom ${word.slice(5)}`
  if (/^dir:/.test(word)) return `jenner fs ${word.slice(4)}`
  return /[:/@]|\.(?:tar|tgz|gz)$/.test(word) ? `jenner image ${word}` : undefined
}

/** Flags of other tools that would change nothing here: taken, and told, so that a command line need not be written anew. Those with a value end with `=`. */
export const withoutEffect: readonly string[] = [
  'add-cpes-if-none',
  'by-cve',
  'cache-backend=',
  'cache-ttl=',
  'checks-bundle-repository=',
  'db-repository=',
  'detection-priority=',
  'image-config-scanners=',
  'java-db-repository=',
  'license-full',
  'no-banner',
  'no-verification',
  'parallel=',
  'redact',
  'rekor-url=',
  'sbom-sources=',
  'skip-vex-repo-update',
]
