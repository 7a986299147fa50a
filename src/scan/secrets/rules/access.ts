import { entropy, isPlaceholder } from '../judge.ts'
import { kindOfName } from '../name.ts'
import type { MatchContext, SecretRule, Verdict } from '../rule.ts'
import { judgeValue } from '../value.ts'

const password = (secret: string): Verdict => judgeValue('password', secret)
/** One that nobody takes for a word: of letters alone it proves nothing here. */
const sure = (secret: string): Verdict => judgeValue('password', secret) === true

interface Form {
  keywords: string[]
  pattern: RegExp
  hint?: RegExp
  check?: SecretRule['check']
  written?: true
  reach: [before: number, after: number]
}

function access(
  id: string,
  title: [en: string, ko: string],
  { keywords, pattern, hint, check, written, reach }: Form,
): SecretRule {
  return {
    id,
    title: { en: title[0], ko: title[1] },
    category: 'credential',
    severity: 'HIGH',
    keywords,
    pattern,
    ...(hint && { hint }),
    ...(written && { written }),
    before: reach[0],
    after: reach[1],
    check: check ?? password,
  }
}

const inFile =
  (names: RegExp, inner: SecretRule['check'] = password): SecretRule['check'] =>
  (secret, context) =>
    names.test(context.path) ? inner!(secret, context) : false

/** A text of the UTF-8 bytes as the search sees them: one character a byte. */
const bytes = (text: string): string => Buffer.from(text).toString('latin1')
const koreanNames = ['비밀번호', '패스워드', '암호'].map(bytes)

