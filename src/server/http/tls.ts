import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import { join } from 'node:path'

const day = 86_400_000

/**
 * The certificate of a server that is bound to more than loopback: the one in the state folder (`tls.crt`, `tls.key`: yours to replace), or a new one signed by itself when
 * there is none or it ends within a month.
 */
export async function openCertificate(
  state: string,
  address: string,
  now: number,
): Promise<{ key: string; cert: string }> {
  const paths = { cert: join(state, 'tls.crt'), key: join(state, 'tls.key') }
  if (existsSync(paths.cert) && existsSync(paths.key)) {
    const kept = { key: readFileSync(paths.key, 'utf8'), cert: readFileSync(paths.cert, 'utf8') }
    const certificate = new X509Certificate(kept.cert)
    // Another's certificate is the keeper's to renew.
    const own = certificate.issuer === certificate.subject && certificate.subject.includes('O=Jenner')
    if (!own || certificate.validToDate.getTime() - now > 30 * day) return kept
  }
  const made = await generateCertificate(address, now)
  // The key first: a certificate without its key would be taken for a whole pair.
  writeWhole(paths.key, made.key)
  writeWhole(paths.cert, made.cert)
  return made
}

async function generateCertificate(address: string, now: number): Promise<{ key: string; cert: string }> {
  const { generate } = await import('selfsigned')
  const name = hostname()
  const { private: key, cert } = await generate(
    [
      { name: 'commonName', value: name.slice(0, 64) },
      { name: 'organizationName', value: 'Jenner' },
    ],
    {
      keyType: 'ec',
      curve: 'P-256',
      algorithm: 'sha256',
      // An hour back, for clients whose clock is a little behind.
      notBeforeDate: new Date(now - 3_600_000),
      notAfterDate: new Date(now + 397 * day),
      extensions: [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: namesOf(name, address) },
      ],
    },
  )
  return { key, cert }
}

function namesOf(name: string, address: string) {
  const addresses = Object.values(networkInterfaces()).flatMap(list =>
    (list ?? []).map(one => one.address.split('%')[0]!),
  )
  const ips = new Set(['127.0.0.1', '::1', ...addresses])
  if (isIP(address) && address !== '0.0.0.0' && address !== '::') ips.add(address)
  const names = ['localhost', name].map(value => ({ type: 2 as const, value }))
  return [...names, ...[...ips].map(ip => ({ type: 7 as const, ip }))]
}

function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
}
