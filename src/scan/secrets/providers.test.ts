import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findSecrets } from './find.ts'

/** Tokens by their providers' documented forms. Their random parts are drawn when the test runs, so that no scanner takes this file for a leak. */
const lower = 'abcdefghijklmnopqrstuvwxyz'
const upper = lower.toUpperCase()
const digits = '0123456789'
const hexDigits = '0123456789abcdef'
const alphanumeric = lower + upper + digits
const urlSafe = `${alphanumeric}-_`
const base64Digits = `${alphanumeric}+/`

let state = 20261128
function draw(length: number, from = alphanumeric): string {
  let text = ''
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    text += from[Math.floor((state / 2 ** 32) * from.length)]
  }
  return text
}
const hex = (length: number): string => draw(length, hexDigits)
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const uuid = (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
const jwt = (): string =>
  [
    { alg: 'HS256', typ: 'JWT' },
    { sub: draw(8), iat: 1700000000 },
  ]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat(draw(43, urlSafe))
    .join('.')
const pem = `-----BEGIN ${'PRIVATE'} KEY-----\n${draw(400, base64Digits)}\n-----END ${'PRIVATE'} KEY-----\n`

const found: [rule: string, text: string][] = [
  ['appsync-key', `da2-${draw(26, lower + digits)}`],
  [
    'azure-sas-url',
    `https://a.blob.core.windows.net/c/f?sv=2022-11-02&se=2027-01-01T00%3A00%3A00Z&sr=b&sp=r&sig=${draw(43)}%3D`,
  ],
  ['azure-sas-url', `https://prod-1.logic.azure.com/workflows/x?sp=%2Frun&sv=1.0&sig=${draw(43, urlSafe)}`],
  ['azure-function-key', `https://a.azurewebsites.net/api/Trigger1?code=${draw(54)}==`],
  ['azure-shared-access-token', `SharedAccessSignature integration&202701010000&${draw(86, base64Digits)}==`],
  ['azure-marked-key', `${draw(52)}JQQJ99${draw(18)}AZDO${draw(4)}`],
  ['azure-marked-key', `${draw(44)}AzFu${draw(5)}A==`],
  ['azure-marked-key', `${draw(42, base64Digits)}+ACR${draw(6)}`],
  ['azure-marked-key', `${draw(76, base64Digits)}+ASt${draw(6)}==`],
  ['google-refresh-token', `1//0${draw(99, urlSafe)}`],
  ['feishu-webhook', `https://open.feishu.cn/open-apis/bot/v2/hook/${uuid()}`],
  ['wecom-webhook', `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${uuid()}`],
  ['dingtalk-webhook', `https://oapi.dingtalk.com/robot/send?access_token=${hex(64)}`],
  ['toss-payments-token', `live_sk_${draw(32)}`],
  ['adyen-key', `AQEmhm${draw(80, base64Digits)}-${draw(43, base64Digits)}=-${draw(16)}`],
  ['lob-token', `live_${hex(35)}`],
  ['mailersend-token', `mlsn.${hex(64)}`],
  ['klaviyo-key', `pk_${hex(34)}`],
  ['clickup-token', `pk_${draw(8, digits)}_${draw(32, upper + digits)}`],
  ['new-relic-license', `${hex(36)}NRAL`],
  ['new-relic-key', `NRIQ-${draw(32)}`],
  ['grafana-key', base64(JSON.stringify({ k: draw(32), n: 'ci', id: 1 }))],
  ['dynatrace-token', `dt0s01.${draw(24, upper)}.${draw(64, upper)}`],
  ['langfuse-key', `sk-lf-${uuid()}`],
  ['cerebras-key', `csk-${draw(48, lower + digits)}`],
  ['firecrawl-key', `fc-${hex(32)}`],
  ['apify-token', `apify_api_${draw(36)}`],
  ['e2b-key', `e2b_${hex(40)}`],
  ['heroku-key', `HRKU-${uuid()}`],
  ['vercel-prefixed-token', `vcp_${draw(56)}`],
  ['mapbox-secret-token', `sk.eyJ1Ijoi${draw(60)}.${draw(22, urlSafe)}`],
  ['twitter-bearer-token', `${'A'.repeat(22)}${draw(40)}%2F${draw(20)}%3D${draw(40)}`],
  ['twitter-bearer-token', `TWITTER_BEARER=${'A'.repeat(22)}b${draw(88)}`],
  ['facebook-page-token', `EAAC${draw(180)}`],
  ['trello-token', `ATTA${hex(72)}`],
  ['encoded-jwt', base64(jwt())],
  ['encoded-private-key', base64(JSON.stringify({ type: 'service_account', private_key: pem }))],
  ['inngest-key', `signkey-prod-${hex(64)}`],
  ['convex-key', `prod:happy-otter-123|eyJ2MiI6${draw(60)}`],
  ['axiom-token', `xaat-${uuid()}`],
  ['cockroach-key', `CCDB1_${draw(22)}_${draw(40)}`],
  ['wakatime-token', `waka_${uuid()}`],
  ['jsr-token', `jsrp_${draw(40)}`],
  ['deno-token', `ddo_${draw(36)}`],
  ['gitlab-session', `_gitlab_session=${hex(32)}`],
  ['gitlab-token', `glrtr-${draw(20, urlSafe)}`],
  ['dropbox-token', `sl.u.${draw(900, urlSafe)}`],
  ['slack-token', `xoxe-${draw(12, digits)}-${draw(12, digits)}-${hex(32)}`],
  ['rapidapi-key', `${draw(10)}msh${draw(15)}p1${draw(6)}jsn${draw(11)}`],
  ['bearer-token', `Authorization: SSWS 00${draw(40, urlSafe)}`],
  ['bearer-token', `Authorization: Splunk ${uuid()}`],
  ['dropbox-long-token', `dropbox_token = "${draw(11, lower)}AAAAAAAAAA${draw(43, urlSafe)}"`],
  ['turnstile-secret', `const turnstileSecretKey = '0x4AAAAAAA${draw(25, urlSafe)}'`],
  ['sidekiq-secret', `ENV BUNDLE_ENTERPRISE__CONTRIBSYS__COM=${hex(8)}:${hex(8)}`],
  ['azure-cognitive-key', `<add key="ocpApimSubscriptionKey" value="${hex(32)}" />`],
  ['mistral-key', `<mistralKey>${draw(32)}</mistralKey>`],
  ['bittrex-key', `#define BITTREX_ACCESS_KEY "${hex(32)}"`],
  ['heroku-legacy-key', `export const HEROKU_KEY: string = "${uuid()}"`],
  ['airtable-key', `{"airtableApiKey": "key${draw(8)}47${draw(4)}"}`],
  ['mailjet-key', `<mjApikeyPrivate>${hex(32)}</mjApikeyPrivate>`],
  ['pgpass-password', `db.corp.io:5432:shop:app:${draw(10)}47`],
  ['defined-secret', `#define SOLAPI_SECRET_KEY "${uuid()}"`],
  ['generic-secret', `const slackSigningSecret =\n  "${hex(32)}"`],
  ['new-relic-api-id', `ENV['NEW_RELIC_API_ID'] = '${draw(64, lower + digits)}'`],
  ['recaptcha-secret-key', `"recaptcha": {"site": "6L${draw(38)}", "secret": "6L${draw(38)}"}`],
  ['recaptcha-secret-key', `<recaptcha><private_key>6L${draw(38)}</private_key></recaptcha>`],
  ['salesforce-client-secret', `3MVG9${draw(60)}\n${draw(64, '0123456789ABCDEF')}\nhttps://a.my.salesforce.com`],
  ['npm-basic-auth', `//npm.corp.io/:_auth=${base64(`ci:${draw(14)}`)}`],
  ['wordpress-key', `define('AUTH_KEY', '${draw(64, `${alphanumeric}!@#%^&*()`)}');`],
  ['azure-devops-token', `define('AZURE_DEVOPS_EXT_PAT', '${draw(52, lower + digits)}');`],
  ['agora-certificate', `AGORA_APP_CERTIFICATE=${hex(32)}`],
  ['code-climate-id', `export CC_TEST_REPORTER_ID=${hex(64)}`],
  ['ebay-cert-id', `$env:EBAY_CERT_ID = "PRD-${hex(12)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(4)}"`],
  ['flyway-license', `FLYWAY_LICENSE_KEY=FL01${draw(508, '0123456789ABCDEF')}`],
  ['flagsmith-key', `FLAGSMITH_ENVIRONMENT_KEY=ser.${draw(22)}`],
  ['vault-approle', `let vault_secret_id: &str = "${uuid()}";`],
  ['recaptcha-secret-key', `recaptchaSecretKey := "6L${draw(38)}"`],
  ['azure-sas-url', `https://a.blob.core.windows.net/c?sv=2022-11-02&sig=%2B${draw(30)}%2F${draw(11)}%3D`],
  ['ipstack-key', 'export IPINFO_TOKEN="78bc0c0dd87fc1"'],
  ['aiven-password', `AVNS_${draw(19)}`],
  ['paddle-key', `pdl_live_apikey_${draw(26, lower)}_${draw(22)}_${draw(3)}`],
  ['youtrack-token', `perm:${base64('root.name')}.${base64('57-1')}.${draw(30)}`],
  ['matrix-token', `syt_${base64('alice')}_${draw(20, lower)}_${draw(6)}`],
  ['nostr-key', `nsec1${draw(58, '023456789acdefghjklmnpqrstuvwxyz')}`],
  ['telnyx-key', `KEY0${draw(31, '0123456789ABCDEF')}_${draw(22)}`],
  ['aws-access-key-id', `AKIA${draw(12, `${upper}234567`)}1890\n${draw(40)}`],
]
for (const [rule, text] of found)
  for (const [path, written] of [
    ['', text],
    ['input.txt', `${text}\n`],
  ] as const)
    test(`${rule} is found in ${path || 'a text'}: ${text.slice(0, 24).replaceAll('\n', ' ')}`, () => {
      const secrets = findSecrets(written, path).filter(({ certainty }) => certainty === undefined)
      assert.ok(
        secrets.some(secret => secret.rule === rule),
        secrets.map(secret => secret.rule).join(),
      )
    })

const nothing: string[] = [
  `pk_live_${draw(24)}`,
  `pk_live_${draw(30)}`,
  `pk_live_${draw(40)}`,
  `pk_live_${hex(35)}`,
  `pk_test_51${draw(97)}`,
  `sq0idp-${draw(22, urlSafe)}`,
  `AKIA${draw(12, upper)}1890 alone`,
  `0x${hex(40)}`,
  `https://a.azurewebsites.net/api/Trigger1?code=`,
  `https://a.io/?sig=${draw(43)}`,
  `RECAPTCHA_SITE_KEY=6L${draw(38)}`,
  `recaptcha:\n  public_key: 6L${draw(38)}\n  private_key: ***\nother:\n  private_key: 6L${draw(38)}\n`,
  `-----BEGIN ${'PRIVATE'} KEY-----\n-----END ${'PRIVATE'} KEY-----`,
  `hf_${'0'.repeat(34)}`,
  `3MVG9${draw(60)}`,
  `sk-lf-${draw(10)}`,
  `sk-ant-api03-${draw(47, urlSafe)}`,
  `essu_${draw(44)}`,
  `ATATT3xFfGF0${draw(80, urlSafe)}`,
  '#define CONFIG_API_KEY "api_key"',
  '#define API_KEY_HELP "the key of the service"',
  `<script src="a.js" integrity="sha384-${draw(64, base64Digits)}">`,
  `data:image/png;base64,iVBORw0KGgo${draw(600, base64Digits)}`,
]
for (const text of nothing)
  test(`nothing certain in ${text.slice(0, 40).replaceAll('\n', ' ')}`, () =>
    assert.deepEqual(
      findSecrets(text, 'input.txt').filter(({ certainty }) => certainty === undefined),
      [],
    ))

const addresses: [path: string, text: string, certain: boolean][] = [
  ['input.txt', 'http://user:password@example.com', true],
  ['git-credentials', 'https://user:password@git.corp.io', true],
  ['input.txt', 'DATABASE_URL=postgres://app:password@db/x', true],
  ['input.txt', 'Write it as http://user:password@example.com/ then.', false],
  ['guide.md', 'http://user:password@example.com', false],
]
for (const [path, text, certain] of addresses)
  test(`the password in ${text} of ${path} is ${certain ? 'certain' : 'none'}`, () =>
    assert.equal(
      findSecrets(text, path).some(({ certainty }) => certainty === undefined),
      certain,
    ))
