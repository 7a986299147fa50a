import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates } from 'node:tls'
import { JennerError } from '../../../base/errors.ts'

/** What a TLS connection to one host needs beyond the usual. */
export interface HostCertificates {
  ca?: string[]
  cert?: string
  key?: string
}

/**
 * Certificates for a registry (`host[:port]`): those of `caFiles`, and of Docker's and Podman's folders `certs.d/HOST[:PORT]/`
 * (`*.crt` authorities, `*.cert` with `*.key` of the same name a client certificate). Throws bad_argument for a file of `caFiles` that cannot be read.
 */
export function certificatesFor(
  host: string,
  caFiles: readonly string[],
  folders: readonly string[] = certificateFolders(process.env),
): HostCertificates {
  const found: HostCertificates = {}
  const authorities = caFiles.map(readAuthority)
  for (const folder of folders) {
    const own = readFolder(join(folder, host))
    authorities.push(...own.authorities)
    if (found.cert === undefined && own.pair !== undefined) Object.assign(found, own.pair)
  }
  // The user's own first: of several authorities of one name, the first is taken.
  found.ca = [...new Set([...authorities, ...getCACertificates('default'), ...getCACertificates('system')])]
  return found
}

function certificateFolders(env: NodeJS.ProcessEnv): string[] {
  const home = env.XDG_CONFIG_HOME || join(homedir(), '.config')
  return [join(home, 'containers/certs.d'), '/etc/containers/certs.d', '/etc/docker/certs.d']
}

function readAuthority(file: string): string {
  try {
    const text = readFileSync(file, 'utf8')
    if (/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/.test(text)) return text
  } catch (error) {
    throw new JennerError('bad_argument', `--registry-ca ${file}`, error)
  }
  throw new JennerError('bad_argument', `--registry-ca ${file}: no certificate in PEM form`)
}

function readFolder(folder: string): { authorities: string[]; pair?: { cert: string; key: string } } {
  const names = listNames(folder)
  const authorities = names.filter(name => name.endsWith('.crt')).flatMap(name => readText(join(folder, name)) ?? [])
  for (const name of names.filter(item => item.endsWith('.cert'))) {
    const cert = readText(join(folder, name))
    const key = readText(join(folder, name.replace(/\.cert$/, '.key')))
    if (cert !== undefined && key !== undefined) return { authorities, pair: { cert, key } }
  }
  return { authorities }
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder).sort().slice(0, 100)
  } catch {
    return []
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
