import { isPlaceholder } from '../judge.ts'
import { letterBits } from '../letters.ts'
import { kindOfName } from '../name.ts'
import type { MatchContext, SecretRule, Verdict } from '../rule.ts'
import { judgeValue } from '../value.ts'

const password = (secret: string): Verdict => judgeValue('password', secret)
const secretText = (secret: string): Verdict => judgeValue('secret', secret)

function credential(
  id: string,
  title: [en: string, ko: string],
  keywords: string[],
  pattern: RegExp,
  check: SecretRule['check'] = password,
  reach: [before: number, after: number] = [4, 500],
): SecretRule {
  return {
    id,
    title: { en: title[0], ko: title[1] },
    category: 'credential',
    severity: 'HIGH',
    keywords,
    pattern,
    before: reach[0],
    after: reach[1],
    check,
  }
}

const word = `["']?(?<secret>[^\\s"'\`$<>|;&(){}]{4,120})["']?(?=$|[\\s"'\`|;&)])`
const quoted = `["'\`](?<secret>[^"'\`\\s$<>{}]{4,120})["'\`]`
const path =
  (names: RegExp, inner: SecretRule['check'] = password): SecretRule['check'] =>
  (secret, context) =>
    names.test(context.path) ? inner!(secret, context) : false

/** Passwords by where they stand: on command lines, in SQL, in calls, in files whose form says what is a password. */
export const commandRules: SecretRule[] = [
  credential(
    'connection-string',
    ['password in a connection string', '연결 문자열의 암호'],
    ['password=', 'pwd=', 'password ='],
    /(?:server|data source|host|hostname|addr(?:ess)?|uid|user(?: ?id|name)?|database|dbname|initial catalog)\s{0,2}=[^;"'\n]{0,100}[;& ][^"'\n]{0,200}?(?:password|pwd)\s{0,2}=\s{0,2}(?<secret>[^;&"'\s<>]{4,120})/dgi,
    // In a call the argument's end stands behind the value.
    secret => judgeValue('password', secret.replace(/[),\]]{1,4}:?$/, '')),
    [420, 200],
  ),
  credential(
    'dsn-password',
    ['password in a data source name', '데이터 소스 이름의 암호'],
    ['@tcp(', '@unix('],
    /(?<![\w/])[\w.-]{1,60}:(?<secret>[^\s:@"'`$%{}]{4,120})@(?:tcp|unix)\(/dg,
    password,
    [200, 4],
  ),
  credential(
    'command-password',
    ['password on a command line', '명령줄의 암호'],
    ['mysql', 'mariadb', 'mongo'],
    new RegExp(
      `\\b(?:mysql|mysqldump|mysqladmin|mariadb|mongo(?:sh|dump|restore)?)\\b[^\\n|]{0,200}?\\s-(?:p|-password[= ])${word}`,
      'dg',
    ),
  ),
  credential(
    'sshpass-password',
    ['password of sshpass', 'sshpass의 암호'],
    ['sshpass'],
    new RegExp(`sshpass\\s{1,4}-p\\s{0,4}${word}`, 'dg'),
  ),
  credential(
    'chpasswd-password',
    ['password of an account', '계정 암호'],
    ['chpasswd'],
    /["']?[a-z_][\w-]{0,31}:(?<secret>[^\s"'$:|]{4,120})["']?\s{0,4}\|\s{0,4}(?:sudo\s{1,4})?(?:\/usr\/sbin\/)?chpasswd/dg,
    password,
    [200, 20],
  ),
  credential(
    'redis-password',
    ['password of redis-cli', 'redis-cli의 암호'],
    ['redis-cli'],
    new RegExp(`redis-cli\\b[^\\n|]{0,120}?\\s(?:-a|--pass)\\s{1,4}${word}`, 'dg'),
  ),
  credential(
    'openssl-password',
    ['password of an openssl command', 'openssl 명령의 암호'],
    ['openssl '],
    new RegExp(`openssl\\s[^\\n|]{0,200}?\\s(?:-k\\s{1,4}|-pass(?:in|out)?\\s{1,4}pass:)${word}`, 'dg'),
  ),
  credential(
    'ldap-password',
    ['password of an LDAP command', 'LDAP 명령의 암호'],
    ['ldapsearch', 'ldapadd', 'ldapmodify', 'ldapdelete', 'ldapwhoami'],
    new RegExp(`ldap(?:search|add|modify|delete|whoami)\\b[^\\n|]{0,300}?\\s-w\\s{0,4}${word}`, 'dg'),
  ),
  credential(
    'command-option-password',
    ['password of an option', '명령 옵션의 암호'],
    ['--password', '--passwd', '--token', '--secret', '--api-key', '--apikey', '--pass '],
    new RegExp(`\\s--[a-z-]{0,24}(?:password|passwd|pass|token|secret|api-?key)[ =]${word}`, 'dgi'),
    optionValue,
    [30, 300],
  ),
  credential(
    'cmdlet-password',
    ['password of a PowerShell parameter', 'PowerShell 매개변수의 암호'],
    ['password "', "password '", 'passphrase "', 'token "', 'apikey "', 'secret "', "token '", "apikey '", "secret '"],
    /[ \t]-\w{0,24}(?:password|passphrase|token|apikey|secret)[ \t]{1,4}["'](?<secret>[^"'`\s$<>{}]{4,120})["']/dgi,
    path(/\.(?:psm?1|psd1|bat|cmd|txt)$|^$/, (secret, { window, start }) =>
      judgeValue(kindOfName(/-(\w{1,40})[ \t]{1,4}["']$/.exec(window.slice(0, start))?.[1] ?? ''), secret),
    ),
    [40, 180],
  ),
  credential(
    'sql-password',
    ['password in an SQL statement', 'SQL 문의 암호'],
    ['identified by', 'identified with', 'with password', 'encrypted password', ' password '],
    /\b(?:identified\s{1,4}(?:with\s{1,4}[\w'"]{1,40}\s{1,4})?by|(?:create|alter)\s{1,4}(?:user|role|login)\b[^;\n]{1,120}?\bpassword\s{0,4}=?)\s{0,4}(?:password\s{1,4})?N?["'](?<secret>[^"'`\s$<>{}]{4,120})["']/dgi,
    password,
    [200, 200],
  ),
  credential(
    'call-password',
    ['password in a call', '함수 호출에 든 암호'],
    [
      '_connect(',
      'networkcredential(',
      'getconnection(',
      'basicauth(',
      'setbasicauth(',
      'auth=(',
      'new pdo(',
      'new mysqli(',
      'ftp_login(',
      'imap_open(',
      'passwordauthentication(',
      'usernamepasswordcredentials(',
      'basic_auth(',
    ],
    new RegExp(
      `(?:_connect|NetworkCredential|getConnection|(?:set)?basicAuth|auth=|new PDO|new mysqli|ftp_login|imap_open|PasswordAuthentication|UsernamePasswordCredentials|basic_auth)\\((?:\\s{0,4}[^,()\\n]{1,120},){1,2}\\s{0,4}${quoted}`,
      'dgi',
    ),
    callPassword,
    [40, 400],
  ),
  credential(
    'basic-authorization',
    ['user and password in a header', '헤더의 사용자와 암호'],
    ['basic '],
    /(?:authorization|auth)["'\]]{0,2}[\s:=,]{1,6}["'`]?basic\s{1,4}(?<secret>[A-Za-z0-9+/]{8,200}={0,2})/dgi,
    secret => basicPassword(secret),
    [40, 260],
  ),
  credential(
    'curl-header',
    ['credentials in a header on a command line', '명령줄 헤더의 자격 증명'],
    ['authorization:'],
    /(?:-H|--header)[ =]{1,3}\\?["']authorization:\s{0,2}(?:[a-z]{1,12}\s{1,2})?(?<secret>[^\s"'$<{}]{12,400})\\?["']/dgi,
    secretText,
    [20, 450],
  ),
  credential(
    'header-key',
    ['key in a header', '헤더의 키'],
    ['x-api-key', 'x-auth-token', 'x-vault-token', 'x-access-token', 'private-token', 'api-key'],
    /(?:x-(?:api-key|auth-token|vault-token|access-token)|private-token|api-key)["']?[\s:=,]{1,6}["'`]?(?<secret>[A-Za-z0-9._~+/=-]{12,400})/dgi,
    secretText,
    [4, 450],
  ),
  credential(
    'terraform-default',
    ['default of a secret variable', '비밀 변수의 기본값'],
    ['variable "'],
    /variable\s{1,4}"[\w-]{0,60}(?:password|passwd|secret|token|api_?key)[\w-]{0,20}"\s{0,4}\{[^{}]{0,400}?default\s{0,8}=\s{0,8}"(?<secret>[^"\n$]{4,200})"/dgi,
    password,
    [2, 800],
  ),
  credential(
    'docker-env',
    ['secret in ENV', 'ENV의 비밀 값'],
    ['env ', 'arg ', 'setx ', 'set -'],
    /(?:^|\n)\s{0,8}(?:ENV|ARG|setx|setenv|set[ \t]-[gUx]{1,3})\s{1,4}(?<name>[\w.-]{0,40}(?:PASSWORD|PASSWD|PASS|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|SECRET_KEY(?:_BASE)?|_PAT))\s{1,4}["']?(?<secret>[^\s"'$]{4,300})/dgi,
    path(/dockerfile|containerfile|\.(?:bat|cmd|ps1|fish|c?sh|txt|md)$|^$|(?:^|\/)[^./]+$/, secretOrPassword),
    [12, 400],
  ),
  credential(
    'htpasswd-hash',
    ['password hash of a web server', '웹 서버 암호 해시'],
    [':$apr1$', ':$2y$', ':{sha}', ':{ssha}'],
    /(?:^|\n)[\w.@-]{1,60}:(?<secret>\$(?:apr1|2[aby])\$[./A-Za-z0-9$]{20,80}|\{S?SHA\}[A-Za-z0-9+/=]{20,80})/dgi,
    path(/htpasswd/, () => true),
    [80, 120],
  ),
  credential(
    'netrc-password',
    ['password in .netrc', '.netrc의 암호'],
    ['password', 'passwd'],
    /\bpassword\s{1,20}(?<secret>\S{4,200})/dg,
    path(/(^|\/)[._]netrc$|(^|\/)\.?authinfo$/),
    [4, 240],
  ),
  credential(
    'machine-password',
    ['password of a machine', '서버 로그인 암호'],
    ['machine ', 'default login'],
    /\b(?:machine\s{1,10}\S{1,200}|default(?=\s{1,10}login\s))\s{1,20}(?:(?:login|account)\s{1,10}\S{1,200}\s{1,20}){0,2}password\s{1,10}(?<secret>\S{4,200})/dg,
    password,
    [12, 900],
  ),
  credential(
    'npm-registry-password',
    ['npm registry credentials', 'npm 레지스트리 자격 증명'],
    ['_auth', '_password'],
    /(?:^|[\n/:])(?:_auth|_password)\s{0,4}=\s{0,4}"?(?<secret>[A-Za-z0-9+/]{8,300}={0,2})/dg,
    path(/npmrc$|yarnrc$|^$/, secret => !isPlaceholder(secret)),
    [4, 400],
  ),
  {
    ...credential(
      'pgpass-password',
      ['password in .pgpass', '.pgpass의 암호'],
      [':'],
      /(?:^|\n)[^#:\n]{1,200}:(?:\d{1,5}|\*):[^:\n]{1,60}:[^:\n]{1,60}:(?<secret>[^:\n]{4,120})/dg,
      path(/pgpass(?:\.conf)?$|^$|\.(?:txt|bak|old)$/),
      [300, 300],
    ),
    keywords: [':5432:', ':*:', ':5433:', ':6432:'],
  },
  credential(
    'directive-password',
    ['password of a directive', '설정 지시어의 암호'],
    [
      'requirepass',
      'masterauth',
      'bindpw',
      'authtok',
      'rootpw',
      'psk=',
      'wpa_passphrase',
      'enable secret',
      'rocommunity',
      'snmp-server community',
    ],
    /(?:(?:requirepass|masterauth|wpa_passphrase|\bbindpw|_authtok|(?:^|\n)rootpw)[ \t=]{1,8}|\bpsk=)["']?(?<secret>[^\s"'#]{6,120})/dgi,
    password,
    [4, 200],
  ),
  credential(
    'property-password',
    ['password in a property', '속성에 든 암호'],
    ['password">', 'secret">', 'token">', 'apikey">', 'pass">', 'passphrase">', 'pwd">'],
    /(?:name|key|id)="[\w.-]{0,60}(?:password|passwd|passphrase|pass|pwd|secret|token|apikey)">\s{0,20}(?:<value>\s{0,20})?(?<secret>[^\s<>]{4,200})\s{0,20}</dgi,
    password,
    [80, 300],
  ),
]

function optionValue(secret: string, { path: file, window, start }: MatchContext): Verdict {
  // In code and documents an option's name is followed by words about it.
  if (/\.(?:[cm]?[jt]sx?|py|go|rb|java|rs|c|h|cpp|1|8|md|rst|txt|html)$/.test(file)) return false
  if (/^-|[^ -~]/.test(secret)) return false
  const option = /--([a-z-]{1,40})[ =]["']?$/i.exec(window.slice(Math.max(0, start - 60), start))?.[1] ?? ''
  return kindOfName(option) === 'password' ? judgeValue('password', secret) : judgeValue('secret', secret)
}

function secretOrPassword(secret: string): Verdict {
  return judgeValue('password', secret)
}

/** The second or third argument, unless the call's first ones tell that it is something else. */
function callPassword(secret: string): Verdict {
  const verdict = judgeValue('password', secret)
  const named =
    /[./:]/.test(secret) && (/^[\w-]*(?:[./:]+[\w-]+)+$/.test(secret) || !/\d/.test(secret)) && letterBits(secret) < 5
  return verdict === true && !named
}

/** RFC 7617: base64 of `user:password`. */
function basicPassword(secret: string): Verdict {
  const text = Buffer.from(secret, 'base64').toString('latin1')
  const [, value] = /^[\x20-\x7e]{0,100}?:([\x20-\x7e]{3,120})$/.exec(text) ?? []
  return value === undefined || isPlaceholder(value) ? false : judgeValue('password', value) || 'low'
}
