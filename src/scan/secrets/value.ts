import { characterKinds, decodeBase64, entropy, isPlaceholder } from './judge.ts'
import { isPassphrase, isRandomLetters } from './letters.ts'
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
  if (value.length < 4 || value.length > 128 || /^(?:\d{1,5}|[^A-Za-z\d]+)$/.test(value) || itsOwnName.test(value))
    return false
  // A label in a language that is not written in ASCII.
  if (/[\x80-\xff]/.test(value) && !/\d/.test(value)) return false
  if (isCodeName(value)) return false
  const plain = /^[a-z]+(?:[-_. ][a-z]+)*$/i.test(value)
  if (plain && !isRandomLetters(value) && !isPassphrase(value)) return value.length >= 6 ? 'low' : false
  if (popular.test(value)) return 'low'
  return value.length >= 6 || (characterKinds(value) >= 3 && value.length >= 5)
    ? characterKinds(value) >= 2 || entropy(value) >= 2.5
    : false
}

/** What a form or a schema writes behind a password's name: the name itself, in one of many languages, or what is demanded of it. */
const itsOwnName =
  /^(?:true|false|null|none|nil|yes|no|string|required|optional|enabled|disabled|password|passwd|pass|pwd|secret|token|root|admin|user|guest|empty|default|passwort|kennwort|wachtwoord|contrasena|contrase.{1,2}a|senha|parola|heslo|lozinka|haslo|jelszo|salasana|passord|adgangskode|losenord|parool|mot de passe|clave)$/i

