/** One limit with why it stands there. `value` within `seconds`. */
export interface Threshold {
  value: number
  seconds: number
  why: string
}

export const detectionTypes = [
  'jenner.fork_bomb',
  'jenner.exec_storm',
  'jenner.port_scan',
  'jenner.lateral_fan_out',
  'jenner.descriptor_flood',
  'jenner.sustained_cpu',
] as const
export type DetectionType = (typeof detectionTypes)[number]

/** Limits per container. Where a machine's size matters, the value is per core: see `scaled`. */
export const thresholds: Readonly<Record<DetectionType, Threshold>> = {
  'jenner.fork_bomb': {
    value: 500,
    seconds: 10,
    why: 'Processes begun that neither ended nor ran a program yet: builds fork by the thousand, but each child runs a compiler and ends; a database forks a process a connection, some hundred at most. A bomb makes thousands that do nothing but fork.',
  },
  'jenner.exec_storm': {
    value: 150,
    seconds: 30,
    why: 'Programs run per second and core, all through half a minute: configure scripts reach some 300 a second on one core for moments, parallel builds 20 to 50 a core. More, for so long, starves the machine.',
  },
  'jenner.port_scan': {
    value: 50,
    seconds: 60,
    why: 'Different ports of one address tried: services that belong together use a handful; passive FTP and RPC, the widest honest users, stay below twenty a minute.',
  },
  'jenner.lateral_fan_out': {
    value: 60,
    seconds: 60,
    why: 'Different private addresses tried on one port: applications know their few peers. Collectors of metrics and service meshes do as much: name them in an exception.',
  },
  'jenner.descriptor_flood': {
    value: 200,
    seconds: 10,
    why: 'Calls refused because the process (EMFILE) or the machine (ENFILE) has no descriptor left: a leaking service meets it a few times and fails; who goes on wants the machine to run out.',
  },
  'jenner.sustained_cpu': {
    value: 0.9,
    seconds: 900,
    why: 'Share of what the container may use, in every reading of a quarter of an hour, within 5 % of each other: builds and batch jobs wait for disk and network in between, miners never.',
  },
}

/** Largest difference between two readings of a miner's share. */
export const steadiness = 0.05

/** The limit for a machine of so many cores; small machines count as two. */
export function scaled(type: DetectionType, cores: number): number {
  const { value, seconds } = thresholds[type]
  return type === 'jenner.exec_storm' ? value * seconds * Math.max(2, cores) : value
}
