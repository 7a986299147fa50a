import { decodeBase64, entropy, isName } from '../judge.ts'
import { type SecretRule, token } from '../rule.ts'

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

type Category = SecretRule['category']
type Options = Parameters<typeof token>[5]

function owned(
  id: string,
  owner: string,
  category: Category,
  prefix: string | string[],
  body: string,
  options: Options = {},
): SecretRule {
  return token(id, [`${owner} token`, `${owner} 토큰`], category, prefix, body, { severity: 'HIGH', ...options })
}

/** `live_` ends the beginnings of others: of Stripe's public keys too. */
function alone(rule: SecretRule): SecretRule {
  return { ...rule, pattern: new RegExp(`(?<![_-])${rule.pattern.source}`, 'dg') }
}

/** Of letters in words it would be a name of code. */
const mixed = (least: number) => (secret: string) =>
  entropy(secret) >= least && (secret.replace(/\D/g, '').length > 1 || !isName(secret))

/** Tokens that their own beginning (or a mark within) tells: as the services document them. */
export const prefixRules: SecretRule[] = [
  {
    // Keys with a mark of their kind and a checksum behind it ("common annotated security keys" and their forerunners).
    id: 'azure-marked-key',
    title: { en: 'Azure service key', ko: 'Azure 서비스 키' },
    category: 'cloud',
    severity: 'CRITICAL',
    form: 'token',
    keywords: [
      'jqqj9',
      'azfu',
      'azse',
      'azca',
      'azdo',
      '+acr',
      '+ast',
      'acdb',
      '+aba',
      '+amc',
      'apim',
      '+aeh',
      '+asb',
      'aiot',
    ],
    pattern:
      /(?<![A-Za-z0-9+/_-])(?<secret>[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9]{26}(?:[A-Za-z0-9]{2}==)?|[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}|[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[A-Za-z0-9]==|[A-Za-z0-9]{42}AzSe[A-Za-z0-9]{6}|[A-Za-z0-9]{33}AzCa[A-Za-z0-9]{6}=|[A-Za-z0-9+/]{42}\+ACR[A-Za-z0-9+/]{6}|[A-Za-z0-9+/]{76}(?:\+ASt|ACDb|\+ABa|\+AMC|APIM)[A-Za-z0-9+/]{6}==|[A-Za-z0-9+/]{33}(?:\+AEh|\+ASb|\+ARm|AIoT)[A-Za-z0-9+/]{6}=)(?![A-Za-z0-9+/=_-])/dg,
    before: 90,
    after: 60,
    check: secret => entropy(secret) >= 3.5,
  },
  owned('google-refresh-token', 'Google refresh', 'cloud', '1//0', '[A-Za-z0-9_-]{60,120}', { check: mixed(4) }),
  owned('appsync-key', 'AWS AppSync', 'cloud', 'da2-', '[a-z0-9]{26}(?![a-z0-9])', { check: mixed(3.2) }),
  owned('upcloud-token', 'UpCloud', 'cloud', 'ucat_', '[A-Z0-9]{26}(?![A-Za-z0-9])'),
  owned('vercel-prefixed-token', 'Vercel', 'cloud', ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], '[A-Za-z0-9]{24,60}', {
    severity: 'CRITICAL',
    check: mixed(3.5),
  }),
  owned('cockroach-key', 'CockroachDB Cloud', 'cloud', 'CCDB1_', '[A-Za-z0-9]{22}_[A-Za-z0-9]{40}'),
  owned(
    'toss-payments-token',
    'Toss Payments',
    'payment',
    ['live_sk_', 'test_sk_', 'live_gsk_', 'test_gsk_'],
    '[A-Za-z0-9]{20,48}',
    {
      check: mixed(3.2),
    },
  ),
  owned(
    'adyen-key',
    'Adyen',
    'payment',
    'AQE',
    '[A-Za-z0-9+/=]{50,220}-[A-Za-z0-9+/]{40,50}={0,2}-[A-Za-z0-9<>{}()\\[\\]!@#$%^&*;:.,?|~+]{10,24}',
  ),
  alone(owned('lob-token', 'Lob', 'service', ['live_', 'test_'], '[0-9a-f]{35}(?![0-9A-Za-z_])')),
  {
    ...alone(owned('gocardless-token', 'GoCardless', 'payment', 'live_', '[A-Za-z0-9_=-]{40}(?![A-Za-z0-9_=-])')),
    check: mixed(3),
  },
  // A test's name is as long by chance.
  {
    ...alone(owned('mollie-key', 'Mollie', 'payment', ['live_', 'test_'], '[A-Za-z0-9]{30}(?![A-Za-z0-9])')),
    check: mixed(3),
  },
  owned('mailersend-token', 'MailerSend', 'message', 'mlsn.', '[0-9a-f]{64}'),
  owned('klaviyo-key', 'Klaviyo', 'service', 'pk_', '[0-9a-f]{34}(?![0-9A-Za-z])'),
  owned('clickup-token', 'ClickUp', 'service', 'pk_', '\\d{6,10}_[A-Z0-9]{32}(?![A-Z0-9])'),
  {
    ...owned('new-relic-license', 'New Relic licence', 'service', 'NRAL', ''),
    pattern: /(?<![A-Za-z0-9])(?<secret>(?:eu01xx)?[0-9a-f]{30,36}(?:FFFF)?NRAL)(?![A-Za-z0-9])/dg,
    before: 44,
  },
  {
    // The old API keys are base64 of {"k":"…","n":"name","id":1}.
    ...owned('grafana-key', 'Grafana', 'service', 'eyJrIjoi', '[A-Za-z0-9+/]{60,400}={0,3}'),
    check: secret => /^\{"k":"[^"]{16,200}","n":"/.test(decodeBase64(secret)?.toString('latin1') ?? ''),
  },
  owned('checkly-key', 'Checkly', 'service', 'cu_', '[0-9a-f]{32}(?![0-9A-Za-z])'),
  owned('langfuse-key', 'Langfuse', 'ai', 'sk-lf-', uuid),
  owned('cerebras-key', 'Cerebras', 'ai', 'csk-', '[a-z0-9]{48}(?![A-Za-z0-9])'),
  owned('firecrawl-key', 'Firecrawl', 'ai', 'fc-', '[0-9a-f]{32}(?![0-9A-Za-z])'),
  owned('apify-token', 'Apify', 'service', ['apify_api_', 'apify_proxy_'], '[A-Za-z0-9]{34,40}'),
  owned('e2b-key', 'E2B', 'ai', ['e2b_', 'sk_e2b_'], '[0-9a-f]{40}(?![0-9A-Za-z])'),
  owned(
    'mapbox-secret-token',
    'Mapbox',
    'service',
    'sk.eyJ1Ijoi',
    '[A-Za-z0-9_-]{10,200}\\.[A-Za-z0-9_-]{20,24}(?![A-Za-z0-9_-])',
  ),
  {
    // 22 letters A are the padding of a number: the rest tells who, in base64 and percent signs.
    id: 'twitter-bearer-token',
    title: { en: 'X (Twitter) bearer token', ko: 'X(트위터) Bearer 토큰' },
    category: 'service',
    severity: 'HIGH',
    form: 'token',
    keywords: ['aaaaaaaaaaaaaaaaaaaa'],
    pattern: /(?<![A-Za-z0-9+/])(?<secret>A{20,22}[B-Za-z0-9%][A-Za-z0-9%]{60,120})(?![A-Za-z0-9+/=%])/dg,
    before: 60,
    after: 160,
    check: (secret, { window, start }) =>
      entropy(secret.slice(22)) >= 4 &&
      (/%(?:2[BF]|3D)/i.test(secret) ||
        /twitter|tweepy|bearer|tweet/i.test(window.slice(Math.max(0, start - 60), start))),
  },
  {
    ...owned('facebook-page-token', 'Facebook', 'service', 'EAA', '[A-Z][A-Za-z0-9]{100,400}(?![A-Za-z0-9+/=_-])'),
    check: secret => entropy(secret) >= 4.5 && /\d/.test(secret),
  },
  owned('trello-token', 'Trello', 'service', 'ATTA', '[0-9a-f]{72}'),
  owned('inngest-key', 'Inngest', 'service', ['signkey-prod-', 'signkey-test-', 'signkey-branch-'], '[0-9a-f]{64}'),
  owned(
    'trigger-key',
    'Trigger.dev',
    'service',
    ['tr_prod_', 'tr_dev_', 'tr_stg_', 'tr_preview_'],
    '[A-Za-z0-9]{20,24}(?![A-Za-z0-9])',
    {
      check: mixed(3.3),
    },
  ),
  {
    ...owned('convex-key', 'Convex', 'cloud', '|eyJ2MiI6', ''),
    pattern: /(?<![\w-])(?<secret>(?:prod|dev|preview|project):[a-z0-9:-]{3,60}\|eyJ2MiI6[A-Za-z0-9+/=]{30,200})/dg,
    before: 80,
  },
  owned('axiom-token', 'Axiom', 'service', ['xaat-', 'xapt-'], uuid),
  owned('lichess-token', 'Lichess', 'service', 'lip_', '[A-Za-z0-9]{20}(?![A-Za-z0-9_])', { check: mixed(3.3) }),
  owned('wakatime-token', 'WakaTime', 'service', ['waka_', 'waka_sec_', 'waka_tok_'], uuid),
  owned('jsr-token', 'JSR', 'code', ['jsrp_', 'jsrd_'], '[A-Za-z0-9]{30,60}'),
  owned('gitlab-session', 'GitLab session', 'code', '_gitlab_session=', '[0-9a-f]{32}(?![0-9A-Za-z])'),
  {
    ...owned('encoded-jwt', 'encoded JSON Web', 'credential', 'ZXlK', '[A-Za-z0-9+/]{80,6000}={0,2}', { after: 6100 }),
    check: secret =>
      /^eyJ[\w-]{10,2000}\.ey[\w-]{8,4000}\.[\w-]{20,1000}$/.test(decodeBase64(secret)?.toString('latin1') ?? ''),
  },
]

