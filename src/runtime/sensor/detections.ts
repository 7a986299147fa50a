import type { SensorCounters } from '../../base/model/runtime.ts'
import type { Lack, Probe } from './probe.ts'

export interface Text {
  en: string
  ko: string
}

/** One kind of thing that the sensor sees or does, and whether it can here. */
export interface Detection {
  id: DetectionId
  title: Text
  works: boolean
  /** Why it does not, or does so in part only. */
  reason?: Text
}

export type DetectionId =
  | 'programs'
  | 'files'
  | 'network'
  | 'connect_race'
  | 'io_uring'
  | 'capabilities'
  | 'drift'
  | 'drift_mprotect'

/** Every kind, with the lacks that take it away beside those that take everything. */
const kinds: { id: DetectionId; title: Text; needs: (lack: Lack) => boolean }[] = [
  {
    id: 'programs',
    title: { en: 'programs started, ended, signalled', ko: '프로그램 시작·종료' },
    needs: () => false,
  },
  {
    id: 'files',
    title: { en: 'files opened, changed, linked, removed', ko: '파일 열기·변경·링크·삭제' },
    needs: () => false,
  },
  { id: 'network', title: { en: 'connections, in and out', ko: '들어오고 나가는 연결' }, needs: () => false },
  {
    id: 'connect_race',
    title: { en: 'addresses that a program changes during connect', ko: 'connect 도중에 바꿔치기한 주소' },
    needs: ({ what, loses }) => what === 'tracepoint' && loses === 'connect_race',
  },
  {
    id: 'io_uring',
    title: { en: 'requests that go through io_uring', ko: 'io_uring을 거치는 요청' },
    needs: ({ what, loses }) => what === 'tracepoint' && loses === 'io_uring_submit',
  },
  {
    id: 'capabilities',
    title: { en: 'capabilities that programs use', ko: '프로그램이 쓰는 커널 권한(capability)' },
    needs: ({ what, loses }) => what === 'tracepoint' && loses === 'capable',
  },
  {
    id: 'drift',
    title: { en: 'programs that are not of the image, told and stopped', ko: '이미지에 없는 프로그램의 탐지와 차단' },
    needs: ({ what }) => what === 'overlay',
  },
  {
    id: 'drift_mprotect',
    title: { en: 'files made executable after they were mapped, stopped', ko: '매핑한 뒤 실행 권한을 준 파일의 차단' },
    needs: ({ what }) => what === 'overlay' || what === 'helper',
  },
]

const reasons: Record<Lack['what'], Text> = {
  root: { en: 'needs root', ko: 'root 권한이 필요합니다' },
  libbpf: {
    en: 'libbpf.so.1 is not installed (Debian: libbpf1)',
    ko: 'libbpf.so.1이 설치되어 있지 않습니다(Debian: libbpf1)',
  },
  btf: {
    en: 'the kernel has no type information (CONFIG_DEBUG_INFO_BTF)',
    ko: '커널에 BTF 정보가 없습니다(CONFIG_DEBUG_INFO_BTF)',
  },
  kernel: { en: 'the kernel is older than 5.11', ko: '커널이 5.11보다 오래되었습니다' },
  lockdown: { en: 'the kernel is locked down (confidentiality)', ko: '커널이 lockdown(confidentiality) 상태입니다' },
  object: { en: 'the compiled programs are missing', ko: '컴파일된 eBPF 프로그램이 없습니다' },
  cgroup: { en: 'cgroups cannot be read', ko: 'cgroup을 읽을 수 없습니다' },
  tracepoint: { en: 'this kernel lacks the tracepoint', ko: '커널에 해당 tracepoint가 없습니다' },
  overlay: {
    en: "overlayfs is built differently in this kernel: a file's layer cannot be told; memfd and tmpfs still are",
    ko: '이 커널의 overlayfs 구조가 달라 파일의 레이어를 구분할 수 없습니다. memfd와 tmpfs는 구분합니다',
  },
  helper: { en: 'the kernel is older than 5.17', ko: '커널이 5.17보다 오래되었습니다' },
}

/** What works on this machine and what does not, kind by kind, in the order in which they are shown. */
export function detectionsOf({ lacks }: Probe): Detection[] {
  const all = lacks.find(({ loses }) => loses === 'everything')
  return kinds.map(({ id, title, needs }) => {
    const lack = all ?? lacks.find(needs)
    if (lack === undefined) return { id, title, works: true }
    const { en, ko } = reasons[lack.what]
    const more = lack.detail === '' ? '' : ` (${lack.detail})`
    return { id, title, works: false, reason: { en: en + more, ko: ko + more } }
  })
}

/** What a running sensor lost (`Sensor.lost`), and why, for people. */
export function lostText(lost: string): { what: Text; why: Text } {
  const [id, lack] = lostKinds[lost] ?? (['connect_race', 'tracepoint'] as const)
  return { what: kinds.find(kind => kind.id === id)!.title, why: reasons[lack] }
}

const lostKinds: Record<string, readonly [DetectionId, Lack['what']]> = {
  connect_race: ['connect_race', 'tracepoint'],
  io_uring_submit: ['io_uring', 'tracepoint'],
  capable: ['capabilities', 'tracepoint'],
}

/** The sensor's counters for people: what was lost of what was produced, by class. */
export interface Health {
  produced: number
  filtered: number
  judged: number
  lost: number
  /** Share of what was to be told, 0 to 1. */
  lostShare: number
  /** Ordered by what was lost most. */
  classes: { id: string; title: Text; lost: number }[]
}

const classTitles: Record<string, Text> = {
  critical: { en: 'programs and grave calls', ko: '프로그램과 중대한 호출' },
  file: { en: 'files', ko: '파일' },
  net: { en: 'network', ko: '네트워크' },
}

export function healthOf({ produced, filtered, judged, lost }: SensorCounters): Health {
  const classes = Object.entries(lost)
    .map(([id, count]) => ({ id, title: classTitles[id] ?? { en: id, ko: id }, lost: count }))
    .sort((a, b) => b.lost - a.lost)
  const total = classes.reduce((sum, { lost: count }) => sum + count, 0)
  const told = produced - filtered
  return { produced, filtered, judged, lost: total, lostShare: told > 0 ? total / told : 0, classes }
}
