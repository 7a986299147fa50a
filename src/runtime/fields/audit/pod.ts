import { atPointer, type Json, listOf, textOfJson } from './json.ts'

type ListReader = (event: Json) => string[]

/** The values at `pointer` of every container of the pod that a request speaks of; containers without one are passed over. */
function ofContainers(pointer: string, map: (text: string) => string = text => text): ListReader {
  return event =>
    listOf(atPointer(event, '/requestObject/spec/containers')).flatMap(container => {
      const value = atPointer(container, pointer)
      return value === undefined || value === null ? [] : [map(textOfJson(value))]
    })
}

/** Lists inside of lists, laid out flat: each container's ports, capabilities. */
function allOf(list: string, inner: string, pointer: string): ListReader {
  return event =>
    listOf(atPointer(event, list)).flatMap(item =>
      listOf(atPointer(item, inner)).flatMap(entry => {
        const value = atPointer(entry, pointer)
        return value === undefined || value === null ? [] : [textOfJson(value)]
      }),
    )
}

/** What holds for a container in the end: its own setting, the pod's, root. */
function effective(name: string): ListReader {
  return event => {
    const pod = atPointer(event, `/requestObject/spec/securityContext/${name}`) ?? 0
    return listOf(atPointer(event, '/requestObject/spec/containers')).map(container =>
      textOfJson(atPointer(container, `/securityContext/${name}`) ?? pod),
    )
  }
}

const containers = '/requestObject/spec/containers'

/** `registry:5000/team/app:1.2@sha256:…` without tag and digest. */
export function repositoryOf(image: string): string {
  const whole = image.split('@')[0]!
  const colon = whole.lastIndexOf(':')
  return colon > whole.lastIndexOf('/') ? whole.slice(0, colon) : whole
}

const first =
  (read: ListReader): ListReader =>
  event =>
    read(event).slice(0, 1)

const images = ofContainers('/image')
const repositories = ofContainers('/image', repositoryOf)
const privileged = ofContainers('/securityContext/privileged')

export const containerLists: Record<string, ListReader> = {
  'ka.req.pod.containers.image': images,
  'ka.req.container.image': first(images),
  'ka.req.pod.containers.image.repository': repositories,
  'ka.req.container.image.repository': first(repositories),
  'ka.req.pod.containers.privileged': privileged,
  'ka.req.container.privileged': privileged,
  'ka.req.pod.containers.host_port': allOf(containers, '/ports', '/hostPort'),
  'ka.req.pod.containers.allow_privilege_escalation': ofContainers('/securityContext/allowPrivilegeEscalation'),
  'ka.req.pod.containers.read_only_fs': ofContainers('/securityContext/readOnlyRootFilesystem'),
  'ka.req.pod.containers.run_as_user': ofContainers('/securityContext/runAsUser'),
  'ka.req.pod.containers.eff_run_as_user': effective('runAsUser'),
  'ka.req.pod.containers.run_as_group': ofContainers('/securityContext/runAsGroup'),
  'ka.req.pod.containers.eff_run_as_group': effective('runAsGroup'),
  'ka.req.pod.containers.proc_mount': ofContainers('/securityContext/procMount'),
  'ka.req.pod.containers.add_capabilities': allOf(containers, '/securityContext/capabilities/add', ''),
}

const volumes = '/requestObject/spec/volumes'

function ofVolumes(pointer: string): ListReader {
  return event =>
    listOf(atPointer(event, volumes)).flatMap(volume => {
      const value = atPointer(volume, pointer)
      return typeof value === 'string' ? [value] : []
    })
}

/** A volume's type is the key beside its name: `hostPath`, `emptyDir`, `secret`. */
const volumeTypes: ListReader = event =>
  listOf(atPointer(event, volumes)).flatMap(volume =>
    volume !== null && typeof volume === 'object' && !Array.isArray(volume)
      ? Object.keys(volume).filter(key => key !== 'name')
      : [],
  )

const ports: ListReader = event =>
  listOf(atPointer(event, '/requestObject/spec/ports')).flatMap(port => {
    const number = atPointer(port, '/port')
    return number === undefined || number === null ? [] : [textOfJson(number)]
  })

export const podLists: Record<string, ListReader> = {
  'ka.req.pod.volumes.hostpath': ofVolumes('/hostPath/path'),
  'ka.req.volume.hostpath': ofVolumes('/hostPath/path'),
  'ka.req.pod.volumes.flexvolume_driver': ofVolumes('/flexVolume/driver'),
  'ka.req.pod.volumes.volume_type': volumeTypes,
  'ka.req.pod.supplemental_groups': event =>
    listOf(atPointer(event, '/requestObject/spec/securityContext/supplementalGroups')).map(textOfJson),
  'ka.req.service.ports': ports,
  'ka.req.role.rules.apiGroups': allOf('/requestObject/rules', '/apiGroups', ''),
  'ka.req.role.rules.nonResourceURLs': allOf('/requestObject/rules', '/nonResourceURLs', ''),
  'ka.req.role.rules.verbs': allOf('/requestObject/rules', '/verbs', ''),
  'ka.req.role.rules.resources': allOf('/requestObject/rules', '/resources', ''),
  'ka.req.binding.subject.has_name': event =>
    listOf(atPointer(event, '/requestObject/subjects')).flatMap(subject => {
      const name = atPointer(subject, '/name')
      return typeof name === 'string' ? [name] : []
    }),
}
