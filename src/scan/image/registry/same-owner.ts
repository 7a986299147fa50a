import { isIP } from 'node:net'

/** Endings below which everybody can have a name: two of them have nothing to do with each other. */
// biome-ignore format: a list of words
const sharedEndings = [
  'amazonaws.com', 'amazonaws.com.cn', 'appspot.com', 'azurecr.io', 'azurecr.cn', 'azurewebsites.net', 'cloudapp.net',
  'cloudapp.azure.com', 'cloudfront.net', 'cloudfunctions.net', 'core.windows.net', 'ddns.net', 'duckdns.org',
  'firebaseapp.com', 'fly.dev', 'github.io', 'githubusercontent.com', 'gitlab.io', 'googleusercontent.com',
  'herokuapp.com', 'loca.lt', 'netlify.app', 'ngrok.app', 'ngrok.io', 'ngrok-free.app', 'nip.io', 'onrender.com',
  'pages.dev', 'run.app', 'sslip.io', 'trycloudflare.com', 'vercel.app', 'web.app', 'workers.dev', 'xip.io',
]
/** Second-level labels under a country's ending that are endings themselves: `co.uk`, `or.kr`. */
const secondLevel = new Set(
  'ac co com edu go gob gouv gov gr info lg ltd me mil ne net nom or org pe plc re sch'.split(' '),
)

/**
 * Whether two hosts belong to the same owner, as far as names tell: the same host, or names below the same registrable domain
 * (`registry.gitlab.com` and `gitlab.com`). An approximation of the Public Suffix List that errs on the side of "no". Ports do not count.
 */
export function sameOwner(one: string, other: string): boolean {
  const [a, b] = [bare(one), bare(other)]
  if (a === b) return true
  if (isIP(a) !== 0 || isIP(b) !== 0) return false
  const domain = registrable(a)
  return domain !== undefined && domain === registrable(b)
}

function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
}

/** The part of a name that was bought; undefined where everybody may have such a name. */
function registrable(host: string): string | undefined {
  if (sharedEndings.some(ending => host === ending || host.endsWith(`.${ending}`))) return undefined
  const labels = host.split('.')
  const country = labels.at(-1)!.length === 2 && secondLevel.has(labels.at(-2) ?? '')
  const length = country ? 3 : 2
  return labels.length < length ? undefined : labels.slice(-length).join('.')
}
