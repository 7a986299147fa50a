import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { docker, dockerAsync } from '../../../src/runtime/drill/docker.ts'

const cache = join(import.meta.dirname, '../../../.work/roots')
const archive = join(cache, 'bookworm-services.tar')

/** Certificates of this machine: packages may come by way of a mirror that they alone know. */
export const certificates = ['-v', '/etc/ssl/certs:/etc/ssl/certs:ro']

/**
 * Makes an image of Debian with nginx, PostgreSQL and npm, of the distribution's own packages, once; later runs take it from `.work/roots`.
 * Answers why it cannot, or false.
 */
export async function buildServices(image: string): Promise<string | false> {
  if (!existsSync(archive)) {
    const refused = await makeArchive(`${image.split(':')[0]}-maker`)
    if (refused !== false) return refused
  }
  const imported = await dockerAsync(['import', archive, image], 300_000)
  return imported.status === 0 ? false : imported.stderr.trim()
}

async function makeArchive(name: string): Promise<string | false> {
  if (spawnSync('debootstrap', ['--version'], { stdio: 'ignore' }).status !== 0) return 'needs debootstrap'
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(tmpdir(), 'jenner-root-'))
  try {
    const words = ['--variant=minbase', '--include=nginx-light,postgresql,ca-certificates', 'bookworm', folder]
    if (spawnSync('debootstrap', words, { stdio: 'ignore', timeout: 600_000 }).status !== 0)
      return 'needs the packages of Debian 12 (debootstrap failed)'
    const base = join(cache, 'base.part')
    spawnSync('tar', ['-C', folder, '-cf', base, '.'])
    docker(['import', base, `${name}:base`])
    rmSync(base, { force: true })
    const script =
      'apt-get update -qq && apt-get install -y -qq --no-install-recommends npm > /dev/null 2>&1 && apt-get clean'
    const run = ['run', '--name', name, '-e', 'DEBIAN_FRONTEND=noninteractive', `${name}:base`, 'sh', '-c', script]
    if (spawnSync('docker', run, { timeout: 600_000, stdio: 'ignore' }).status !== 0) return 'needs npm of Debian 12'
    const part = `${archive}.part`
    const exported = spawnSync('docker', ['export', '-o', part, name], { stdio: 'ignore' })
    if (exported.status !== 0) return 'docker export failed'
    renameSync(part, archive)
    return false
  } finally {
    docker(['rm', '--force', name])
    docker(['rmi', '--force', `${name}:base`])
    rmSync(folder, { recursive: true, force: true })
  }
}
