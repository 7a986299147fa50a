import { characterKinds, decodeBase64, entropy, isPlaceholder } from './judge.ts'
import type { NameKind } from './name.ts'
import type { Verdict } from './rule.ts'

/**
 * Whether a value that stands behind a telling name is a secret. What is filled in elsewhere, refers to something, is prose, or is a hash is none; a password
 * made of plain words may be one and is mostly an example.
 */
export function judgeValue(kind: NameKind, value: string): Verdict {
  if (kind === 'other' || isPlaceholder(value) || isReference(value) || isProse(value) || isHash(value)) return false
  if (isVersion(value) || isAlgorithm(value) || isBetweenStrings(value) || isColour(value) || isFieldPath(value))
    return false
  return kind === 'password' ? judgePassword(value) : judgeToken(value)
}

function judgePassword(value: string): Verdict {
  if (value.length < 4 || value.length > 128 || /^\d{1,5}$/.test(value)) return false
  if (
    /^(?:true|false|null|none|nil|yes|no|string|required|optional|enabled|disabled|password|passwd|pass|pwd|secret|token|root|admin|user|guest|empty|default)$/i.test(
      value,
    )
  )
    return false
  const plain = /^[a-z]+$/i.test(value) || /^[a-z]+(?:[-_. ][a-z]+)*$/i.test(value)
  if (plain) return value.length >= 6 ? 'low' : false
  if (
    /passw(?:or)?d|^(?:admin|root|user|guest|postgres|mysql|secret|welcome|letmein|qwerty)[-_.@!#]?\d{0,4}!?$/i.test(
      value,
    )
  )
    return 'low'
  if (/^123456\d{0,4}$/.test(value)) return 'low'
  if (isIdentifier(value)) return false
  return value.length >= 6 || (characterKinds(value) >= 3 && value.length >= 5)
    ? characterKinds(value) >= 2 || entropy(value) >= 2.5
    : false
}

function judgeToken(value: string): Verdict {
  // reCAPTCHA's site keys look like its secret ones: its own rule decides by the name.
  if (/^6L[\w-]{38}$/.test(value)) return false
  if (value.length < 10 || /^[a-z]+(?:[-_. /:][a-z]+)*$/i.test(value) || isIdentifier(value)) return false
  const kinds = characterKinds(value)
  if (kinds < 2 || entropy(value) < 2.9) return false
  // Words with a number (`app-token-2`, `prod-db-1`) name a secret, they are none.
  if (/^[a-z]+(?:[-_./][a-z]+)*[-_./]?(?:v?\d{1,3}(?:[._]\d{1,3}){0,2})$/i.test(value)) return false
  return value.length >= 12 || kinds >= 3
}

