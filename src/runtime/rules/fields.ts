/** How a field's values compare. */
export type FieldType = 'text' | 'number' | 'boolean' | 'address' | 'network' | 'bytes' | 'dynamic'

export interface FieldInfo {
  type: FieldType
  /** `[…]` or a dotted tail: never, must have, may have. */
  argument: 'none' | 'required' | 'optional'
}

/** Event sources whose rules this engine takes, each with its fields. */
export const sources = ['syscall', 'k8s_audit'] as const
export type Source = (typeof sources)[number]

const info = (type: FieldType, argument: FieldInfo['argument'] = 'none'): FieldInfo => ({ type, argument })

/** Field names by type, one prefix a line: `prefix: name name…`; `*` marks a required argument, `?` an optional one, an empty name the prefix itself (`-`). */
const syscallFields: [type: FieldType, lines: string][] = [
  [
    'number',
    `
    evt: num rawtime rawtime.s rawtime.ns reltime reltime.s reltime.ns latency latency.s latency.ns deltatime deltatime.s deltatime.ns type.is* cpu buflen rawres
    evt: wait_latency count count.error count.error.file count.error.net count.error.memory count.error.other count.exit around*
    proc: cmdnargs cmdlenargs loginshellid tty pid ppid apid? vpid pvpid sid vpgid pgid duration ppid.duration pid.ts ppid.ts exe_ino exe_ino.ctime exe_ino.mtime
    proc: exe_ino.ctime_duration_proc_start exe_ino.ctime_duration_pidns_start pidns_init_start_ts fdopencount fdlimit fdusage vmsize vmrss vmswap nthreads nchilds stdin.type stdout.type
    thread: pfmajor pfminor tid vtid exectime totexectime cpu cpu.user cpu.system vmsize vmrss
    user: uid loginuid
    group: gid
    container: start_ts duration
    fd: num port cport sport lport rport dev dev.major dev.minor ino
    syslog: facility severity`,
  ],
  [
    'boolean',
    `
    evt: is_async failed is_io is_io_read is_io_write is_wait is_syslog is_open_read is_open_write is_open_exec is_open_create
    proc: is_exe_writable is_exe_upper_layer is_exe_lower_layer is_exe_from_memfd is_sid_leader is_vpgid_leader is_pgid_leader
    proc: is_container_healthcheck is_container_liveness_probe is_container_readiness_probe
    thread: ismain
    container: privileged host_pid host_network host_ipc
    fd: is_server connected name_changed is_upper_layer is_lower_layer`,
  ],
  ['address', 'fd: ip cip sip lip rip'],
  ['network', 'fd: net cnet snet lnet rnet'],
  ['bytes', 'evt: buffer'],
  ['dynamic', 'evt: rawarg*'],
  [
    'text',
    `
    evt: time time.s time.iso8601 datetime datetime.s pluginname plugininfo source asynctype hostname latency.human dir type category args arg* info res io_dir abspath?
    syscall: type
    proc: exe pexe aexe? exepath pexepath aexepath? name pname aname? args cmdline pcmdline acmdline? exeline env? aenv? cwd sname sid.exe sid.exepath vpgid.name vpgid.exe vpgid.exepath
    proc: pgid.name pgid.exe pgid.exepath stdin.name stdout.name
    thread: cap_permitted cap_inheritable cap_effective cgroups cgroup*
    user: name homedir shell loginname
    group: name
    container: id full_id name image image.id type mounts mount* mount.source* mount.dest* mount.mode* mount.rdwr* mount.propagation* image.repository image.tag image.digest
    container: healthcheck liveness_probe readiness_probe ip cni.json label* labels
    fd: type typechar name directory filename l4proto sockfamily uid containername containerdirectory proto cproto sproto lproto rproto
    fd: cip.name sip.name lip.name rip.name nameraw types?
    fs: path.name path.nameraw path.source path.sourceraw path.target path.targetraw
    syslog: facility.str severity.str message
    fdlist: nums names cips sips cports sports
    k8s: ns.name pod.name pod.id pod.uid pod.sandbox_id pod.full_sandbox_id pod.label* pod.labels pod.ip pod.cni.json
    k8s: rc.name rc.id rc.label* rc.labels svc.name svc.id svc.label* svc.labels ns.id ns.label* ns.labels rs.name rs.id rs.label* rs.labels deployment.name deployment.id deployment.label* deployment.labels`,
  ],
]

