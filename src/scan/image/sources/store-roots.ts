import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { isObject, own, stringAt } from '../../../base/json.ts'

/** Folders where engines keep images. Not all of them need be there. */
export interface StoreRoots {
  containerd: string[]
  podman: string[]
  /** The one namespace of containerd to look into; all by default. */
  namespace?: string
}

/**
 * Where containerd (its own folder, those of k3s and RKE2, of nerdctl without root) and containers-storage (Podman, Buildah, CRI-O; storage.conf(5): graphroot)
 * keep their images on this machine.
 */
export function storeRoots(env: NodeJS.ProcessEnv): StoreRoots {
  const data = env.XDG_DATA_HOME || join(env.HOME || homedir(), '.local/share')
  const config = env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config')
  const named = stringAt(readToml('/etc/containerd/config.toml'), 'root')
  const storage = env.CONTAINERS_STORAGE_CONF
  const files = storage ? [storage] : [join(config, 'containers/storage.conf'), '/etc/containers/storage.conf']
  return {
    ...(env.CONTAINERD_NAMESPACE && { namespace: env.CONTAINERD_NAMESPACE }),
    containerd: unique([
      ...(named ? [named] : []),
      '/var/lib/containerd',
      '/var/lib/rancher/k3s/agent/containerd',
      '/var/lib/rancher/rke2/agent/containerd',
      join(data, 'containerd'),
    ]),
    podman: unique([
      ...files.flatMap(graphRoots),
      ...(storage ? [] : [join(data, 'containers/storage'), '/var/lib/containers/storage']),
    ]),
  }
}

function graphRoots(file: string): string[] {
  const storage = own(readToml(file), 'storage')
  const more = own(own(storage, 'options'), 'additionalimagestores')
  const stores = Array.isArray(more) ? more.filter(path => typeof path === 'string') : []
  const roots = [stringAt(storage, 'graphroot'), stringAt(storage, 'rootless_storage_path'), ...stores]
  return roots.filter(path => path?.startsWith('/') && !path.includes('$')) as string[]
}

function readToml(file: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = parse(readFileSync(file, 'utf8'))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function unique(paths: string[]): string[] {
  return [...new Set(paths)]
}
