import { existsSync } from 'node:fs'
import { JennerError } from '../../base/errors.ts'
import type { ImageOrigin, ImageSource, OpenOptions } from './source.ts'

type Opener = (target: string, options: OpenOptions) => Promise<ImageSource>

/** How an image of each origin is opened; loaded when one is. */
const openers: Record<Exclude<ImageOrigin, 'auto'>, () => Promise<Opener>> = {
  docker: async () => (await import('./sources/docker.ts')).openDockerImage,
  file: async () => (await import('./sources/file.ts')).openImageFile,
  containerd: async () => (await import('./sources/containerd.ts')).openContainerdImage,
  podman: async () => (await import('./sources/podman.ts')).openPodmanImage,
}

/**
 * Opens an image: a name that Docker knows, or a file or folder (`docker save`, OCI layout, root tar; gzip or zstd around it is fine).
 * Throws JennerError target_not_found, target_unreadable, docker_unreachable, not_an_image, malformed, truncated, digest_mismatch (of a document),
 * limit_exceeded. Bad layers do not throw: they are problems of their reading.
 */
export async function openImage(target: string, options: OpenOptions = {}): Promise<ImageSource> {
  const { origin, name } = originOf(target, options.from ?? 'auto')
  if (name === '') throw new JennerError('bad_argument', 'an image without a name')
  const open = await openers[origin]()
  return open(name, options)
}

/** An image that one of this machine's stores has, asked in order. Throws what the last one said where each was asked in vain, with what the others said. */
export async function openLocalImage(
  name: string,
  stores: readonly Exclude<ImageOrigin, 'auto' | 'file'>[],
  options: OpenOptions,
): Promise<ImageSource> {
  const failures: { store: string; error: JennerError }[] = []
  for (const store of stores) {
    try {
      return await openImage(name, { ...options, from: store })
    } catch (error) {
      if (!(error instanceof JennerError) || !notHere.has(error.code)) throw error
      failures.push({ store, error })
    }
  }
  throw notFound(name, failures)
}

/** Of a store: it has no such image, is not there itself, or is not for us to read (who is not root may still ask the registry). */
const notHere = new Set(['target_not_found', 'docker_unreachable', 'docker_denied', 'target_unreadable'])

/** What to tell when no store has an image: of several, who said what. A daemon that does not answer may have it. */
export function notFound(name: string, failures: readonly { store: string; error: JennerError }[]): JennerError {
  const only = failures.length === 1 ? failures[0]! : undefined
  if (only?.error.detail.includes(name)) return only.error
  const last = failures.at(-1)
  const silent = failures.find(({ error }) => error.code !== 'target_not_found')
  // Whoever may not ask Docker is to hear that first, unless a registry knows the name: no registry has what was only built here.
  const denied = failures.find(({ error }) => error.code === 'docker_denied')
  const answered = last?.store === 'registry' && last.error.code === 'target_not_found'
  const worst = denied && !answered ? denied : last?.store === 'registry' ? last : (silent ?? last)
  const said = failures.map(({ store, error: { code, detail } }) => {
    if (detail.startsWith(`${name} (`)) return detail.slice(name.length + 2, -1)
    if (detail === name) return `${store}: no such image`
    const silence =
      code === 'docker_denied' ? ': permission denied' : code === 'docker_unreachable' ? ': no answer' : ''
    return `${store}: ${detail}${detail.includes('HTTP') ? '' : silence}`
  })
  return new JennerError(worst?.error.code ?? 'target_not_found', `${name} (${said.join('; ')})`, worst?.error)
}

function originOf(target: string, from: ImageOrigin): { origin: Exclude<ImageOrigin, 'auto'>; name: string } {
  if (from !== 'auto') return { origin: from, name: target }
  const scheme = /^([a-z]+):\/\//.exec(target)
  const origin = scheme?.[1]
  if (origin !== undefined && Object.hasOwn(openers, origin)) {
    return { origin: origin as Exclude<ImageOrigin, 'auto'>, name: target.slice(scheme![0].length) }
  }
  const isPath = /^\.{0,2}\//.test(target) || existsSync(target)
  return { origin: isPath ? 'file' : 'docker', name: target }
}
