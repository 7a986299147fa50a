import { decodeBase64, isPlaceholder } from '../judge.ts'
import { kindOfName } from '../name.ts'
import type { MatchContext, SecretRule, Verdict } from '../rule.ts'
import { judgeValue } from '../value.ts'

const names = '(?:password|passwd|passphrase|pass|pwd|secret|token|api[-_]?key)'
const quoted = `"(?<secret>[^"'\`\\\\\\s$<>{}]{4,200})"`

interface Form {
  keywords: string[]
  pattern: RegExp
  hint?: RegExp
  reach: [before: number, after: number]
  paths?: RegExp
  check?: SecretRule['check']
}

/** Assignments as languages write them that have no sign between a name and its value, or put the name behind it. */
export const syntaxRules: SecretRule[] = [
  syntax('erlang-secret', {
    keywords: ['password', 'passwd', 'secret', 'token', '_pass'],
    hint: /\{\s{0,4}'?\w{0,40}'?\s{0,4},\s{0,4}(?:<<)?"/,
    pattern: new RegExp(`\\{\\s{0,4}'?(?<name>\\w{0,30}${names})'?\\s{0,4},\\s{0,4}(?:<<)?${quoted}`, 'dgi'),
    reach: [50, 240],
    paths: /\.(?:erl|hrl|config|escript|src)$/,
  }),
  syntax('lisp-secret', {
    keywords: ['password "', 'passwd "', 'secret "', 'token "', 'pass "', 'key "'],
    pattern: new RegExp(
      `(?:(?<![^({\\s]):|\\(?(?:setq|def|defvar|defconst|define|setf)\\s{1,4})(?<name>[\\w*-]{0,30}${names}\\*?)\\s{1,8}${quoted}`,
      'dgi',
    ),
    reach: [60, 240],
    paths: /\.(?:cljs?|cljc|edn|el|lisp|lsp|scm|ss|rkt)$/,
  }),
  syntax('constructed-secret', {
    keywords: ['password(', 'passwd(', 'secret(', 'token(', 'pass(', 'pwd(', 'key('],
    pattern: new RegExp(
      `\\b(?:Q?String|string|wstring|string_view|auto|char\\s?\\*)\\s{1,4}(?<name>\\w{0,30}${names}_?)[({]\\s{0,4}${quoted}\\s{0,4}[)}]`,
      'dgi',
    ),
    reach: [60, 240],
  }),
  syntax('cobol-secret', {
    keywords: ['password', 'passwd', '-pwd', 'secret', 'token', 'api-key', '-pass'],
    hint: /\b(?:PIC|MOVE)\s/i,
    pattern: new RegExp(
      `(?:\\b(?<name>[\\w-]{0,30}${names}[\\w-]{0,20})\\s{1,30}PIC(?:TURE)?\\s{1,8}(?:IS\\s{1,4})?[^\\s"']{1,30}\\s{1,30}VALUE\\s{1,8}(?:IS\\s{1,4})?["'](?<secret>[^"'\\s]{4,120})["']|\\bMOVE\\s{1,8}["'](?<quoted>[^"'\\s]{4,120})["']\\s{1,8}TO\\s{1,8}[\\w-]{0,30}${names})`,
      'dgi',
    ),
    reach: [180, 260],
    paths: /\.(?:cob|cbl|cpy|cobol|ccp)$/,
    check: secret => judgeValue('password', secret),
  }),
  syntax('fallback-secret', {
    keywords: ['process.env', 'meta.env', 'deno.env', 'env[', 'env.fetch', 'os.environ', 'getenv(', 'config.get('],
    hint: /["'\])]\s{0,4}(?:\|\||\?\?|or)\s{0,4}["'`]|\w\s{0,4}(?:\|\||\?\?)\s{0,4}["'`]/,
    pattern: new RegExp(
      `\\b(?:process\\.env|import\\.meta\\.env|Deno\\.env|ENV|os\\.environ|os\\.getenv|getenv|env|config)(?:\\.get|\\.fetch)?[.[(]{1,2}["']?(?<name>\\w{0,40}${names}\\w{0,20})["']?[\\])]{0,2}\\s{0,4}(?:\\|\\||\\?\\?|\\bor\\b)\\s{0,4}["'\`](?<secret>[^"'\`\\\\\\s$<>{}]{6,300})["'\`]`,
      'dgi',
    ),
    reach: [30, 480],
  }),
  // Spring's ${db.password:x}, Ansible's and Compose's ${DB_PASSWORD:x}: what is taken where nothing is set.
  syntax('placeholder-default', {
    keywords: ['password:', 'passwd:', 'secret:', 'token:', 'pass:', 'pwd:', 'key:'],
    pattern: new RegExp(
      `\\$\\{(?<name>[\\w.-]{0,60}${names}):(?<secret>[^\\s"'\`$<>{}?=+-][^\\s"'\`$<>{}]{3,120})\\}`,
      'dgi',
    ),
    reach: [80, 140],
  }),
  // config('SECRET_KEY', default='x'), env.str("API_TOKEN", default="x"), os.getenv('X', 'y') is an assignment.
  syntax('named-default', {
    keywords: ['default=', 'default:', 'fallback='],
    hint: /(?:default|fallback)\s{0,2}[=:]\s{0,2}["']/,
    pattern: new RegExp(
      `\\([ \\t]{0,4}["'](?<name>[\\w.-]{0,40}${names}[\\w.-]{0,12})["'][ \\t]{0,4},[^()"'\\n]{0,60}?(?:default|fallback)[ \\t]{0,2}[=:][ \\t]{0,2}["'](?<secret>[^"'\`\\\\\\s$<>{}]{6,300})["']`,
      'dgi',
    ),
    reach: [180, 340],
    check: (secret, { window, matchStart }) => {
      const name = /["']([\w.-]+)["']/.exec(window.slice(matchStart, matchStart + 120))?.[1] ?? ''
      const kind = kindOfName(name)
      return kind !== 'other' && judgeValue(kind, secret) === true
    },
  }),
  // Android's <string name="api_key">x</string>, a property list's <key>ApiSecret</key><string>x</string>
  syntax('string-element', {
    keywords: [
      'password">',
      'secret">',
      'token">',
      'key">',
      'pass">',
      'password</key>',
      'secret</key>',
      'token</key>',
      'key</key>',
    ],
    pattern: new RegExp(
      `(?:name="|<key>)(?<name>[\\w.-]{0,40}${names})(?:">|</key>\\s{0,40}<string>)\\s{0,20}(?<secret>[^\\s"'\`\\\\$<>{}]{6,300})\\s{0,20}</`,
      'dgi',
    ),
    reach: [60, 440],
    check: (secret, { window, matchStart }) => {
      const name = /(?:"|>)([\w.-]+)/.exec(window.slice(matchStart, matchStart + 80))?.[1] ?? ''
      const kind = kindOfName(name)
      return kind !== 'other' && judgeValue(kind, secret) === true
    },
  }),
  // {value: x, name: DB_PASSWORD}: a list of variables in any order of its entries' keys.
  syntax('value-before-name', {
    keywords: ['password', 'passwd', 'secret', 'token', 'api_key', 'apikey', '_pass', '_pwd'],
    hint: /value"?:\s{1,4}\S[^\n]{3,200}[\s,]{1,24}"?name"?:/,
    pattern: new RegExp(
      `(?:^|[\\s{-])"?value"?:[ \\t]{1,4}["']?(?<secret>[^\\s"'\`{}$<>]{4,200})["']?,?\\s{1,24}"?name"?:[ \\t]{1,4}["']?(?<name>[\\w.-]{0,60}${names})["']?[ \\t]{0,4}(?=[\\n\\r},]|$)`,
      'dgi',
    ),
    reach: [330, 60],
    paths: /\.(?:ya?ml|json|tf)$|^$/,
    check: (secret, { window, start }) => {
      const name = /"?name"?:[ \t]{1,4}["']?([\w.-]+)/.exec(window.slice(start + secret.length))?.[1] ?? ''
      const kind = kindOfName(name)
      return kind !== 'other' && judgeValue(kind, secret)
    },
  }),
  syntax('machine-key', {
    keywords: ['validationkey=', 'decryptionkey='],
    pattern: /\b(?:validation|decryption)Key="(?<secret>[0-9A-F]{32,256})["',]/dgi,
    reach: [2, 280],
    check: secret => !isPlaceholder(secret),
  }),
  syntax('laravel-key', {
    keywords: ['base64:'],
    pattern: /(?:app_key|["']key["'])\s{0,4}(?:=>|[=:,])\s{0,4}["']?base64:(?<secret>[A-Za-z0-9+/]{22,86}={0,2})/dgi,
    reach: [40, 100],
    check: secret => !isPlaceholder(secret),
  }),
  // A build file's password "x" and the forms of Groovy; a whole line of it is another rule's.
  syntax('gradle-password', {
    keywords: ['password "', "password '", 'pass "', "pass '"],
    pattern:
      /(?:^|[\s{;])(?<name>\w{0,24}(?:password|pass))[ \t]{1,4}["'](?<secret>[^"'`\\\s$<>{}]{6,200})["']\s{0,4}(?=$|[\n};])/dgi,
    reach: [40, 230],
    paths: /\.(?:gradle|groovy|kts)$|^$/,
  }),
  // Oracle takes a password as a name; MySQL by its function.
  syntax('sql-account-password', {
    keywords: ['identified by', 'password('],
    pattern:
      /(?:\b(?:create|alter)\s{1,4}user\s{1,4}[\w"'@%.$-]{1,80}\s{1,4}identified\s{1,4}by\s{1,4}(?<secret>[A-Za-z][\w$#!@.-]{3,60})(?=[\s;]|$)|\bset\s{1,4}password\b[^;\n=]{0,120}=\s{0,4}password\(\s{0,4}["'](?<quoted>[^"'\s$<>{}]{4,120})["'])/dgi,
    reach: [220, 160],
    check: secret => !/^(?:password|values?|externally|globally)$/i.test(secret) && judgeValue('password', secret),
  }),
  syntax('configured-hash', {
    keywords: ['--iscrypted', 'password-crypted', 'rootpw '],
    pattern:
      /(?:--iscrypted(?:[ \t]{1,4}--\w{1,12}){0,2}[ \t]{1,4}|password-crypted[ \t]{1,4}password[ \t]{1,4}|\brootpw[ \t]{1,8})["']?(?<secret>\$(?:1|2[aby]|5|6|y)\$[./A-Za-z0-9$=,]{20,200}|\{S?SHA\d{0,3}\}[A-Za-z0-9+/=]{20,160})/dg,
    reach: [24, 260],
    check: () => true,
  }),
  syntax('ldif-password', {
    keywords: ['userpassword', 'olcrootpw'],
    pattern: /(?:^|\n)(?:userPassword|olcRootPW)::[ \t]{1,4}(?<secret>[A-Za-z0-9+/]{6,400}={0,2})/dgi,
    reach: [2, 440],
    check: secret => {
      const text = decodeBase64(secret)?.toString('latin1') ?? ''
      return /^[\x20-\x7e]{4,}$/.test(text) && judgeValue('password', text)
    },
  }),
  syntax('oracle-connection', {
    keywords: ['jdbc:oracle:'],
    pattern: /jdbc:oracle:(?:thin|oci8?):[\w$#]{1,60}\/(?<secret>[^\s@"'$<>{}/]{4,120})@/dgi,
    reach: [2, 260],
    check: secret => judgeValue('password', secret),
  }),
  syntax('htpasswd-command', {
    keywords: ['htpasswd -'],
    pattern:
      /\bhtpasswd(?:[ \t]{1,4}-[a-zA-Z]{1,8}(?:[ \t]\d{1,2})?){1,6}(?:[ \t]{1,4}[^\s"'-][^\s"']{0,200})?[ \t]{1,4}["']?[\w.@-]{1,60}["']?[ \t]{1,4}["']?(?<secret>[^\s"'$<>|;&]{4,120})["']?/dg,
    reach: [2, 500],
    check: (secret, { window, matchStart, start }) =>
      /[ \t]-[a-zA-Z]{0,7}b/.test(window.slice(matchStart, start)) && judgeValue('password', secret),
  }),
]

function syntax(id: string, { keywords, pattern, hint, reach, paths, check = telling }: Form): SecretRule {
  return {
    id,
    title: { en: 'secret in an assignment', ko: '대입문에 든 비밀 값' },
    category: 'credential',
    severity: 'HIGH',
    keywords,
    pattern,
    ...(hint && { hint }),
    before: reach[0],
    after: reach[1],
    ...(paths && { paths }),
    check,
  }
}

/** The last word before the value is its name. */
function telling(secret: string, { window, matchStart, start }: MatchContext): Verdict {
  const name =
    /([\w*-]+)[^\w*-]*?(?:\bor\b[^\w]*)?$/.exec(window.slice(Math.max(matchStart, start - 200), start))?.[1] ?? ''
  const kind = kindOfName(name)
  return kind !== 'other' && judgeValue(kind, secret) === true
}
