import { hasAlphanumerics } from '../glance.ts'
import { awsAccount, entropy, isName, isPlaceholder, isSequence } from '../judge.ts'
import { type MatchContext, named, type SecretRule, token } from '../rule.ts'

const random = (least: number) => (secret: string) => entropy(secret) >= least && !isPlaceholder(secret)

/** Clouds and hosting. Forms as the providers document them. */
export const cloudRules: SecretRule[] = [
  {
    ...token(
      'aws-access-key-id',
      ['AWS access key', 'AWS 액세스 키'],
      'cloud',
      ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
      '[A-Z0-9]{16}(?![A-Z0-9])',
    ),
    pattern: /(?<![A-Za-z0-9+/])(?<secret>(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16})(?![A-Z0-9])/dg,
    before: 300,
    check: (secret, context) => {
      if (/EXAMPLE$|X{8}/.test(secret)) return false
      // Ids are base 32: what holds other digits is none, unless a secret key stands beside it.
      return /^[A-Z2-7]+$/.test(secret) || besideSecretKey(context) || 'low'
    },
    owner: awsAccount,
  },
  named(
    'aws-secret-access-key',
    ['AWS secret access key', 'AWS 비밀 액세스 키'],
    'cloud',
    ['aws secret access key', 'aws secret key', 'secret access key', 'aws secret', 'secretaccesskey'],
    '[A-Za-z0-9/+=]{40}',
    {
      severity: 'CRITICAL',
      check: secret => entropy(secret) >= 3 && !/EXAMPLEKEY$/.test(secret),
    },
  ),
  token(
    'aws-bedrock-key',
    ['AWS Bedrock API key', 'AWS Bedrock API 키'],
    'cloud',
    'ABSK',
    '[A-Za-z0-9+/]{109,269}={0,2}',
  ),
  token('google-api-key', ['Google API key', 'Google API 키'], 'cloud', 'AIza', '[0-9A-Za-z_-]{35}', {
    severity: 'HIGH',
    check: secret => !isSequence(secret) && !/(.)\1{8}/.test(secret),
  }),
  token(
    'google-express-key',
    ['Google Cloud express-mode API key', 'Google Cloud Express API 키'],
    'cloud',
    'AQ.Ab8R',
    '[0-9A-Za-z_-]{40,60}',
    { severity: 'HIGH' },
  ),
  token(
    'google-oauth-secret',
    ['Google OAuth client secret', 'Google OAuth 클라이언트 비밀'],
    'cloud',
    'GOCSPX-',
    '[0-9A-Za-z_-]{28}',
  ),
  token(
    'google-oauth-token',
    ['Google OAuth access token', 'Google OAuth 액세스 토큰'],
    'cloud',
    'ya29.',
    '[0-9A-Za-z_-]{20,400}',
    { severity: 'HIGH' },
  ),
  token(
    'google-hmac-key',
    ['Google Cloud Storage HMAC key', 'Google Cloud Storage HMAC 키'],
    'cloud',
    'GOOG',
    '[A-Z0-9]{20,60}(?![A-Z0-9a-z])',
    {
      after: 300,
      check: (_, { window, start }) =>
        /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/])/.test(window.slice(start)),
    },
  ),
  named(
    'azure-storage-key',
    ['Azure storage account key', 'Azure 스토리지 계정 키'],
    'cloud',
    ['accountkey', 'azure storage', 'storage account', 'azure'],
    '[A-Za-z0-9+/]{86}==',
    { severity: 'CRITICAL' },
  ),
  {
    ...token('azure-client-secret', ['Azure client secret', 'Azure 클라이언트 비밀'], 'cloud', 'Q~', ''),
    pattern: /(?<![A-Za-z0-9_~.-])(?<secret>[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34})(?![A-Za-z0-9_~.-])/dg,
    before: 8,
  },
  named(
    'azure-sas',
    ['Azure shared access signature', 'Azure 공유 액세스 서명'],
    'cloud',
    ['sharedaccesskey', 'sharedaccesssignature'],
    '[A-Za-z0-9+/%]{43,64}(?:=|%3D){0,2}',
    { check: random(3.5) },
  ),
  named(
    'azure-devops-token',
    ['Azure DevOps access token', 'Azure DevOps 액세스 토큰'],
    'code',
    ['azure devops', 'azdo', 'vsts', 'ado pat'],
    '[a-z0-9]{52}|[A-Za-z0-9]{84}',
    { check: random(3.2) },
  ),
  token(
    'digitalocean-token',
    ['DigitalOcean token', 'DigitalOcean 토큰'],
    'cloud',
    ['dop_v1_', 'doo_v1_', 'dor_v1_'],
    '[0-9a-f]{64}',
  ),
  token(
    'alibaba-access-key',
    ['Alibaba Cloud access key', 'Alibaba Cloud 액세스 키'],
    'cloud',
    'LTAI',
    '[A-Za-z0-9]{17,21}(?![A-Za-z0-9])',
    { severity: 'HIGH', check: random(3.2) },
  ),
  token(
    'tencent-secret-id',
    ['Tencent Cloud secret id', 'Tencent Cloud 비밀 ID'],
    'cloud',
    'AKID',
    '[A-Za-z0-9]{32}(?![A-Za-z0-9])',
    { severity: 'HIGH', check: random(3.2) },
  ),
  named(
    'cloudflare-token',
    ['Cloudflare API token', 'Cloudflare API 토큰'],
    'cloud',
    ['cloudflare', 'cf api', 'cf token', 'cf auth', 'cf key', 'cf account', 'cf zone'],
    '[A-Za-z0-9_-]{40}|[0-9a-f]{37}',
    { severity: 'CRITICAL', check: random(3) },
  ),
  token(
    'cloudflare-origin-ca',
    ['Cloudflare origin CA key', 'Cloudflare Origin CA 키'],
    'cloud',
    'v1.0-',
    '[0-9a-f]{24}-[0-9a-f]{146}',
  ),
  token(
    'heroku-key',
    ['Heroku API key', 'Heroku API 키'],
    'cloud',
    'HRKU-',
    `AA[0-9A-Za-z_-]{58,60}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`,
  ),
  named(
    'heroku-legacy-key',
    ['Heroku API key', 'Heroku API 키'],
    'cloud',
    ['heroku'],
    '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  ),
  token(
    'fly-token',
    ['Fly.io access token', 'Fly.io 액세스 토큰'],
    'cloud',
    ['fo1_', 'fm1_', 'fm1a_', 'fm1r_', 'fm2_'],
    '[\\w+/=,-]{40,400}',
  ),
  token(
    'netlify-token',
    ['Netlify access token', 'Netlify 액세스 토큰'],
    'cloud',
    ['nfp_', 'nfo_', 'nfc_', 'nfu_', 'nfb_'],
    '[A-Za-z0-9]{36}',
  ),
  token('render-key', ['Render API key', 'Render API 키'], 'cloud', 'rnd_', '[A-Za-z0-9]{28,32}'),
  named('fastly-token', ['Fastly API token', 'Fastly API 토큰'], 'cloud', ['fastly'], '[A-Za-z0-9_-]{32}', {
    check: random(3.2),
  }),
  named('linode-token', ['Linode access token', 'Linode 액세스 토큰'], 'cloud', ['linode'], '[0-9a-f]{64}'),
  named(
    'scaleway-key',
    ['Scaleway secret key', 'Scaleway 비밀 키'],
    'cloud',
    ['scw secret', 'scaleway'],
    '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}',
  ),
  named('vercel-token', ['Vercel token', 'Vercel 토큰'], 'cloud', ['vercel', 'now token'], '[A-Za-z0-9]{24}', {
    check: random(3.2),
  }),
  token('supabase-key', ['Supabase key', 'Supabase 키'], 'cloud', ['sb_secret_', 'sbp_'], '[A-Za-z0-9_-]{20,48}'),
  token(
    'planetscale-token',
    ['PlanetScale credential', 'PlanetScale 자격 증명'],
    'cloud',
    ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'],
    '[\\w=.-]{32,64}',
  ),
  token('neon-key', ['Neon API key', 'Neon API 키'], 'cloud', 'napi_', '[a-z0-9]{60,70}'),
  token(
    'databricks-token',
    ['Databricks token', 'Databricks 토큰'],
    'cloud',
    ['dapi', 'dkea', 'dose'],
    '[0-9a-f]{32}(?:-\\d)?',
  ),
  token(
    'elastic-cloud-key',
    ['Elastic Cloud API key', 'Elastic Cloud API 키'],
    'cloud',
    'essu_',
    '[A-Za-z0-9+/]{60,120}={0,2}',
  ),
  token(
    'hashicorp-vault-token',
    ['HashiCorp Vault token', 'HashiCorp Vault 토큰'],
    'cloud',
    ['hvs.', 'hvb.', 'hvr.'],
    '[A-Za-z0-9_-]{24,300}',
  ),
  {
    ...token(
      'hashicorp-vault-legacy-token',
      ['HashiCorp Vault token', 'HashiCorp Vault 토큰'],
      'cloud',
      ['s.', 'b.'],
      '[A-Za-z0-9]{24}(?![A-Za-z0-9_.(])',
      {
        severity: 'HIGH',
        check: secret =>
          entropy(secret) >= 3.7 &&
          /\d/.test(secret) &&
          /[A-Z]/.test(secret) &&
          /[a-z]/.test(secret) &&
          !isName(secret),
      },
    ),
    // Two letters stand everywhere: with what is before them they do not.
    keywords: [...'\n\t "\'`=:(,>/[{|;<@!&-_'].flatMap(edge => [`${edge}s.`, `${edge}b.`]),
    glance: hasAlphanumerics(24),
  },
  {
    ...token('terraform-cloud-token', ['Terraform Cloud token', 'Terraform Cloud 토큰'], 'cloud', '.atlasv1.', ''),
    pattern: /(?<secret>[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70})/dg,
    before: 32,
  },
  token('pulumi-token', ['Pulumi access token', 'Pulumi 액세스 토큰'], 'cloud', 'pul-', '[0-9a-f]{40}'),
  token(
    'doppler-token',
    ['Doppler token', 'Doppler 토큰'],
    'cloud',
    ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'],
    '(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}',
  ),
  token(
    'tailscale-key',
    ['Tailscale key', 'Tailscale 키'],
    'cloud',
    ['tskey-api-', 'tskey-auth-', 'tskey-client-', 'tskey-scim-', 'tskey-webhook-', 'tskey-'],
    '[A-Za-z0-9]{8,24}-?[A-Za-z0-9]{0,48}',
  ),
  token(
    'ibm-cloud-key',
    ['IBM Cloud API key', 'IBM Cloud API 키'],
    'cloud',
    'ApiKey-',
    '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  ),
  named(
    'ibm-cloud-iam-key',
    ['IBM Cloud IAM key', 'IBM Cloud IAM 키'],
    'cloud',
    ['ibmcloud', 'ibm cloud', 'ibm api'],
    '[A-Za-z0-9_-]{44}',
    { check: random(3.5) },
  ),
  named(
    'ncloud-key',
    ['NAVER Cloud key', '네이버 클라우드 키'],
    'cloud',
    ['ncloud', 'naver client', 'naver cloud'],
    '[A-Za-z0-9_]{10,40}',
    { check: random(2.5) },
  ),
  named('kakao-key', ['Kakao key', '카카오 키'], 'service', ['kakao'], '[0-9a-f]{32}'),
]

function besideSecretKey({ window }: MatchContext): boolean {
  const keys = window.match(/(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/])/g) ?? []
  return keys.some(key => entropy(key) >= 3 && !/^[0-9a-f]+$/.test(key))
}
