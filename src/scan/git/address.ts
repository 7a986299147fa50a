import { existsSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { JennerError } from '../../base/errors.ts'

/** Where a repository is fetched from. */
export interface GitAddress {
  /** For git, without a password. */
  url: string
  /** For people. */
  shown: string
  protocol: 'https' | 'ssh' | 'git' | 'file'
  /** `http.extraHeader` for it: what stood in the address is not given to git on its command line, which everybody can read. */
  header?: string
}

/** Whether a word names a repository to be fetched, not a folder. */
export function isRemoteAddress(word: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(word) || isScp(word) || (isBareHost(word) && !existsSync(word))
}

/**
 * An address that git may be given: https, ssh, git, `user@host:path`, `host.tld/path` (https), or a folder of this machine.
 * Everything else (`ext::`, plain http, `file://` of elsewhere, a host that looks like a flag) is refused. Throws bad_argument, target_not_found.
 */
export function parseAddress(word: string): GitAddress {
  const bad = (why: string): JennerError =>
    new JennerError('bad_argument', `${withoutSecret(word).slice(0, 200)}: ${why}`)
  if (word.length > 2048 || /[\0-\x1f\x7f]/.test(word)) throw bad('not an address')
  if (!isRemoteAddress(word)) return folderAddress(word)
  if (word.includes(' ')) throw bad('not an address')
  if (isScp(word)) {
    const host = word.slice(word.indexOf('@') + 1)
    if (word.startsWith('-') || host.startsWith('-')) throw bad('not a host')
    return { url: word, shown: word, protocol: 'ssh' }
  }
  const text = /:\/\//.test(word) ? word : `https://${word}`
  if (!URL.canParse(text)) throw bad('not an address')
  const url = new URL(text)
  if (url.protocol === 'file:') return folderAddress(decodeURIComponent(url.pathname))
  const protocol = url.protocol.slice(0, -1)
  if (protocol !== 'https' && protocol !== 'ssh' && protocol !== 'git') throw bad('https, ssh or git, please')
  if (url.hostname === '' || url.hostname.startsWith('-') || url.pathname.startsWith('/-')) throw bad('not a host')
  return remoteAddress(url, protocol)
}

function remoteAddress(url: URL, protocol: 'https' | 'ssh' | 'git'): GitAddress {
  const { username, password } = url
  if (protocol !== 'https' || (username === '' && password === '')) {
    url.password = ''
    return { url: url.href, shown: url.href, protocol }
  }
  url.username = ''
  url.password = ''
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return {
    url: url.href,
    shown: url.href,
    protocol,
    header: `Authorization: Basic ${Buffer.from(pair).toString('base64')}`,
  }
}

function folderAddress(path: string): GitAddress {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new JennerError('target_not_found', path)
  return { url: pathToFileURL(path).href, shown: path, protocol: 'file' }
}

/** `git@host:path`; the part before the colon has no slash, or it is a path. */
function isScp(word: string): boolean {
  return /^[\w.-]{1,64}@[\w.-]{1,253}:(?!\/\/)[^\s]+$/.test(word)
}

function isBareHost(word: string): boolean {
  return /^(?:github|gitlab|bitbucket|codeberg)\.[a-z]{2,4}\/[\w.-]+\/[\w./-]+$/.test(word)
}

/** An address as it may be shown. */
export function withoutSecret(word: string): string {
  return word.replace(/(\/\/)[^/@]*@/, '$1…@')
}

/** A branch or tag that git may be given; throws bad_argument. git-check-ref-format(1), more strictly. */
export function checkedRef(name: string): string {
  const fine = /^[\w][\w./@+-]{0,199}$/.test(name) && !/\.\.|@\{|\/\/|\.lock$|[./]$/.test(name)
  if (!fine) throw new JennerError('bad_argument', name.slice(0, 200))
  return name
}

/** A commit's hash, whole or shortened; throws bad_argument. */
export function checkedCommit(name: string): string {
  if (!/^[0-9a-f]{7,64}$/i.test(name)) throw new JennerError('bad_argument', `--commit ${name.slice(0, 100)}`)
  return name.toLowerCase()
}
