/** Something done in a throw-away container of its own. */
export interface Deed {
  /** For /bin/sh, run as the container's first program. */
  script: string
  /** With a terminal. */
  terminal?: boolean
  /** More arguments of `docker create`: capabilities, tmpfs mounts. Never a mount of the host. */
  options?: readonly string[]
}

/** A harmless attack: the act must raise the rule, its twin (the same without the attack) must not. */
export interface Scenario {
  id: string
  /** Of the library: `libraryAreas`. */
  area: string
  title: { en: string; ko: string }
  /** MITRE ATT&CK. */
  technique: string
  /** Name of the rule that must fire. */
  rule: string
  /** Programs the image must have beside the shell and the core utilities. */
  tools?: readonly string[]
  act: Deed
  twin: Deed
  /** Where the guard stops foreign programs, `effect` must not stand in the act's output. */
  mustBlock?: { effect: string }
}

/** Printed when the image lacks a tool that a scenario needs. */
export const lacksMark = 'jenner-drill-lacks'

/** Looks for the scenario's tools first, then does the deed. What fails in it is no failure: an attack that is refused is still one. */
export function deedScript({ tools = [] }: Scenario, { script }: Deed): string {
  const checks = tools.map(tool => `command -v ${tool} >/dev/null 2>&1 || { echo ${lacksMark} ${tool}; exit 0; }`)
  return [...checks, script, 'exit 0'].join('\n')
}

/** Makes the harmless program `true` answer to another name, as shell text: rules see the name and the arguments, nothing is done. */
export function pretend(name: string, folder = '/opt/drill'): string {
  return `mkdir -p ${folder}; for t in /usr/bin/true /bin/true; do if [ -x $t ]; then ln -sf $t ${folder}/${name}; break; fi; done`
}

/** Numbers of system calls that the scenarios make through Perl; x86-64, arm64. */
const systemCalls = {
  setuid: [105, 146],
  memfd_create: [319, 279],
  userfaultfd: [323, 282],
  ptrace: [101, 117],
  process_vm_writev: [311, 271],
  bpf: [321, 280],
  io_uring_setup: [425, 425],
} as const

export function systemCall(name: keyof typeof systemCalls): number {
  return systemCalls[name][process.arch === 'arm64' ? 1 : 0]
}