/** How programs, scripts and systems are handed a password: calls, pipes, and files whose own form says where it stands. */
export const accessRules: SecretRule[] = [
  access('setter-password', ['secret in a call', '함수 호출에 든 비밀 값'], {
    keywords: [
      'password(',
      'passwd(',
      'secret(',
      'apikey(',
      'authtoken(',
      'accesstoken(',
      'settoken(',
      '.token(',
      'passphrase(',
      'secretkey(',
      'accesskey(',
    ],
    pattern:
      /(?:\b(?:set|with)_?|\.)(?<name>\w{0,30}(?:password|passwd|passphrase|secret|api_?key|token|secret_?key|access_?key))\(\s{0,8}["'](?<secret>[^"'`\\\s$<>{}]{6,200})["']\s{0,8}\)/dgi,
    check: setterValue,
    reach: [60, 230],
  }),
  access('login-password', ['password of a login in code', '코드의 로그인 암호'], {
    keywords: ['.login(', '->connect(', '.connect(', '.authenticate(', 'createcredential(', 'basic_auth', 'basicauth('],
    pattern:
      /(?:\.connect\((?=[^,()\n]{1,160},[^,()\n]{1,80},)|(?:\.login|->connect|\.authenticate|\.createCredential|basic_?auth)(?:\(|[ \t]{1,4}(?=["'])))\s{0,8}(?:(?:["'][^"'\n]{1,160}["']|\$\w{1,40}|\d{1,5})\s{0,4},\s{0,8}){1,3}(?:Some\(|Optional\.of\()?["'](?<secret>[^"'`\\\n$<>{}]{4,120})["']/dgi,
    check: secret => sure(secret) || isAppPassword(secret),
    reach: [16, 620],
  }),
  access('google-app-password', ['Google app password', 'Google 앱 비밀번호'], {
    keywords: ['gmail', 'smtp', 'app_password', 'email_', 'mail_'],
    pattern: /["'=:]\s{0,2}(?<secret>[a-z]{4} [a-z]{4} [a-z]{4} [a-z]{4})(?=["'\s]|$)/dg,
    check: secret => isAppPassword(secret),
    reach: [300, 400],
  }),
  access('token-signing-key', ['key that signs tokens', '토큰 서명 키'], {
    keywords: ['jwt', 'signwith(', 'setsigningkey(', 'createhmac(', 'fernet(', 'hmac.new('],
    pattern:
      /(?:jwt(?:\.|::)(?:sign|verify|encode|decode)|signWith|setSigningKey|createHmac|Fernet|hmac\.new)\((?:[^"'()\n]{0,80},\s{0,4}|["'][\w-]{1,20}["'],\s{0,4}){0,2}[bB]?["'](?<secret>[^"'`\s$<>{}]{8,300})["']/dgi,
    check: secret => judgeValue('secret', secret) || sure(secret),
    reach: [12, 600],
  }),
  access('jwt-section-key', ['key that signs tokens', '토큰 서명 키'], {
    keywords: ['jwt'],
    pattern:
      /["']?\w{0,20}jwt\w{0,20}["']?\s{0,4}:\s{0,4}\{[^{}]{0,400}?["'](?:\w{0,20}key|secret)["']\s{0,4}:\s{0,4}["'](?<secret>[^"'\s$<>{}]{16,300})["']/dgi,
    check: secret => judgeValue('secret', secret),
    reach: [24, 900],
  }),
  access('defined-secret', ['secret in a statement', '구문에 든 비밀 값'], {
    keywords: ['#define', ...['password', 'secret', 'token', 'psk'].flatMap(name => [`${name} '`, `${name} "`])],
    hint: /(?:password|passwd|pass|pwd|secret|token|psk|(?:api|secret|access|private|auth)_?key)[ \t]{1,20}["']/i,
    pattern:
      /(?:^|\n)[ \t]{0,16}(?:#[ \t]{0,4}define[ \t]{1,8})?(?:[^\s"'#]{1,40}[ \t]{1,8}){0,3}(?::[ \t]{1,4})?(?<name>\w{0,30}(?:password|passwd|pass|pwd|secret|token|psk|(?:api|secret|access|private|auth)_?key))[ \t]{1,20}["'](?<secret>[^"'`\\\s$<>{}]{6,200})["'][ \t]{0,8}(?=\r?\n|$|\/[/*])/dgi,
    check: statementValue,
    reach: [220, 460],
  }),
  access('piped-password', ['password handed on by a pipe', '파이프로 넘긴 암호'], {
    keywords: ['--password-stdin', 'sudo -s', 'passwd --stdin', 'passwd -1', 'passwd -6', 'kinit '],
    pattern:
      /(?:\becho[ \t]{1,4}(?:-[ne][ \t]{1,4})?["']?(?<secret>[^\s"'$|;<>`]{4,200})["']?[ \t]{0,4}\|[^\n|]{0,80}?(?:--password-stdin|sudo -S|passwd --stdin|kinit )|sudo -S[^\n<]{0,40}<<<[ \t]{0,4}["']?(?<quoted>[^\s"'$;]{4,120})|openssl passwd(?:[ \t]-[\w-]{1,12}){1,3}[ \t]{1,4}["']?(?<bare>[^\s"'$;)-][^\s"'$;)]{3,120}))/dg,
    reach: [320, 180],
  }),
  access('login-option-password', ['password of a login command', '로그인 명령의 암호'], {
    keywords: [
      'az login',
      'oc login',
      'cf login',
      'vault login',
      'gcloud',
      'heroku',
      'docker login',
      'net use',
      'lftp',
      'smbclient',
      'cmdkey',
    ],
    pattern:
      /(?:\b(?:az|oc|cf)[ \t]login\b[^\n]{0,200}?[ \t]-p[ \t]{1,4}["']?(?<secret>[^\s"'$<{]{6,200})|\bnet[ \t]use\b[^\n]{1,120}?[ \t](?<quoted>[^\s"'$%<{/\\*:]{4,120})[ \t]{1,4}\/u(?:ser)?:|\b(?:smbclient|lftp)\b[^\n]{0,200}?[ \t]-(?:U|u)[ \t]{0,2}["']?[\w.\\/@-]{1,60}[%,](?<bare>[^\s"'$<{]{4,120}))/dgi,
    check: sure,
    reach: [12, 460],
  }),
  access('oracle-command-password', ['password of an Oracle command', 'Oracle 명령의 암호'], {
    keywords: ['sqlplus ', 'sqlldr ', 'expdp ', 'impdp ', 'rman target '],
    pattern:
      /\b(?:sqlplus|sqlldr|expdp|impdp|rman[ \t]target)\b[^\n|;]{0,120}?[ \t=]["']?[A-Za-z][\w#]{0,60}\/(?<secret>[^\s@"'$<>{}/|;&]{4,120})(?=@|["'\s]|$)/dgi,
    check: sure,
    reach: [2, 340],
  }),
  access('directive-line-password', ['password of a directive', '설정 지시어의 암호'], {
    keywords: ['password ', 'passwd ', '_pass ', 'secret ', 'password\t'],
    pattern:
      /(?:(?:^|\n)[ \t]{0,16}[\w.-]{0,40}(?:password|passwd|_pass|secret)|(?:^|\n)[ \t]{0,8}(?:username \S{1,60}|enable|line)[ \t](?:privilege \d{1,2} )?(?:password|secret) [0-9])[ \t]{1,16}["']?(?<secret>[^\s"'#;{}$<>=:,]{6,120})["']?[ \t]{0,8}(?=\r?\n|$)/dgi,
    check: inFile(/\.(?:conf|cfg|cnf|config)$|rc$|^$/, secret => sure(secret) && !isHashed(secret)),
    reach: [120, 160],
  }),
  access('gossip-key', ['key that encrypts a cluster’s messages', '클러스터 통신 암호화 키'], {
    keywords: ['encrypt = "', 'encrypt": "', 'encrypt="', 'encrypt":"'],
    pattern: /(?<![\w-])encrypt"?[ \t]{0,4}[=:][ \t]{0,4}"(?<secret>[A-Za-z0-9+/]{22,43}={1,2})"/dg,
    check: secret => entropy(secret) >= 3.5 && !isPlaceholder(secret),
    reach: [2, 70],
  }),
  access('crypt-section-key', ['key of a shop’s settings', '쇼핑몰 설정의 암호화 키'], {
    keywords: ["'crypt'"],
    pattern: /'crypt'\s{0,4}=>\s{0,4}(?:\[|array\s?\()\s{0,40}'key'\s{0,4}=>\s{0,4}'(?<secret>[0-9a-f]{32})'/dg,
    check: secret => entropy(secret) >= 3 && !isPlaceholder(secret),
    reach: [2, 140],
  }),
  access('snmp-password', ['password of an SNMP user', 'SNMP 사용자 암호'], {
    keywords: ['createuser '],
    pattern:
      /\bcreateUser[ \t]{1,8}(?:-e[ \t]{1,4}\S{1,60}[ \t]{1,4})?\S{1,60}[ \t]{1,8}(?:MD5|SHA(?:-\d{3})?)[ \t]{1,8}["']?(?<secret>[^\s"'$<>{}]{4,120})/dg,
    reach: [2, 320],
  }),
  access('session-cookie', ['session of somebody who has logged in', '로그인한 사용자의 세션'], {
    keywords: ['cookie: ', "cookie': ", 'cookie": '],
    pattern:
      /cookie["']?: ["']?(?:[^\n"']{0,300}?[; ])?(?:[\w.-]{0,24}sess(?:ion)?(?:[_-]?(?:id|token))?|connect\.sid|sid|(?:auth|access|refresh|remember)_?token)=(?<secret>[A-Za-z0-9%._~+/=-]{24,400})/dgi,
    check: secret => judgeValue('secret', secret) === true && /\d/.test(secret),
    reach: [2, 780],
  }),
  access('secure-string', ['password made a secure string', '보안 문자열로 바꾼 암호'], {
    keywords: ['convertto-securestring'],
    pattern:
      /ConvertTo-SecureString[ \t]{1,4}(?:-String[ \t]{1,4})?["'](?<secret>[^"'\n$]{4,120})["'][^\n]{0,60}?-AsPlainText/dgi,
    reach: [2, 260],
  }),
  access('installer-password', ['password in an installer’s answers', '설치 응답 파일의 암호'], {
    keywords: [
      'rootpw',
      'root-password',
      'user-password',
      '--password',
      'insecure-password',
      'chpasswd',
      'plain_text_passwd',
    ],
    pattern:
      /(?:\brootpw(?:[ \t]{1,4}--(?:plaintext|allow-ssh)){0,2}[ \t]{1,8}|passwd\/(?:root|user)-password(?:-again)?[ \t]{1,8}password[ \t]{1,8}|\binsecure-password[ \t]{1,8}|plain_text_passwd:[ \t]{1,8}|chpasswd:[^\n]{0,40}\n(?:[^\n]{0,80}\n){0,3}?[ \t]{1,20}(?:- )?["']?[a-z_][\w-]{0,30}:)["']?(?<secret>[^\s"'$#-][^\s"'$#]{3,120})/dg,
    check: secret => !isHashed(secret) && !/^R(?:ANDOM)?$/.test(secret) && password(secret),
    reach: [12, 420],
  }),
  access('mount-password', ['password of a mount', '마운트 암호'], {
    keywords: ['cifs', 'davfs', 'password='],
    pattern: /(?:^|[\s,])(?:user(?:name)?=[^,\s]{1,60}[^\n]{0,80}?,)pass(?:word)?=(?<secret>[^,\s"'$]{4,120})/dg,
    check: inFile(/(?:^|\/)(?:fstab|auto\.[\w-]+)$|\.(?:mount|sh|automount|ya?ml)$|^$/),
    reach: [200, 160],
  }),
  access('element-value-password', ['password in an element', '요소에 든 암호'], {
    keywords: ['password>', '<pass encoding'],
    pattern:
      /(?:<\w{0,24}Password>\s{0,40}<Value>|<Pass encoding="base64">)\s{0,20}(?<secret>[^\s<>]{4,300})\s{0,20}<\//dgi,
    reach: [40, 420],
  }),
  access('parameter-default-password', ['default of a secret parameter', '비밀 매개변수의 기본값'], {
    keywords: ['password:', 'passwd:', 'secret:', 'token:', 'pass:', 'pwd:'],
    hint: /\n[ \t]{2,24}Default:/i,
    pattern:
      /\n[ \t]{1,12}(?<name>\w{0,40}(?:password|passwd|pass|pwd|secret|token)):[ \t]{0,4}\r?\n(?:[ \t]{2,24}(?:Type|NoEcho|Description|MinLength|MaxLength|AllowedPattern|ConstraintDescription):[^\n]{0,200}\n){1,6}[ \t]{2,24}Default:[ \t]{1,4}["']?(?<secret>[^\s"'{}$]{4,200})/dgi,
    reach: [60, 1400],
  }),
  access('korean-password', ['password after its Korean name', '한국어 이름 뒤의 암호'], {
    keywords: koreanNames,
    pattern: new RegExp(
      `(?:${koreanNames.join('|')})["']?[ \\t]{0,4}(?:[:=]|${bytes('는')}|${bytes('은')})[ \\t]{0,4}["']?(?<secret>[!-~]{6,80})`,
      'dg',
    ),
    check: secret => sure(secret.replace(/["',;)]+$/, '')),
    written: true,
    reach: [2, 120],
  }),
]

function setterValue(secret: string, context: MatchContext): Verdict {
  const call = /\w+(?=\()/.exec(context.window.slice(context.matchStart, context.start))?.[0] ?? ''
  const kind = kindOfName(call.replace(/^(?:set|with)_?/i, ''))
  return kind !== 'other' && judgeValue(kind, secret) === true
}

/** C's `#define NAME "x"`, Gradle's `storePassword 'x'`, `: PSK "x"`; a sentence that ends in a quotation has no such value. */
function statementValue(secret: string, context: MatchContext): Verdict {
  const defined = /#[ \t]{0,4}define[ \t]/.test(context.window.slice(context.matchStart, context.start))
  if (!defined && !/\.(?:c|h|cc|cpp|hpp|ino|gradle|groovy|conf|cfg|secrets|pcf|ovpn|tcl|exp)$/.test(context.path))
    return false
  const name = /(\w+)[ \t]+["']$/.exec(context.window.slice(context.matchStart, context.start))?.[1] ?? ''
  const kind = /psk$/i.test(name) ? 'password' : kindOfName(name)
  return kind !== 'other' && judgeValue(kind, secret) === true
}

/** Sixteen random letters in four groups; of four English words at least one vowel each. */
function isAppPassword(secret: string): boolean {
  return (
    /^[a-z]{4}(?: [a-z]{4}){3}$/.test(secret) &&
    secret.split(' ').some(group => !/[aeiouy]/.test(group)) &&
    entropy(secret) >= 3 &&
    !isPlaceholder(secret)
  )
}

function isHashed(secret: string): boolean {
  return /^(?:md5[0-9a-f]{32}$|SCRAM-SHA|\$\w{1,3}\$|\{)/.test(secret)
}
