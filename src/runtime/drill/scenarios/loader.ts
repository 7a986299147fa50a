import type { Scenario } from '../scenario.ts'

export const loader: Scenario = {
  id: 'loader',
  area: 'drift',
  title: { en: 'a program started through the dynamic loader', ko: '동적 로더를 통한 실행' },
  technique: 'T1218',
  rule: 'Program started through the dynamic loader',
  act: {
    script:
      'cp "$(command -v uname)" /tmp/uname; for l in /lib64/ld-linux-*.so.* /lib/ld-linux-*.so.* /lib/ld-musl-*; do if [ -x "$l" ]; then "$l" /tmp/uname -s; break; fi; done',
  },
  twin: {
    script:
      'for l in /lib64/ld-linux-*.so.* /lib/ld-linux-*.so.* /lib/ld-musl-*; do if [ -x "$l" ]; then "$l" "$(command -v uname)" -s; break; fi; done',
  },
  mustBlock: { effect: 'Linux' },
}
