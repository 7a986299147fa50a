import type { Scenario } from '../scenario.ts'

export const madeExecutable: Scenario = {
  id: 'made-executable',
  area: 'drift',
  title: { en: 'a file in a temporary folder made executable', ko: '임시 폴더 파일에 실행 권한 부여' },
  technique: 'T1222.002',
  rule: 'File in a temporary folder made executable',
  act: { script: ': > /tmp/file; chmod 755 /tmp/file' },
  twin: { script: ': > /tmp/file; chmod 644 /tmp/file' },
}