/** Passwords that the whole world knows: chosen by somebody, or made up for a text. */
const popular =
  /passw(?:or)?d|^(?:admin|root|user|guest|postgres|mysql|secret|qwerty|asdf|abc)[-_.@!#]?\d{0,4}!?$|^123456\d{0,4}$/i

function judgeToken(value: string): Verdict {
  // reCAPTCHA's site keys look like its secret ones: its own rule decides by the name.
  if (/^6L[\w-]{38}$/.test(value)) return false
  // A key is ASCII: what is not was written for people. Part of one is none.
  if (/[\x80-\xff]/.test(value) || isWordy(value)) return false
  const kinds = characterKinds(value)
  // What is as short as a password must be mixed as one.
  if (value.length < 10) return value.length >= 8 && kinds >= 3 && /[^\w\s./:-]/.test(value) && !isIdentifier(value)
  if (isRandomLetters(value)) return true
  if (/^[a-z]+(?:[-_. /:][a-z]+)*$/i.test(value) || isIdentifier(value)) return false
  if (kinds < 2 || entropy(value) < 2.9) return false
  // Words with a number (`app-token-2`, `prod-db-1`) name a secret, they are none.
  const words = /^([a-z]+(?:[-_./][a-z]+)*)[-_./]?(?:v?\d{1,3}(?:[._]\d{1,3}){0,2})$/i.exec(value)
  if (words && !isRandomLetters(words[1]!)) return false
  return value.length >= 12 || kinds >= 3
}

/**
 * `x-aws-ec2-metadata-token`, `.models.v1_token_review`, `oAuth2Credentials`, `@scope/package:setting`: words as code and paths join them. One separator alone
 * proves nothing, nor does a part of which nobody would speak.
 */
function isWordy(value: string): boolean {
  const parts = value.replace(/^[._@~-]{1,2}|[.!_]{1,2}$/g, '').split(/[-_./:@#$~]{1,3}/)
  if (parts.length > 12 || !parts.every(isSpokenPart)) return false
  return parts.length >= 3 || (parts.length === 2 && /^[._@]/.test(value)) || (parts.length < 3 && isCamelWord(parts))
}

/** A number or letter of a version, or words in camel case with short numbers between them. */
function isSpokenPart(part: string): boolean {
  if (/^(?:v?\d{1,4}|[a-zA-Z]{1,2}\d?|\d{1,3}[a-z]{1,4}|[a-zA-Z]{2,5}|S\d|[0-9a-f]{8})$/.test(part)) return true
  const words = part.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? []
  const spoken = words.filter(word => word.length >= 3 && /[aeiouy]/i.test(word) && !/[^aeiouy]{5}/i.test(word))
  const letters = part.replace(/[^A-Za-z]/g, '').length
  return (
    part.length > 2 &&
    spoken.reduce((sum, word) => sum + word.length, 0) >= letters * 0.7 &&
    words.every(word => word.length <= 3 || !/\d/.test(word)) &&
    words.filter(word => !/\d/.test(word)).length <= letters / 3.5 &&
    words.filter(word => /\d/.test(word)).length <= 2
  )
}

const isCamelWord = (parts: string[]): boolean =>
  parts.every(part => /[a-z\d][A-Z][a-z]/.test(part) && !/\d{2}$/.test(part))

/** Something that stands for a value kept elsewhere: a variable, a call, a path, an address, a type. */
function isReference(value: string): boolean {
  return (
    /^(?:https?|ftp|file|s3|gs|arn|urn|projects|vault|secretmanager|ssm|op|env|data|npm|git|secret|secretref|sm|kv|akv|keyvault|k8s|awskms|gcpkms|keyring|azurekeyvault|ref\+\w+|awssm|doppler|sops|ENC|enc|ansible-vault|!vault)[:[(]/i.test(
      value,
    ) ||
    // An option's name, a list of names, the password of anonymous FTP.
    /^--?[a-z][a-z_-]*=?$|^--[a-z][a-z-]*=|^[a-z.-]{1,24}=$|^-?anonymous@/i.test(value) ||
    // An option of a command line that takes the shell's argument or variable.
    /^--?[a-z][a-z-]{0,40}[= ]\$[\w{@*(]/i.test(value) ||
    /^(?:\.{1,2}\/|~\/|\/[\w.-]+\/|\/[a-z-]+$|[A-Za-z]:\\)/.test(value) ||
    /^(?:process\.env|os\.environ|os\.getenv|System\.|getenv|ENV\[|config|settings|self|this|var|local|module|secrets?|env|props|options|request|req|params|args|data|user|input|context|ctx|value|values|event|form|cfg|conf|opts|app|credentials?|spec|state|response|res|body|payload|module|exports|random_password|aws_\w+|azurerm_\w+|google_\w+|each|steps|github|inputs|vars|needs|matrix|runner|jenkins|params)[.[(]/.test(
      value,
    ) ||
    // An address without a password; a command of PowerShell; what a validator demands.
    /^\s{0,2}[a-z][a-z\d+.-]{1,20}:\/\//i.test(value) ||
    /^(?:localhost|hostname|\d{1,3}(?:\.\d{1,3}){3}|[a-z][\w.-]{0,60}(?=:\d{2,5}\/))(?:[:/]|$)/i.test(value) ||
    /^@[\w.-]{1,60}\/|^\d{4}_[a-z]{3}|\.\$\w|^[a-z]+\/$|^\d{1,6}\/(?:s|m|h|d|sec|min|hour|day)\b|^NACL\[/.test(value) ||
    /^(?:Read|Get|Convert(?:To|From)?|New|Import|Invoke)-[A-Z][A-Za-z]+$/.test(value) ||
    /^(?:required|nullable|sometimes|string|confirmed|bail)\|[\w:,|]+$/.test(value) ||
    /^[a-z\d-]{1,40}(?:\.[a-z\d-]{1,40})*\.(?:io|com|org|net|dev)\/[a-z-]+$/.test(value) ||
    /\w\(|\)$|=>|\s&&\s|\s\|\|\s|::\w|->|^\w+\[["'\w]+\]|^[A-Za-z_]\w*(?:\.\w+)+\[/.test(value) ||
    /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) ||
    /^[\w-]+\.(?:ya?ml|json|txt|pem|key|crt|cfg|conf|env|properties|xml|js|ts|py|go|rb|java|php|html?|css|md|sh)$/i.test(
      value,
    )
  )
}

/** `1.302015`, `v2.4`, an object identifier, a date: a table of modules has a version behind a module's name. */
function isVersion(value: string): boolean {
  return /^v?\d{1,6}(?:\.\d{1,9}){1,14}$|^\d{4}-\d\d-\d\d(?:T[\d:.]{4,15}(?:Z|[+-]\d\d:?\d\d)?)?$/.test(value)
}

/** `scram-sha-256`, `aes-256-cbc`, `RS256`: a way to keep a password, not one. */
function isAlgorithm(value: string): boolean {
  if (/^A\d{3}(?:CBC-HS\d{3}|GCM(?:KW)?|KW)$/.test(value)) return true
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
  return (/^\s?[+,)]/.test(value) && /[+,(]\s?$/.test(value)) || /^[\])}+,;].{0,300}[:({[|,=]$|^={1,2}[a-z]/.test(value)
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

/** A name of code. Words with digits behind them are what people take for passwords, unless code is what they speak of. */
function isCodeName(value: string): boolean {
  if (/^[._@]|\w[.:/]\w.*[.:/]\w/.test(value) && !/\d\d$/.test(value) && isWordy(value)) return true
  const word = /^([A-Za-z]*[A-Z][a-z]+)\d{2,}$/.exec(value)?.[1]
  const words = word?.split(/(?=[A-Z])/).map(part => part.toLowerCase())
  return words && !words.some(part => codeWords.has(part)) ? false : isIdentifier(value)
}

const codeWords = new Set(
  'pass password passwd pwd secret token key user name field input type value string text label button form class data config file path code hash login auth error message param arg test bytes version model client server service handler provider request response utf base sha ipv win int uint float oauth http https md rsa aes hex array buffer id'.split(
    ' ',
  ),
)

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