/** Services that came later; the same kind of token. */
export const laterRules: SecretRule[] = [
  owned('ebay-cert-id', 'eBay', 'payment', ['PRD-', 'SBX-'], '[0-9a-f]{12}(?:-[0-9a-f]{4}){4}(?![0-9a-z-])'),
  owned('flyway-license', 'Flyway', 'code', 'FL01', '[0-9A-F]{400,520}', { after: 600 }),
  owned('aiven-password', 'Aiven', 'cloud', 'AVNS_', '[A-Za-z0-9_-]{16,24}(?![A-Za-z0-9_-])', { check: mixed(3) }),
  owned('runpod-key', 'RunPod', 'ai', 'rpa_', '[A-Z0-9]{40}[A-Za-z0-9]{0,8}'),
  owned('jina-key', 'Jina AI', 'ai', 'jina_', '[0-9a-f]{32}[A-Za-z0-9_-]{20,40}'),
  owned('llamacloud-key', 'LlamaCloud', 'ai', 'llx-', '[A-Za-z0-9]{48}'),
  owned('helicone-key', 'Helicone', 'ai', ['sk-helicone-', 'pk-helicone-'], '[a-z0-9-]{20,60}', { check: mixed(3.2) }),
  owned('xata-key', 'Xata', 'cloud', 'xau_', '[A-Za-z0-9]{32,48}', { check: mixed(3.5) }),
  owned('polar-token', 'Polar', 'payment', ['polar_oat_', 'polar_pat_', 'polar_whs_'], '[A-Za-z0-9]{40,64}'),
  owned(
    'paddle-key',
    'Paddle',
    'payment',
    ['pdl_live_apikey_', 'pdl_sdbx_apikey_'],
    '[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}',
  ),
  owned(
    'mercury-token',
    'Mercury',
    'payment',
    ['mercury_production_', 'mercury_sandbox_'],
    '[a-z]{3}_[A-Za-z0-9_]{30,80}',
  ),
  owned('stytch-secret', 'Stytch', 'service', ['secret-live-', 'secret-test-'], '[A-Za-z0-9_-]{35}='),
  owned('nylas-key', 'Nylas', 'service', 'nyk_v0_', '[A-Za-z0-9]{64}'),
  owned('calcom-key', 'Cal.com', 'service', ['cal_live_', 'cal_test_'], '[0-9a-f]{32}(?![0-9A-Za-z])'),
  owned('onesignal-key', 'OneSignal', 'message', ['os_v2_app_', 'os_v2_org_'], '[a-z2-7]{80,120}'),
  owned('telnyx-key', 'Telnyx', 'message', 'KEY0', '[0-9A-F]{31}_[A-Za-z0-9]{22}(?![A-Za-z0-9])'),
  owned(
    'youtrack-token',
    'YouTrack',
    'code',
    ['perm:', 'perm-'],
    '[A-Za-z0-9+/]{6,60}={0,2}\\.[A-Za-z0-9+/-]{2,60}={0,2}\\.[A-Za-z0-9]{28,60}',
  ),
  owned('rootly-token', 'Rootly', 'service', 'rootly_', '[0-9a-f]{64}'),
  owned(
    'onfido-token',
    'Onfido',
    'service',
    ['api_live.', 'api_live_', 'api_sandbox.'],
    '(?:[a-z]{2}\\.)?[A-Za-z0-9_-]{11}\\.[A-Za-z0-9_-]{32}',
  ),
  owned(
    'yandex-oauth-token',
    'Yandex',
    'service',
    ['y0_', 'y1_', 'y2_', 'y3_'],
    '[A-Za-z0-9_-]{54,64}(?![A-Za-z0-9_-])',
    { check: mixed(4) },
  ),
  owned('vk-token', 'VK', 'service', 'vk1.a.', '[A-Za-z0-9_-]{80,300}'),
  owned('spaces-key', 'DigitalOcean Spaces', 'cloud', 'DO00', '[A-Z0-9]{16}(?![A-Za-z0-9])', { check: mixed(3) }),
  owned('gitbook-token', 'GitBook', 'service', 'gb_api_', '[A-Za-z0-9]{40}'),
  owned('matrix-token', 'Matrix', 'message', 'syt_', '[A-Za-z0-9+/=]{2,80}_[A-Za-z]{20}_[A-Za-z0-9]{6}(?![A-Za-z0-9])'),
  owned('nostr-key', 'Nostr', 'key', 'nsec1', '[02-9ac-hj-np-z]{58}(?![A-Za-z0-9])'),
  owned('bip32-private-key', 'BIP 32', 'key', 'xprv9', '[1-9A-HJ-NP-Za-km-z]{106}(?![1-9A-HJ-NP-Za-km-z])'),
  owned('percy-token', 'Percy', 'code', ['web_', 'app_'], '[0-9a-f]{64}(?![0-9A-Za-z])'),
  owned('snyk-user-token', 'Snyk', 'code', 'snyk_uat.', '[0-9a-f]{8}\\.[A-Za-z0-9._-]{40,400}'),
  owned('chromatic-token', 'Chromatic', 'code', 'chpt_', '[0-9a-f]{14,32}(?![0-9A-Za-z])'),
  owned('supabase-oauth-token', 'Supabase OAuth', 'cloud', 'sbp_oauth_', '[0-9a-f]{40}'),
  owned('devcycle-key', 'DevCycle', 'service', ['dvc_server_', 'dvc_mobile_'], '[A-Za-z0-9_]{30,60}', {
    check: mixed(3.5),
  }),
  owned(
    'svix-key',
    'Svix',
    'service',
    ['sk_', 'testsk_'],
    '[A-Za-z0-9_-]{30,44}\\.(?:us|eu|ca|in|au)(?![A-Za-z0-9.])',
    { check: mixed(3.5) },
  ),
  {
    ...owned('rapidapi-key', 'RapidAPI', 'code', 'msh', ''),
    pattern:
      /(?<![A-Za-z0-9])(?<secret>[A-Za-z0-9]{10}msh[A-Za-z0-9]{15}p1[A-Za-z0-9]{6}jsn[A-Za-z0-9]{11,12})(?![A-Za-z0-9])/dg,
    before: 14,
  },
  {
    ...owned('npm-basic-auth', 'npm registry', 'credential', ':_auth', ''),
    pattern: /:_auth["']?\s{0,4}[=:]\s{0,4}["']?(?<secret>[A-Za-z0-9+/]{8,400}={0,2})(?![A-Za-z0-9+/=])/dg,
    before: 2,
    check: secret => /^[^:\s]{1,100}:[!-~]{3,200}$/.test(decodeBase64(secret)?.toString('latin1') ?? ''),
  },
  owned('django-secret-key', 'Django', 'credential', 'django-insecure-', '[!#-&(-~]{40,60}'),
  {
    ...owned('wordpress-key', 'WordPress', 'credential', ['_key', '_salt'], ''),
    pattern:
      /define\(\s{0,4}["'](?:AUTH|SECURE_AUTH|LOGGED_IN|NONCE)_(?:KEY|SALT)["'],\s{0,8}["'](?<secret>[!#-&(-[\]-~ ]{32,80})["']\s{0,4}\)/dg,
    before: 40,
    after: 120,
    check: secret => entropy(secret) >= 4 && !/unique phrase/.test(secret),
  },
]
