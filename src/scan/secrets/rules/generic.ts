import { namedGlance, type Wording } from '../glance.ts'
import { kindOfName } from '../name.ts'
import type { MatchContext, SecretRule, Verdict } from '../rule.ts'
import { decodedValue, judgeValue } from '../value.ts'

/** Names of two words are sought whole: `key` alone stands everywhere. */
const keyNames =
  'api access auth private secret signing encryption master service app account consumer client webhook session jwt storage license admin server shared in nonce hmac cookie crypt aes fernet'
    .split(' ')
    .flatMap(owner => ['', '_', '-', '.'].map(between => `${owner}${between}key`))

const stems = `passw(?:or|r)?d?s?|passphrase|passcode|passwort|pass|pswd?|pwd|pw|contrasena|senha|secrets?|tokens?|credentials?|salt|pepper|dsn|conn(?:ection)?[-_ ]?str(?:ing)?|(?:${'api access auth private secret signing encryption master service app account consumer client webhook session jwt storage license admin server shared in nonce hmac cookie crypt aes fernet'.split(' ').join('|')})[-_.]?key`
const quote = `\\\\{0,2}["'\\\`]`
/** Letters before a string: Python's `b"`, C#'s `@"`. */
const opening = `(?:[bBrRuUN@]{0,2})(?:""|'')?${quote}`
/** What makes bytes or a type of a literal: `[]byte("x")`, `Some("x")`. */
const wrapper = `(?:(?:\\[\\]byte|Some|String::from|new String|bytes|Buffer\\.from|SecretStr|Secret\\.fromString)\\([bB]?)?`
const value = `(?:${wrapper}${opening}(?<quoted>[^"'\\\`\\n]{4,300}?)${quote}|(?<bare>[^\\s"'\\\`,;(){}<>\\[\\]]{4,300}))`
const between = [
  // password = "x", "password": "x", password => 'x', [password] := x, String password = "x", password: string = "x"
  `(?:${quote}|\\*\\*)?[\\])]{0,2}[ \\t]{0,20}(?::[ \\t]{0,4}[&\\w<>?|'[\\] ]{1,24}[ \\t]{0,4}=|[ \\t]string[ \\t]{0,4}=|=>|:=|={1,3}|:|\\?=|\\|\\|=|\\?\\?=)[ \\t]{0,20}`,
  // const password =
  //   "x"
  `(?:${quote})?\\]?[ \\t]{0,8}(?:=|:=|=>)[ \\t]{0,8}\\r?\\n[ \\t]{1,60}(?=${opening})`,
  // R's password <- "x", Visual Basic's Password As String = "x", C's password[] = "x", C#'s Password { get; set; } = "x"
  `[ \\t]{0,8}<-[ \\t]{0,8}`,
  `[ \\t]{1,4}As[ \\t]{1,4}\\w{1,24}[ \\t]{0,4}=[ \\t]{0,4}`,
  `\\[\\w{0,10}\\][ \\t]{0,8}=[ \\t]{0,8}`,
  `[ \\t]{0,4}\\{[ \\t]{0,4}get;[^{}\\n]{0,40}\\}[ \\t]{0,4}=[ \\t]{0,4}`,
  // {"name":"DB_PASSWORD","value":"x"}
  `"[ \\t]{0,4},[ \\t]{0,4}"value"[ \\t]{0,4}:[ \\t]{0,4}`,
  // define('DB_PASSWORD', 'x'), put("password", "x")
  `${quote}\\)?[ \\t]{0,4},[ \\t]{0,20}`,
  // <add key="Password" value="x"/>, <property name="password" value="x">
  `${quote}[ \\t]{1,8}value[ \\t]{0,4}=[ \\t]{0,4}`,
  // {name: DB_PASSWORD, value: x}
  `(?:${quote})?,[ \\t]{1,4}value:[ \\t]{1,4}`,
  // name: DB_PASSWORD / value: x
  `(?:${quote})?,?[ \\t]{0,4}\\r?\\n[ \\t-]{0,60}"?value"?:[ \\t]{0,8}`,
].join('|')

/**
 * A name that says that a secret stands behind it, and a value. The value decides: how it is written in this kind of file, how random it is,
 * whether it is a word for "fill me in", a reference, a path, or prose.
 */
