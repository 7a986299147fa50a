import type { Bilingual, Severity } from '../../server/schemas/common.ts'

/** How bad a risk is, what it is called, and what it opens. `$` stands for its detail: a capability, a path, an address. */
export interface RiskText {
  severity: Severity
  title: Bilingual
  why: Bilingual
}

export const riskTexts = {
  privileged: {
    severity: 'CRITICAL',
    title: { en: 'Runs privileged', ko: '특권(privileged) 모드로 실행됨' },
    why: {
      en: 'All capabilities and all devices: whoever is in the container is root on the host.',
      ko: '모든 커널 권한과 장치를 가집니다. 컨테이너에 들어온 사람은 호스트의 root와 같습니다.',
    },
  },
  'runtime-socket': {
    severity: 'CRITICAL',
    title: { en: 'Holds the container runtime’s socket', ko: '컨테이너 런타임 소켓이 마운트됨' },
    why: {
      en: 'It can start a privileged container, and so be root on the host.',
      ko: '특권 컨테이너를 새로 띄울 수 있어 호스트 root를 얻는 것과 같습니다.',
    },
  },
  cap: {
    severity: 'HIGH',
    title: { en: 'Has the added capability $', ko: '커널 권한 $ 이(가) 추가됨' },
    why: {
      en: 'This capability is enough to leave the container or to change the host.',
      ko: '이 권한만으로도 컨테이너를 탈출하거나 호스트를 바꿀 수 있습니다.',
    },
  },
  mount: {
    severity: 'HIGH',
    title: { en: 'Mounts $ of the host', ko: '호스트의 $ 이(가) 마운트됨' },
    why: {
      en: 'Files of the host that hold credentials or decide what it runs are in reach.',
      ko: '자격 증명이 있거나 호스트의 동작을 결정하는 파일에 손이 닿습니다.',
    },
  },
  'host-network': {
    severity: 'HIGH',
    title: { en: 'Shares the host’s network', ko: '호스트 네트워크를 그대로 사용함' },
    why: {
      en: 'It reaches what listens on the host’s loopback alone, and no network rule of Docker holds for it.',
      ko: '호스트 루프백에서만 열린 서비스에 접근할 수 있고 Docker의 네트워크 규칙이 적용되지 않습니다.',
    },
  },
  'host-pid': {
    severity: 'HIGH',
    title: { en: 'Sees the host’s processes', ko: '호스트의 프로세스가 보임' },
    why: {
      en: 'It reads environments and arguments of every process, and as root it can enter them.',
      ko: '모든 프로세스의 환경 변수와 인자를 읽을 수 있고 root라면 그 안으로 들어갈 수 있습니다.',
    },
  },
  'host-ipc': {
    severity: 'MEDIUM',
    title: { en: 'Shares the host’s IPC', ko: '호스트의 IPC를 공유함' },
    why: {
      en: 'Shared memory of the host’s processes is in reach.',
      ko: '호스트 프로세스의 공유 메모리에 접근할 수 있습니다.',
    },
  },
  unconfined: {
    severity: 'HIGH',
    title: { en: 'Runs with $', ko: '$ 로 실행됨' },
    why: {
      en: 'A protection that Docker gives to every container is turned off.',
      ko: 'Docker가 모든 컨테이너에 기본으로 주는 보호가 꺼져 있습니다.',
    },
  },
  exposed: {
    severity: 'MEDIUM',
    title: { en: 'Published on all addresses: $', ko: '모든 주소에 공개된 포트: $' },
    why: {
      en: 'Anyone who reaches the host reaches the port; Docker’s rules stand before those of ufw or firewalld.',
      ko: '호스트에 닿는 누구나 이 포트에 닿습니다. Docker의 규칙은 ufw·firewalld보다 먼저 적용됩니다.',
    },
  },
  root: {
    severity: 'MEDIUM',
    title: { en: 'Runs as root', ko: 'root 사용자로 실행됨' },
    why: {
      en: 'A flaw in the program or in the kernel starts from root instead of from nobody.',
      ko: '프로그램이나 커널의 취약점이 곧바로 root 권한에서 시작됩니다.',
    },
  },
  'no-limits': {
    severity: 'LOW',
    title: { en: 'Has no limits', ko: '자원 제한이 없음' },
    why: {
      en: 'A fork bomb or a memory leak in it takes the whole host down.',
      ko: '포크 폭탄이나 메모리 누수가 호스트 전체를 멈출 수 있습니다.',
    },
  },
  'writable-root': {
    severity: 'LOW',
    title: { en: 'Its root file system is writable', ko: '루트 파일 시스템에 쓸 수 있음' },
    why: {
      en: 'An intruder can drop programs and change those that are there.',
      ko: '침입자가 프로그램을 심거나 기존 프로그램을 바꿀 수 있습니다.',
    },
  },
  'new-privileges': {
    severity: 'LOW',
    title: { en: 'May gain privileges', ko: '권한 상승이 허용됨' },
    why: {
      en: 'Setuid programs in the image give their rights to whoever runs them.',
      ko: '이미지 안의 setuid 프로그램이 실행하는 사람에게 더 높은 권한을 줍니다.',
    },
  },
  'old-image': {
    severity: 'LOW',
    title: { en: 'Its image was built $ days ago', ko: '이미지가 $일 전에 만들어짐' },
    why: {
      en: 'What was mended since then is not in it. Rebuild it from a current base.',
      ko: '그 뒤에 나온 보안 수정이 들어 있지 않습니다. 최신 베이스로 다시 빌드하세요.',
    },
  },
  'daemon-tcp': {
    severity: 'CRITICAL',
    title: { en: 'Docker listens on $', ko: 'Docker가 $ 에서 요청을 받음' },
    why: {
      en: 'Without client certificates whoever reaches the port is root on the host.',
      ko: '클라이언트 인증서가 없으면 이 포트에 닿는 누구나 호스트 root가 됩니다.',
    },
  },
  'daemon-insecure-registry': {
    severity: 'MEDIUM',
    title: { en: 'Docker trusts registries without TLS: $', ko: 'TLS 없는 레지스트리를 신뢰함: $' },
    why: {
      en: 'Images from there can be changed on their way.',
      ko: '이미지가 전송 중에 바뀌어도 알 수 없습니다.',
    },
  },
  'daemon-live-restore': {
    severity: 'LOW',
    title: { en: 'Containers end when Docker is updated', ko: 'Docker를 업데이트하면 컨테이너가 멈춤' },
    why: {
      en: 'Updates of Docker are put off where they stop every service.',
      ko: '업데이트할 때마다 서비스가 멈추면 보안 업데이트가 미뤄집니다.',
    },
  },
  'daemon-icc': {
    severity: 'LOW',
    title: {
      en: 'Containers of the default network reach each other',
      ko: '기본 네트워크의 컨테이너끼리 통신할 수 있음',
    },
    why: {
      en: 'From one that fell the next is in reach, on every port.',
      ko: '하나가 뚫리면 옆 컨테이너의 모든 포트에 닿습니다.',
    },
  },
  'daemon-log-limits': {
    severity: 'LOW',
    title: { en: 'Logs of containers grow without bound', ko: '컨테이너 로그 크기에 제한이 없음' },
    why: {
      en: 'A container that writes a lot fills the host’s disk.',
      ko: '로그를 많이 쓰는 컨테이너가 호스트 디스크를 가득 채울 수 있습니다.',
    },
  },
  'socket-mode': {
    severity: 'HIGH',
    title: { en: 'Docker’s socket is writable by everyone', ko: '모든 사용자가 Docker 소켓에 쓸 수 있음' },
    why: {
      en: 'Each account of the host can become root through it.',
      ko: '호스트의 모든 계정이 이를 통해 root가 될 수 있습니다.',
    },
  },
  'socket-group': {
    severity: 'MEDIUM',
    title: { en: 'In the group docker: $', ko: 'docker 그룹의 사용자: $' },
    why: {
      en: 'Membership is worth as much as root, without a password and without a log.',
      ko: '이 그룹은 암호도 기록도 없는 root 권한과 같습니다.',
    },
  },
  sysctl: {
    severity: 'LOW',
    title: { en: 'Kernel setting $', ko: '커널 설정 $' },
    why: {
      en: 'It makes the step from a container to the host easier than it has to be.',
      ko: '컨테이너에서 호스트로 넘어가는 길을 필요 이상으로 쉽게 만듭니다.',
    },
  },
} as const satisfies Record<string, RiskText>

export type RiskKind = keyof typeof riskTexts