/** Something that stands for a value kept elsewhere: a variable, a call, a path, an address, a type. */
function isReference(value: string): boolean {
  return (
    /^(?:https?|ftp|file|s3|gs|arn|urn|projects|vault|secretmanager|ssm|op|env|data|npm|git|secret|keyring|azurekeyvault|ref\+\w+|awssm|doppler|sops|ENC|enc|ansible-vault|!vault)[:[(]/i.test(
      value,
    ) ||
    // An option's name, a list of names, the password of anonymous FTP.
    /^--?[a-z][a-z_-]*=?$|^[a-z.-]{1,24}=$|^-?anonymous@/i.test(value) ||
    // An option of a command line that takes the shell's argument or variable.
    /^--?[a-z][a-z-]{0,40}[= ]\$[\w{@*(]/i.test(value) ||
    /^(?:\.{1,2}\/|~\/|\/[\w.-]+\/|\/[a-z-]+$|[A-Za-z]:\\)/.test(value) ||
    /^(?:process\.env|os\.environ|os\.getenv|System\.|getenv|ENV\[|config|settings|self|this|var|local|module|secrets?|env|props|options|request|req|params|args|data|user|input|context|ctx|value|values|event|form|cfg|conf|opts|app|credentials?|spec|state|response|res|body|payload|module|exports|random_password|aws_\w+|azurerm_\w+|google_\w+|each|steps|github|inputs|vars|needs|matrix|runner|jenkins|params)[.[(]/.test(
      value,
    ) ||
    /^[a-z\d-]{1,40}(?:\.[a-z\d-]{1,40})*\.(?:io|com|org|net|dev)\/[a-z-]+$/.test(value) ||
    /\w\(|\)$|=>|\s&&\s|\s\|\|\s|::\w|->|^\w+\[["'\w]+\]$/.test(value) ||
    /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) ||
    /^[\w-]+\.(?:ya?ml|json|txt|pem|key|crt|cfg|conf|env|properties|xml|js|ts|py|go|rb|java|php|html?|css|md|sh)$/i.test(
      value,
    )
  )
}

/** `1.302015`, `v2.4`: a table of modules has a version behind a module's name. */
function isVersion(value: string): boolean {
  return /^v?\d{1,6}(?:\.\d{1,9}){1,3}$/.test(value)
}

/** `scram-sha-256`, `aes-256-cbc`, `RS256`: a way to keep a password, not one. */
function isAlgorithm(value: string): boolean {
  return /^(?:[a-z]{2,10}[-_])*(?:sha|aes|md|rsa|hs|rs|es|ps|rc|des|blake|ed|camellia|chacha|curve|x)[-_]?\d{1,5}[a-z]?(?:[-_][a-z\d]{1,12}){0,4}$/i.test(
    value,
  )
}

/** `italic #A3AAB2`: how something looks. */
function isColour(value: string): boolean {
  return /(?:^|\s)#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(value)
}

/** `Jobs[-1].JobId`, `StreamDescription.Shards[0].ShardId`: where a value stands in an answer. */
function isFieldPath(value: string): boolean {
  return /\[(?:-?\d{1,4}|\*)?\](?:\.|$)/.test(value) && /^[A-Za-z_][\w.[\]*-]*$/.test(value)
}

/** `"PWD="+dir, "NEXT="`: what stands between two strings was taken for one. */
function isBetweenStrings(value: string): boolean {
  return /^\s?[+,)]/.test(value) && /[+,(]\s?$/.test(value)
}

/** A digest of a known form stands for a password, it is none. */
function isHash(value: string): boolean {
  return (
    /^(?:sha(?:1|224|256|384|512)|md5|blake\w*)[:$=-]/i.test(value) ||
    /^\$(?:1|2[abxy]?|5|6|y|apr1|argon2\w*|pbkdf2[\w-]*|scrypt|P|H)\$/.test(value) ||
    /^\{(?:S?SHA\d*|MD5|SMD5|CRYPT|bcrypt|pbkdf2|noop|BCRYPT)\}/i.test(value) ||
    /^(?:pbkdf2|bcrypt|scrypt|argon2)[\w]*[$:]/i.test(value)
  )
}

/** Several words with blanks between them are a sentence for people, not a value. */
function isProse(value: string): boolean {
  const words = value.trim().split(/\s+/)
  return words.length > 1 && (words.length > 2 || !/\d/.test(value))
}

/** `userPasswordInput`, `access_token_2`, `com.acme.Token`: a name of code. */
function isIdentifier(text: string): boolean {
  const value = text.replace(/^[?!.#@:]{1,2}/, '')
  return (
    (/^[A-Z]?[a-z]+(?:[A-Z][a-z]+)+(?:[A-Z]{2,4})?\d{0,4}$/.test(value) &&
      /[a-z][A-Z]/.test(value) &&
      longWords(value)) ||
    /^[a-z]+(?:_[a-z]+)+\d{0,2}$/.test(value) ||
    isSnakeCase(value) ||
    isTypeName(value) ||
    /^[a-z]+(?:\.[a-zA-Z]+)+$/.test(value)
  )
}

/** `gs_oauth2_refresh_token`, `storage_v1_client`: words, of which some count. */
function isSnakeCase(value: string): boolean {
  const words = value.split('_')
  return words.length >= 3 && words.every(word => /^(?:[a-z]{2,}\d?|v\d)$/.test(word))
}

/** `V1SecretVolumeSource`, `HTTPPasswordMgr2`: words with capitals, among which a version may stand. */
function isTypeName(value: string): boolean {
  const words = value.match(/[A-Z]{2,5}(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]\d|\d$/g) ?? []
  return (
    words.length >= 3 &&
    words.join('') === value &&
    words.filter(word => /^[A-Z][a-z]{3,}$/.test(word) && /[aeiouy]/.test(word)).length >= 2 &&
    value.length / words.length >= 4
  )
}

/** Words of code are made of letters that follow each other as in a language; random texts change case often. */
function longWords(value: string): boolean {
  const words = value.split(/(?<![A-Z])(?=[A-Z])/)
  return value.length / words.length >= 4
}

/** A value of a Kubernetes Secret, decoded; anything else as it stands. */
export function decodedValue(value: string): string {
  if (value.length < 8 || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return value
  const text = decodeBase64(value)?.toString('latin1') ?? ''
  return /^[\x20-\x7e\r\n]{3,}$/.test(text) ? text.trim() : value
}