export const genericRules: SecretRule[] = [
  {
    id: 'generic-secret',
    title: { en: 'secret in an assignment', ko: '대입문에 든 비밀 값' },
    category: 'credential',
    severity: 'HIGH',
    keywords: [
      'pass',
      'pwd',
      'psw',
      '_pw',
      ' pw:',
      ' pw=',
      ' pw =',
      'secret',
      'token',
      'credential',
      'conn_str',
      'connstr',
      'connectionstring',
      'connection_string',
      'salt',
      'pepper',
      '\npw=',
      '\npw:',
      '"pw',
      'rootpw',
      'dsn',
      'senha',
      ...keyNames,
    ],
    glance: namedGlance(wordingOf),
    pattern: new RegExp(`(?:${stems})[\\w.-]{0,24}(?:${between})${value}`, 'dgi'),
    before: 60,
    after: 700,
    check: isLikelySecret,
  },
  {
    id: 'generic-secret-element',
    title: { en: 'secret in an element', ko: '요소에 든 비밀 값' },
    category: 'credential',
    severity: 'HIGH',
    keywords: [
      'password>',
      'passwd>',
      'secret>',
      'token>',
      'apikey>',
      'api_key>',
      'passphrase>',
      'pass>',
      'pwd>',
      'key>',
    ],
    pattern:
      /<(?:\w{1,20}:)?[\w.-]{0,40}(?:pass(?:word|wd|phrase)?|pwd|secret|token|key)[\w.-]{0,12}>\s{0,40}(?<secret>[^\s<>]{4,300})\s{0,40}<\//dgi,
    before: 60,
    after: 500,
    check: (secret, context) => (bareAllowed(context.path) ? judgeValue(kindOfName(nameAt(context)), secret) : false),
  },
]

/** Kinds of files in which bare words are values; in code a bare word is a name. */
const configFile =
  /(^|\/)(\.env[\w.-]*|[^/]*\.(env|ini|cfg|cnf|conf|config|properties|props|toml|ya?ml|json|xml|tfvars|sh|bash|zsh|ksh|fish|ps1|bat|cmd|dockerfile|envrc|service|plist|reg|csv|log|txt|sql|creds|credentials|smbcredentials|secret|secrets|htaccess|ldif|sls|eyaml|hocon|nix|cue|jsonnet|libsonnet|tfstate|hcl|ovpn|netdev|network|nmconnection|http|rest|cred|auth|ks|preseed|repo|mount)(?:\.(?:bak|old|orig|save|backup|local|prod|production|staging))?|\.?(?:curl|wget|mutt|msmtp|fetchmail|offlineimap|psql|mysql|irb|zshenv|bash_)rc|hosts|inventory|kubeconfig|dockerfile[\w.-]*|containerfile|jenkinsfile|makefile|procfile|justfile|\.npmrc|\.yarnrc|\.pypirc|\.netrc|_netrc|\.pgpass|\.my\.cnf|\.bashrc|\.profile|\.bash_history|\.zsh_history|\.zshrc|\.s3cfg|\.boto|\.git-credentials|\.dockercfg|credentials|config|secrets?|passwords?|environment|env)$|^$/

/** Where a plain `secret = x` is a password that somebody chose. */
const settings = /\.(?:conf|cfg|cnf|ini)$/

/** Files that tools write about packages: names and digests there only look like assignments. */
const lockFile =
  /(^|\/)([\w.-]*lock([.-][\w.-]*)?|[\w.-]*checksums?(\.[\w.-]*)?|sha\d{1,3}sums?(\.[\w.-]*)?|npm-shrinkwrap\.json|go\.(sum|mod)|cargo\.toml|package\.json|composer\.json|[\w.-]*\.(min\.js|bundle\.js|map|svg|po|pot|lock\.json|lockb?|d\.ts|css|scss|less|snap|xlf|strings|resx|arb))$|(^|\/)(locales?|i18n|lang|translations|messages)\//

function bareAllowed(path: string): boolean {
  return configFile.test(path) && !lockFile.test(path)
}

function wordingOf(path: string): Wording {
  if (lockFile.test(path)) return 'none'
  return configFile.test(path) ? 'bare' : 'quoted'
}

