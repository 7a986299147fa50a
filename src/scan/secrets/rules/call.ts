import { decodeBase64 } from '../judge.ts'
import type { SecretRule, Verdict } from '../rule.ts'
import { judgeValue } from '../value.ts'

const password = (secret: string): Verdict => judgeValue('password', secret)
const sure = (secret: string): boolean => judgeValue('password', secret) === true

const literal = `["'](?<secret>[^"'\`\\\\\\s$<>{}]{4,120})["']`
/** An argument of a command: in quotation marks or not, and no variable. */
const word = `["']?(?<secret>[^\\s"'\`$<>|;&(){}%]{4,120})["']?(?=$|[\\s"'\`|;&)])`

interface Form {
  keywords: string[]
  pattern: string
  check?: SecretRule['check']
  reach: [before: number, after: number]
  flags?: string
}

function handed(id: string, title: [en: string, ko: string], form: Form): SecretRule {
  const { keywords, pattern, check = sure, reach, flags = 'dgi' } = form
  return {
    id,
    title: { en: title[0], ko: title[1] },
    category: 'credential',
    severity: 'HIGH',
    keywords,
    pattern: new RegExp(pattern, flags),
    before: reach[0],
    after: reach[1],
    check,
  }
}

/** Passwords that are handed on: as the argument of a function that takes one in a known place, or of a command. */
export const callRules: SecretRule[] = [
  // simple_bind_s("cn=admin,dc=corp", "x"), Net::LDAP's bind($dn, password => …) is an assignment.
  handed('ldap-bind-password', ['password of an LDAP bind', 'LDAP 바인드 암호'], {
    keywords: ['bind('],
    pattern: `bind(?:_s)?\\([^()"'\\n]{0,60}["'](?:cn|uid|ou|dc|o)=[^"'\\n]{1,200}["'],\\s{0,8}${literal}`,
    check: password,
    reach: [8, 460],
  }),
  handed('bind-password', ['password of an LDAP bind', 'LDAP 바인드 암호'], {
    keywords: ['bind_s(', 'ldap_bind('],
    pattern: `bind(?:_s)?\\((?:[^()"'\\n,]{0,60},)?\\s{0,4}["'][^"'\\n]{1,200}["'],\\s{0,8}${literal}`,
    reach: [12, 460],
  }),
  // Sequelize(database, user, password), mysql_real_connect(handle, host, user, password)
  handed('database-call-password', ['password of a database in a call', '호출에 든 데이터베이스 암호'], {
    keywords: ['new sequelize(', 'real_connect(', 'dbi->connect(', 'pg_connect('],
    pattern: `(?:new Sequelize|real_connect|DBI->connect)\\(\\s{0,8}(?:[^,()"'\\n]{1,60},\\s{0,8})?(?:["'][^"'\\n]{0,160}["'],\\s{0,8}){2}${literal}`,
    reach: [20, 700],
  }),
  // smtp.PlainAuth(identity, user, password, host), smtp.CRAMMD5Auth(user, password), LWP's credentials(host, realm, user, password)
  handed('login-call-password', ['password of a login in a call', '호출에 든 로그인 암호'], {
    keywords: ['plainauth(', '->credentials(', 'crammd5auth('],
    pattern: `(?:CRAMMD5Auth\\(|PlainAuth\\(\\s{0,8}["'][^"'\\n]{0,80}["'],|->credentials\\(\\s{0,8}(?:["'][^"'\\n]{0,160}["'],\\s{0,8}){2})\\s{0,8}["'][^"'\\n]{1,160}["'],\\s{0,8}${literal}`,
    check: password,
    reach: [20, 700],
  }),
  // session.auth = ('user', 'x'), keyring.set_password(service, user, 'x'), redis.auth('x'), .bearer_auth("x"), WiFi.begin(ssid, "x")
  handed('auth-call-password', ['password of a login in a call', '호출에 든 로그인 암호'], {
    keywords: ['auth = (', 'set_password(', '.auth(', '->auth(', 'bearer_auth(', 'wifi.begin(', 'security_credentials'],
    pattern: `(?:\\bauth = \\([ \\t]{0,4}["'][^"'\\n]{1,80}["'],|set_password\\((?:\\s{0,4}["'][^"'\\n]{1,80}["'],){2}|(?:\\.|->)auth\\(|bearer_auth\\(|WiFi\\.begin\\(\\s{0,4}(?:["'][^"'\\n]{1,80}["']|\\w{1,40}),|SECURITY_CREDENTIALS,)\\s{0,8}${literal}[ \\t]{0,4}\\)`,
    reach: [8, 460],
  }),
  // new SecretKeySpec("x".getBytes(), "AES"), Keys.hmacShaKeyFor("x".getBytes())
  handed('key-of-bytes', ['key in code', '코드에 든 키'], {
    keywords: ['secretkeyspec(', 'hmacshakeyfor('],
    pattern: `(?:SecretKeySpec|hmacShaKeyFor)\\(\\s{0,8}"(?<secret>[^"\\\\\\s$<>{}]{8,200})"\\.getBytes\\(`,
    check: secret => judgeValue('secret', secret) === true || sure(secret),
    reach: [2, 260],
  }),
  handed('keystore-password', ['password of a key store in code', '코드에 든 키 저장소 암호'], {
    keywords: ['.tochararray('],
    pattern: `(?:\\.load|\\.init|\\.getKey|\\.store|\\.setKeyEntry|KeyStore|PasswordProtection|PBEKeySpec|KeyMaterial|Password)\\([^()"'\\n]{0,120}(?:["'][\\w.-]{1,60}["'],\\s{0,4})?"(?<secret>[^"'\\\\\\s$<>{}]{4,120})"\\.toCharArray\\(`,
    check: secret => password(secret),
    reach: [380, 4],
  }),
  handed('curl-option-password', ['user and password of a transfer', '전송에 쓰는 사용자와 암호'], {
    keywords: ['curlopt_userpwd', 'curlopt_password', 'curlopt_proxyuserpwd'],
    pattern: `CURLOPT_(?:(?:PROXY)?USERPWD\\s{0,4}(?:,|=>)\\s{0,4}["'][^"':\\s$]{1,80}:|PASSWORD\\s{0,4}(?:,|=>)\\s{0,4}["'])(?<secret>[^"'\\s$<>{}]{4,120})["']`,
    check: password,
    reach: [2, 260],
  }),
  handed('build-field-secret', ['secret in a field of a build', '빌드 필드에 든 비밀 값'], {
    keywords: ['buildconfigfield', 'resvalue', 'manifestplaceholders'],
    pattern: `(?:buildConfigField|resValue)[ (]{1,3}["']\\w{1,20}["'],\\s{0,4}["']\\w{0,40}(?:password|passwd|pwd|secret|token|api_?key)\\w{0,12}["'],\\s{0,4}(?:["']\\\\?["']?|'")(?<secret>[^"'\\\\\\s$<>{}]{6,200})`,
    check: secret => judgeValue('secret', secret),
    reach: [2, 420],
  }),
  handed('keytool-password', ['password of keytool', 'keytool의 암호'], {
    keywords: ['-storepass', '-keypass', '-srcstorepass', '-deststorepass'],
    pattern: `\\s-(?:src|dest)?(?:store|key)pass[ =]${word}`,
    check: password,
    reach: [6, 160],
    flags: 'dg',
  }),
  handed('program-option-password', ['password on a command line', '명령줄의 암호'], {
    keywords: [
      'mongo',
      'sqlcmd',
      'schtasks',
      'psexec',
      'snmp',
      'isql',
      'bcp ',
      'rpcclient',
      'mosquitto_',
      'ipmitool',
      'xfreerdp',
      'cqlsh',
      'influx ',
      'twine ',
      'zip -p',
      '7z ',
      'gpg ',
      'nmcli ',
      'rabbitmqctl ',
      'net user ',
      'mysqladmin ',
      'kinit ',
      'http -a ',
      'https -a ',
    ],
    pattern: `\\b(?:mongo(?:sh|dump|restore|export|import)?\\b[^\\n|]{0,200}?[ \\t]-(?:p|-password)|(?:sqlcmd|bcp|mosquitto_(?:pub|sub)|ipmitool)\\b[^\\n|]{0,200}?[ \\t]-P|schtasks(?:\\.exe)?\\b[^\\n|]{0,200}?[ \\t]\\/rp|psexec(?:64)?(?:\\.exe)?\\b[^\\n|]{0,200}?[ \\t]-p|snmp(?:walk|get|set|table|bulkwalk)\\b[^\\n|]{0,200}?[ \\t]-[AX]|xfreerdp\\b[^\\n|]{0,200}?[ \\t]\\/p:|(?:cqlsh|twine|7z)\\b[^\\n|]{0,200}?[ \\t]-p|influx\\b[^\\n|]{0,200}?[ \\t]-password|\\bzip[ \\t]-P|gpg2?\\b[^\\n|]{0,200}?[ \\t]--passphrase|nmcli\\b[^\\n|]{0,200}?[ \\t]password|rabbitmqctl[ \\t](?:add_user|change_password)[ \\t]\\S{1,60}|\\bnet[ \\t]user[ \\t]\\S{1,60}|mysqladmin\\b[^\\n|]{0,200}?[ \\t]password|kinit\\b[^\\n|]{0,80}?<<<|https?[ \\t]-a[ \\t]{1,4}\\w{1,40}:)[ \\t]{0,4}${word}`,
    check: secret => !secret.startsWith('-') && sure(secret),
    reach: [2, 360],
    flags: 'dg',
  }),
  handed('share-password', ['password of a network share', '네트워크 공유의 암호'], {
    keywords: ['net use', 'smbclient', 'smbmap', 'mount.cifs'],
    pattern: `(?:\\bnet use\\b[^\\n]{1,120}?[ \\t]\\/u(?:ser)?:[^\\s"']{1,80}[ \\t]{1,4}|\\bsmbclient\\b[^\\n]{0,200}?[ \\t]-U[ \\t]{0,2}["']?[\\w.\\\\@-]{1,60}%)${word}`,
    check: password,
    reach: [2, 420],
  }),
  handed('setx-secret', ['secret in an environment variable', '환경 변수에 든 비밀 값'], {
    keywords: ['setx ', 'setenv ', 'set -gx ', 'set -x '],
    pattern: `\\b(?:setx|setenv|set -g?x)[ \\t]{1,4}\\w{0,40}(?:password|passwd|pass|pwd|secret|token|key)[ \\t]{1,4}${word}`,
    check: secret => judgeValue('secret', secret) || sure(secret),
    reach: [2, 260],
  }),
  handed('here-string-password', ['password handed on by the shell', '셸이 넘기는 암호'], {
    keywords: ['passwd <<<', 'passwd --stdin <<<', 'password-stdin <<<', '| vncpasswd', '| passwd'],
    pattern: `(?:passwd|password-stdin|--stdin)[ \\t]{1,4}<<<[ \\t]{0,4}${word}`,
    check: password,
    reach: [8, 160],
    flags: 'dg',
  }),
  // PASS=$(echo … | base64 -d)
  handed('decoded-password', ['password written in base64', 'base64로 적은 암호'], {
    keywords: ['| base64 -d', '|base64 -d', '| base64 --decode', '| openssl base64 -d'],
    pattern: `\\w{0,40}(?:pass(?:word|wd)?|pwd|secret|token|key)\\w{0,8}=["']?(?:\\$\\(|\`)echo[ \\t]{1,4}(?:-n[ \\t]{1,4})?["']?(?<secret>[A-Za-z0-9+/]{6,400}={0,2})["']?[ \\t]{0,4}\\|`,
    check: secret => {
      const text = decodeBase64(secret)?.toString('latin1').trim() ?? ''
      return /^[\x20-\x7e]{4,}$/.test(text) && password(text) !== false
    },
    reach: [520, 8],
  }),
]
