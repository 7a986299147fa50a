/**
 * The container that a cgroup path belongs to, by the names that runtimes give their cgroups:
 *
 *   docker      /docker/ID · /system.slice/docker-ID.scope · …/system.slice:docker:ID
 *   containerd  /kubepods/…/podUID/ID · …/cri-containerd-ID.scope · …/kubepods-…slice:cri-containerd:ID
 *   cri-o       …/crio-ID.scope            (crio-conmon-ID.scope is the monitor, not the container)
 *   podman      …/libpod-ID.scope · /libpod_parent/libpod-ID   (libpod-conmon-ID: the monitor)
 *
 * ID is 64 hexadecimal digits. A container may be able to make cgroups below its own and call them what it likes, so the
 * outermost id counts: an inner one never hides or impersonates another container.
 */
export function containerIdOfCgroup(path: string): string | undefined {
  for (const segment of path.slice(0, maxPath).split('/')) {
    const id = segmentPattern.exec(segment)?.[1]
    if (id !== undefined) return id
  }
  return undefined
}

/** The same from the text of /proc/PID/cgroup (`hierarchy:controllers:path` a line, cgroups(7)): the unified hierarchy or whichever names a container. */
export function containerIdOfProcCgroup(text: string): string | undefined {
  for (const line of text.split('\n')) {
    const path = line.split(':').slice(2).join(':')
    const id = containerIdOfCgroup(path)
    if (id !== undefined) return id
  }
  return undefined
}

const maxPath = 4096
const segmentPattern =
  /^(?:(?:docker|cri-containerd|crio|libpod|nerdctl|containerd)-|[\w.-]*:(?:docker|cri-containerd|crio|libpod|nerdctl|containerd):)?([0-9a-f]{64})(?:\.scope)?$/
