/** Words that make a name the name of a secret when they end it. */
const secretWords = new Set(
  `password passwd passwort pass passphrase passcode pwd secret secrets token apikey accesskey secretkey privatekey credential credentials authtoken sessionid
  cookie authorization auth pat`.split(/\s+/),
)

/** What `key` must stand behind to be a secret. */
const keyKinds = new Set(
  'api access secret private encryption encrypt signing sign auth account shared master session service app application license'.split(
    ' ',
  ),
)

/** Endings of words written without a gap: `PGPASSWORD`, `userpassword`, `dbpasswd`. */
const endings = /(?:password|passwd|passphrase|secret|token|apikey|accesskey|secretkey|privatekey)$/

/** Working folders, not passwords. */
const never = new Set(['pwd', 'oldpwd'])

/**
 * Whether a variable, option, header or key of this name holds a secret: its last word says so (`DB_PASSWORD`, `x-api-key`, `clientSecret`); `PASSWORD_FILE`,
 * `TOKEN_URL`, `PWD` do not.
 */
export function isSecretName(name: string): boolean {
  const bare = name.replace(/^-+/, '')
  if (never.has(bare.toLowerCase())) return false
  const words = bare
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_.-]/)
    .filter(Boolean)
  const last = words.at(-1)
  if (last === undefined) return false
  if (secretWords.has(last))
    return (
      !(last === 'auth' && words.length === 1) &&
      !(last === 'pass' && words.length === 1 && bare !== 'pass' && bare !== 'PASS')
    )
  if (last === 'key') return keyKinds.has(words.at(-2) ?? '')
  return endings.test(last)
}
