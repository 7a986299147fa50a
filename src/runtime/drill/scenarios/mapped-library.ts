import type { Scenario } from '../scenario.ts'

export const mappedLibrary: Scenario = {
  id: 'mapped-library',
  area: 'drift',
  title: { en: 'a new library', ko: '새 라이브러리 적재' },
  technique: 'T1574.006',
  rule: 'New file mapped as code',
  act: {
    script:
      'mkdir -p /opt/drill; for l in /lib/*/libc.so.6 /lib64/libc.so.6 /usr/lib/libc.so.6 /lib/ld-musl-*; do if [ -e "$l" ]; then cp "$l" /opt/drill/copy.so; LD_PRELOAD=/opt/drill/copy.so cat /dev/null; break; fi; done',
  },
  twin: {
    script:
      'mkdir -p /opt/drill; for l in /lib/*/libc.so.6 /lib64/libc.so.6 /usr/lib/libc.so.6 /lib/ld-musl-*; do if [ -e "$l" ]; then cp "$l" /opt/drill/copy.so; LD_PRELOAD="$l" cat /dev/null; break; fi; done',
  },
}
