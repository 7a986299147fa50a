import { characterKinds, entropy, isPlaceholder } from '../judge.ts'
import type { MatchContext, SecretRule } from '../rule.ts'

const names =
  'pass(?:word|wd|phrase|code)?|pwd|passwrd|secret(?:s)?|(?:api|access|auth|private|secret|signing|encryption|master|service|app|account|consumer|client|webhook|session|jwt|token)[-_. ]?(?:key|secret|token|password|pass|pwd)|token|credential(?:s)?|connection[-_ ]?string|auth[-_. ]?key'

/**
 * `NAME = "VALUE"` where the name says that a secret stands behind it. The value decides: how it is written in this kind of file, how random it is,
 * whether it is a word for "fill me in", a reference, a path, or prose.
 */
export const genericRules: SecretRule[] = [
  {
    id: 'generic-secret',
    title: { en: 'secret in an assignment', ko: '대입문에 든 비밀 값' },
    category: 'credential',
    severity: 'HIGH',
    keywords: ['pass', 'pwd', 'secret', 'token', 'credential', 'key', 'connection'],
    pattern: new RegExp(
      `(?<![A-Za-z])(?<name>[\\w.-]{0,40}(?:${names})(?:[-_.]?(?:\\d{1,3}|value|val|str|string|prod|dev|default|old|new))?)["'\\\`]?\\]?\\s{0,8}(?:=>|:=|[:=])\\s{0,8}(?:["'\\\`](?<quoted>[^"'\\\`\\n]{4,300})["'\\\`]|(?<bare>[^\\s"'\\\`,;#(){}<>]{6,300}))`,
      'dgi',
    ),
    before: 60,
    after: 700,
    check: isLikelySecret,
  },
]

/** Kinds of files in which bare words are values; in code a bare word is a name. */
const configFile =
  /(^|\/)(\.env[\w.-]*|[\w.-]*\.(env|ini|cfg|conf|config|properties|toml|ya?ml|json|xml|tfvars|sh|bash|zsh|ps1|bat|cmd|dockerfile)|dockerfile[\w.-]*|\.npmrc|\.pypirc|\.netrc|\.pgpass|\.my\.cnf|credentials)$|^$/

/** Files that tools write about packages: names and digests there only look like assignments. */
const lockFile =
  /(^|\/)([\w.-]*lock([.-][\w.-]*)?|npm-shrinkwrap\.json|go\.sum|cargo\.toml|package\.json|[\w.-]*\.(min\.js|map|svg|po|lock\.json|lockb?))$/

function isLikelySecret(secret: string, { window, start, path }: MatchContext): boolean {
  const quoted = /["'`]/.test(window[start - 1] ?? '')
  if ((!quoted && !configFile.test(path)) || lockFile.test(path)) return false
  const kind = kindOfName(nameBefore(window, start))
  if (kind === 'other' || isPlaceholder(secret) || isReference(secret) || isProse(secret)) return false
  const kinds = characterKinds(secret)
  const bits = entropy(secret)
  if (kind === 'password')
    return secret.length >= 6 && secret.length <= 120 && (kinds >= 2 || bits >= 3) && !isWord(secret)
  return secret.length >= 12 && kinds >= 2 && bits >= 3.2 && !isWord(secret)
}

const passwordWords = new Set(['pass', 'password', 'passwd', 'passwrd', 'pwd', 'passphrase', 'passcode', 'passwords'])
const secretWords = new Set([
  'secret',
  'secrets',
  'token',
  'credential',
  'credentials',
  'apikey',
  'accesskey',
  'secretkey',
  'privatekey',
  'authkey',
  'authtoken',
  'accesstoken',
  'apitoken',
  'apisecret',
  'clientsecret',
  'connectionstring',
])
const keyOwners = new Set([
  'api',
  'access',
  'auth',
  'private',
  'secret',
  'signing',
  'encryption',
  'master',
  'service',
  'app',
  'account',
  'consumer',
  'client',
  'webhook',
  'session',
  'jwt',
  'storage',
  'license',
])
/** What a name is about when it ends so: `token_url`, `passwordField`, `secret-name`. */
const otherEnds =
  /^(id|ids|name|names|file|files|path|paths|dir|url|urls|uri|type|types|field|fields|label|labels|header|headers|prefix|suffix|length|len|size|expiry|expires|expiration|expire|ttl|timeout|algorithm|alg|format|version|versions|column|regex|pattern|hash|hint|policy|policies|strength|reset|page|form|input|manager|provider|service|endpoint|host|port|issuer|audience|scope|scopes|count|limit|max|min|enabled|required|description|title|message|error|placeholder|text|class|method|function|handler|env|var|ref|arn|kind|mode|public)$/

/** Whether a name (`dbPassword`, `API_KEY`, `token-url`) says that a password or another secret stands behind it. */
function kindOfName(name: string): 'password' | 'secret' | 'other' {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .map(word => word.replace(/\d+$/, ''))
    .filter(word => word !== '' && !/^(value|val|str|string|prod|dev|default|old|new|test)$/.test(word))
  const last = words.at(-1) ?? ''
  if (otherEnds.test(last) || words.some(word => /^(public|vault|store)$/.test(word))) return 'other'
  if (words.some(word => passwordWords.has(word)) || /(?:password|passwd)$/.test(last)) return 'password'
  if (words.some(word => secretWords.has(word))) return 'secret'
  const owner = words.at(-2) ?? ''
  return (last === 'key' && keyOwners.has(owner)) || (last === 'string' && owner === 'connection') ? 'secret' : 'other'
}

function nameBefore(window: string, start: number): string {
  return (
    /([\w.-]{1,80})["'`\]]{0,2}\s{0,8}(?:=>|:=|[:=])\s{0,8}["'`]?$/.exec(
      window.slice(Math.max(0, start - 120), start),
    )?.[1] ?? ''
  )
}

/** Something that stands for a value kept elsewhere: a variable, a call, a path, an address, a type, a digest of known form. */
function isReference(value: string): boolean {
  return /^[a-z]+(?:[-_.][a-z]+)*$/i.test(value) && value.length < 24 && !/\d/.test(value)
    ? /[-_.]/.test(value) || /^[a-z]+[A-Z]/.test(value)
    : /^(?:https?|ftp|file|s3|gs|arn|urn|projects|vault|secretmanager|ssm|op|env|data|npm|git):/i.test(value) ||
        /^[./~]|^[A-Za-z]:\\/.test(value) ||
        /^(?:process\.env|os\.environ|System\.getenv|getenv|config|settings|self|this|var|local|module|secrets?|env|props|options|request|req|params|args|data|user)[.[(]/.test(
          value,
        ) ||
        /\w\(|\)$|=>|\s&&\s|::|->/.test(value) ||
        /^(?:sha(?:1|256|384|512)|md5)[:-]/i.test(value)
}

/** Several words with blanks between them are a sentence for people, not a value. */
function isProse(value: string): boolean {
  return /\s/.test(value.trim()) && (value.trim().split(/\s+/).length > 2 || !/\d/.test(value))
}

/** A plain word of one case, or a camel-case identifier. */
function isWord(value: string): boolean {
  return (
    /^[a-z]+$/.test(value) ||
    /^[A-Z]+$/.test(value) ||
    /^(?:[A-Z]?[a-z]+)+$/.test(value) ||
    /^(?:true|false|null|none|nil|undefined|string|boolean|number|int|required|optional|enabled|disabled)$/i.test(value)
  )
}