const auditFields: [type: FieldType, lines: string][] = [
  ['number', 'jevt: rawtime\n ka: response.code'],
  [
    'text',
    `
    jevt: time time.iso8601 value? obj
    ka: auditid stage auth.decision auth.reason auth.openshift.decision auth.openshift.username user.name user.groups impuser.name verb uri uri.param* useragent sourceips cluster.name
    ka: target.name target.namespace target.resource target.subresource target.pod.name
    ka: req.binding.subjects req.binding.role req.binding.subject.has_name? req.configmap.name req.configmap.obj
    ka: req.pod.containers.image? req.container.image req.pod.containers.image.repository? req.container.image.repository req.pod.host_ipc req.pod.host_network req.container.host_network req.pod.host_pid
    ka: req.pod.containers.host_port? req.pod.containers.privileged? req.container.privileged req.pod.containers.allow_privilege_escalation? req.pod.containers.read_only_fs?
    ka: req.pod.run_as_user req.pod.containers.run_as_user? req.pod.containers.eff_run_as_user? req.pod.run_as_group req.pod.containers.run_as_group? req.pod.containers.eff_run_as_group?
    ka: req.pod.containers.proc_mount? req.role.rules req.role.rules.apiGroups? req.role.rules.nonResourceURLs? req.role.rules.verbs? req.role.rules.resources?
    ka: req.pod.fs_group req.pod.supplemental_groups req.pod.containers.add_capabilities? req.service.type req.service.ports? req.pod.volumes.hostpath? req.volume.hostpath? req.pod.volumes.flexvolume_driver?
    ka: req.pod.volumes.volume_type? resp.name response.reason req.webhook.name`,
  ],
]

function tableOf(groups: [FieldType, string][]): Map<string, FieldInfo> {
  const table = new Map<string, FieldInfo>()
  for (const [type, lines] of groups) {
    for (const line of lines.split('\n')) {
      const [prefix, names = ''] = line.trim().split(': ')
      for (const name of names.split(' ').filter(Boolean)) {
        const argument = name.endsWith('*') ? 'required' : name.endsWith('?') ? 'optional' : 'none'
        table.set(`${prefix}.${name.replace(/[*?]$/, '')}`, info(type, argument))
      }
    }
  }
  return table
}

const common = tableOf([
  ['number', 'evt: num rawtime rawtime.s rawtime.ns reltime reltime.s reltime.ns'],
  ['text', 'evt: time time.s time.iso8601 datetime datetime.s pluginname plugininfo source asynctype hostname'],
])

/** Every field of a source, by name. Names and types as documented for Falco 0.44 and its k8saudit plugin. */
export const fieldTables: Record<Source, Map<string, FieldInfo>> = {
  syscall: tableOf(syscallFields),
  k8s_audit: new Map([...common, ...tableOf(auditFields)]),
}

/**
 * Finds a field as a rule writes it: `proc.aname` with argument `2`, `evt.arg.flags` (a dotted tail is the argument of the longest known name before it).
 * Undefined when the source has no such field, or the argument is missing or too much.
 */
export function findField(
  source: Source,
  name: string,
  argument?: string,
): { name: string; argument?: string; type: FieldType } | undefined {
  const table = fieldTables[source]
  const whole = table.get(name)
  if (whole) {
    if (argument === undefined ? whole.argument === 'required' : whole.argument === 'none') return undefined
    return { name, type: whole.type, ...(argument !== undefined && { argument }) }
  }
  if (argument !== undefined) return undefined
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const head = table.get(name.slice(0, dot))
    if (head && head.argument !== 'none')
      return { name: name.slice(0, dot), argument: name.slice(dot + 1), type: head.type }
  }
  return undefined
}