function isLikelySecret(secret: string, context: MatchContext): Verdict {
  const { window, start, path } = context
  if (lockFile.test(path)) return false
  const quoted = /["'`]/.test(window[start - 1] ?? '')
  if (!quoted && !bareAllowed(path)) return false
  const name = nameAt(context)
  const kind = !quoted && /^secret$/i.test(name) && settings.test(path) ? 'password' : kindOfName(name)
  if (kind === 'other' || isInUrn(context)) return false
  if (quoted ? isInList(context) : followsComma(context)) return false
  const text = quoted ? secret : bareValue(secret, window, context.matchStart)
  if (text === undefined) return false
  // What is called, or looked into, is a name.
  if (!quoted && /[[(<]/.test(window[start + secret.length] ?? '') && /^[A-Za-z_]+(?:\.[A-Za-z_]+)*$/.test(text))
    return false
  if (/\.ya?ml$|^$/.test(path)) {
    const decoded = decodedValue(text)
    if (decoded !== text)
      return /^[\w.-]{0,60}$/.test(decoded) && decoded.length < 8 ? false : judgeValue('password', decoded)
  }
  return judgeValue(kind, text)
}

/** `arn:aws:secretsmanager:…:secret:NAME`, `"aws:pass"`: a part of a name, not a name with a value. */
function isInUrn({ window, matchStart }: MatchContext): boolean {
  // `"src/token.rs": "9f3a…"`: a path with its digest.
  if (/["'](?:[\w.@-]{1,60}\/)+[\w.-]{0,60}$/.test(window.slice(Math.max(0, matchStart - 180), matchStart))) return true
  // `"AWS::ApiGateway::ApiKey"`: the name of a type.
  if (/(?<![\w:])[A-Z]\w{0,60}::(?:\w{1,60}::)?\w{0,60}$/.test(window.slice(Math.max(0, matchStart - 180), matchStart)))
    return true
  if (/(?:checksum|hash|sha256)\/[\w.-]{0,60}$/.test(window.slice(Math.max(0, matchStart - 80), matchStart)))
    return true
  return /\b(?:arn|urn|aws|crn)(?::[^\s"'`]{0,160})?:$/.test(window.slice(Math.max(0, matchStart - 180), matchStart))
}

/** `"md5", "password", "scram-sha-256"`: a comma says that a value follows its name only where the name comes first in a call or a pair, or is an option. */
function isInList({ window, start, matchStart }: MatchContext): boolean {
  const name = window.slice(matchStart, start)
  if (!/["'`]\)?[ \t]{0,4},[ \t]{0,20}[\\bBrRuU@]{0,2}["'`]$/.test(name)) return false
  const before = window.slice(Math.max(0, matchStart - 80), matchStart)
  return !/(?:[([{][ \t]{0,4}\\?["'`][\w.-]{0,60}|\\?["'`]-{1,2}[\w-]{0,40})$/.test(before)
}

/** `put("password", value)`: what is not in quotation marks behind a comma is a name. */
function followsComma({ window, start, matchStart }: MatchContext): boolean {
  return /["'`]\)?[ \t]{0,4},[ \t]{0,20}$/.test(window.slice(matchStart, start))
}

/** A value without quotation marks: what a shell would take away, and comments, do not belong to it. A shell's `${NAME:?…}` states none. */
function bareValue(secret: string, window: string, matchStart: number): string | undefined {
  const inShell = /\$\{\w{0,80}$/.test(window.slice(Math.max(0, matchStart - 90), matchStart))
  if (inShell) return /^[-=]/.test(secret) ? secret.slice(1) : undefined
  // An anchor of YAML, or what refers to one.
  if (/^[&*][a-z]\w{0,80}$/i.test(secret) && secret.includes('_')) return undefined
  if (/^[|>&!*%@`\\]|^-{1,2}[a-z]/.test(secret) && secret.length < 40)
    return /^[!@%*&]/.test(secret) && secret.length >= 8 ? secret : undefined
  // OpenSSL writes a password as `pass:…`. Text kept in JSON ends its lines with `\n`.
  return secret
    .replace(/\\[nrt].*$/s, '')
    .replace(/#$/, '')
    .replace(/^pass:/, '')
}

/** The name from its beginning, which may stand before what the pattern sought, to its end. */
function nameAt({ window, matchStart }: MatchContext): string {
  const before = /[\w.-]{0,60}$/.exec(window.slice(Math.max(0, matchStart - 60), matchStart))?.[0] ?? ''
  const after = /^<?(?:\w{1,20}:)?[\w.-]{1,100}/.exec(window.slice(matchStart, matchStart + 120))?.[0] ?? ''
  return before + after.replace(/^</, '')
}
