/** What a name says of the value behind it. */
export type NameKind = 'password' | 'secret' | 'other'

const passwordWords = new Set(
  'pass password passwd passwrd pwd passphrase passcode passwords pw psw pswd passw userpass dbpass requirepass masterauth pgpassword mysqlpwd contrasena motdepasse passwort kennwort senha parol'.split(
    ' ',
  ),
)
const secretWords = new Set(
  'secret secrets token tokens credential credentials apikey accesskey secretkey privatekey authkey authtoken accesstoken refreshtoken bearertoken apitoken apisecret clientsecret connectionstring connstr appsecret appkey masterkey encryptionkey signingkey secretkeybase jwtsecret sessionsecret cookiesecret sharedsecret webhooksecret deploykey servicekey accountkey storagekey licensekey salt pepper dsn accesskeyid passkey'.split(
    ' ',
  ),
)
const keyOwners = new Set(
  'sdk deploy ingest merchant partner integration security internal personal developer tenant bot instance api access auth private secret signing signature encryption encrypt decryption crypt crypto master service app application account consumer client webhook session jwt storage license admin server hmac aes cipher shared sas fernet subscription functions host cookie csrf in nonce rsa ssh ssl tls deploy registration maps integration publishable ingest write read'.split(
    ' ',
  ),
)
/** What a name is about when it ends so: `token_url`, `passwordField`, `secret-name`. */
const otherEnds =
  /^(?:id|ids|name|names|file|files|filename|path|paths|dir|url|urls|uri|type|types|field|fields|label|labels|header|headers|prefix|suffix|postfix|used|length|len|size|expiry|expires|expiration|expire|ttl|timeout|algorithm|alg|format|version|versions|column|regex|regexp|pattern|hash|hashes|hashed|digest|checksum|fingerprint|hint|policy|policies|strength|reset|page|form|input|manager|provider|service|endpoint|host|port|issuer|audience|scope|scopes|count|limit|max|min|enabled|disabled|required|description|title|message|error|errors|placeholder|text|class|method|function|handler|env|var|ref|refs|arn|kind|mode|public|pub|store|vault|rotation|status|state|source|location|template|group|role|user|username|email|encoder|validator|hasher|hashers|special|specials|symbols|generator|parser|cache|list|map|set|index|rule|rules|check|test|tests|schema|model|view|controller|component|button|icon|modal|dialog|screen|route|link|action|event|command|prompt|confirm|confirmation|mismatch|invalid|missing|forgot|change|show|toggle|visible|visibility|min|char|chars|encrypted|grant|flow|spec|mount|volume|resource|namespace|key_?name|sample|example|symbol|encryption|time|date|at|timestamp|age|days|year|second|seconds|minute|minutes|hour|hours|santa|mgr|realm|kinds|budget|usage|tokens_?per|window)$/

const passing =
  /^(?:request|action|continuation|change|page|next|purchase|update|pagination|idempotency|sync|resume|start|lock|concurrency|cancellation|delta|skip)$/

const noise =
  /^(?:value|val|str|string|text|prod|production|dev|staging|default|old|new|test|current|plain|plaintext|literal|b64|base64|\d+)$/

/** Whether a name (`dbPassword`, `API_KEY`, `token-url`) says that a password or another secret stands behind it. */
export function kindOfName(name: string): NameKind {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .map(word => word.replace(/\d+$/, ''))
    .filter(word => word !== '' && !noise.test(word))
  const last = words.at(-1) ?? ''
  if (
    otherEnds.test(last) ||
    words.some(word => /^(?:public|pub|publishable|csrf|xsrf|authenticity|antiforgery|captcha|csrftoken)$/.test(word))
  )
    return 'other'
  // `passwordKey: db-password` names the entry that holds it.
  if (last === 'key' && passwordWords.has(words.at(-2) ?? '')) return 'other'
  // A parser's table.
  if (last === 'data' && words.at(-2) === 'token') return 'other'
  // A place in a list, or what makes a request unique.
  if (last === 'token' && passing.test(words.at(-2) ?? '')) return 'other'
  if (words.some(word => passwordWords.has(word)) || /(?:password|passwd|passwort|userpw|dbpw|_pass)$/.test(last))
    return 'password'
  if (words.some(word => secretWords.has(word)) || /(?:token|secret|apikey)$/.test(last)) return 'secret'
  const owner = words.at(-2) ?? ''
  if (last === 'key' && keyOwners.has(owner)) return 'secret'
  return (last === 'string' || last === 'str') && /^conn(?:ection)?$/.test(owner) ? 'secret' : connection(words)
}

function connection(words: string[]): NameKind {
  return words.join('') === 'connection' ? 'secret' : 'other'
}
