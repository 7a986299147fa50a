import { entropy, isPlaceholder } from '../judge.ts'
import { type SecretRule, token } from '../rule.ts'

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
/** Of what stands behind percent signs nothing is a template. */
const random = (least: number) => (secret: string) =>
  entropy(secret) >= least && !isPlaceholder(secret.replace(/%[0-9a-f]{2}/gi, '+'))

/** Addresses that let in whoever knows them: the secret stands in their query or path. Forms as the services document them. */
export const addressRules: SecretRule[] = [
  {
    // A shared access signature is an HMAC-SHA256 in base64; its version, expiry or permissions stand in the same query.
    id: 'azure-sas-url',
    title: { en: 'Azure shared access signature', ko: 'Azure 공유 액세스 서명' },
    category: 'cloud',
    severity: 'HIGH',
    form: 'token',
    keywords: ['sig='],
    hint: /sig=[A-Za-z0-9%+/_-]{42}/,
    pattern: /(?:[?&;]|SharedAccessSignature )sig=(?<secret>[A-Za-z0-9%+/_-]{42,132}={0,2})(?![A-Za-z0-9%+/_=-])/dg,
    before: 400,
    after: 400,
    check: (secret, { window, start }) =>
      /(?:^|[?&;"'\s])s[vepr]=[\w%.:/-]{1,200}/.test(window.slice(Math.max(0, start - 400), start + 400)) &&
      random(3.5)(secret),
  },
  {
    id: 'azure-shared-access-token',
    title: { en: 'Azure shared access token', ko: 'Azure 공유 액세스 토큰' },
    category: 'cloud',
    severity: 'HIGH',
    form: 'token',
    keywords: ['sharedaccesssignature '],
    pattern:
      /SharedAccessSignature (?<secret>(?:sr=[^\s"'&]{1,300}&(?:amp;)?sig=[A-Za-z0-9%+/]{42,80}={0,2}|\w{1,80}&(?:amp;)?\d{12}&(?:amp;)?[A-Za-z0-9+/]{86}==))/dg,
    before: 2,
    after: 500,
  },
  {
    id: 'azure-function-key',
    title: { en: 'key of an Azure function', ko: 'Azure 함수 키' },
    category: 'cloud',
    severity: 'HIGH',
    form: 'token',
    keywords: ['.azurewebsites.net/api/'],
    pattern:
      /\.azurewebsites\.net\/api\/[\w./{}-]{1,120}\?(?:[\w.%-]{1,60}=[\w.%-]{0,120}&){0,4}code=(?<secret>[A-Za-z0-9%+/_-]{40,80}={0,2})/dg,
    before: 2,
    after: 900,
    check: random(3.5),
  },
  token(
    'feishu-webhook',
    ['Feishu webhook', 'Feishu 웹훅'],
    'message',
    ['open.feishu.cn/open-apis/bot/v2/hook/', 'open.larksuite.com/open-apis/bot/v2/hook/'],
    uuid,
    { severity: 'HIGH' },
  ),
  token(
    'wecom-webhook',
    ['WeCom webhook', 'WeCom 웹훅'],
    'message',
    'qyapi.weixin.qq.com/cgi-bin/webhook/send?key=',
    uuid,
    { severity: 'HIGH' },
  ),
  token(
    'dingtalk-webhook',
    ['DingTalk webhook', 'DingTalk 웹훅'],
    'message',
    'oapi.dingtalk.com/robot/send?access_token=',
    '[0-9a-f]{64}',
    { severity: 'HIGH' },
  ),
  token(
    'google-chat-webhook',
    ['Google Chat webhook', 'Google Chat 웹훅'],
    'message',
    'chat.googleapis.com/v1/spaces/',
    '[\\w-]{6,20}/messages\\?(?:[\\w%=.-]{1,80}&(?:amp;)?){0,3}token=[\\w%-]{40,60}',
    { severity: 'HIGH' },
  ),
]
