import { decodeBase64, entropy, hasGithubChecksum, isName, isPlaceholder } from '../judge.ts'
import { named, type SecretRule, token } from '../rule.ts'

const random = (least: number) => (secret: string) => entropy(secret) >= least && !isPlaceholder(secret)
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** What only looks like a token of GitHub's is none of theirs; a name before it may still say that it is a secret. */
const byChecksum = (secret: string) => hasGithubChecksum(secret) || (isPlaceholder(secret) ? false : 'low')

/** Code hosts, package registries, builds. */
export const codeRules: SecretRule[] = [
  token('github-token', ['GitHub token', 'GitHub 토큰'], 'code', ['ghp_', 'gho_', 'ghu_', 'ghs_'], '[A-Za-z0-9]{36}', {
    check: byChecksum,
  }),
  token('github-refresh-token', ['GitHub refresh token', 'GitHub 갱신 토큰'], 'code', 'ghr_', '[A-Za-z0-9]{36,76}', {
    check: byChecksum,
  }),
  token(
    'github-fine-grained-token',
    ['GitHub fine-grained access token', 'GitHub 세분화 액세스 토큰'],
    'code',
    'github_pat_',
    '[0-9A-Za-z]{22}_[0-9A-Za-z]{59}',
  ),
  token(
    'gitlab-token',
    ['GitLab access token', 'GitLab 액세스 토큰'],
    'code',
    [
      'glpat-',
      'glrt-',
      'gldt-',
      'glptt-',
      'glcbt-',
      'glimt-',
      'glft-',
      'glagent-',
      'gloas-',
      'glsoat-',
      'glffct-',
      'glwt-',
      'glrtr-',
      'GR1348941',
    ],
    '[0-9A-Za-z_-]{20,64}(?:\\.[0-9a-z]{2})?(?:\\.[0-9a-z]{9})?',
  ),
  token(
    'bitbucket-token',
    ['Bitbucket token', 'Bitbucket 토큰'],
    'code',
    ['ATBB', 'BBDC-'],
    '[A-Za-z0-9+/@_=-]{32,44}',
  ),
  token(
    'atlassian-token',
    ['Atlassian API token', 'Atlassian API 토큰'],
    'code',
    ['ATATT3xFfG', 'ATCTT3xFfG'],
    '[A-Za-z0-9_=-]{100,240}',
  ),
  token('npm-token', ['npm access token', 'npm 액세스 토큰'], 'code', 'npm_', '[A-Za-z0-9]{36}'),
  {
    id: 'npm-auth-token',
    title: { en: 'npm registry token', ko: 'npm 레지스트리 토큰' },
    category: 'code',
    severity: 'HIGH',
    keywords: ['_authtoken', 'npmauthtoken'],
    pattern: new RegExp(
      `(?:_|npm)authToken["']?[ \\t]{0,4}[=:][ \\t]{0,4}["']?(?<secret>${uuid}|[A-Za-z0-9_+/=-]{24,200})(?![\\w+/-])`,
      'dgi',
    ),
    before: 4,
    after: 280,
    check: random(3),
  },
  token(
    'pypi-token',
    ['PyPI token', 'PyPI 토큰'],
    'code',
    ['pypi-AgEIcHlwaS5vcmc', 'pypi-AgENdGVzdC5weXBpLm9yZw'],
    '[A-Za-z0-9_-]{50,400}',
  ),
  token('rubygems-key', ['RubyGems API key', 'RubyGems API 키'], 'code', 'rubygems_', '[0-9a-f]{48}'),
  {
    ...token('crates-token', ['crates.io token', 'crates.io 토큰'], 'code', 'cio', ''),
    pattern: /(?<![A-Za-z0-9+/])(?<secret>cio[A-Za-z0-9]{32})(?![A-Za-z0-9+/])/dg,
    before: 1,
    check: secret => entropy(secret) >= 3 && (/\d/.test(secret) || !isName(secret)),
  },
  token('nuget-key', ['NuGet API key', 'NuGet API 키'], 'code', 'oy2', '[a-z0-9]{43}'),
  token('packagist-token', ['Packagist token', 'Packagist 토큰'], 'code', 'packagist_', '[a-z]{2,4}_[0-9a-f]{60,80}'),
  token('clojars-token', ['Clojars token', 'Clojars 토큰'], 'code', 'CLOJARS_', '[a-z0-9]{60}'),
  token('deno-token', ['Deno Deploy token', 'Deno Deploy 토큰'], 'code', ['ddp_', 'ddw_', 'ddo_'], '[A-Za-z0-9]{36}'),
  token(
    'docker-hub-token',
    ['Docker Hub access token', 'Docker Hub 액세스 토큰'],
    'code',
    ['dckr_pat_', 'dckr_oat_'],
    '[A-Za-z0-9_-]{27,32}',
  ),
  {
    id: 'docker-config-auth',
    title: { en: 'registry password in a Docker configuration', ko: 'Docker 설정의 레지스트리 암호' },
    category: 'credential',
    severity: 'CRITICAL',
    keywords: ['"auth"', '"auths"'],
    pattern: /"auth"\s{0,4}:\s{0,4}"(?<secret>[A-Za-z0-9+/]{8,1000}={0,2})"/dg,
    before: 8,
    after: 1100,
    check: secret => /^[^:\s]{1,200}:.{2,}$/s.test(decodeBase64(secret)?.toString('latin1') ?? ''),
  },
  {
    ...token('jfrog-key', ['JFrog API key', 'JFrog API 키'], 'code', ['AKCp', 'cmVmdGtu'], '[A-Za-z0-9]{56,69}'),
    check: random(3.5),
  },
  token(
    'circleci-token',
    ['CircleCI token', 'CircleCI 토큰'],
    'code',
    ['CCIPAT_', 'CCIPRJ_'],
    '[A-Za-z0-9]{22}_[0-9a-fA-F]{40}',
  ),
  token('buildkite-token', ['Buildkite token', 'Buildkite 토큰'], 'code', ['bkua_', 'bkct_'], '[0-9a-f]{40}'),
  token('sonar-token', ['SonarQube token', 'SonarQube 토큰'], 'code', ['sqp_', 'squ_', 'sqa_'], '[0-9a-f]{40}'),
  named(
    'sonar-legacy-token',
    ['SonarQube token', 'SonarQube 토큰'],
    'code',
    ['sonar login', 'sonar token', 'sonarqube'],
    '[0-9a-f]{40}',
  ),
  named('snyk-token', ['Snyk token', 'Snyk 토큰'], 'code', ['snyk'], uuid),
  named('travis-token', ['Travis CI token', 'Travis CI 토큰'], 'code', ['travis'], '[A-Za-z0-9]{22}', {
    check: random(3),
  }),
  named('codecov-token', ['Codecov token', 'Codecov 토큰'], 'code', ['codecov'], `[A-Za-z0-9]{32}|${uuid}`, {
    check: random(3),
  }),
  named('drone-token', ['Drone CI token', 'Drone CI 토큰'], 'code', ['droneci', 'drone'], '[A-Za-z0-9]{32}', {
    check: random(3),
  }),
  token(
    'sourcegraph-token',
    ['Sourcegraph token', 'Sourcegraph 토큰'],
    'code',
    ['sgp_', 'slk_'],
    '(?:[0-9a-fA-F]{16}_|local_)?[0-9a-fA-F]{40,64}',
  ),
  token('postman-key', ['Postman API key', 'Postman API 키'], 'code', 'PMAK-', '[0-9a-f]{24}-[0-9a-f]{34}'),
  token('postman-collection-key', ['Postman collection key', 'Postman 컬렉션 키'], 'code', 'PMAT-', '[0-9A-Z]{26}'),
  token('launchdarkly-key', ['LaunchDarkly key', 'LaunchDarkly 키'], 'code', ['sdk-', 'api-'], `${uuid}(?![0-9a-f-])`, {
    severity: 'HIGH',
  }),
  named(
    'jenkins-token',
    ['Jenkins API token', 'Jenkins API 토큰'],
    'code',
    ['jenkins'],
    '11[0-9a-f]{32}|[0-9a-f]{32}',
    { check: random(3) },
  ),
  token('prefect-key', ['Prefect API key', 'Prefect API 키'], 'code', ['pnu_', 'pnb_'], '[A-Za-z0-9]{36}'),
  token('readme-key', ['ReadMe API key', 'ReadMe API 키'], 'code', 'rdme_', '[a-z0-9]{70}'),
  token(
    'harness-token',
    ['Harness token', 'Harness 토큰'],
    'code',
    ['pat.', 'sat.'],
    '[A-Za-z0-9_-]{22}\\.[0-9a-f]{24}\\.[A-Za-z0-9]{20}',
  ),
  token(
    'octopus-key',
    ['Octopus Deploy API key', 'Octopus Deploy API 키'],
    'code',
    'API-',
    '[A-Z0-9]{26,34}(?![A-Z0-9])',
    { severity: 'HIGH', check: random(3.3) },
  ),
  token('pyx-key', ['pyx API key', 'pyx API 키'], 'code', 'sk-pyx-', '[A-Za-z0-9]{43,100}'),
]
